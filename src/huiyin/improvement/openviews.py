"""Opening a case, perhaps from a complaint, with earlier cases that resemble it in sight; correcting its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.customers.access import visible_to as customers_of
from huiyin.improvement.access import problem_for, visible_to
from huiyin.improvement.actions import content, opening
from huiyin.improvement.forms.boxes import colleague
from huiyin.improvement.forms.facts import FactsForm, OpenForm, initial_from, initial_of
from huiyin.improvement.models import Problem
from huiyin.improvement.recurrence import alike
from huiyin.improvement.values import ProblemFacts
from huiyin.improvement.words import cases_called
from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.records.access import record_for
from huiyin.records.steps.conditions import opening_refused, step_name
from huiyin.records.steps.context import StepContext, context_from
from huiyin.records.steps.form_pages import take
from huiyin.records.steps.pages import Labels
from huiyin.ui.addresses import address
from huiyin.ui.htmx import render
from huiyin.ui.typed import row_id

FACTS = ("model", "defect", "batch")
EXPLAINED = ("complaint", "return")
"""Kinds of records from whose page a case is opened, as they name themselves in the address."""


def case_of(request: Any) -> Any:
    """The record a case is opened from: ``case=complaint:NUMBER`` or ``complaint=NUMBER``; Http404 when it may not be seen."""
    asked = request.POST.get("case") or request.GET.get("case") or ""
    kind, _, number = asked.partition(":")
    if not number:
        kind = next((one for one in EXPLAINED if one in request.GET), "")
        number = request.GET.get(kind, "") if kind else ""
    return record_for(request.user, kind, number) if kind and number else None


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Open a case."""
    procedure, bound, case = request.procedure, request.method == "POST", case_of(request)
    initial = {"owner": colleague(request.user), **(initial_from(case) if case is not None else {})}
    initial |= {name: request.GET[name] for name in ("title", *FACTS) if name in request.GET}
    form = OpenForm(request.POST if bound else None, procedure=procedure, person=request.user, initial=initial)
    if bound and form.is_valid():
        answer = take(
            request,
            form,
            lambda: _open(request, form, case),
            to=lambda made: address("problem", made.number),
            said=lambda made: t("已立案 {n}", "Opened as {n}", n=made.number),
        )
        if answer is not None:
            return answer
    known = ProblemFacts(
        "",
        customer=getattr(case, "customer", None),
        model=getattr(case, "model", ""),
        defect=getattr(case, "defect", ""),
    )
    context = {
        "form": form,
        "case": case,
        "alike": _alike(request, known),
        "label": Labels(procedure),
        "opening": True,
        "reasons": opening_refused("problem.open", request.user, procedure) if not bound else [],
        "name": step_name(procedure, "problem", "open"),
        "cases": cases_called(procedure),
    }
    return render(request, "improvement/open.html", context, status=422 if bound else 200)


def _alike(request: Any, facts: ProblemFacts) -> list[Any]:
    return list(alike(facts, visible_to(request.user, request.procedure)))


@transaction.atomic
def _open(request: Any, form: OpenForm, case: Any) -> Problem:
    """The case with its symptom and the complaint it explains, or nothing at all."""
    earlier = request.POST.get("recurrence_of", "")
    before = visible_to(request.user, request.procedure).filter(number=earlier).first() if earlier else None
    facts = form.facts(recurrence_of=before, owner=form.cleaned_data["owner"])
    sent = context_from(request, form)
    made = opening.open_problem(
        facts, procedure_id=request.version, cases=[case] if case is not None else [], context=sent
    )
    if form.cleaned_data["symptom"]:
        content.write(
            made, "symptom", form.cleaned_data["symptom"], version=0, context=StepContext(request.user, request.at)
        )
    return made


@require_safe
def resembling(request: Any) -> HttpResponse:
    """Earlier cases of the same customer or product with the same defect, while a case is being opened."""
    get = request.GET
    key = row_id(get.get("customer_key", ""))
    customer = customers_of(request.user).filter(pk=key).first() if key else None
    facts = ProblemFacts(
        "", customer=customer, model=get.get("model", "").strip()[:80], defect=get.get("defect", "")[:40]
    )
    context = {"alike": _alike(request, facts), "label": Labels(request.procedure), "opening": True}
    return render(request, "improvement/alike.html", context)


@require_http_methods(["GET", "POST"])
def facts(request: Any, number: str) -> HttpResponse:
    """Correct what a case is about."""
    problem = problem_for(request.user, number)
    procedure = versions.procedure_of(problem.procedure_id)
    bound = request.method == "POST"
    form = FactsForm(
        request.POST if bound else None,
        procedure=procedure,
        person=request.user,
        initial=initial_of(problem),
        version=problem.version,
    )

    def theirs() -> tuple[Problem, int, Mapping[str, Any]]:
        fresh = problem_for(request.user, number)
        return fresh, fresh.version, initial_of(fresh)

    def act() -> Problem:
        wanted = form.facts(recurrence_of=problem.recurrence_of)
        return opening.change_facts(problem, wanted, context=context_from(request, form))

    if bound and form.is_valid():
        answer = take(
            request,
            form,
            act,
            to=lambda _: address("problem", number),
            said=t("资料已更正", "The facts are corrected"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    return render(request, "improvement/facts.html", {"form": form, "problem": problem}, status=422 if bound else 200)
