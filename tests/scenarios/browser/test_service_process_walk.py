"""P5, service management, on the screen: the flow chart of annex 1, each step by the person whose function it is.

The long walk goes through every box and every "no" behind a decision: not approved by the head, not approved by the
management representative, not effective. The short ones take the other answers of the feedback record (5.5.1).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiyin.improvement.models import Problem
from huiyin.journal.verification import verify
from tests.scenarios.browser.colleagues import BrowserStaff
from tests.scenarios.browser.service_process import (
    ANALYSE,
    CHOOSE,
    CLOSE,
    IMPLEMENT,
    NEEDED,
    NOT,
    PAGE,
    PROVE,
    SETTLE,
    analysed,
    analysed_anew,
    approved,
    called,
    carried_out,
    closed_and_printed,
    decided,
    drawn_up,
    effective_and_standardised,
    not_effective,
    opened,
    owes,
    recorded_from_the_complaint,
    the_clauses_have_their_evidence,
    the_complaint_is_answered,
    the_head_does_not_approve,
    the_representative_does_not_approve,
)
from tests.scenarios.browser.writing import CHOICE, DOING, back, implementation, section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "service-process"


def test_from_the_call_through_every_no_of_the_flow_chart_to_the_file(staff: BrowserStaff) -> None:
    called(staff)
    recorded_from_the_complaint(staff)
    decided(staff, NEEDED, NEEDED, NEEDED, department="生产部")
    analysed(staff)
    drawn_up(staff)
    the_head_does_not_approve(staff)
    the_representative_does_not_approve(staff)
    approved(staff)
    carried_out(staff, "旧压机加装压力传感器", "2026-11-19", "2026-11-20", "2026-12-10")
    not_effective(staff)
    analysed_anew(staff)
    carried_out(staff, "更换材料牌号", "2026-12-12", "2026-12-14", "2026-12-31")
    effective_and_standardised(staff)
    closed_and_printed(staff)
    the_complaint_is_answered(staff)
    the_clauses_have_their_evidence(staff)
    assert (verify().code, verify().fault) == (0, None)


def test_no_action_needed(staff: BrowserStaff) -> None:
    """Record, answer the customer, close: the left side of the flow chart."""
    mei = opened(staff)
    decided(staff, NOT, NOT, NOT)
    assert "不需纠正预防：一个工作日内答复顾客" in mei.reads("#owed .owed-what")
    assert mei.takes(SETTLE, statement="属正常声响，已向顾客说明") == f"{SETTLE}：已完成"
    staff.photographs("mei", PAGE, "p5-settled")
    song = staff("song", "/")
    assert owes(song) == ["归档或退回不需纠正预防的记录"]
    song.takes(CLOSE)
    assert Problem.objects.get().phase == "closed"
    assert song.reads(".timeline .entry-line span") == [
        "宋建国批准结案",
        "王晓梅简要说明：属正常声响，已向顾客说明",
        "王晓梅判定：均不需要（装配手法）",
        "王晓梅立案：HY-40 接头有异响（周厂）",
    ]
    assert verify().code == 0


def test_neither_analysis_nor_confirmation_needed(staff: BrowserStaff) -> None:
    """The other "no" of the first and the third question: measures at once, and their effect is confirmed by word."""
    opened(staff)
    decided(staff, NOT, NEEDED, NOT, department="生产部")
    peng = staff("peng", PAGE)
    peng.takes(ANALYSE, words="显而易见：漏发说明书")
    page = peng.presses(CHOICE).page
    add = page.locator("form.is-new.is-candidate")
    add.locator("[name=text]").fill("补发说明书")
    add.locator("label", has_text="选用").first.click()
    add.get_by_role("button").click()
    expect(page.locator("#rows-candidate .sheet-item")).to_have_count(1)
    back(peng)
    section(peng, "D6")
    implementation(peng, responsible="彭师傅", planned_on="2026-11-20")
    peng.takes(CHOOSE)
    approved(staff)
    peng.goes(PAGE).presses(DOING)
    implementation(peng, done_on="2026-11-16", cut_in_on="2026-11-16")
    peng.takes(IMPLEMENT)
    mei = staff("mei", PAGE)
    mei.takes(PROVE)
    staff("song", PAGE).takes(CLOSE)
    assert (Problem.objects.get().phase, verify().code) == ("closed", 0)
