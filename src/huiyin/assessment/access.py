"""Who sees which sheet, and which of its charges: what one may not see does not exist."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from huiyin.assessment.models import Allotment, Assessment, Charge
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

LEDGER = frozenset({"finance", "management", "auditor"})
"""Functions that see the ledger."""


def sees_all(person: Person, procedure: Procedure) -> bool:
    """Whether one of the person's functions sees every sheet with every charge."""
    return person.is_administrator or procedure.sees_all("assessment", person.functions())


def sees_ledger(person: Person) -> bool:
    """Whether the person sees the ledger: finance, management, auditors."""
    return person.is_administrator or bool(person.functions() & LEDGER)


def _concerned(person: Person, path: str = "") -> Q:
    """Condition on a charge: it is the person's, or of a department they head, themselves or for somebody on leave."""
    here = (person, *person.standing_for)
    mine = Q(**{f"{path}person_id__in": [each.pk for each in here]})
    headed = [each.department_id for each in here if each.is_head and each.department_id]
    return mine | Q(**{f"{path}department_id__in": headed}) if headed else mine


def charges_visible_to(person: Person, procedure: Procedure) -> QuerySet[Charge]:
    """Charges the person may see: all by function, else those on them, and those of departments they head."""
    everything = Charge.objects.all()
    return everything if sees_all(person, procedure) else everything.filter(_concerned(person))


def allotments_visible_to(person: Person, procedure: Procedure) -> QuerySet[Allotment]:
    """Sums to divide that the person may see: all by function, else those of departments they head."""
    if sees_all(person, procedure):
        return Allotment.objects.all()
    headed = [p.department_id for p in (person, *person.standing_for) if p.is_head and p.department_id]
    return Allotment.objects.filter(department_id__in=headed)


def visible_to(person: Person, procedure: Procedure) -> QuerySet[Assessment]:
    """Sheets the person may see: all by function; logistics those it was asked about; others those that concern them."""
    everything = Assessment.objects.all()
    if sees_all(person, procedure):
        return everything
    concerned = Exists(Charge.objects.filter(_concerned(person), assessment_id=OuterRef("pk")))
    dividing = Exists(allotments_visible_to(person, procedure).filter(assessment_id=OuterRef("pk")))
    seen = concerned | dividing
    if person.holds("warehouse"):
        return everything.filter(seen | ~Q(state="compiled"))
    return everything.filter(seen, handed_over_at__isnull=False)


RELATED = ("opened_by", "costs_by", "quality_by", "management_by", "handed_over_by", "carried_out_by")


def assessment_for(person: Person, number: str) -> Assessment:
    """The sheet with this number if the person may see it; Http404 otherwise."""
    procedure = versions.procedure_of(person.active_version_id)
    found = visible_to(person, procedure).select_related(*RELATED).filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def charge_for(person: Person, number: str, charge_id: int) -> Charge:
    """A charge of a sheet, if the person may see both; Http404 otherwise."""
    sheet = assessment_for(person, number)
    procedure = versions.procedure_of(person.active_version_id)
    rows = charges_visible_to(person, procedure).select_related("person", "department", "proposed_by")
    found = rows.filter(pk=charge_id, assessment=sheet).first()
    if found is None:
        raise Http404(charge_id)
    found.assessment = sheet
    return found


def allotment_for(person: Person, number: str, allotment_id: int) -> Allotment:
    """A department's sum to divide, if the person may see it; Http404 otherwise."""
    sheet = assessment_for(person, number)
    procedure = versions.procedure_of(person.active_version_id)
    rows = allotments_visible_to(person, procedure).select_related("department")
    found = rows.filter(pk=allotment_id, assessment=sheet).first()
    if found is None:
        raise Http404(allotment_id)
    found.assessment = sheet
    return found
