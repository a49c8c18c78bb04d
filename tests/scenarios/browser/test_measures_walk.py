"""P6, measures for customers' complaints, on the screen:
approval goes up by the sum, what is overdue is listed by department.
"""

from __future__ import annotations

import pytest

from huiyin.complaints.models import Complaint, Remedy
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from tests.cast import at
from tests.scenarios.browser.colleagues import BrowserStaff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "complaint-measures"


def test_from_the_sheet_with_its_sample_to_the_approval_of_the_sum(staff: BrowserStaff) -> None:
    number = taken_in(staff)
    page = f"/complaints/{number}"
    classified_and_given_to_production(staff, page)
    overdue_at_production(staff, number)
    investigated(staff, page)
    compensation_goes_up(staff, page)
    decided_and_conveyed(staff, page)
    effect_and_close(staff, page)
    found = verify()
    assert (found.code, found.fault) == (0, None)


def taken_in(staff: BrowserStaff) -> str:
    """9: identified by number, part, ship date and quantities, with a sample of the abnormal goods."""
    staff.clock.at("2026-11-16 08:30")
    mei = staff("mei", "/complaints/new")
    mei.fills(
        caller_name="周厂长",
        caller_phone="13900001111",
        channel="电话",
        problem="电机异响，温升过高",
        severity="功能：影响使用或停线",
    )
    mei.fills(model="YX3-132M-4", defect_quantity="6")
    mei.page.locator("main summary", has_text="更多产品资料").click()
    mei.fills(complained_quantity="6", sample="异常样品 1 台，标签 Y-6")
    mei.fills(demands=["赔偿"])
    mei.presses("登记")
    complaint = Complaint.objects.get()
    assert mei.toast() == f"已登记 {complaint.number}"
    assert complaint.number == "202611-001"
    said = mei.takes(
        "填具《客户抱怨处理表》送总经理室",
        findings="样品已封存，客户处六台均有异响",
        order_number="XS2610-07",
        ship_date="2026-10-12",
        shipped_quantity="120",
        part_number="YX3-132M-4-A",
    )
    assert said == "填具《客户抱怨处理表》送总经理室：已完成"
    return complaint.number


def classified_and_given_to_production(staff: BrowserStaff, page: str) -> None:
    staff.clock.at("2026-11-16 14:00")
    bai = staff("bai", page)
    bai.takes(
        "审核客诉内容并分类",
        cause_kind="质量异常客诉",
        content="产品质量异常",
        severity="功能：影响使用或停线",
        responsible=["制造部"],
    )
    bai.presses("交部门调查").fills(question="查明异响和温升原因，报改善对策").presses("交部门调查")
    shen = staff("shen", page)
    shen.presses("接收任务：制造部").presses("接收任务")


def overdue_at_production(staff: BrowserStaff, number: str) -> None:
    """2-7: four workdays are over; owner and head are told first, then the general manager's office,
    which sees it by department.
    """
    staff.clock.at("2026-11-23 09:00")
    sweep(at=at("2026-11-23 09:00"))
    shen = staff("shen", "/")
    assert "四个工作日内提报调查结果与处理对策" in shen.reads(".today-owed .section:has(h2:text('已逾期')) .owed-what")
    assert number in " ".join(shen.reads(".news a"))
    bai = staff("bai", "/obligations/?whose=all&late=1")
    assert [line for line in bai.reads("#results tbody tr, #results .owed") if "四个工作日内" in line] != []
    bai.page.locator("#main a", has_text="制造部").first.click()
    bai.page.wait_for_url("**department=*")
    late = bai.reads("#results tbody tr, #results .owed")
    assert (len(late), number in late[0], "制造部" in late[0]) == (1, True, True)
    staff.photographs("bai", bai.path(), "measures-overdue")


def investigated(staff: BrowserStaff, page: str) -> None:
    shen = staff("shen", page)
    shen.presses("提报调查结果与处理对策：制造部").fills(
        cause="轴承游隙超差",
        m0_text="在库全检隔离",
        m0_who="彭师傅",
        m0_on="2026-11-24",
        m1_text="更换轴承供应批次",
        m1_who="沈主任",
        m1_on="2026-11-25",
    ).presses("提报调查结果与处理对策")
    lin = staff("lin", page)
    lin.presses("检查原因与改善对策：制造部").presses("检查原因与改善对策")


def compensation_goes_up(staff: BrowserStaff, page: str) -> None:
    """The head's authority ends at 5,000, the office's at 20,000; above that the general manager alone decides."""
    mei = staff("mei", page)
    mei.goes(page).presses("报请核决")
    mei.fills(remedy="赔偿", amount="18000", note="客户停机损失").presses("报请核决")
    waiting = Remedy.objects.get()
    assert (waiting.decision, waiting.amount) == (Remedy.REQUESTED, 18000)
    song = staff("song", page)
    song.page.locator(".offers summary", has_text="还不能办的步骤").click()
    refused = song.reads(".offers .awaited div:has(dt:text-is('核决同意')) dd")
    assert refused == ["18,000.00 元超过您的权限（5,000.00 元），只能申请"]
    bai = staff("bai", page)
    bai.presses("核决同意").fills(note="同意，核对损失单").presses("核决同意")
    waiting.refresh_from_db()
    assert (waiting.decision, waiting.decided_by.username if waiting.decided_by else "") == (
        Remedy.GRANTED,
        "bai",
    )


def decided_and_conveyed(staff: BrowserStaff, page: str) -> None:
    staff.clock.at("2026-11-24 09:00")
    bai = staff("bai", page)
    bai.takes(
        "判定责任归属，拟定处理方式",
        verdict="归属本公司",
        reason="轴承游隙超差属我方",
        statement="更换并赔付停机损失",
    )
    staff("zong", page).takes("核决", note="同意")
    mei = staff("mei", page)
    mei.grants().takes("传达处理结果", answer_text="六台更换轴承，赔付停机损失 18,000 元")
    mei.takes("客户认可", who="周厂长", words="同意")


def effect_and_close(staff: BrowserStaff, page: str) -> None:
    staff.clock.at("2026-11-26 09:00")
    shen = staff("shen", page)
    shen.presses("措施已落实：制造部")
    for box in shen.page.locator("main input[type=date]").all():
        box.fill("2026-11-25")
    shen.presses("措施已落实")
    bai = staff("bai", page)
    bai.presses("确认改善效果：制造部").fills(effect="连续三批温升合格").presses("确认改善效果")
    assert bai.goes(page).takes("确认效果并结案", closing_note="闭环") == "确认效果并结案：已完成"
    assert Complaint.objects.get().phase == "closed"
