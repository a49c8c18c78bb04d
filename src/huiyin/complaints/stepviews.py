"""Pages on which a step is taken: registering, supplementing, each verb of a complaint and of a department's task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from huiyin.complaints.access import complaint_for, task_for
from huiyin.complaints.actions import intake
from huiyin.complaints.conversion import Origin, origin_of
from huiyin.complaints.forms.facts import FactsForm, RegisterForm, initial_of
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.pages import STEPS, TASK_STEPS
from huiyin.customers.access import visible_to
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.files.files import attach_all
from huiyin.records.steps.conditions import opening_refused
from huiyin.records.steps.context import context_from
from huiyin.records.steps.form_pages import take
from huiyin.records.steps.refusals import Refused
from huiyin.ui.forms import Looked
from huiyin.ui.htmx import render


@require_http_methods(["GET", "POST"])
def register(request: Any) -> HttpResponse:
    """Take a complaint in on one screen."""
    procedure: Procedure = request.procedure
    bound = request.method == "POST"
    initial = {
        "received_at": request.at,
        "channel": next((o.key for o in procedure.catalogue("channel")), ""),
    }
    initial |= {
        k: v for k, v in request.GET.items() if k in ("model", "batch", "serial", "caller_phone", "caller_name")
    }
    initial |= _named_customer(request)
    origin = origin_of(request)
    if origin is not None:
        initial |= origin.initial()
    form = RegisterForm(
        request.POST if bound else None,
        request.FILES if bound else None,
        procedure=procedure,
        person=request.user,
        initial=initial,
    )
    if bound and form.is_valid():
        answer = take(
            request,
            form,
            lambda: _register(request, form, origin),
            to=lambda made: reverse("complaint", args=[made.number]),
            said=lambda made: t("已登记 {n}", "Registered as {n}", n=made.number),
        )
        if answer is not None:
            return answer
    reasons = opening_refused("complaint.register", request.user, procedure) if not bound else []
    context = {
        "reasons": reasons,
        "form": form,
        "procedure": procedure,
        "own": form.own_by_time,
        "origin": origin,
    }
    return render(request, "complaints/register.html", context, status=422 if bound else 200)


def _named_customer(request: Any) -> dict[str, Any]:
    """The customer that the page one came from speaks of (``?customer=``: its id), if the person may see it."""
    asked = request.GET.get("customer", "")
    row = visible_to(request.user).filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 16 else None
    return {"customer": Looked(row.name, str(row.pk))} if row is not None else {}


@transaction.atomic
def _register(request: Any, form: RegisterForm, origin: Origin | None) -> Complaint:
    """The complaint with its files and the contact it was made from, or nothing at all."""
    facts = form.facts(source=origin.contact if origin else None)
    complaint = intake.register(
        facts,
        procedure_id=request.version,
        demands=form.demanded(),
        promise=form.promise(request.at),
        context=context_from(request, form),
    )
    if uploads := form.cleaned_data["photos"]:
        try:
            attach_all(complaint, uploads, actor=request.user, at=request.at)
        except Refused as refused:
            said = [(reason.show("zh"), reason.show("en")) for reason in refused.reasons]
            zh, en = zip(*said, strict=True)
            raise Refused(fields={"photos": Text("；".join(zh), "; ".join(en))}) from None
    if origin is not None:
        origin.hand_over(complaint, actor=request.user, at=request.at)
    return complaint


@require_http_methods(["GET", "POST"])
def supplement(request: Any, number: str) -> HttpResponse:
    """Correct or complete the facts of a complaint."""
    complaint = complaint_for(request.user, number)
    procedure = versions.procedure_of(complaint.procedure_id)
    bound = request.method == "POST"
    form = FactsForm(
        request.POST if bound else None,
        procedure=procedure,
        person=request.user,
        initial=initial_of(complaint),
        version=complaint.version,
    )

    def theirs() -> tuple[Complaint, int, Mapping[str, Any]]:
        fresh = complaint_for(request.user, number)
        return fresh, fresh.version, initial_of(fresh)

    def act() -> Complaint:
        facts, demands = form.facts(source=complaint.source), form.demanded()
        return intake.supplement(complaint, facts, demands=demands, context=context_from(request, form))

    if bound and form.is_valid():
        answer = take(
            request,
            form,
            act,
            to=lambda _: reverse("complaint", args=[number]),
            said=t("资料已更正", "The facts are corrected"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    context = {"form": form, "procedure": procedure, "complaint": complaint, "own": form.own_by_time}
    return render(request, "complaints/supplement.html", context, status=422 if bound else 200)


@require_http_methods(["GET", "POST"])
def step(request: Any, number: str, noun: str) -> HttpResponse:
    """One step of the complaint: its form, or the reasons why it cannot be taken."""
    return STEPS.respond(request, noun, lambda: (complaint_for(request.user, number), None))


@require_http_methods(["GET", "POST"])
def task_step(request: Any, number: str, task_id: int, noun: str) -> HttpResponse:
    """One step of a department's task."""

    def find() -> tuple[Complaint, Task]:
        task = task_for(request.user, number, task_id)
        return task.complaint, task

    return TASK_STEPS.respond(request, noun, find)
