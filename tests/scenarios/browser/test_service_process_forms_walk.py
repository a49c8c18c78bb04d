"""P5, the forms of the service management procedure on the screen: a visit from the liaison sheet to the file, and a
repair at the customer's from the order to the file.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiyin.journal.verification import verify
from huiyin.people.models import Delegation
from tests.cast import at
from tests.registers.works import a_customer
from tests.scenarios.browser.colleagues import BrowserStaff, words
from tests.scenarios.browser.registers import (
    drawn,
    evidence,
    facts,
    gaps,
    opens,
    prints,
    rows,
    sends,
    shown,
    signs,
    state,
    takes,
    told,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "service-process"
LIAISON, AGAIN, LEVEL = "填写来访《联络单》", "提交核准", "审查核准"
ARRANGE, RECEIVE, CLOSE = "安排住、行等接待", "填写来访记录（有问题）", "问题已办完，归档"


def test_a_visit_from_the_liaison_sheet_to_the_file(staff: BrowserStaff) -> None:
    a_customer(staff.works)
    staff.clock.at("2026-11-16 09:00")
    mei, zong = staff("mei"), staff("zong")
    here = opens(
        mei,
        "visitor",
        LIAISON,
        about="海川",
        visitors="周厂、李工",
        arrives="2026-11-19T09:00",
        until="2026-11-20",
        topic="看新线试产",
        needs=["住宿"],
    )
    assert (here, state(mei)) == ("/registers/visitor/LL202611-001", "联络单待核准")
    mei.goes("/registers/visitor/?view=month")
    days = mei.page.locator(".calendar td", has=mei.page.locator(".calendar-one"))
    assert [words(day) for day in days.all()] == ["11-19 宁波海川机电", "11-20 宁波海川机电"]
    assert zong.goes("/").reads(".owed-what") == [LEVEL]
    zong.goes(here).presses("不同意")
    assert zong.page.locator("[name=to], [name=straight]").count() == 0
    zong.fills(reason="请写明陪同人员")
    sends(zong, "不同意")
    mei.goes(here).presses(AGAIN)
    assert mei.reads(".notice p") == ["上次退回的理由：请写明陪同人员"]
    mei.fills(companions="宋建国、陶工")
    sends(mei, AGAIN)
    takes(zong, here, "转交", to="宋建国", reason="我出差")
    takes(staff("song"), here, "同意并签署", opinion="同意接待")

    mei.goes(here).presses("更正资料")
    assert mei.reads(".notice p") == ["“核准”已有人签署。改动签署的内容，签字作废，重新请各级签署。"]
    mei.fills(topic="看新线试产和包装").presses("保存")
    assert state(mei) == "联络单待核准"
    away = {"starts_at": at("2026-11-16 00:00"), "ends_at": at("2026-11-17 00:00")}
    Delegation.objects.create(person=staff.works.zong, deputy=staff.works.song, **away)
    takes(staff("song"), here, "同意并签署", opinion="包装一并谈")
    assert "宋建国（代 总经理赵） 签署同意（审查核准）。包装一并谈" in told(mei.goes(here))

    bai = staff("bai", here)
    bai.page.complaints.expected.append("422")
    bai.presses(ARRANGE)
    assert (shown(bai.page, "lodging"), shown(bai.page, "travel")) == (True, False)
    assert bai.refuses(ARRANGE) == ["请填写住宿安排。"]
    bai.fills(lodging="海川宾馆两间，19 日一晚")
    sends(bai, ARRANGE)

    staff.clock.at("2026-11-19 16:00")
    assert mei.goes(f"{here}/close").reads(".notice li") == ["现在处于“接待已安排”，不能“问题已办完，归档”"]
    assert mei.page.locator("main form").count() == 0
    mei.goes(here).presses(RECEIVE)
    mei.fills(presented=["公司简介", "质量状况"], content="看了新线，谈了包装")
    lines = mei.page.locator("#table-questions [data-row]")
    assert lines.count() == 2
    mei.fills(**{"questions-0-what": "能否改用周转箱", "questions-0-owner": "陶工", "questions-0-due_on": "2026-11-25"})
    mei.fills(**{"questions-1-what": "写错的一行"})
    lines.nth(1).locator("[data-drop-row]").click()
    mei.page.locator("#table-questions [data-add-row]").click()
    expect(lines).to_have_count(2)
    sends(mei, RECEIVE)
    assert rows(mei, "questions") == [
        ["能否改用周转箱", "陶工", "2026-11-25", "待办", "填写办理结果 不再需要 转给别人"]
    ]

    tao = staff("tao", here)
    tao.page.locator("#table-questions").get_by_role("link", name="填写办理结果").click()
    tao.fills(answer="可以，十二月起用周转箱")
    sends(tao, "填写办理结果")
    takes(staff("song"), here, "审查来访记录", review_opinion="问题都已说清")
    takes(mei, here, CLOSE, result="已答复顾客")
    said = facts(mei)
    assert {key: said[key] for key in ("需要安排", "住宿安排", "向顾客介绍", "审查意见", "处理结果")} == {
        "需要安排": "住宿",
        "住宿安排": "海川宾馆两间，19 日一晚",
        "向顾客介绍": "公司简介、质量状况",
        "审查意见": "问题都已说清（宋建国 2026-11-19）",
        "处理结果": "已答复顾客",
    }
    assert mei.reads("#owed .owed-list")[0] == "没有未了的事项"
    assert told(mei)[-1] == "王晓梅：问题已办完，归档"
    prints(
        mei,
        "联络单",
        "周厂、李工",
        "可以，十二月起用周转箱",
        "宋建国（代 总经理赵）",
        "总经理赵 退回（请写明陪同人员）",
    )
    staff.photographs("mei", here, "p5-visit")
    assert gaps(staff, {"5.3"}) == set()
    counted = evidence(staff, "5.3")
    shown_by = (LIAISON, AGAIN, "同意并签署", "核准通过", ARRANGE, RECEIVE, CLOSE)
    assert {name: counted[name] for name in shown_by} == dict.fromkeys(shown_by, "1")
    assert (verify().code, verify().fault) == (0, None)


ORDER, CARRY_OUT, FILE = "填写上门服务《联络单》", "记录服务过程和结果", "带回记录归档"


def test_a_repair_at_the_customers_from_the_order_to_the_file(staff: BrowserStaff) -> None:
    a_customer(staff.works)
    staff.clock.at("2026-11-16 09:00")
    mei = staff("mei")
    here = opens(
        mei,
        "service-order",
        ORDER,
        about="海川",
        work=["修理", "校正"],
        demand="主轴异响，到场修理并校正",
        place="宁波海川二车间",
        wanted_on="2026-11-20",
        goes="彭师傅",
        **{"items-0-sort": "零件", "items-0-name": "导向套 HY-40", "items-0-count": "2"},
    )
    takes(staff("zong"), here, "同意并签署", opinion="同意")
    assert mei.goes("/registers/service-order/?view=month").reads(".calendar-one") == ["宁波海川机电 彭师傅"]
    peng = staff("peng", here)
    assert peng.next() == f"下一步：{CARRY_OUT}"
    peng.presses(CARRY_OUT)
    page = peng.page
    page.complaints.expected.append("422")
    assert shown(page, "calibration")
    peng.fills(course="更换导向套", result="不再异响", done_on="2026-11-20", customer_signed="周厂长")
    assert signs(page) == "data:image/png;base64,"
    page.wait_for_timeout(600)
    page.reload()
    assert words(page.locator(".draft-note span"))[-8:] == "写了没交的内容。"
    assert (page.input_value("[name=course]"), drawn(page)) == ("更换导向套", "data:image/png;base64,")
    assert peng.refuses(CARRY_OUT) == ["请填写校正数据。"]
    assert (page.input_value("[name=result]"), drawn(page)) == ("不再异响", "data:image/png;base64,")
    peng.fills(calibration="0.02 mm", **{"items-0-back": "1"})
    assert peng.refuses(CARRY_OUT) == ["“携带的零件与工具”第 1 行：“携带数量”是 2，各项合计 1，两边不等"]
    peng.fills(**{"items-0-used": "1"})
    sends(peng, CARRY_OUT)
    assert rows(peng, "items") == [["零件", "导向套 HY-40", "2", "1", "1", "—"]]
    assert page.locator(".signed-picture").count() == 1
    takes(mei, here, FILE, filed_note="已归档")
    assert mei.reads(".steps .is-done .steps-label")[-1] == "已归档"
    prints(mei, "联络单（上门服务）", "主轴异响", "导向套 HY-40", "0.02 mm", "周厂长")
    staff.photographs("mei", here, "p5-order")
    assert gaps(staff, {"5.5.3"}) == set()
    counted = evidence(staff, "5.5.3")
    assert {name: counted[name] for name in (ORDER, CARRY_OUT, FILE)} == dict.fromkeys((ORDER, CARRY_OUT, FILE), "1")
    assert (verify().code, verify().fault) == (0, None)
