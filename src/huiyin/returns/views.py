"""Pages of requests and stock-takes; fetch, render, thin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.records.access import record_for
from huiyin.records.recordpages import RecordPage
from huiyin.records.search import search
from huiyin.records.steps.conditions import opening_refused, step_name
from huiyin.records.steps.context import context_from
from huiyin.records.steps.form_pages import take
from huiyin.records.steps.next_steps import next_of
from huiyin.returns import queries
from huiyin.returns.access import part_for, replacement_for, stock_take_for
from huiyin.returns.actions import requesting, stocktaking
from huiyin.returns.balance import balance_from
from huiyin.returns.forms.requests import (
    RequestForm,
    TakeForm,
    claimable_of,
    initial_of,
    known_from,
    known_of_take,
)
from huiyin.returns.pages import PART_STEPS, STEPS, TAKE_STEPS
from huiyin.ui.htmx import render

form_page = require_http_methods(["GET", "POST"])
WORK = frozenset({"ship", "record_consent", "take_back"})
"""Steps that leave the state as it is, yet somebody waits for them."""
COUNTS = frozenset({"count_book", "count_card", "count_goods"})


def _about(request: Any) -> Any:
    """The complaint that is named in the address or the form, if the person may see it; Http404 when not."""
    number = request.POST.get("complaint") or request.GET.get("complaint")
    return record_for(request.user, "complaint", number) if number else None


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """One request: what is next, goods and their balance, shipments, returned lots, compensation, losses, time-line."""
    record = replacement_for(request.user, number)
    page = RecordPage(request, record)
    rows = queries.everything_on(record, page.events)
    balance = balance_from(rows)
    waiting = [award for award in rows["awards"] if award.state not in ("denied", "paid", "dropped")]
    known = {"balance": balance, "awards": waiting}
    actions = STEPS.actions(record, request.user, request.at, known=known)
    parts = [
        (part, _part_actions(part, request, known)) for name in ("shipments", "lots", "awards") for part in rows[name]
    ]
    coming = next_of(record, actions, parts, decisions=WORK)
    context = {
        **page.context(STEPS, actions, coming, but=frozenset({"supplement"})),
        "replacement": record,
        "balance": balance,
        "offered": {part.part_key: offered for part, offered in parts},
        "correct": next((a for a in actions if a.offer.verb == "supplement" and a.offer.is_mine), None),
        "opens_customer": search.sees(request.user, "customer", record.customer_id),
        "lost": sum(row.amount for row in rows["losses"]),
        **{name: found for name, found in rows.items() if name != "lines"},
    }
    return render(request, "returns/detail.html", context)


def _part_actions(part: Any, request: Any, known: dict[str, Any]) -> list[Any]:
    pages = PART_STEPS[part.part_kind]
    found = pages.actions(part.replacement, request.user, request.at, part=part, known=known)
    return [action for action in found if action.offer.is_mine]


@form_page
def request_new(request: Any) -> HttpResponse:
    """Ask for goods, from a complaint (``?complaint=``) or without one."""
    about, procedure = _about(request), request.procedure
    bound = request.method == "POST"
    initial = known_from(about) if about is not None else {}
    form = RequestForm(request.POST if bound else None, procedure=procedure, person=request.user, initial=initial)
    if bound and form.is_valid():
        claimable, unit = claimable_of(about) if about is not None else (None, "")
        answer = take(
            request,
            form,
            lambda: requesting.request(
                form.wanted(claimable, unit),
                procedure_id=request.version,
                context=context_from(request, form),
                about=about,
            ),
            to=lambda made: reverse("replacement", args=[made.number]),
            said=lambda made: t("已申请 {n}", "Requested as {n}", n=made.number),
        )
        if answer is not None:
            return answer
    reasons = opening_refused("replacement.request", request.user, procedure) if not bound else []
    context = {
        "form": form,
        "about": about,
        "reasons": reasons,
        "name": step_name(procedure, "replacement", "request"),
    }
    return render(request, "returns/request.html", context, status=422 if bound else 200)


@form_page
def supplement(request: Any, number: str) -> HttpResponse:
    """Correct a request that nobody has signed yet."""
    record = replacement_for(request.user, number)
    procedure = versions.procedure_of(record.procedure_id)
    bound = request.method == "POST"
    form = RequestForm(
        request.POST if bound else None,
        procedure=procedure,
        person=request.user,
        initial=initial_of(record),
        version=record.version,
    )

    def theirs() -> tuple[Any, int, Any]:
        fresh = replacement_for(request.user, number)
        return fresh, fresh.version, initial_of(fresh)

    if bound and form.is_valid():
        answer = take(
            request,
            form,
            lambda: requesting.supplement(record, form.wanted(), context=context_from(request, form)),
            to=lambda _: reverse("replacement", args=[number]),
            said=t("申请已更正", "The request is corrected"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    context = {"form": form, "record": record}
    return render(request, "returns/supplement.html", context, status=422 if bound else 200)


@form_page
def step(request: Any, number: str, noun: str) -> HttpResponse:
    """One step of a request."""
    return STEPS.respond(request, noun, lambda: (replacement_for(request.user, number), None))


@form_page
def part_step(request: Any, number: str, part_id: int, noun: str, kind: str) -> HttpResponse:
    """One step of a shipment, a returned lot or a compensation."""

    def find() -> tuple[Any, Any]:
        part = part_for(request.user, number, kind, part_id)
        return part.replacement, part

    return PART_STEPS[kind].respond(request, noun, find)


@require_safe
def take_detail(request: Any, number: str) -> HttpResponse:
    """One stock-take: the claim, the three counts, the verdict by rule, signatures, time-line."""
    record = stock_take_for(request.user, number)
    page = RecordPage(request, record)
    actions = TAKE_STEPS.actions(record, request.user, request.at, known={"signatures": page.signatures})
    fresh = frozenset(name for name in COUNTS if getattr(record, name.removeprefix("count_")) is None)
    coming = next_of(record, actions, decisions=fresh)
    context = {
        **page.context(TAKE_STEPS, actions, coming),
        "take": record,
        "opens_customer": search.sees(request.user, "customer", record.customer_id),
    }
    return render(request, "returns/take.html", context)


@form_page
def take_new(request: Any) -> HttpResponse:
    """Open a joint stock-take, from a complaint (``?complaint=``) or without one."""
    about, procedure = _about(request), request.procedure
    bound = request.method == "POST"
    initial = known_of_take(about) if about is not None else {}
    form = TakeForm(request.POST if bound else None, procedure=procedure, person=request.user, initial=initial)
    if bound and form.is_valid():
        answer = take(
            request,
            form,
            lambda: stocktaking.open_take(
                form.wanted(), procedure_id=request.version, context=context_from(request, form), about=about
            ),
            to=lambda made: reverse("stock_take", args=[made.number]),
            said=lambda made: t("已发起 {n}", "Opened as {n}", n=made.number),
        )
        if answer is not None:
            return answer
    reasons = opening_refused("stock-take.open", request.user, procedure) if not bound else []
    context = {
        "form": form,
        "about": about,
        "reasons": reasons,
        "name": step_name(procedure, "stock-take", "open"),
    }
    return render(request, "returns/take_new.html", context, status=422 if bound else 200)


@form_page
def take_step(request: Any, number: str, noun: str) -> HttpResponse:
    """One step of a stock-take."""
    return TAKE_STEPS.respond(request, noun, lambda: (stock_take_for(request.user, number), None))
