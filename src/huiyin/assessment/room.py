"""What this room tells the house: the weekly sheet as a kind of record, its place in the menu and in the calendar."""

from __future__ import annotations

from typing import Any

from huiyin.assessment import guards  # noqa: F401 - the guards and their words make themselves known
from huiyin.assessment.access import SHEETS as SIGHT
from huiyin.assessment.access import sees_ledger
from huiyin.assessment.lists import CHARGES, LEDGER, SHEETS
from huiyin.assessment.models import Allotment, Appeal, Assessment, Booking, Charge, Item, Posting
from huiyin.assessment.part_steps import ALLOTMENT_STEPS, CHARGE_STEPS
from huiyin.assessment.printing.sheets import assessment
from huiyin.assessment.steps import STEPS
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.obligations.places import PeriodPage
from huiyin.people.models import Person
from huiyin.procedure.part_roles import PartRole, RoleHolder
from huiyin.records.kinds import PartKind, RecordKind
from huiyin.records.navigation import whoever_has, works_with
from huiyin.records.print.printed_sheets import PrintedSheet
from huiyin.ui.addresses import cached_url
from huiyin.ui.rooms import MenuItem, Room

_assessed = whoever_has("assessment")


def _keeps_ledger(person: Person, procedure: Any) -> bool:
    return _assessed(person, procedure) and sees_ledger(person)


def week_in_words(key: str) -> Text:
    """What people call the week that a sheet has as its subject (``2026-W47``)."""
    return Period.parse(key).label


def page_of_week(week: Period) -> str:
    """Where a week is compiled."""
    return f"{cached_url('assessment_new')}?week={week.key}"


CHARGE_ROLES = (
    PartRole(name="person", holder=RoleHolder.PERSON, label=t("被考核人", "the person charged")),
    PartRole(
        name="bearer",
        holder=RoleHolder.PERSON_OR_HEAD,
        label=t("承担人或承担部门的负责人", "the person charged, or the head of the department that bears it"),
    ),
)
ALLOTMENT_ROLES = (
    PartRole(name="head", holder=RoleHolder.HEAD, label=t("责任部门负责人", "the head of the department charged")),
)
ASSESSMENT = RecordKind(
    model=Assessment,
    name=t("考核统计", "Assessment"),
    path="/assessments/",
    sight=SIGHT,
    steps=STEPS,
    parts=(
        PartKind(model=Item),
        PartKind(model=Charge, name=t("考核项", "Charge"), steps=CHARGE_STEPS, roles=CHARGE_ROLES),
        PartKind(model=Allotment, name=t("部门分解", "Allotment"), steps=ALLOTMENT_STEPS, roles=ALLOTMENT_ROLES),
        PartKind(model=Appeal),
        PartKind(model=Booking),
        PartKind(model=Posting),
    ),
    lists=(SHEETS, CHARGES, LEDGER),
    sheets=(
        PrintedSheet(
            key="assessment-sheet",
            label=t("考核统计表", "Assessment sheet"),
            build=assessment,
            landscape=True,
            table_size=8.5,
        ),
    ),
    opened_from={},
    aspects=(PeriodPage("assessment.compiled", t("统计这一周", "Compile this week"), page_of_week),),
    has_own_fields=False,
    subject_words=week_in_words,
)
ROOM = Room(
    name="assessment",
    urls=(("", "huiyin.assessment.urls"),),
    menu=(
        MenuItem(
            label=t("考核统计", "Assessment"),
            url="assessments",
            icon="assessment",
            key="a",
            position=120,
            may_open=works_with("assessment"),
        ),
        MenuItem(
            label=t("考核明细", "Charges"), url="charges", icon="money", key="m", position=130, may_open=_assessed
        ),
        MenuItem(
            label=t("考核台账", "Ledger"), url="ledger", icon="copy", key="j", position=140, may_open=_keeps_ledger
        ),
    ),
    kinds=(ASSESSMENT,),
)
