"""Pages of assessment: the sheet, a charge with its derivation, taking a step, the balances; fetch, render, thin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.assessment import ledger, queries
from huiyin.assessment.access import allotment_for, assessment_for, charge_for, sees_ledger
from huiyin.assessment.actions import making
from huiyin.assessment.forms import CompileForm
from huiyin.assessment.models import SETTLED, Appeal, Charge
from huiyin.assessment.part_steps import ALLOTMENT_STEPS, CHARGE_STEPS
from huiyin.assessment.steps import STEPS
from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.records.record_pages import RecordPage
from huiyin.records.step_views import part_step_view, step_view
from huiyin.records.steps.conditions import opening_refusals
from huiyin.records.steps.next_steps import NextSteps, next_steps
from huiyin.records.steps.pages import ProcedureLabels, StepAction
from huiyin.records.steps.record_forms import OpeningPage
from huiyin.ui.forms import Amount
from huiyin.ui.htmx import render


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything on one sheet that its reader may see: sums by department, cases, charges, what is to be divided."""
    sheet = assessment_for(request.user, number)
    page = RecordPage(request, sheet)
    found = queries.load_details(sheet, request.user, page.procedure)
    known = _known(found) if found.sees_all else {}
    actions = STEPS.actions(sheet, request.user, request.at, known=known)
    parts: list[tuple[Any, list[StepAction]]] = [
        (a, _mine(ALLOTMENT_STEPS.actions(sheet, request.user, request.at, part=a))) for a in found.allotments
    ]
    parts += [(c, _mine(CHARGE_STEPS.actions(sheet, request.user, request.at, part=c))) for c in found.charges]
    next_step = _costs_first(next_steps(sheet, actions, parts), actions, found)
    context = {
        **page.context(STEPS, actions, next_step),
        "sheet": sheet,
        "found": found,
        "offered": {row.part_key: acts for row, acts in parts},
        "opens": queries.openable([*found.items, *found.charges], request.user),
        "record_url": record_url,
    }
    return render(request, "assessment/detail.html", context)


def _costs_first(next_step: NextSteps, actions: list[StepAction], found: queries.SheetDetails) -> NextSteps:
    """As long as costs are missing, entering them is what leads on, although the sheet stays where it is."""
    missing = any(i.freight is None or i.loss is None for i in found.items)
    entering = next((a for a in actions if a.offer.verb == "add_costs" and a.offer.may), None)
    return replace(next_step, first=entering, stuck=None) if missing and entering else next_step


def _mine(actions: list[StepAction]) -> list[StepAction]:
    return [action for action in actions if action.offer.is_mine]


def _known(found: queries.SheetDetails) -> dict[str, bool]:
    """What the guards would otherwise ask the database again."""
    return {
        "without_cost": any(i.freight is None or i.loss is None for i in found.items),
        "proposed": any(c.state == "proposed" for c in found.charges),
        "unnamed": any(c.person_id is None and not c.is_departments for c in found.charges),
        "undivided": any(a.state not in SETTLED for a in found.allotments),
        "appealed": any(not a.decision for a in found.appeals),
    }


def _refused(request: Any) -> list[Text]:
    return opening_refusals("assessment.compile", request.user, request.procedure)


def _weeks(request: Any) -> dict[str, Any]:
    """The weeks that the reader may compile; none for who may not compile any."""
    asked = request.POST.get("week") or request.GET.get("week", "")
    return {"weeks": [] if _refused(request) else making.open_weeks(request.procedure, at=request.at, asked=asked)}


compile_week = OpeningPage(
    step="assessment.compile",
    form=CompileForm,
    action=making.compile_week,
    template="assessment/compile.html",
    said=lambda sheet: t("已统计 {n}", "Compiled as {n}", n=sheet.number),
    known=lambda request: {"week": request.GET.get("week", "")},
    form_arguments=_weeks,
    # Whoever may not compile gets no form, also as the answer to one that they sent.
    extra_context=lambda request, form: {"reasons": _refused(request)},
)
step = step_view(STEPS, assessment_for)


@require_safe
def charge(request: Any, number: str, charge_id: int) -> HttpResponse:
    """One charge: how it was reached, day by day; what was said against it and decided; what may be done."""
    row = charge_for(request.user, number, charge_id)
    procedure = versions.procedure_of(row.assessment.procedure_id)
    actions = CHARGE_STEPS.actions(row.assessment, request.user, request.at, part=row)
    context = {
        "charge": row,
        "sheet": row.assessment,
        "procedure": procedure,
        "label": ProcedureLabels(procedure),
        "actions": _mine(actions),
        "again": queries.recalculated(row, procedure),
        "appeals": list(Appeal.objects.filter(charge=row).select_related("by", "decided_by").order_by("id")),
        "opens": queries.openable([row], request.user),
        "kinds": KINDS,
        "record_url": record_url,
    }
    return render(request, "assessment/charge.html", context)


KINDS = {
    Charge.FINE: t("迟误", "Lateness"),
    Charge.FREIGHT: t("运费", "Freight"),
    Charge.LOSS: t("损失", "Losses"),
    Charge.BORNE: t("损失", "Losses"),
    Charge.REWARD: t("奖励", "Reward"),
}
"""What each kind of charge is called on pages."""
charge_step = part_step_view(CHARGE_STEPS, charge_for, of="assessment")
allotment_step = part_step_view(ALLOTMENT_STEPS, allotment_for, of="assessment")


@require_safe
def rest(request: Any, number: str, allotment_id: int) -> HttpResponse:
    """What is left to divide while the head types."""
    allotment = allotment_for(request.user, number, allotment_id)
    typed = (Amount(required=False).clean(value) for name, value in request.GET.items() if name[:1] == "p")
    try:
        given = sum((amount for amount in typed if amount is not None), queries.NOTHING)
    except ValidationError:
        given = queries.NOTHING
    return render(request, "assessment/rest.html", {"rest": allotment.amount - given})


@require_safe
def balances(request: Any) -> HttpResponse:
    """Every account of the ledger with its debits, credits and balance; together they are nothing."""
    if not sees_ledger(request.user):
        raise Http404
    rows = ledger.balances()
    return render(request, "assessment/balances.html", {"rows": rows, "sums": ledger.sums_of(rows)})
