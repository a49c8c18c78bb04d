"""A small factory's worth of sample values for pages that show every component; no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.ui import forms
from huiyin.ui.components import (
    BoardColumn,
    CreateItem,
    Fact,
    FieldConflict,
    FilterChip,
    NavigationItem,
    Shell,
    StepBarItem,
    Tab,
)

AT = datetime(2026, 11, 21, 6, 40, tzinfo=UTC)
LONG_CUSTOMER = "内蒙古自治区呼伦贝尔市鄂伦春自治旗大兴安岭林业机械设备进出口有限责任公司海拉尔分公司"
LONG_ENGLISH = "Northern Forestry Machinery Import and Export Limited Liability Company, Hailar Regional Branch"


@dataclass
class SamplePerson:
    pk: int
    display_name: str


@dataclass
class SampleOffer:
    verb: str
    label: Text
    reasons: list[Text] = field(default_factory=list)
    primary: bool = False


def shell(language: str = "zh", theme: str = "light", *, at_url: str = "/complaints/", empty: bool = False) -> Shell:
    places = [
        ("今日", "Today", "/", "today", "t", 7),
        ("投诉", "Complaints", "/complaints/", "complaints", "p", None),
        ("看板", "Board", "/complaints/board", "board", "b", None),
        ("待办总览", "Obligations", "/obligations/", "tasks", "o", 23),
        ("来往登记", "Contacts", "/contacts/", "contacts", "l", None),
        ("客户", "Customers", "/customers/", "customers", "k", None),
        ("条款与证据", "Clauses and evidence", "/clauses/", "clauses", "e", None),
        ("程序", "Procedure", "/procedure/", "procedure", "r", None),
        ("导入", "Import", "/imports/", "import", "i", None),
        ("人员", "People", "/people/", "people", "u", None),
    ]
    return Shell(
        person=SamplePerson(7, "王晓梅" if language == "zh" else "Wang Xiaomei"),
        at=AT,
        language=language,
        theme=theme,
        department=t("营销支持部", "Marketing support"),
        site_name=t("信息反馈控制程序", "Feedback control procedure"),
        navigation=[
            NavigationItem(
                t(zh, en),
                url,
                icon,
                key,
                None if empty else count,
                url == at_url,
                t("体系", "System") if icon == "clauses" else None,
            )
            for zh, en, url, icon, key, count in places
        ],
        creates=[
            CreateItem(
                t("投诉", "Complaint"), "/complaints/new", "complaints", t("电话、来函、到访", "Call, letter, visit")
            ),
            CreateItem(t("来往", "Contact"), "/contacts/new", "contacts"),
            CreateItem(t("客户", "Customer"), "/customers/new", "customers"),
        ],
        unread=0 if empty else 3,
        profile_url="/me",
    )


STATES = [
    ("received", "已登记", "Registered"),
    ("verification", "核实中", "Being verified"),
    ("handling", "处理中", "In handling"),
    ("answer", "待答复", "To be answered"),
    ("acceptance", "待客户确认", "Awaiting acceptance"),
    ("follow-up", "回访", "Call-back"),
    ("closed", "已结案", "Closed"),
    ("void", "已撤回", "Withdrawn"),
]


def rows(n: int = 25) -> list[SimpleNamespace]:
    customers = [
        "宁波海天液压件厂",
        "苏州工业园区精密机电有限公司",
        LONG_CUSTOMER,
        "Grundfos Pumps (Suzhou)",
        "山东潍柴配件销售处",
        LONG_ENGLISH,
    ]
    problems = [
        "主轴端漏油，停机 2 小时",
        "运行 300 小时后异响，客户要求换新并赔偿停机损失",
        "外箱破损",
        "Flow rate 12 % below the name plate at 1450 rpm",
        "缺随机附件与合格证",
    ]
    hours = [-52, -3, 1.5, 3.4, 9, 26, 75, 240, -0.01]
    made = []
    for i in range(n):
        phase, zh, en = STATES[i % len(STATES)]
        made.append(
            SimpleNamespace(
                number=f"202611-{n - i:03d}",
                url=f"/complaints/202611-{n - i:03d}",
                customer=customers[i % 6],
                problem=problems[i % 5],
                phase=phase,
                state=t(zh, en),
                quantity=[3, 1200, 1, 24, 10][i % 5],
                due=None if phase in ("closed", "void") else AT + timedelta(hours=hours[i % 9]),
                owner=["质量部", "技术中心", "营销支持部", "采购部 / 供应商质量管理"][i % 4],
                opened=AT - timedelta(hours=7 * i),
                severity=["", "safety", "", "", "repeat"][i % 5],
            )
        )
    return made


FILTERS = [
    FilterChip(t("在办", "Open"), "?open", active=True, count=23),
    FilterChip(t("我部门的", "My department"), "?mine", count=6),
    FilterChip(t("今天到期", "Due today"), "?today", count=4),
    FilterChip(t("已超期", "Late"), "?late", count=2),
    FilterChip(t("安全", "Safety"), "?safety", count=1),
]
TABS = [
    Tab(t("全部", "All"), "?", active=True, count="1,000+"),
    Tab(t("质量类", "Quality"), "?q", count=214),
    Tab(t("非质量类", "Other"), "?n", count=58),
    Tab(t("重复发生", "Recurring"), "?r", count=9),
]
STEPS = [
    StepBarItem(t("登记", "Register"), "done", title=t("11-20 09:12 王晓梅", "11-20 09:12 Wang Xiaomei")),
    StepBarItem(t("核实", "Verify"), "done"),
    StepBarItem(t("判定", "Judge"), "done"),
    StepBarItem(t("处理", "Handle"), "current"),
    StepBarItem(t("答复", "Answer"), "ahead"),
    StepBarItem(t("客户确认", "Acceptance"), "ahead"),
    StepBarItem(t("回访", "Call back"), "skipped"),
    StepBarItem(t("结案", "Close"), "ahead"),
]
OFFERS = [
    SampleOffer("conclude", t("汇总结论", "Conclude"), [], True),
    SampleOffer("assign", t("再派任务", "Assign more")),
    SampleOffer("promise", t("记录承诺", "Record a promise")),
    SampleOffer("grant", t("给予补偿", "Grant a remedy")),
    SampleOffer(
        "answer",
        t("答复客户", "Answer the customer"),
        [
            t("结论还没有批准。", "The verdict is not approved."),
            t("两个部门的措施还没有回复。", "Two departments have not answered."),
        ],
    ),
    SampleOffer("close", t("结案", "Close"), [t("客户还没有确认。", "The customer has not accepted yet.")]),
]
FACTS: list[Any] = [
    Fact(t("客户", "Customer"), LONG_CUSTOMER, href="/customers/1", wide=True),
    (t("联系人", "Contact person"), "刘建国 138 0000 1234"),
    (t("渠道", "Channel"), t("电话", "Telephone")),
    (t("型号", "Model"), "CYZ-65/32-AX20"),
    (t("批号", "Batch"), "B2026-1103-07"),
    (t("发货日期", "Shipped on"), "2026-11-03"),
    (t("不合格数量", "Defective"), "24 / 1,200 件"),
    (t("保修", "Warranty"), t("保修期内，至 2027-11-02", "In warranty until 2027-11-02")),
    (t("停机损失", "Downtime"), None),
    Fact(
        t("问题", "Problem"),
        "主轴端漏油，停机 2 小时；更换油封后仍渗漏。\n客户要求 48 小时内答复并换货。",
        wide=True,
    ),
]
COLUMNS = [
    BoardColumn(
        t(zh, en),
        [r for r in rows(30) if r.phase == phase],
        phase,
        None,
        f"?phase={phase}" if phase == "closed" else None,
    )
    for phase, zh, en in STATES[:7]
]
DIFFERENCES = [
    FieldConflict(
        "findings",
        t("核实情况", "Findings"),
        "油封唇口有 0.3 mm 划伤，疑为装配时未用导向套。",
        "油封唇口划伤，与 11 月 3 日批次相同。\n已通知仓库封存。",
    ),
    FieldConflict("severity", t("严重程度", "Severity"), "一般", "重大"),
]
REASONS = [
    t("结论还没有批准。", "The verdict is not approved."),
    t("质量部的措施还没有回复。", "Quality has not answered with measures."),
]


class SampleForm(forms.StepForm):
    """Every kind of field once."""

    customer = forms.Lookup(
        label=t("客户", "Customer"),
        url="/lookup/customers",
        autofocus=True,
        help=t("名称、拼音首字母或编号", "Name, initials or code"),
        placeholder=t("例如 nbht", "for example nbht"),
    )
    channel = forms.Segments(
        label=t("渠道", "Channel"),
        options=[
            ("phone", t("电话", "Phone")),
            ("mail", t("邮件", "Mail")),
            ("wechat", t("微信", "WeChat")),
            ("visit", t("到访", "Visit")),
        ],
        initial="phone",
    )
    model = forms.TextInput(label=t("型号", "Model"))
    batch = forms.TextInput(label=t("批号", "Batch"), required=False)
    quantity = forms.Number(label=t("不合格数量", "Defective quantity"), unit=t("件", "pcs"), least=0)
    amount = forms.Amount(label=t("客户要求金额", "Amount claimed"), required=False)
    severity = forms.Choice(
        label=t("严重程度", "Severity"),
        options=[
            ("minor", t("一般", "Minor")),
            ("major", t("重大", "Major")),
            ("safety", t("安全", "Safety")),
        ],
    )
    demands = forms.Choices(
        label=t("客户要求", "What the customer wants"),
        required=False,
        options=[
            ("replace", t("换货", "Replacement")),
            ("repair", t("维修", "Repair")),
            ("refund", t("退款", "Refund")),
            ("explain", t("说明原因", "Explanation")),
        ],
    )
    ship_date = forms.Day(label=t("发货日期", "Shipped on"), required=False)
    received_at = forms.Moment(
        label=t("接到时间", "Received at"), help=t("事后补录时改成真实时间", "Change it when entered later")
    )
    problem = forms.TextField(
        label=t("问题", "Problem"),
        rows=4,
        placeholder=t("什么时候、什么情况、多少件", "When, under what conditions, how many"),
    )
    photos = forms.Files(label=t("照片与附件", "Photographs and files"), required=False, accept="image/*,.pdf")
    urgent = forms.YesNo(label=t("客户停产，须当日答复", "Customer's line is down; answer today"))


def empty_form() -> SampleForm:
    return SampleForm(initial={"received_at": AT})


def refused_form() -> SampleForm:
    form = SampleForm(
        {
            "customer": "宁波海天",
            "customer_key": "",
            "quantity": "十二",
            "problem": "漏油",
            "channel": "phone",
            "submission": "abc123",
            "demands": ["replace", "repair"],
        }
    )
    form.is_valid()
    form.refuse(
        [
            t(
                "这个客户有两家同名单位，请从列表中选择。",
                "Two customers have this name: choose one from the list.",
            )
        ]
    )
    return form
