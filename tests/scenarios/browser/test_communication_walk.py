"""P1, the communication procedure, on the screen: 5.4.4 from the complaint list to the complaint register."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from huiyin.complaints.models import Complaint
from huiyin.customers.actions import register_customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.steps.context import StepContext
from tests.cast import at
from tests.records.office import picture
from tests.records.print.pdf import missing
from tests.scenarios.browser.colleagues import BrowserColleague, BrowserStaff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "communication"
NUMBER = "TS2026-001"
PAGE = f"/complaints/{NUMBER}"
CUSTOMER = "西安秦川重型传动设备有限责任公司设备保障部"
LIAISON = "《内部联络单》Q/SX•G4•G09—06"
REGISTER = "《客户投诉登记表》Q/SX•G4•G09—05"


@pytest.fixture
def known(staff: BrowserStaff) -> None:
    works = staff.works
    register_customer(
        CustomerFacts(name=CUSTOMER),
        procedure_id=works.version,
        contact=ContactPersonFacts("周厂长", mobile="13900001111"),
        context=StepContext(works.mei, at("2026-03-02 09:00")),
    )


def test_a_supplier_caused_complaint_until_the_customer_is_content(staff: BrowserStaff, known: None) -> None:
    quality_registers(staff)
    eight_steps_and_liaison_sheet(staff)
    departments_propose(staff)
    decided_and_told(staff)
    not_content_and_told_again(staff)
    outcome_in_the_register(staff)


def registers(colleague: BrowserColleague, problem: str) -> None:
    """5.4.4.1: the complaint goes into the list while the customer is on the line."""
    colleague.goes("/complaints/new")
    colleague.looks_up("customer", "xaqc")
    colleague.page.locator("#customer-card label", has_text="周厂长").click()
    colleague.fills(channel="来电", problem=problem, model="HY-ZQ650", batch="B2611")
    colleague.presses("登记")


def quality_registers(staff: BrowserStaff) -> None:
    staff.clock.at("2026-11-16 08:30")
    lin = staff("lin", "/")
    assert lin.reads(".empty-title") == ["眼下没有等您办的事"]
    staff.photographs("lin", "/", "today-empty")
    registers(lin, "输出轴密封圈开裂漏油")
    assert (lin.path(), lin.toast()) == (PAGE, f"已登记 {NUMBER}")
    assert lin.reads(".steps-label") == [
        "已列入投诉一览表",
        "已查证",
        "已判定",
        "纠正与预防中",
        "待批示",
        "待答复顾客",
        "已答复",
        "顾客认同",
        "已书面征询意见",
        "结果已登记",
    ]
    lin.takes("会同有关部门查证", findings="供销部、技术中心到场，裂口三处")


def eight_steps_and_liaison_sheet(staff: BrowserStaff) -> None:
    """5.4.4.2 and 5.4.6: judged; the eight-step sheet is owed until a case explains the complaint; then the liaison
    sheet goes to the responsible departments, on paper too.
    """
    lin = staff("lin")
    lin.takes(
        "判定类别、严重程度和责任部门",
        cause_kind="质量异常",
        content="质量不良",
        severity="功能：影响使用或停线",
        responsible=["采购部"],
    )
    owed = [line for line in lin.goes("/").reads(".owed-what") if "八步法" in line]
    assert owed == ["一个工作日内开出《质量问题“八步法”处理表》"]
    lin.goes(f"/problems/new?complaint={NUMBER}").fills(title="输出轴密封圈开裂")
    lin.presses("立案")
    assert [line for line in lin.goes("/").reads(".owed-what") if "开出《质量问题" in line] == []
    lin.goes(PAGE)
    lin.presses("开出《内部联络单》").fills(departments=["生产部"], question="查明密封圈开裂原因").presses(
        "开出《内部联络单》"
    )
    assert printed(lin, LIAISON, NUMBER, "G09—06", "查明密封圈开裂原因", "采购部", "生产部") == []


def printed(colleague: BrowserColleague, form: str, *said: str) -> list[str]:
    """What the printed form, opened from the page's menu, should say and does not."""
    colleague.page.locator("summary", has_text="打印").click()
    link = colleague.page.locator(".heading .menu-link", has_text=form)
    answer = colleague.page.request.get(link.get_attribute("href"))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return missing(answer.body(), *said) if shutil.which("pdftotext") else []


def departments_propose(staff: BrowserStaff) -> None:
    """5.4.4.2: each department signs for the sheet and proposes corrective and preventive action."""
    staff.clock.at("2026-11-16 13:30")
    for name, department, cause in (
        ("cai", "采购部", "供方换用再生胶料，未通知"),
        ("shen", "生产部", "装配前未做胶料硬度抽检"),
    ):
        doer = staff(name, PAGE)
        assert doer.reads("#next .todo .button") == [f"签收《内部联络单》：{department}"]
        doer.presses(f"签收《内部联络单》：{department}").presses("签收《内部联络单》")
        doer.presses(f"提出纠正预防措施：{department}").fills(
            cause=cause,
            m0_text="在库件停用",
            m0_who="蔡采购",
            m0_on="2026-11-17",
            m1_text="首批送样检验",
            m1_who="蔡采购",
            m1_on="2026-11-20",
        )
        assert doer.presses("提出纠正预防措施").toast() == "提出纠正预防措施：已完成"
    lin = staff("lin", PAGE)
    for department in ("采购部", "生产部"):
        lin.goes(PAGE).presses(f"审核通过：{department}").presses("审核通过")


def decided_and_told(staff: BrowserStaff) -> None:
    """5.4.4.4: caused by a supplier, but toward the customer ours; management decides, quality tells the result."""
    staff.clock.at("2026-11-17 09:00")
    lin = staff("lin", PAGE)
    lin.takes(
        "汇总措施，报请批示",
        verdict="供方所致",
        reason="供方擅自换料",
        statement="供方已责令纠正；我公司承担更换",
        within_service_period="是",
    )
    assert lin.reads("#next .section .awaited dt") == ["批示同意"]
    zong = staff("zong", PAGE)
    assert zong.takes("批示同意", note="同意") == "批示同意：已完成"
    mei = staff("mei", "/")
    assert [line for line in mei.reads(".owed-what") if "答复" in line] == []  # the owner tells the customer: quality
    lin.goes(PAGE)
    lin.grants().takes("将处理结果告诉顾客", answer_text="原因已查明，三日内更换密封圈")
    assert lin.reads(".piece header .badge")[-1] == "等客户表态"


def not_content_and_told_again(staff: BrowserStaff) -> None:
    """5.4.4.3: until the customer is satisfied; every round keeps its words."""
    lin = staff("lin", PAGE)
    lin.presses("顾客不满意").fills(refusal_reason="要求提供八步法报告").presses("顾客不满意")
    lin.takes("汇总措施，报请批示", verdict="供方所致", reason="供方擅自换料", statement="附八步法报告")
    staff("zong", PAGE).takes("批示同意")
    lin.goes(PAGE)
    lin.grants().takes("将处理结果告诉顾客", answer_text="八步法报告已寄出")
    assert lin.takes("顾客满意或认同", words="满意") == "顾客满意或认同：已完成"
    assert lin.reads(".piece header b")[-2:] == ["第 1 轮", "第 2 轮"]
    assert lin.reads(".said") == ["周厂长：要求提供八步法报告", "周厂长：满意"]


def outcome_in_the_register(staff: BrowserStaff) -> None:
    """5.4.4.6: the written opinion, then the outcome in the register G09—05."""
    staff.clock.at("2026-11-18 09:00")
    mei = staff("mei", PAGE)
    mei.takes("书面征询顾客意见", satisfaction="满意", words="处理及时")
    assert mei.next() == "下一步"
    lin = staff("lin", PAGE)
    assert (
        lin.takes("结果记入《客户投诉登记表》", closing_note="供方责任，顾客满意")
        == "结果记入《客户投诉登记表》：已完成"
    )
    assert lin.reads(".steps .is-done .steps-label")[-1] == "结果已登记"
    staff.photographs("lin", PAGE, "record-communication")
    assert printed(lin, REGISTER, NUMBER, "G09—05", CUSTOMER, "输出轴密封圈开裂漏油", "供方所致") == []
    found = verify()
    assert (found.code, found.fault) == (0, None)


def test_outside_the_service_period_nobody_has_to_decide(staff: BrowserStaff, known: None) -> None:
    """5.4.6.2: quality answers whether it was an abnormality within the period; where not, the customer is told."""
    quality_registers(staff)
    eight_steps_and_liaison_sheet(staff)
    departments_propose(staff)
    lin = staff("lin", PAGE)
    merged = {"verdict": "供方所致", "reason": "售出五年，正常老化", "statement": "付费更换密封圈"}
    assert lin.page.locator("[name=within_service_period]:checked").count() == 0
    lin.page.complaints.expected.append("422")
    lin.fills(**merged, within_service_period="否").presses("汇总措施，报请批示")
    refused = "“是否售后期内的质量异常”须是“是”，现在是“否”"
    assert lin.reads(".field.has-error .field-error") == [refused]
    lin.goes(PAGE).presses("汇总措施，不须批示").fills(**merged, within_service_period="否")
    assert lin.presses("汇总措施，不须批示").toast() == "汇总措施，不须批示：已完成"
    assert (Complaint.objects.get(number=NUMBER).state, lin.next()) == ("decided", "下一步：将处理结果告诉顾客")


def test_not_ours_is_explained_with_evidence_until_the_customer_agrees(staff: BrowserStaff, known: None) -> None:
    """5.4.4.5: without evidence nobody may say so; with it quality explains, and the customer's agreement closes it."""
    staff.clock.at("2026-11-16 08:30")
    lin = staff("lin", "/")
    registers(lin, "减速机轴承烧毁")
    lin.takes("会同有关部门查证", findings="注油孔被漆封死，油位为零")
    lin.takes(
        "判定类别、严重程度和责任部门",
        cause_kind="质量异常",
        content="质量不良",
        severity="功能：影响使用或停线",
    )
    lin.goes(f"{PAGE}/rejection")
    assert lin.reads("main .notice .reasons li") == ["请先附上证据"]
    assert lin.page.locator("[name=reject_reason]").count() == 0  # nothing is asked that would be refused
    lin.goes(PAGE)
    photo = {"name": "注油孔.png", "mimeType": "image/png", "buffer": picture(size=(300, 200))}
    lin.page.set_input_files("#attach-files", files=[photo])
    assert lin.presses("上传").toast() == "已添加 1 个文件"
    lin.presses("举证说明非本公司问题").fills(reason="使用、安装或保管不当", reject_reason="客户加漆时封住注油孔")
    assert lin.presses("举证说明非本公司问题").toast() == "举证说明非本公司问题：已完成"
    staff.clock.at("2026-11-16 14:00")
    mei = staff("mei", PAGE)
    assert mei.next() == "下一步：将处理结果告诉顾客"
    lin.goes(PAGE).grants().takes("将处理结果告诉顾客", answer_text="注油孔被封，附照片；可付费更换轴承")
    lin.takes("顾客满意或认同", words="同意付费")
    mei.goes(PAGE).takes("书面征询顾客意见", satisfaction="基本满意")
    lin.goes(PAGE).takes("结果记入《客户投诉登记表》", closing_note="非本公司问题，顾客认同")
    complaint = Complaint.objects.get(number=NUMBER)
    assert (complaint.state, complaint.reject_reason) == ("closed", "客户加漆时封住注油孔")
    rows: Any = Entry.objects.filter(kind="complaint", record_id=complaint.pk).order_by("sequence")
    assert list(rows.values_list("event", "actor_name")) == [
        ("complaint.registered", "林志远"),
        ("complaint.verified", "林志远"),
        ("complaint.judged", "林志远"),
        ("record.file_attached", "林志远"),
        ("complaint.rejected", "林志远"),
        ("complaint.answered", "林志远"),
        ("complaint.accepted", "林志远"),
        ("complaint.called_back", "王晓梅"),
        ("complaint.closed", "林志远"),
    ]
    assert lin.reads(".timeline .entry-line span")[0] == "林志远结案：非本公司问题，顾客认同"
    found = verify()
    assert (found.code, found.fault) == (0, None)
