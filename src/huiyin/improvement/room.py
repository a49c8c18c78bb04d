"""What this room tells the house: problem cases and requests to suppliers, and their places in the menu."""

from __future__ import annotations

from functools import partial

from django.db.models import Q

from huiyin.customers.card import CustomerTie
from huiyin.improvement import guards  # noqa: F401 - guards and words make themselves known
from huiyin.improvement.access import PROBLEMS as SIGHT
from huiyin.improvement.lists import PROBLEMS
from huiyin.improvement.models import PARTS, EffectCheck, Member, Problem
from huiyin.improvement.nouns import CASE
from huiyin.improvement.printing import sheets
from huiyin.improvement.steps import ANSWERED, STEPS
from huiyin.improvement.suppliers.kind import SCAR
from huiyin.improvement.suppliers.links import comes_by_living_link
from huiyin.improvement.values import EXPLAINS
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure.part_roles import PartRole, RoleHolder
from huiyin.records.access import owned_by
from huiyin.records.kinds import PartKind, RecordKind
from huiyin.records.navigation import may_take_opening, whoever_has, works_with
from huiyin.records.print.costs import CostSheet
from huiyin.records.print.printed_sheets import PrintedSheet
from huiyin.records.relations.related_actions import RelatedAction
from huiyin.ui.middleware import allow_guest_uploads
from huiyin.ui.rooms import MenuItem, Room


def takes_part(person: Person) -> Q:
    """Customers whom the person meets in cases: as owner, champion, or on the team."""
    cases = Problem.objects.filter(owned_by(person, "owner", "champion"))
    joined = Member.objects.filter(owned_by(person, "person"))
    return Q(pk__in=cases.values("customer_id")) | Q(pk__in=joined.values("problem__customer_id"))


# Whoever checks an effect is asked for the verdict; the step itself is the case's, not the check's.
CHECKER = PartRole(
    name="person",
    holder=RoleHolder.PERSON,
    label=t("效果验证人", "the person who checks the effect"),
    person="checker",
    department=None,
    takes_steps=False,
)
PROBLEM = RecordKind(
    model=Problem,
    name=CASE,
    path="/problems/",
    sight=SIGHT,
    steps=STEPS,
    parts=tuple(PartKind(model=part, roles=(CHECKER,) if part is EffectCheck else ()) for part in PARTS),
    lists=(PROBLEMS,),
    sheets=(
        PrintedSheet(
            key="8d-vda",
            label=t("8D 报告（VDA 次序）", "8D report, in VDA's order"),
            build=sheets.vda,
            table_size=8,
        ),
        PrintedSheet(
            key="8d-ford",
            label=t("8D 报告（福特次序）", "8D report, in Ford's order"),
            build=sheets.ford,
            table_size=8,
        ),
        PrintedSheet(
            key="eight-steps",
            label=t("八步法处理表", "Eight-step sheet"),
            build=sheets.eight_steps,
            table_size=8,
        ),
    ),
    opened_from={"complaint": RelatedAction("/problems/new", "problem.open", "flag")},
    aspects=(CustomerTie(takes_part=takes_part, section=None), CostSheet(sheets.costs_of, printed=True)),
    has_own_fields=True,
    events=(ANSWERED,),
    relations={EXPLAINS: (t("涉及的投诉", "Complaints it explains"), None)},
)
ROOM = Room(
    name="improvement",
    urls=(("", "huiyin.improvement.urls"),),
    menu=(
        MenuItem(
            label=t("8D", "8D"),
            url="problems",
            icon="eightd",
            key="d",
            position=40,
            may_open=whoever_has("problem"),
            kind="problem",
            plain_icon="flag",
        ),
        MenuItem(label=t("供方整改", "Suppliers"), url="scars", icon="link", position=50, may_open=works_with("scar")),
    ),
    creates=(
        MenuItem(
            label=t("8D", "8D"),
            url="problem_new",
            icon="eightd",
            position=20,
            may_open=may_take_opening("problem.open"),
            note=t("查原因、定措施、防再发", "Cause, action, prevention"),
            kind="problem",
            plain_icon="flag",
        ),
    ),
    kinds=(PROBLEM, SCAR),
    on_start=(partial(allow_guest_uploads, comes_by_living_link),),
)
