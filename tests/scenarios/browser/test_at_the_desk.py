"""Working all day with it: keys, drafts, a session that ends, two presses, two people at one record."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from huiyin.complaints.models import Complaint
from tests.cast import PASSWORD
from tests.scenarios.browser.colleagues import BrowserColleague, BrowserStaff, sees, words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "feedback"


def call(colleague: BrowserColleague) -> BrowserColleague:
    """The register form filled as far as it must be."""
    colleague.goes("/complaints/new")
    return colleague.fills(
        caller_name="周厂长",
        problem="接头处漏油",
        model="HY-40",
        promise_text="回话",
        promised_at="2026-11-17T12:00",
    )


def test_the_keyboard_leads_everywhere(staff: BrowserStaff) -> None:
    works = staff.works
    first, second = works.complaint(problem="接头漏油"), works.complaint(problem="轴承异响")
    mei = staff("mei", "/complaints/")
    keys = mei.page.keyboard
    keys.press("j")
    keys.press("j")
    keys.press("k")
    assert mei.reads("tr.is-here td a")[0] in (first.number, second.number)
    chosen = mei.reads("tr.is-here td a")[0]
    with mei.page.expect_navigation():
        keys.press("Enter")
    assert mei.path() == f"/complaints/{chosen}"
    keys.press("?")
    sees(mei.page.locator("#keys-title"), "键盘快捷键")
    keys.press("Escape")
    with mei.page.expect_navigation():
        keys.press("g")
        keys.press("t")
    assert mei.path() == "/"
    keys.press("/")
    assert mei.page.evaluate("document.activeElement.name") == "q"
    keys.type("异响")
    with mei.page.expect_navigation():
        keys.press("Enter")
    assert mei.reads("main a[href^='/complaints/']")[0].startswith(second.number)
    with mei.page.expect_navigation():
        keys.press("g")
        keys.press("b")
    keys.press("c")
    with mei.page.expect_navigation():
        keys.press("Enter")
    assert mei.path() == "/complaints/new"


def test_a_lost_session_loses_nothing(staff: BrowserStaff) -> None:
    mei = staff("mei")
    works = staff.works
    works.mei.set_password(PASSWORD)
    works.mei.save()
    mei = call(BrowserColleague(staff._open(works.mei, "/"), "mei"))
    mei.page.wait_for_timeout(600)
    Session.objects.all().delete()
    mei.presses("登记")
    assert mei.page.locator("h1").inner_text() == "登录"
    mei.page.fill("[name=login]", "mei")
    mei.page.fill("[name=password]", PASSWORD)
    with mei.page.expect_navigation():
        mei.page.keyboard.press("Enter")
    assert mei.path() == "/complaints/new"
    assert re.fullmatch(
        r"已恢复 \d\d:\d\d 写了没交的内容。放弃草稿",
        words(mei.page.locator(".draft-note")).replace(" 放弃", "放弃"),
    )
    kept = {name: mei.page.input_value(f"[name={name}]") for name in ("caller_name", "problem", "promised_at")}
    assert kept == {"caller_name": "周厂长", "problem": "接头处漏油", "promised_at": "2026-11-17T12:00"}
    mei.presses("登记")
    assert mei.toast() == "已登记 FK261116-01"
    mei.goes("/complaints/new")
    assert (mei.page.locator(".draft-note").count(), mei.page.input_value("[name=problem]")) == (0, "")


def test_two_presses_and_sending_it_again_make_one_record(staff: BrowserStaff) -> None:
    mei = call(staff("mei"))
    sent = {
        name: mei.page.input_value(f"#opening [name={name}]")
        for name in ("csrfmiddlewaretoken", "submission", "received_at", "channel")
    }
    with mei.page.expect_navigation():
        mei.page.locator(".form-actions .is-primary").dblclick()
    assert mei.path() == "/complaints/FK261116-01"
    again = mei.page.request.post("/complaints/new", form={**sent, "caller_name": "周厂长", "problem": "接头处漏油"})
    assert (again.url.partition("/complaints")[2], Complaint.objects.count()) == ("/FK261116-01", 1)


def test_a_refused_form_keeps_what_was_typed_and_names_each_mistake(staff: BrowserStaff) -> None:
    mei = staff("mei", "/complaints/new")
    mei.page.complaints.expected.append("422")
    mei.fills(model="HY-40", promise_text="回话", demands=["补货"])
    assert mei.refuses("登记") == [
        "请选择客户，或写下来电人或电话",
        "请填写问题描述。",
        "请写明最迟何时",
    ]
    kept = [mei.page.input_value(f"[name={name}]") for name in ("model", "promise_text")]
    assert (kept, mei.page.locator("[name=demands]:checked").count()) == (["HY-40", "回话"], 1)
    mei.page.locator(".error-summary a", has_text="问题描述").click()
    assert mei.page.evaluate("document.activeElement.name") == "problem"


def test_two_people_at_one_record_lose_neither_word(staff: BrowserStaff) -> None:
    complaint = staff.works.complaint()
    facts = f"/complaints/{complaint.number}/facts"
    mei, song = staff("mei", facts), staff("song", facts)
    song.fills(batch="B2612").presses("保存")
    mei.page.complaints.expected.append("409")
    mei.fills(batch="B2613", problem="接头处漏油，每小时一滴").presses("保存")
    assert words(mei.page.locator("h1")) == "有人同时改过这条记录"
    sides = {
        words(one.locator("legend")): [words(side) for side in one.locator(".conflict-text").all()]
        for one in mei.page.locator(".conflict").all()
    }
    assert sides == {"批次号": ["B2613", "B2612"], "问题描述": ["接头处漏油，每小时一滴", "接头处漏油"]}
    mei.page.locator(".conflict", has_text="批次号").locator("input").nth(1).check()
    mei.presses("按选择再提交")
    complaint.refresh_from_db()
    assert (complaint.batch, complaint.problem) == ("B2612", "接头处漏油，每小时一滴")


def test_what_one_may_not_see_or_do_is_said_in_words(staff: BrowserStaff) -> None:
    complaint = staff.works.complaint()
    fang = staff("fang", "/")
    fang.page.complaints.expected += ["404", "403"]
    fang.goes(f"/complaints/{complaint.number}")
    assert words(fang.page.locator("h1")) == "没有这一页"
    fang.goes("/complaints/new")
    assert fang.reads("main .reasons li") == ["这一步由营销支持科办理"]
    fang.goes("/complaints/")
    assert fang.page.locator("main a", has_text="登记投诉").count() == 0


def test_without_scripts_everything_still_works(staff: BrowserStaff) -> None:
    works: Any = staff.works
    page = staff._open(works.mei, "/complaints/new", scripts=False)
    page.fill("[name=caller_name]", "周厂长")
    page.fill("[name=problem]", "接头处漏油")
    page.locator(".form-actions .is-primary").click()
    page.wait_for_load_state()
    assert page.url.endswith("/complaints/FK261116-01")
    assert words(page.locator("#next h2").first) == "下一步：核实外部信息"
