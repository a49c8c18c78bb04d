"""P2 as one story on the screen: the call, the refusal, goods sent ahead, the stock-take,
the week's sheet, and the end.
"""

from __future__ import annotations

import pytest

from huiyin.complaints.models import Complaint
from huiyin.improvement.models import Problem
from huiyin.journal.verification import verify
from huiyin.returns.models import Replacement, StockTake
from tests.scenarios.browser import test_assessment_walk as week
from tests.scenarios.browser import test_feedback_walk as feedback
from tests.scenarios.browser import test_returns_walk as returns
from tests.scenarios.browser.colleagues import BrowserColleague, BrowserStaff, words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "feedback"
NUMBER, PAGE = feedback.NUMBER, feedback.PAGE
GOODS, COUNT = "BH261120-01", "PD2611-01"
NOT_KEPT = {"4.3-3"}
"""Clauses of 4 and 5 that the pack itself says are not kept here: service orders."""
known = feedback.known


def test_from_the_call_to_the_closed_complaint_and_its_evidence(staff: BrowserStaff, known: None) -> None:
    feedback.reception(staff)
    facts_brought_from_the_site(staff)
    feedback.quality_judges_and_splits(staff)
    purchasing_answers_in_time_production_late(staff)
    feedback.merged_answered_and_refused(staff, "2026-11-20")
    goods_go_ahead_and_come_back(staff)
    feedback.measures_carried_out(staff, "2026-11-20 17:00", "2026-11-20 17:20")
    an_8d_is_opened(staff)
    neither_can_prove(staff)
    the_week_is_charged(staff)
    feedback.second_round_until_accepted(staff, "2026-11-25")
    feedback.closed_when_nothing_is_open(staff)
    everything_hangs_together(staff)
    no_clause_is_without_evidence(staff)
    assert (verify().code, verify().fault) == (0, None)


def facts_brought_from_the_site(staff: BrowserStaff) -> None:
    """4.1-2: what was found on the spot completes the facts."""
    mei = staff("mei", PAGE)
    mei.presses("补正事实")
    assert mei.fills(sample="漏油件一件，已封存").presses("保存").toast() == "资料已更正"


def purchasing_answers_in_time_production_late(staff: BrowserStaff) -> None:
    """4.5-2, 5.2: one department answers within 48 hours, the other two days late and sees so on its home page."""
    staff.clock.at("2026-11-17 09:00")
    cai = staff("cai", PAGE)
    cai.presses(f"{feedback.ANSWER_8D}：采购")
    feedback.answers(cai, "供方换料未通知，已装机 37 件", "在库密封圈停用", "供方变更须先送样")
    staff.clock.at("2026-11-20 08:10")
    shen = staff("shen", "/")
    assert (shen.reads(".owed-what"), shen.reads(".owed .left")) == (
        ["48 小时内反馈改善措施及计划"],
        ["迟 1 天 21 小时"],
    )
    shen.goes(PAGE).presses(f"{feedback.ANSWER_8D}：生产车间")
    feedback.answers(shen, "装配工装划伤油封唇口", "库存隔离全检", "更换导向套")
    lin = staff("lin", PAGE)
    for department in ("生产车间", "采购"):
        lin.goes(PAGE).presses(f"审核通过：{department}").presses("审核通过")


def goods_go_ahead_and_come_back(staff: BrowserStaff) -> None:
    """4.3-2, 4.4-2, 4.3-4: requested from the complaint, sent before the signature, signed late,
    received, sent back.
    """
    staff.clock.at("2026-11-20 14:30")
    page = f"/replacements/{GOODS}"
    returns.requested(staff, NUMBER, GOODS)
    returns.ahead(staff, page, "2026-11-20 15:00", "333.33", "责任部门")
    lin = staff("lin", "/")
    assert any("补签责任部门" in one for one in lin.reads(".owed-what"))
    returns.signed_late_and_received(staff, page, "2026-11-20 16:00")
    assert not any("补签责任部门" in one for one in lin.goes("/").reads(".owed-what"))
    returns.back_and_scrapped(staff, page, "2026-11-20", "2026-11-20 16:40")
    mei = staff("mei", page)
    assert mei.takes("办结", note="客户已收到，退回品已报废") == "办结：已完成"
    mei.presses(NUMBER)  # back to the complaint by the link among the related records
    assert mei.path() == PAGE


def an_8d_is_opened(staff: BrowserStaff) -> None:
    """4.6: from the complaint, and tied to it."""
    lin = staff("lin", PAGE)
    lin.presses("开出 8D 报告")
    assert words(lin.page.locator("main h1")) == "开出 8D 报告"
    lin.fills(title="HY-40 输出端油封渗漏").presses("立案")
    assert lin.toast() == f"已立案 {Problem.objects.get().number}"
    assert lin.reads("#cases .lines a") == [NUMBER]


def neither_can_prove(staff: BrowserStaff) -> None:
    """4.5-4: the joint stock-take, opened from the complaint; its verdict stands under three signatures."""
    staff.clock.at("2026-11-23 08:20")
    returns.counted_by_three(staff, NUMBER)
    record = StockTake.objects.get()
    assert (record.number, record.state, record.verdict) == (COUNT, "settled", "quality")
    lin = staff("lin", f"/stock-takes/{COUNT}")
    assert sorted(lin.reads("#signatures li")) != []
    assert lin.presses(NUMBER).path() == PAGE


def the_week_is_charged(staff: BrowserStaff) -> None:
    """5.1 to 5.4: fine and freight of the same case, two signatures, finance, the division within three workdays."""
    week.quality_compiles(staff, "10:30")
    ku = staff("ku", f"{week.PAGE}/costs")
    assert ku.reads("main .row-set .quiet") == ["金额来自补换退货的登记，请核对。"]
    assert ku.page.input_value("main input[name^=i][name$=_freight] >> nth=0") == "333.33"
    week.logistics_adds_costs(staff, loss="0")
    week.a_reward_is_proposed(staff)
    week.two_signatures(staff, "生产车间 1 ¥20.00 2 天 ¥333.33 ¥0.00 ¥43.33 ¥173.34")
    week.finance_gets_it(staff)
    week.the_head_divides(staff)
    week.an_appeal(staff)
    week.finance_carries_it_out(staff)
    week.the_ledger_balances(staff, income="-136.67", losses="")


def everything_hangs_together(staff: BrowserStaff) -> None:
    """The closed complaint leads to its 8D, its goods and its stock-take; every form of each is there on paper."""
    complaint, problem = Complaint.objects.get(number=NUMBER), Problem.objects.get()
    assert (complaint.phase, Replacement.objects.get().state) == ("closed", "closed")
    mei = staff("mei", PAGE)
    assert sorted(mei.reads("#ties li a")) == sorted([problem.number, GOODS, COUNT])
    staff.photographs("mei", PAGE, "p2-whole")
    for place in (PAGE, f"/replacements/{GOODS}", f"/stock-takes/{COUNT}", f"/problems/{problem.number}"):
        assert printed(mei.goes(place)) != []


def printed(colleague: BrowserColleague) -> list[str]:
    """The forms in the page's menu, each of which is a PDF."""
    colleague.page.locator("summary", has_text="打印").click()
    links = colleague.page.locator(".heading .menu-link").all()
    for link in links:
        answer = colleague.page.request.get(link.get_attribute("href") or "")
        assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    return [words(link) for link in links]


def no_clause_is_without_evidence(staff: BrowserStaff) -> None:
    """4.1 to 4.8 and 5.1 to 5.4 are shown; lateness is told where it was."""
    zong = staff("zong", "/clauses/?kind=quarter&day=2026-11-01")
    keys = [one.split()[0] for one in zong.reads("table tbody tr td.is-main a")]
    states = dict(zip(keys, zong.reads("table tbody tr td:last-child"), strict=True))
    asked = {key: said for key, said in states.items() if key[:2] in ("4.", "5.")}
    wanted = {f"4.{n}" for n in range(1, 9)} | {f"5.{n}" for n in range(1, 5)}
    assert wanted <= asked.keys()
    assert {key for key, said in asked.items() if said.startswith("缺口")} <= NOT_KEPT
    assert asked["4.5-2"] == "有迟办"
    staff.photographs("zong", "/clauses/?kind=quarter&day=2026-11-01", "p2-clauses")
