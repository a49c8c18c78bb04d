"""P2, the feedback procedure, on the screen: from the telephone call (4.1) to the technical answer (4.8)."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.customers.actions import record_delivery, register_customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts, DeliveryFacts
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.models import Attachment
from huiyin.records.steps.context import StepContext
from tests.browser import TELEPHONE
from tests.cast import at
from tests.records.office import picture
from tests.records.print.pdf import missing
from tests.scenarios.browser.colleagues import BrowserColleague, BrowserStaff, sees, words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "feedback"
NUMBER = "FK261116-01"
PAGE = f"/complaints/{NUMBER}"
FORWARD = "发出《问题反馈分析改善表》"
ANSWER_8D = "反馈 8D 分析、措施及计划"


@pytest.fixture
def known(staff: BrowserStaff) -> None:
    """A customer on file with a contact and a delivery, and an earlier complaint about the same batch."""
    works = staff.works
    customer = register_customer(
        CustomerFacts(name="宁波海川机电有限公司"),
        procedure_id=works.version,
        contact=ContactPersonFacts("李敏", mobile="13800002222"),
        context=StepContext(works.mei, at("2026-03-02 09:00")),
    )
    delivery = DeliveryFacts(
        "HY-40",
        batch="B2611",
        serial="S-77",
        order_number="D-9",
        ship_date=date(2026, 10, 10),
        quantity=Decimal(100),
        unit="piece",
        warranty_months=12,
    )
    record_delivery(customer, delivery, context=StepContext(works.mei, at("2026-10-10 09:00")))
    works.complaint(when="2026-11-10 09:00", customer=customer, problem="法兰面渗油")


def test_feedback_from_the_call_to_the_verified_measures(staff: BrowserStaff, known: None) -> None:
    reception(staff)
    quality_judges_and_splits(staff)
    departments_answer(staff)
    money_above_the_limit(staff)
    merged_answered_and_refused(staff)
    second_round_until_accepted(staff)
    closed_when_nothing_is_open(staff)
    measures_carried_out(staff)
    what_is_left_on_paper(staff)
    the_journal_holds(staff)


def reception(staff: BrowserStaff) -> None:
    """4.1 to 4.3-2: one screen for the call, then verified and sent within half a working day."""
    staff.clock.at("2026-11-16 09:00")
    mei = staff("mei", "/")
    mei.page.keyboard.press("c")
    mei.page.wait_for_url("**/complaints/new")
    assert mei.page.evaluate("document.activeElement.name") == "customer"
    assert mei.looks_up("customer", "nbhc") == ["宁波海川机电有限公司 KH00001"]
    page = mei.page
    sees(page.locator("#customer-card b").first, "宁波海川机电有限公司")
    page.locator("#customer-card label", has_text="李敏").click()
    mei.looks_up("delivery", "B2611")
    filled = ("model", "batch", "serial", "ship_date", "order_number", "shipped_quantity")
    assert [page.input_value(f"[name={n}]") for n in filled] == [
        "HY-40",
        "B2611",
        "S-77",
        "2026-10-10",
        "D-9",
        "100",
    ]
    mei.fills(problem="输出端油封渗漏，现场停机", defect_quantity="3", machine_serial="SN-2026-0077")
    mei.fills(demands=["派人到现场处理问题", "补货"])
    sees(page.locator("#resembling h2").first, "可能已登记过 1")
    sees(page.locator("#resembling .card-number").first, "FK261110-01")
    mei.fills(promise_text="给出初步答复", promised_at="2026-11-17T12:00")
    photo = {"name": "油封.png", "mimeType": "image/png", "buffer": picture(size=(400, 300))}
    page.set_input_files("[name=photos]", files=[photo])
    with page.expect_navigation():
        page.locator("[name=problem]").press("Control+Enter")
    assert (mei.path(), mei.toast()) == (PAGE, f"已登记 {NUMBER}")
    assert mei.reads("#files .thumb-name") == ["油封.png"]
    assert mei.reads("#owed .owed-what") == [
        "接到反馈后半个工作日内发出《问题反馈分析改善表》",
        "按承诺的时间回复客户",
    ]
    assert mei.reads("#owed .owed-line .left") == ["还剩 5 小时 30 分", "还剩 1 天 3 小时"]
    staff.photographs("mei", "/complaints/new", "register")
    staff.photographs("mei", PAGE, "record-new")
    half_a_day_explained(mei)
    mei.goes(PAGE)
    assert mei.takes("核实外部信息", findings="与李敏核对：批次、机号、数量一致") == "核实外部信息：已完成"
    assert mei.takes(FORWARD, remark="请尽快") == f"{FORWARD}：已完成"
    assert (mei.next(), mei.reads("#next .awaited dt"), mei.reads("#next .awaited li")) == (
        "下一步",
        ["初步分析，确定责任部门"],
        ["这一步由质量部办理"],
    )


def half_a_day_explained(mei: BrowserColleague) -> None:
    """How half a working day from nine o'clock leads over the noon break to half past two."""
    mei.page.locator("#owed a", has_text="接到反馈后").click()
    mei.page.locator(".derivation").wait_for()
    assert mei.reads(".derivation li") == [
        "2026-11-16 周一 09:00 起，半个工作日 = 工时 4 小时",
        "2026-11-16 周一 09:00–12:00、13:30–14:30 工作 4 小时，期满",
        "期限：2026-11-16 周一 14:30",
    ]


def quality_judges_and_splits(staff: BrowserStaff) -> None:
    """4.4-1 and 4.5-1: quality finds it among its own, judges it and gives it to two departments."""
    staff.clock.at("2026-11-16 10:30")
    lin = staff("lin", "/")
    assert lin.reads(".owed-what") == ["初步分析并确定责任部门"]
    assert lin.reads(".news p") == ["王晓梅把反馈单传给了有关部门（请尽快）"]
    lin.presses("初步分析并确定责任部门")
    assert lin.path() == PAGE
    judged = lin.takes(
        "初步分析，确定责任部门",
        cause_kind="质量异常",
        content="产品质量",
        severity="功能：影响使用或停线",
        responsible=["生产车间"],
    )
    assert judged == "初步分析，确定责任部门：已完成"
    lin.presses("分解问题到各部门")
    assert lin.page.locator("[name=departments]:checked").count() == 1
    lin.fills(departments=["采购"], question="查明油封渗漏原因")
    lin.page.locator("summary", has_text="对个别部门另写").click()
    lin.fills(question__purchasing="查密封圈来料检验记录")
    staff.photographs("lin", f"{PAGE}/assignment", "assign")
    assert lin.presses("分解问题到各部门").toast() == "分解问题到各部门：已完成"
    assert lin.reads(".piece header b") == ["生产车间", "采购"]


def departments_answer(staff: BrowserStaff) -> None:
    """4.5-2: each department answers within 48 hours; quality returns one answer and approves both."""
    staff.clock.at("2026-11-17 09:00")
    shen = staff("shen", "/")
    assert (shen.reads(".owed-what"), shen.reads(".owed .left")) == (
        ["48 小时内反馈改善措施及计划"],
        ["还剩 1 天 1 小时"],
    )
    staff.photographs("shen", "/", "today-department")
    shen.presses("48 小时内反馈改善措施及计划")
    assert shen.next() == "下一步"
    shen.presses(f"{ANSWER_8D}：生产车间")
    answers(shen, "装配工装划伤油封唇口", "库存隔离全检", "更换导向套")
    cai = staff("cai", PAGE, screen=TELEPHONE)
    cai.presses(f"{ANSWER_8D}：采购")
    staff.photographs("cai", cai.path(), "task-answer")
    assert cai.reads(".form-side .facts dd")[:2] == ["采购", "查密封圈来料检验记录"]
    answers(cai, "供方换料未通知", "在库密封圈停用", "供方变更须先送样")
    lin = staff("lin", PAGE)
    assert lin.reads("#next .todo .button") == ["审核通过：生产车间", "审核通过：采购"]
    lin.presses("审核通过：生产车间")
    assert lin.reads(".form-main td.is-main") == ["库存隔离全检", "更换导向套"]
    assert lin.presses("审核通过").toast() == "审核通过：已完成"
    lin.goes(PAGE).page.locator(".piece", has_text="采购").locator(".button", has_text="退回重做").click()
    lin.page.locator("[name=reason]").wait_for()
    lin.fills(reason="没有写明已用密封圈的数量").presses("退回重做")
    cai.goes(PAGE)
    assert cai.reads(".piece .notice p") == ["被退回：没有写明已用密封圈的数量"]
    cai.presses(f"{ANSWER_8D}：采购")
    assert cai.page.input_value("[name=m0_text]") == "在库密封圈停用"
    cai.fills(cause="供方换料未通知，已装机 37 件").presses(ANSWER_8D)
    lin.goes(PAGE).presses("审核通过：采购").presses("审核通过")
    assert lin.next() == "下一步：汇总分析改善"


def answers(colleague: BrowserColleague, cause: str, interim: str, corrective: str) -> None:
    """Cause and two measures with who and by when."""
    colleague.fills(
        cause=cause,
        m0_text=interim,
        m0_who="彭师傅",
        m0_on="2026-11-18",
        m1_text=corrective,
        m1_who="沈主任",
        m1_on="2026-11-20",
    )
    assert colleague.presses(ANSWER_8D).toast() == f"{ANSWER_8D}：已完成"


def money_above_the_limit(staff: BrowserStaff) -> None:
    """4.4-2: above the head's limit nothing is granted; it is asked for and the general manager decides."""
    staff.clock.at("2026-11-17 10:00")
    qian = staff("qian", PAGE)
    qian.presses("签署补、换货").fills(remedy="赔付", amount="5000")
    assert qian.refuses("签署补、换货") == ["金额：5,000.00 元超过您的权限（2,000.00 元），只能申请"]
    assert (
        words(qian.page.locator(".field.has-error .field-error")) == "5,000.00 元超过您的权限（2,000.00 元），只能申请"
    )
    assert (qian.page.input_value("[name=amount]"), Remedy.objects.count()) == ("5000", 0)
    qian.page.complaints.expected.append("422")
    mei = staff("mei", PAGE)
    mei.presses("提出补、换、退货申请").fills(remedy="补货", quantity="3", amount="5000", note="客户停线")
    assert mei.presses("提出补、换、退货申请").toast() == "提出补、换、退货申请：已完成"
    zong = staff("zong", "/")
    zong.goes(PAGE).presses("批准申请")
    staff.photographs("zong", f"{PAGE}/remedy-approval", "approval")
    zong.fills(note="同意先补三台").presses("批准申请")
    assert Remedy.objects.get().decision == Remedy.GRANTED
    assert zong.reads(".timeline .entry-line span")[0] == "总经理赵批准了补救：补货，数量 3，金额 5,000.00 CNY"


def merged_answered_and_refused(staff: BrowserStaff, day: str = "2026-11-17") -> None:
    """4.5-3 and 4.3-5: quality merges, reception answers, the customer is not content."""
    staff.clock.at(f"{day} 11:00")
    lin = staff("lin", PAGE)
    assert lin.page.input_value("[name=statement]") == (
        "生产车间：装配工装划伤油封唇口 → 库存隔离全检；更换导向套\n采购：供方换料未通知，已装机 37 件 → 在库密封圈停用；供方变更须先送样"
    )
    lin.takes("汇总分析改善", verdict="质量问题（含盘点与客户反馈一致）", reason="实物与照片一致")
    staff.clock.at(f"{day} 14:00")
    mei = staff("mei", PAGE)
    mei.grants().takes("把改善措施反馈给客户", answer_text="已查明原因，先补三台，导向套已更换")
    assert mei.next() == "下一步：客户认可"
    mei.presses("客户不认可")
    assert mei.page.input_value("[name=who]") == "李敏"
    mei.fills(refusal_reason="新到的一台仍渗油").presses("客户不认可")
    complaint = Complaint.objects.get(number=NUMBER)
    assert (complaint.state, complaint.round) == ("handling", 2)
    assert mei.reads("main .heading-under .badge") == ["功能：影响使用或停线", "第 2 轮"]
    assert mei.reads(".said") == ["李敏：新到的一台仍渗油"]
    staff.photographs("mei", PAGE, "record-second-round")


def second_round_until_accepted(staff: BrowserStaff, day: str = "2026-11-18") -> None:
    """4.8: in the second round engineering answers the customer's technical question; the customer accepts."""
    staff.clock.at(f"{day} 09:00")
    lin = staff("lin", PAGE)
    lin.takes(
        "汇总分析改善",
        verdict="质量问题（含盘点与客户反馈一致）",
        reason="现场复核",
        statement="换新结构油封",
    )
    tao = staff("tao", "/complaints/")
    tao.presses(NUMBER)
    told = tao.grants().takes("把改善措施反馈给客户", answer_text="双唇油封适用于贵厂转速，附计算书")
    assert told == "把改善措施反馈给客户：已完成"
    staff.clock.at(f"{day} 15:00")
    mei = staff("mei", PAGE)
    assert mei.reads(".piece header .quiet")[-1] == f"陶工 · 电话 · {day[5:]} 09:00"
    mei.presses("提出补、换、退货申请").fills(remedy="派售后人员到现场").presses("提出补、换、退货申请")
    mei.takes("客户认可", who="李敏", words="可以")
    assert mei.reads(".piece header .badge")[-2:] == ["客户不接受", "客户接受"]


def closed_when_nothing_is_open(staff: BrowserStaff) -> None:
    """The gate of closing names everything that is missing; then it opens."""
    mei = staff("mei", PAGE)
    mei.goes(f"{PAGE}/closure")
    gate = ["还有补救申请没有批复", "还有对客户的承诺没有兑现"]
    assert mei.reads("main .notice .reasons li") == gate
    assert mei.page.locator("[name=closing_note]").count() == 0
    lin = staff("lin", PAGE)
    lin.presses("不同意申请").fills(note="电话里已讲清").presses("不同意申请")
    mei.goes(PAGE)
    assert mei.reads("#next .todo .button") == ["兑现承诺"]
    mei.presses("兑现承诺").fills(note="当天已回话").presses("兑现承诺")
    assert mei.takes("办结", closing_note="客户满意") == "办结：已完成"
    assert mei.reads(".steps .is-done .steps-label")[-1] == "已办结"
    assert mei.page.locator("#next h2").count() == 0


def measures_carried_out(
    staff: BrowserStaff, when: str = "2026-11-19 16:00", verified: str = "2026-11-20 09:00"
) -> None:
    """5.2 and 3.3: the departments carry out what they planned, quality verifies on the spot."""
    staff.clock.at(when)
    for name, department in (("shen", "生产车间"), ("cai", "采购")):
        doer = staff(name, PAGE)
        doer.presses(f"措施已落实：{department}")
        for box in doer.page.locator("main input[type=date]").all():
            box.fill(when[:10])
        assert doer.presses("措施已落实").toast() == "措施已落实：已完成"
    staff.clock.at(verified)
    lin = staff("lin", PAGE)
    for department in ("生产车间", "采购"):
        lin.presses(f"跟踪验证：{department}").fills(effect="连续百件无漏").presses("跟踪验证")
    assert set(Task.objects.values_list("state", flat=True)) == {"verified"}
    assert lin.reads(".piece header .phase") == ["效果已验证", "效果已验证"]
    staff.photographs("lin", PAGE, "record-closed")


def what_is_left_on_paper(staff: BrowserStaff) -> None:
    """The printed sheet carries number and values; the clause shows the record."""
    mei = staff("mei", PAGE)
    mei.page.locator("summary", has_text="打印").click()
    links = mei.page.locator(".heading .menu-link")
    assert [words(one) for one in links.all()] == [
        "《客户反馈登记表》",
        "《问题反馈分析改善表》",
        "《质量损失核算单》",
    ]
    answer = mei.page.request.get(links.nth(1).get_attribute("href"))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    said = (
        NUMBER,
        "宁波海川机电有限公司",
        "HY-40",
        "B2611",
        "输出端油封渗漏",
        "装配工装划伤油封唇口",
        "更换导向套",
        "李敏",
    )
    if shutil.which("pdftotext"):
        assert missing(answer.body(), *said) == []
    zong = staff("zong", "/clauses/4.3-2?kind=month&day=2026-11-01")
    rows = [words(row) for row in zong.page.locator("#shown tbody tr").all()]
    assert f"{NUMBER} 王晓梅申请补救：派售后人员到现场 11-18 15:00" in rows  # a record counts once, by its last entry
    assert zong.reads(".stat-value") == [str(len(rows)), "1", "0", "1", "0"]
    staff.photographs("zong", "/clauses/4.3-2?kind=month&day=2026-11-01", "clause")


def the_journal_holds(staff: BrowserStaff) -> None:
    """Every step stands in the journal in its order, and the chain is whole."""
    complaint = Complaint.objects.get(number=NUMBER)
    rows: Any = Entry.objects.filter(kind="complaint", record_id=complaint.pk).order_by("sequence")
    assert list(rows.values_list("event", "actor_name")) == [
        ("complaint.registered", "王晓梅"),
        ("complaint.promised", "王晓梅"),
        ("record.file_attached", "王晓梅"),
        ("complaint.verified", "王晓梅"),
        ("complaint.forwarded", "王晓梅"),
        ("complaint.judged", "林志远"),
        ("complaint.assigned", "林志远"),
        ("task.assigned", "林志远"),
        ("task.assigned", "林志远"),
        ("task.answered", "沈主任"),
        ("task.answered", "蔡采购"),
        ("task.approved", "林志远"),
        ("task.returned", "林志远"),
        ("task.answered", "蔡采购"),
        ("task.approved", "林志远"),
        ("complaint.remedy_requested", "王晓梅"),
        ("complaint.remedy_approved", "总经理赵"),
        ("complaint.concluded", "林志远"),
        ("complaint.answered", "王晓梅"),
        ("complaint.demand_granted", "王晓梅"),
        ("complaint.demand_granted", "王晓梅"),
        ("complaint.refused", "王晓梅"),
        ("complaint.concluded", "林志远"),
        ("complaint.answered", "陶工"),
        ("complaint.remedy_requested", "王晓梅"),
        ("complaint.accepted", "王晓梅"),
        ("complaint.remedy_denied", "林志远"),
        ("complaint.promise_kept", "王晓梅"),
        ("complaint.closed", "王晓梅"),
        ("task.carried_out", "沈主任"),
        ("task.carried_out", "蔡采购"),
        ("task.verified", "林志远"),
        ("task.verified", "林志远"),
    ]
    assert Attachment.objects.get(record_id=complaint.pk).name == "油封.png"
    found = verify()
    assert (found.code, found.fault) == (0, None)
