"""Pages on which a step is taken: registering, supplementing, each verb of a complaint and of a department's task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from huiyin.complaints.access import complaint_for, task_for
from huiyin.complaints.actions import intake
from huiyin.complaints.actions.intake import Sent
from huiyin.complaints.conversion import Origin, origin_of
from huiyin.complaints.forms.facts import FactsForm, RegisterForm, initial_of
from huiyin.complaints.forms.steps import ComplaintForm
from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.complaints.pages import BY_NOUN, TASK_BY_NOUN, StepPage
from huiyin.complaints.views import Labels, form_for
from huiyin.customers.access import visible_to
from huiyin.journal.queries import time_line
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.conditions import Situation, against, opening_refused, step_name
from huiyin.records.files import attach
from huiyin.records.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.ui.components import Difference
from huiyin.ui.forms import Looked, StepForm
from huiyin.ui.htmx import done, render


def sent_from(request: Any, form: StepForm) -> Sent:
    """Who, when, from which version, with which token."""
    token = form.cleaned_data.get("submission") or ""
    try:
        submission = UUID(token) if token else None
    except ValueError:
        submission = None
    values = form.added() if isinstance(form, ComplaintForm) else {}
    return Sent(request.user, request.at, form.cleaned_data.get("version"), submission, values)


def refuse_on(form: StepForm, refused: Refused) -> None:
    """Put each reason where it belongs: on its field if the form has it, else at the top."""
    form.refuse(refused.reasons)
    for name, reason in refused.fields.items():
        if name in form.fields:
            form.refuse_field(name, reason)
        else:
            form.refuse([reason])


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
        k: v
        for k, v in request.GET.items()
        if k in ("model", "batch", "serial", "caller_phone", "caller_name")
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
        try:
            complaint = _register(request, form, origin)
        except Refused as refused:
            refuse_on(form, refused)
        except AlreadyDone as already:
            return redirect(reverse("complaint", args=[already.entry.number]))
        else:
            return done(
                request, reverse("complaint", args=[complaint.number]),
                t("已登记 {n}", "Registered as {n}", n=complaint.number),
            )  # fmt: skip
    reasons = opening_refused("complaint.register", request.user, procedure) if not bound else []
    context = {"reasons": reasons, "form": form, "procedure": procedure, "own": form.own, "origin": origin}
    return render(request, "complaints/register.html", context, status=422 if bound else 200)


def _named_customer(request: Any) -> dict[str, Any]:
    """The customer that the page one came from speaks of (``?customer=``: its id), if the person may see it."""
    asked = request.GET.get("customer", "")
    row = (
        visible_to(request.user).filter(pk=int(asked)).first()
        if asked.isdecimal() and len(asked) < 16
        else None
    )
    return {"customer": Looked(row.name, str(row.pk))} if row is not None else {}


@transaction.atomic
def _register(request: Any, form: RegisterForm, origin: Origin | None) -> Complaint:
    """The complaint with its files and the contact it was made from, or nothing at all."""
    facts = form.facts(source=origin.contact if origin else None)
    complaint = intake.register(
        facts, procedure_id=request.version, demands=form.demanded(), promise=form.promise(request.at),
        sent=sent_from(request, form),
    )  # fmt: skip
    for upload in form.cleaned_data["photos"]:
        attach(complaint, upload, actor=request.user, at=request.at)
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
    if bound and form.is_valid():
        try:
            intake.supplement(
                complaint,
                form.facts(source=complaint.source),
                demands=form.demanded(),
                sent=sent_from(request, form),
            )
        except Refused as refused:
            refuse_on(form, refused)
        except ChangedMeanwhile:
            fresh = complaint_for(request.user, number)
            return conflict(request, form, initial_of(fresh), fresh, version=fresh.version)
        except AlreadyDone:
            return redirect(reverse("complaint", args=[number]))
        else:
            return done(
                request, reverse("complaint", args=[number]), t("资料已更正", "The facts are corrected")
            )
    context = {"form": form, "procedure": procedure, "complaint": complaint, "own": form.own}
    return render(request, "complaints/supplement.html", context, status=422 if bound else 200)


def conflict(
    request: Any, form: Any, theirs: Mapping[str, Any], record: Complaint, *, version: int
) -> HttpResponse:
    """Somebody was faster: both texts side by side, nothing typed is lost (409); ``version`` is the newer one."""
    differences: list[Difference] = []
    same: list[tuple[str, str]] = []
    for name, field in form.fields.items():
        typed = form.data.getlist(name) if hasattr(form.data, "getlist") else [form.data.get(name, "")]
        mine = "\n".join(typed)
        other = _as_typed(theirs.get(name))
        if name in ("submission", "version"):
            continue
        if name in theirs and mine.strip() != other.strip() and field.label:
            differences.append(Difference(name, field.label, mine, other))
        else:
            same.extend((name, value) for value in typed)
        key = form.data.get(f"{name}_key")
        if key:
            same.append((f"{name}_key", key))
    last = time_line("complaint", record.pk)[0]
    context = {
        "differences": differences, "action": request.path, "version": version, "hidden": same,
        "back": reverse("complaint", args=[record.number]), "who": last.who, "when": last.at,
    }  # fmt: skip
    return render(request, "ui/conflict.html", context, status=409)


def _as_typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(str(v) for v in value)
    if hasattr(value, "tzinfo") and hasattr(value, "hour"):
        from huiyin.ui import zone

        return str(value.astimezone(zone.site()).strftime("%Y-%m-%dT%H:%M"))
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    return str(value)


@require_http_methods(["GET", "POST"])
def step(request: Any, number: str, noun: str) -> HttpResponse:
    """One step of the complaint: its form, or the reasons why it cannot be taken."""
    page = BY_NOUN.get(noun)
    if page is None:
        raise Http404(noun)
    complaint = complaint_for(request.user, number)
    return _take(request, page, complaint, None)


@require_http_methods(["GET", "POST"])
def task_step(request: Any, number: str, task_id: int, noun: str) -> HttpResponse:
    """One step of a department's task."""
    page = TASK_BY_NOUN.get(noun)
    if page is None:
        raise Http404(noun)
    task = task_for(request.user, number, task_id)
    return _take(request, page, task.complaint, task)


def _take(request: Any, page: StepPage, complaint: Complaint, task: Task | None) -> HttpResponse:
    procedure = versions.procedure_of(complaint.procedure_id)
    kind = "task" if task is not None else "complaint"
    name = step_name(procedure, kind, page.verb)
    here = reverse("complaint", args=[complaint.number])
    form = form_for(page, request, complaint, procedure, task)
    if request.method == "POST" and form.is_valid():
        try:
            page.act(task if task is not None else complaint, form, sent_from(request, form))
        except Refused as refused:
            refuse_on(form, refused)
        except ChangedMeanwhile:
            return _changed(request, form, page, complaint, task, procedure)
        except AlreadyDone:
            return redirect(here)
        else:
            return done(request, here, t("{step}：已完成", "{step}: done", step=name))
    context = {
        "form": form, "page": page, "complaint": complaint, "task": task, "name": name, "procedure": procedure,
        "label": Labels(procedure), "reasons": _reasons(request, page, complaint, task), "action": request.path,
        "requests": _requests(complaint) if page.verb in ("approve_remedy", "deny_remedy") else [],
        "measures": list(task.measures.order_by("id")) if task is not None else [],
    }  # fmt: skip
    return render(request, page.template, context, status=422 if form.is_bound else 200)


def _requests(complaint: Complaint) -> list[Remedy]:
    """Remedies that wait for a decision, with who asked."""
    rows = complaint.remedies.filter(decision=Remedy.REQUESTED)
    return list(rows.select_related("asked_by").order_by("id"))


def _reasons(request: Any, page: StepPage, complaint: Complaint, task: Task | None) -> list[Text]:
    """Why the step cannot be taken now; empty when it can."""
    procedure = versions.procedure_of(complaint.procedure_id)
    situation = Situation(complaint, task, request.user, request.at, procedure)
    return against(situation, "task" if task is not None else "complaint", page.verb)


def _changed(
    request: Any, form: Any, page: StepPage, complaint: Complaint, task: Task | None, procedure: Procedure
) -> HttpResponse:
    fresh = complaint_for(request.user, complaint.number)
    fresh_task = task_for(request.user, complaint.number, task.pk) if task is not None else None
    extra: dict[str, Any] = {"task": fresh_task} if fresh_task is not None else {}
    theirs = page.form(complaint=fresh, person=request.user, procedure=procedure, **extra).initial
    version = fresh_task.version if fresh_task is not None else fresh.version
    return conflict(request, form, theirs, fresh, version=version)
