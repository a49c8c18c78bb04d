"""Who sees which sheet, and which of its charges: what one may not see does not exist."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.assessment.models import Allotment, Assessment, Charge
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.access import Sight

LEDGER = frozenset({"finance", "management", "auditor"})
"""Functions that see the ledger."""


def own_sheets(person: Person) -> QuerySet[Assessment]:
    """Sheets of who does not see all: logistics those it was asked about; others those handed over that concern them.

    A sheet concerns whom it charges or rewards, and the heads of departments that bear or divide something.
    """
    concerned = Exists(Charge.objects.filter(_concerned(person), assessment_id=OuterRef("pk")))
    dividing = Exists(Allotment.objects.filter(_divided_by(person), assessment_id=OuterRef("pk")))
    seen = concerned | dividing
    if person.holds("warehouse"):
        return Assessment.objects.filter(seen | ~Q(state="compiled"))
    return Assessment.objects.filter(seen, handed_over_at__isnull=False)


def _concerned(person: Person) -> Q:
    """Condition on a charge: it is the person's, or of a department they head, themselves or for somebody on leave."""
    here = (person, *person.standing_for)
    return Q(person_id__in=[each.pk for each in here]) | Q(department_id__in=_headed(person))


def _divided_by(person: Person) -> Q:
    """Condition on a sum to divide: it is of a department they head, themselves or for somebody on leave."""
    return Q(department_id__in=_headed(person))


def _headed(person: Person) -> list[int]:
    here = (person, *person.standing_for)
    return [each.department_id for each in here if each.is_head and each.department_id]


SHEETS = Sight(
    Assessment,
    own=own_sheets,
    related=("opened_by", "costs_by", "quality_by", "management_by", "handed_over_by", "carried_out_by"),
)
visible_to = SHEETS.visible_to
assessment_for = SHEETS.find


def sees_ledger(person: Person) -> bool:
    """Whether the person sees the ledger: finance, management, auditors."""
    return person.is_administrator or bool(person.functions() & LEDGER)


def charges_visible_to(person: Person, procedure: Procedure | None = None) -> QuerySet[Charge]:
    """Charges the person may see: all by function, else those on them, and those of departments they head."""
    everything = Charge.objects.all()
    return everything if SHEETS.sees_all(person, procedure) else everything.filter(_concerned(person))


def allotments_visible_to(person: Person, procedure: Procedure | None = None) -> QuerySet[Allotment]:
    """Sums to divide that the person may see: all by function, else those of departments they head."""
    everything = Allotment.objects.all()
    return everything if SHEETS.sees_all(person, procedure) else everything.filter(_divided_by(person))


def charge_for(person: Person, number: str, charge_id: int) -> Charge:
    """A charge of a sheet, if the person may see both; Http404 otherwise."""
    rows = charges_visible_to(person).select_related("person", "department", "proposed_by")
    found: Charge = SHEETS.find_part(person, number, rows, charge_id, of="assessment")
    return found


def allotment_for(person: Person, number: str, allotment_id: int) -> Allotment:
    """A department's sum to divide, if the person may see it; Http404 otherwise."""
    rows = allotments_visible_to(person).select_related("department")
    found: Allotment = SHEETS.find_part(person, number, rows, allotment_id, of="assessment")
    return found
