"""Reading assessments: everything on a sheet as far as the reader may see it, and its sums by department; no writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from huiyin.assessment.access import SHEETS, allotments_visible_to, charges_visible_to
from huiyin.assessment.collect import recalculate_fine
from huiyin.assessment.models import SETTLED, Allotment, Appeal, Assessment, Charge, Item
from huiyin.kernel.text import Text
from huiyin.people.models import Department, Person
from huiyin.procedure.schema import Procedure
from huiyin.records.search import search

NOTHING = Decimal("0.00")


@dataclass
class DepartmentRow:
    """One department on a sheet: its cases, what they cost, and who bears how much."""

    department: Department | None
    cases: int = 0
    days: int = 0
    fines: Decimal = NOTHING
    freight: Decimal = NOTHING
    loss: Decimal = NOTHING
    head: Decimal = NOTHING
    others: Decimal = NOTHING
    standing: Decimal = NOTHING

    @property
    def borne(self) -> Decimal:
        """What the department and its people bear in all, rewards apart."""
        return self.fines + self.head + self.others + self.standing

    def add(self, other: DepartmentRow) -> None:
        """Add another row's figures to this one."""
        for name in ("cases", "days", "fines", "freight", "loss", "head", "others", "standing"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class SheetDetails:
    """Everything on a sheet that its reader may see."""

    items: list[Item]
    charges: list[Charge]
    allotments: list[Allotment]
    appeals: list[Appeal]
    sees_all: bool
    rows: list[DepartmentRow] = field(init=False)
    total: DepartmentRow = field(init=False)

    def __post_init__(self) -> None:
        self.rows = by_department(self.items, self.charges, self.allotments)
        self.total = DepartmentRow(None)
        for row in self.rows:
            self.total.add(row)

    @property
    def fines(self) -> list[Charge]:
        """What was late."""
        return [charge for charge in self.charges if charge.charge == Charge.FINE]

    @property
    def shares(self) -> list[Charge]:
        """What falls to single persons of freight and losses."""
        return [charge for charge in self.charges if charge.charge in (Charge.FREIGHT, Charge.LOSS, Charge.BORNE)]

    @property
    def rewards(self) -> list[Charge]:
        """What is proposed or given as reward."""
        return [charge for charge in self.charges if charge.is_reward]


def load_details(sheet: Assessment, person: Person, procedure: Procedure) -> SheetDetails:
    """The sheet's rows in five questions; logistics sees the cases, but of the charges only its own."""
    whole = SHEETS.sees_all(person, procedure)
    charges = charges_visible_to(person, procedure).filter(assessment=sheet)
    charges = charges.select_related("person", "department", "proposed_by").order_by("id")
    allotments = allotments_visible_to(person, procedure).filter(assessment=sheet)
    items = sheet.items.select_related("department").order_by("department__position", "id")
    seen = list(charges)
    sums = list(allotments.select_related("department", "split_by").order_by("id"))
    theirs = Q(charge__in=[c.pk for c in seen]) | Q(allotment__in=[a.pk for a in sums])
    appeals = Appeal.objects.filter(theirs, assessment=sheet)
    if not (whole or person.holds("warehouse")):
        items = items.filter(department_id__in=[p.department_id for p in (person, *person.standing_for)])
    found = SheetDetails(
        list(items),
        seen,
        sums,
        list(appeals.select_related("by", "decided_by").order_by("id")),
        whole,
    )
    for row in (*found.charges, *found.allotments):
        row.assessment = sheet
    rows: dict[tuple[int | None, int | None], Charge | Allotment] = {(c.pk, None): c for c in seen}
    rows |= {(None, a.pk): a for a in sums}
    for one in found.appeals:
        one.against = rows[one.charge_id, one.allotment_id]
    return found


def by_department(
    items: Iterable[Item], charges: Iterable[Charge], allotments: Iterable[Allotment]
) -> list[DepartmentRow]:
    """One row for each department, in the company's order."""
    rows: dict[int, DepartmentRow] = {}

    def of(department: Department | None) -> DepartmentRow:
        return rows.setdefault(department.pk if department else 0, DepartmentRow(department))

    for item in items:
        row = of(item.department)
        row.cases += 1
        row.freight += item.freight or NOTHING
        row.loss += item.loss or NOTHING
    for charge in (each for each in charges if not each.is_reward):
        row = of(charge.department)
        if charge.charge == Charge.FINE:
            row.days += charge.days
            row.fines += charge.amount
        elif charge.charge == Charge.BORNE:
            row.standing += charge.amount
        elif charge.allotment_id is None:
            row.head += charge.amount
        else:
            row.others += charge.amount
    for allotment in allotments:
        if allotment.state not in SETTLED:
            of(allotment.department).others += allotment.amount
    return sorted(
        rows.values(),
        key=lambda row: (row.department.position, row.department.pk) if row.department else (999, 0),
    )


def with_sums(sheets: QuerySet[Assessment], person: Person, procedure: Procedure) -> QuerySet[Assessment]:
    """Each sheet with ``charged`` and ``rewarded`` as far as the reader may see them."""
    visible = charges_visible_to(person, procedure).filter(assessment_id=OuterRef("pk")).order_by()
    charged = visible.exclude(charge=Charge.REWARD)
    rewarded = visible.filter(charge=Charge.REWARD).exclude(state__in=("proposed", "declined"))
    return sheets.annotate(charged=_sum_of(charged), rewarded=_sum_of(rewarded))


def with_appeals(charges: QuerySet[Charge]) -> QuerySet[Charge]:
    """Each charge with its last appeal and what was decided.

    As ``appealed_at``, ``appeal_reason``, ``decided_at`` and ``decision_reason``.
    """
    last = Appeal.objects.filter(charge=OuterRef("pk")).order_by("-pk")
    return charges.annotate(
        appealed_at=Subquery(last.values("at")[:1]),
        appeal_reason=Subquery(last.values("reason")[:1]),
        decided_at=Subquery(last.values("decided_at")[:1]),
        decision_reason=Subquery(last.values("decision_reason")[:1]),
    )


def _sum_of(charges: QuerySet[Charge]) -> Subquery:
    return Subquery(charges.values("assessment_id").annotate(s=Sum("amount")).values("s"))


def openable(rows: Sequence[Any], person: Person) -> set[tuple[str, int]]:
    """Which of the cases named by ``rows`` the reader may open; the others are named without a link."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        kind, pk = (row.case_kind, row.case_id) if isinstance(row, Item) else (row.source_kind, row.source_id)
        if kind and pk:
            wanted.setdefault(kind, set()).add(pk)
    found: set[tuple[str, int]] = set()
    for kind, ids in wanted.items():
        seen = search.visible_ids_of(kind, person)
        if isinstance(seen, list):
            continue
        if seen is not None:
            ids = ids & set(seen.filter(pk__in=ids).values_list("pk", flat=True))
        found |= {(kind, pk) for pk in ids}
    return found


def recalculated(charge: Charge, procedure: Procedure) -> tuple[Decimal, list[Text]] | None:
    """What a fine comes to when it is reckoned from its frozen basis today; None for other charges."""
    if charge.charge != Charge.FINE:
        return None
    fine = recalculate_fine(charge.basis, procedure)
    return fine.amount.amount, list(fine.derivation)
