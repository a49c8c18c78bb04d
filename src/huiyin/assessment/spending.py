"""Freight and losses that replacements have on record, as far as no sheet has counted them yet; reads only (P2 5.1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from huiyin.assessment.models import Assessment, Item
from huiyin.kernel.periods import Period
from huiyin.people.models import Department
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Link
from huiyin.returns.models import Loss, Replacement

DEPARTMENTS = ("", "department")
"""Who bears a loss, in the word of the request; what company, supplier, carrier or customer bears is left out."""
NOTHING = Decimal(0)

ResponsibleCase = tuple[str, int, int]
"""Kind and id of a case, and its department."""


@dataclass
class CaseCosts:
    """What a case cost that a department is responsible for, by the requests it was sent out under."""

    kind: str
    pk: int
    number: str
    department: Department
    freight: Decimal = NOTHING
    loss: Decimal = NOTHING
    requests: list[str] = field(default_factory=list)


def recorded_costs(period: Period, procedure: Procedure, sheet: Assessment) -> dict[ResponsibleCase, CaseCosts]:
    """Costs up to the end of the week of requests whose department quality has signed, less what other sheets counted.

    A request made for one complaint counts as that complaint's; goods sent ahead of the signature count once it is
    there.
    """
    after = period.instants(procedure.zone)[1]
    losses = Loss.objects.filter(at__lt=after, borne_by__in=DEPARTMENTS, replacement__responsible__isnull=False)
    losses = losses.exclude(replacement__phase="void").select_related("replacement__responsible").order_by("id")
    rows = list(losses)
    cases = _cases_of({row.replacement_id for row in rows})
    found: dict[ResponsibleCase, CaseCosts] = {}
    for row in rows:
        request: Replacement = row.replacement
        department = request.responsible
        assert department is not None
        kind, pk, number = cases.get(request.pk, (request.kind, request.pk, request.number))
        one = found.setdefault((kind, pk, department.pk), CaseCosts(kind, pk, number, department))
        if row.loss == Loss.FREIGHT:
            one.freight += row.amount
        else:
            one.loss += row.amount
        if request.number not in one.requests:
            one.requests.append(request.number)
    return _not_counted(found, sheet)


def _cases_of(requests: set[int]) -> dict[int, tuple[str, int, str]]:
    """The complaint a request was made for; requests made for none or for several stand for themselves."""
    ties = Link.objects.filter(
        kind="replacement",
        record_id__in=requests,
        relation="replacement-for",
        to_kind="complaint",
        ended_at=None,
    )
    by_request: defaultdict[int, list[tuple[str, int, str]]] = defaultdict(list)
    for tie in ties.order_by("id"):
        by_request[tie.record_id].append((tie.to_kind, tie.to_id, tie.to_number))
    return {request: made_for[0] for request, made_for in by_request.items() if len(made_for) == 1}


def _not_counted(found: dict[ResponsibleCase, CaseCosts], sheet: Assessment) -> dict[ResponsibleCase, CaseCosts]:
    """Less what other sheets hold of the same cases; what is counted wholly is left out."""
    elsewhere = Item.objects.exclude(assessment__phase="void").exclude(assessment_id=sheet.pk)
    sums = elsewhere.order_by().values("case_kind", "case_id", "department_id")
    for row in sums.annotate(freight_sum=Sum("freight"), loss_sum=Sum("loss")):
        one = found.get((row["case_kind"], row["case_id"], row["department_id"]))
        if one is not None:
            one.freight = max(one.freight - (row["freight_sum"] or NOTHING), NOTHING)
            one.loss = max(one.loss - (row["loss_sum"] or NOTHING), NOTHING)
    return {case: one for case, one in found.items() if one.freight or one.loss}
