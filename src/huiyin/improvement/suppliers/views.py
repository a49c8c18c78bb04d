"""Pages of requests to suppliers for the people of the company."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.improvement.suppliers import actions, letter
from huiyin.improvement.suppliers.access import request_for
from huiyin.improvement.suppliers.forms import RequestForm, initial_from, initial_of
from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.improvement.suppliers.pages import SECRET, STEPS
from huiyin.kernel.text import t
from huiyin.people.models import company_name
from huiyin.procedure import versions
from huiyin.records.access import record_for
from huiyin.records.recordpages import RecordPage
from huiyin.records.steps.conditions import opening_refused, step_name
from huiyin.records.steps.context import context_from
from huiyin.records.steps.form_pages import take
from huiyin.records.steps.next_steps import next_of, step_bar
from huiyin.ui.htmx import render

form_page = require_http_methods(["GET", "POST"])
SERVED = ("problem", "complaint")
RETURNED = frozenset({"returned"})


def _about(request: Any) -> Any:
    """The record named in the address or the form that the request serves, if the person may see it; Http404 when not."""
    for kind in SERVED:
        number = request.POST.get(kind) or request.GET.get(kind)
        if number:
            return record_for(request.user, kind, number)
    return None


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """One request: what is next, what was asked, what the supplier answered, who owes what."""
    scar = request_for(request.user, number)
    page = RecordPage(request, scar)
    answers = list(scar.answers.select_related("entered_by").order_by("-round"))
    actions_ = STEPS.actions(scar, request.user, request.at, known={"last_answer": answers[0] if answers else None})
    coming = next_of(scar, actions_, put_last=frozenset({"answer"}))
    context = {
        **page.context(STEPS, actions_, coming, but=frozenset({"change"})),
        "scar": scar,
        "answers": answers,
        "steps": step_bar(scar, page.procedure, aside=RETURNED),
        "correct": next((a for a in actions_ if a.offer.verb == "change" and a.offer.is_mine), None),
    }
    return render(request, "suppliers/detail.html", context)


@form_page
def new(request: Any) -> HttpResponse:
    """Ask a supplier to correct, from a problem case or a complaint (``?problem=``, ``?complaint=``) or without one."""
    about, procedure = _about(request), request.procedure
    bound = request.method == "POST"
    initial = initial_from(about) if about is not None else {}
    form = RequestForm(request.POST if bound else None, procedure=procedure, person=request.user, initial=initial)
    if bound and form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.open_request(
                form.facts(), procedure_id=request.version, context=context_from(request, form), about=about
            ),
            to=lambda made: reverse("scar", args=[made.number]),
            said=lambda made: t(
                "已拟定 {n}，请核对后发给供方", "Drafted as {n}; check it, then send it", n=made.number
            ),
        )
        if answer is not None:
            return answer
    reasons = opening_refused("scar.open", request.user, procedure) if not bound else []
    context = {
        "form": form,
        "about": about,
        "reasons": reasons,
        "name": step_name(procedure, "scar", "open"),
    }
    return render(request, "suppliers/new.html", context, status=422 if bound else 200)


@form_page
def facts(request: Any, number: str) -> HttpResponse:
    """Correct what is asked as long as the supplier has not been sent it."""
    scar = request_for(request.user, number)
    bound = request.method == "POST"
    form = RequestForm(
        request.POST if bound else None,
        procedure=versions.procedure_of(scar.procedure_id),
        person=request.user,
        initial=initial_of(scar),
        version=scar.version,
    )

    def theirs() -> tuple[Any, int, Any]:
        fresh = request_for(request.user, number)
        return fresh, fresh.version, initial_of(fresh)

    if bound and form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.change(scar, form.facts(), context=context_from(request, form)),
            to=lambda _: reverse("scar", args=[number]),
            said=t("已更正", "Corrected"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    return render(request, "suppliers/facts.html", {"form": form, "scar": scar}, status=422 if bound else 200)


@never_cache
@form_page
def step(request: Any, number: str, noun: str) -> HttpResponse:
    """One step of the request; a new link is shown at once, since nobody can read it later."""
    held: list[SupplierRequest] = []

    def find() -> tuple[Any, Any]:
        held.append(request_for(request.user, number))
        return held[-1], None

    answer = STEPS.respond(request, noun, find)
    made = next((one for one in held if one.fresh_link), None) if noun in SECRET else None
    return answer if made is None else _link_page(request, made)


def _link_page(request: Any, scar: SupplierRequest) -> HttpResponse:
    link = request.build_absolute_uri(reverse("supplier", args=[scar.fresh_link]))
    procedure = versions.procedure_of(scar.procedure_id)
    context = {"scar": scar, "link": link, **letter.mail(scar, link, company_name(), procedure)}
    return render(request, "suppliers/link.html", context)
