"""What this room tells the house: complaints as a kind of record, in the menu, on the customer's card."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from huiyin.complaints import guards, vocabulary  # noqa: F401 - they make themselves known
from huiyin.complaints.access import COMPLAINTS as SIGHT
from huiyin.complaints.access import are_few, tasks_of, visible_to
from huiyin.complaints.lists import COMPLAINTS
from huiyin.complaints.models import Answer, Call, Complaint, Demand, Measure, Promise, Remedy, Task
from huiyin.complaints.printing import sheets
from huiyin.complaints.queries import open_complaints
from huiyin.complaints.steps import STEPS, TASK_STEPS
from huiyin.customers.card import CardLine, CardSection, CustomerTie
from huiyin.customers.models import Customer
from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import t
from huiyin.obligations.sight import CompanyObligations
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.part_roles import PartRole, RoleHolder
from huiyin.records.access import owned_by
from huiyin.records.kinds import PartKind, RecordKind
from huiyin.records.lists.labels import with_next_due
from huiyin.records.navigation import may_take_opening, whoever_has
from huiyin.records.print.costs import CostSheet
from huiyin.records.print.printed_sheets import PrintedSheet
from huiyin.records.steps.step_types import EventType
from huiyin.ui.rooms import MenuItem, Room

ON_CARD = 5


def takes_part(person: Person) -> Q:
    """Customers a person meets in complaints: as owner, as who took it in, or by a task of their department."""
    own = Complaint.objects.filter(owned_by(person, "owner", "opened_by"))
    tasks = tasks_of(person)
    if are_few(tasks):
        return Q(pk__in=own.values("customer_id")) | Q(pk__in=tasks.values("complaint__customer_id"))
    theirs = Complaint.objects.filter(Exists(tasks.filter(complaint_id=OuterRef("pk"))))
    return Q(pk__in=own.values("customer_id")) | Q(Exists(theirs.filter(customer_id=OuterRef("pk"))))


def card_section(customer: Customer, person: Person, at: datetime) -> CardSection:
    """The customer's open complaints as far as the reader may see them, for the card."""
    rows = open_complaints(visible_to(person)).filter(customer=customer)
    shown = list(with_next_due(rows).order_by("-received_at")[: ON_CARD + 1])
    return CardSection(
        key="complaints",
        title=t("未结投诉", "Open complaints"),
        lines=tuple(_line(row) for row in shown[:ON_CARD]),
        total=len(shown) if len(shown) <= ON_CARD else rows.count(),
        empty=t("没有未结的投诉", "No open complaint"),
        url=f"{reverse('complaints')}?open=1&customer={quote(customer.name)}",
    )


def _line(row: Complaint) -> CardLine:
    state = versions.procedure_of(row.procedure_id).state("complaint", row.state)
    due = getattr(row, "next_due_at", None)
    return CardLine(row.number, record_url("complaint", row.number), row.problem[:60], row.phase, state.label, due)


TASK_ROLES = (
    PartRole(
        name="department",
        holder=RoleHolder.DEPARTMENT,
        label=t("任务所在部门的任何人", "anybody in the task's department"),
    ),
    PartRole(name="head", holder=RoleHolder.HEAD, label=t("任务所在部门负责人", "the head of the task's department")),
    PartRole(name="person", holder=RoleHolder.PERSON, label=t("任务承办人", "the person the task is given to")),
)
COMPLAINT = RecordKind(
    model=Complaint,
    name=t("投诉", "Complaint"),
    path="/complaints/",
    sight=SIGHT,
    steps=STEPS,
    events=(
        EventType(
            "imported",
            label=t("已导入", "Imported"),
            sentence=t(
                "{actor}导入了旧投诉（{customer}）：{owed}", "{actor} imported an old complaint of {customer}: {owed}"
            ),
        ),
        EventType(
            "demand_granted",
            label=t("客户的要求已满足", "Demand granted"),
            sentence=t("满足客户的要求：{demand}", "The customer's demand is granted: {demand}"),
        ),
        EventType(
            "demand_refused",
            label=t("客户的要求未满足", "Demand refused"),
            sentence=t(
                "不能满足客户的要求：{demand}（{reason}）", "The customer's demand is refused: {demand} ({reason})"
            ),
        ),
        EventType(
            "demand_requested",
            label=t("客户的要求已转为申请", "Demand turned into a request"),
            sentence=t("客户的要求已转为申请：{demand}", "The customer's demand is turned into a request: {demand}"),
        ),
    ),
    parts=(
        PartKind(model=Demand),
        PartKind(model=Task, name=t("部门任务", "Department task"), steps=TASK_STEPS, roles=TASK_ROLES),
        PartKind(model=Measure),
        PartKind(model=Remedy),
        PartKind(model=Answer),
        PartKind(model=Call),
        PartKind(model=Promise),
    ),
    lists=(COMPLAINTS,),
    sheets=(
        PrintedSheet(
            key="complaint-register",
            label=t("投诉登记表", "Complaint register"),
            build=sheets.complaint_register,
        ),
        PrintedSheet(
            key="feedback-sheet",
            label=t("问题反馈单", "Feedback sheet"),
            build=sheets.feedback_sheet,
            table_size=8.5,
        ),
        PrintedSheet(
            key="liaison-sheet",
            label=t("信息联络单", "Liaison sheet"),
            build=sheets.liaison_sheet,
            size=10,
            label_width=27,
        ),
    ),
    opened_from={},
    aspects=(
        CostSheet(sheets.costs_of, printed=True),
        CompanyObligations(),
        CustomerTie(takes_part=takes_part, section=card_section, position=10),
    ),
    has_own_fields=True,
)
ROOM = Room(
    name="complaints",
    urls=(("complaints/", "huiyin.complaints.urls"),),
    menu=(
        MenuItem(
            label=t("投诉", "Complaints"),
            url="complaints",
            icon="complaints",
            key="p",
            position=20,
            may_open=whoever_has("complaint"),
        ),
        MenuItem(
            label=t("看板", "Board"),
            url="complaint_board",
            icon="board",
            key="b",
            position=30,
            may_open=whoever_has("complaint"),
        ),
    ),
    creates=(
        MenuItem(
            label=t("投诉", "Complaint"),
            url="complaint_new",
            icon="complaints",
            key="c",
            position=10,
            may_open=may_take_opening("complaint.register"),
            note=t("电话、来函、到访", "Call, letter, visit"),
        ),
    ),
    kinds=(COMPLAINT,),
)
