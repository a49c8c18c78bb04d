"""One step for many records at once: which steps, for which of them, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.entries import StepEntry
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.records.steps.step_types import StepPage
from huiyin.registers.access import visible_to
from huiyin.registers.actions import FormInput
from huiyin.registers.catalogue import procedure_for
from huiyin.registers.forms.plain import ReasonForm
from huiyin.registers.forms.step_pages import steps_of
from huiyin.registers.kinds import HAND_OVER, DataKind, kind_of
from huiyin.registers.models import FormRecord
from huiyin.ui.htmx import render

MOST = 100
"""So many records are taken at once."""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One record and why the step cannot be taken, or what became of it."""

    record: FormRecord
    reasons: Sequence[Text] = ()
    done: bool = False


def bulk_steps(kind: DataKind) -> list[StepEntry]:
    """The steps that somebody takes by a form which asks nothing, or only a reason."""
    pages = steps_of(kind).pages
    return [
        step
        for step in kind.steps
        if pages.with_form(step.verb) is not None
        and step.verb != HAND_OVER
        and not [one for one in kind.asked_by(step.verb) if one.type != "note"]
    ]


def asks_only_why(kind: DataKind, verb: str) -> bool:
    """Whether the step's page has the form that asks a reason and knows no fields: void, take up again, withdraw."""
    step = steps_of(kind).pages.with_form(verb)
    return step is not None and isinstance(step.page, StepPage) and step.page.form is ReasonForm


@require_http_methods(["GET", "POST"])
def bulk(request: Any, kind: str) -> HttpResponse:
    """Look at what was ticked, give the reason, take the step; then what became of each record."""
    declared = kind_of(procedure_for(kind, request.procedure), kind)
    params = request.POST if request.method == "POST" else request.GET
    step = next((one for one in bulk_steps(declared) if one.verb == params.get("step")), None)
    if step is None:
        raise Http404(params.get("step"))
    records = _ticked(request, kind, params.getlist("pick"))
    reason = params.get("reason", "").replace("\x00", "").strip()[:500]
    needs_reason = asks_only_why(declared, step.verb) or declared.asks_reason(step.verb)
    lines = [_ready_line(request, record, step) for record in records]
    missing = request.method == "POST" and needs_reason and not reason
    taken = request.method == "POST" and not missing
    if taken:
        lines = [line if line.reasons else _take_one(request, line.record, step, reason) for line in lines]
    context = {
        "kind": declared,
        "step": step,
        "lines": lines,
        "ready": sum(not line.reasons for line in lines),
        "done": sum(line.done for line in lines),
        "needs_reason": needs_reason,
        "missing": missing,
        "reason": reason,
        "taken": taken,
        "token": uuid4().hex,
        "most": MOST,
    }
    return render(request, "registers/bulk.html", context, status=422 if missing else 200)


def _ticked(request: Any, kind: str, numbers: Sequence[str]) -> list[FormRecord]:
    """The records that were ticked; Http404 if the person may not see one of them, or ticked too many."""
    wanted = list(dict.fromkeys(numbers))
    if len(wanted) > MOST or any("\x00" in one for one in wanted):
        raise Http404(kind)
    rows = visible_to(request.user, kind, request.procedure).filter(number__in=wanted).select_related("owner")
    found = {row.number: row for row in rows}
    if len(found) < len(wanted):
        raise Http404(kind)
    return [found[number] for number in wanted]


def _ready_line(request: Any, record: FormRecord, step: StepEntry) -> BulkLine:
    """One record before the step is taken, with the reasons why it cannot be."""
    procedure = versions.procedure_of(record.procedure_id)
    table = procedure.step_table(record.kind)
    if table.transition(record.state, step.verb) is None:
        label = procedure.state(record.kind, record.state).label
        return BulkLine(record, [t("现在是“{state}”，没有这一步", "It is at “{state}”: no such step", state=label)])
    situation = GuardContext(record, None, request.user, request.at, procedure)
    return BulkLine(record, step_refusals(situation, record.kind, step.verb))


def _take_one(request: Any, record: FormRecord, step: StepEntry, reason: str) -> BulkLine:
    """The step of one record, in an entry of its own; sent twice it is taken once."""
    context = StepContext(request.user, request.at, record.version, _token(request, record))
    kind = kind_of(versions.procedure_of(record.procedure_id), record.kind)
    given = {"reason": reason} if asks_only_why(kind, step.verb) else {"given": FormInput(reason=reason)}
    try:
        steps_of(kind).pages.take(record, step.verb, context=context, **given)
    except Refused as refused:
        return BulkLine(record, [*refused.reasons, *refused.fields.values()])
    except ChangedMeanwhile:
        return BulkLine(record, [t("刚刚有人改过，请再看一遍", "Somebody was faster; look at it again")])
    except AlreadyDone:
        return BulkLine(record, done=True)
    return BulkLine(record, done=True)


def _token(request: Any, record: FormRecord) -> UUID | None:
    sent = request.POST.get("submission", "")[:64]
    return uuid5(NAMESPACE_OID, f"{sent}-{record.kind}-{record.pk}") if sent else None
