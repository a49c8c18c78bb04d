"""Pages of requests and stock-takes; fetch, render, thin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.kernel.text import t
from huiyin.records.record_pages import RecordPage
from huiyin.records.search import search
from huiyin.records.step_views import step_view
from huiyin.records.steps.next_steps import next_steps
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage, form_page
from huiyin.returns import queries
from huiyin.returns.access import part_for, replacement_for, stock_take_for
from huiyin.returns.actions import requesting, stocktaking
from huiyin.returns.balance import balance_from
from huiyin.returns.forms.requests import (
    ReplacementForm,
    StockTakeForm,
    known_from,
    stock_take_known_from,
)
from huiyin.returns.models import Award
from huiyin.returns.part_steps import PART_STEPS
from huiyin.returns.steps import STEPS
from huiyin.returns.stock_take_steps import STOCK_TAKE_STEPS
from huiyin.ui.htmx import render

WORK = frozenset({"ship", "record_consent", "take_back"})
"""Steps that leave the state as it is, yet somebody waits for them."""
COUNTS = frozenset({"count_book", "count_card", "count_goods"})


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """One request: what is next, goods and their balance, shipments, returned lots, compensation, losses, time-line."""
    record = replacement_for(request.user, number)
    page = RecordPage(request, record)
    rows = queries.load_details(record, page.events)
    balance = balance_from(rows)
    waiting = [award for award in rows["awards"] if award.state not in Award.SETTLED]
    known = {"balance": balance, "awards": waiting}
    actions = STEPS.actions(record, request.user, request.at, known=known)
    parts = [
        (part, _part_actions(part, request, known)) for name in ("shipments", "lots", "awards") for part in rows[name]
    ]
    next_step = next_steps(record, actions, parts, decisions=WORK)
    context = {
        **page.context(STEPS, actions, next_step, but=frozenset({"supplement"})),
        "replacement": record,
        "balance": balance,
        "offered": {part.part_key: offered for part, offered in parts},
        "correct": next((a for a in actions if a.offer.verb == "supplement" and a.offer.is_mine), None),
        "opens_customer": search.can_see(request.user, "customer", record.customer_id),
        "lost": sum(row.amount for row in rows["losses"]),
        **{name: found for name, found in rows.items() if name != "lines"},
    }
    return render(request, "returns/detail.html", context)


def _part_actions(part: Any, request: Any, known: dict[str, Any]) -> list[Any]:
    pages = PART_STEPS[part.part_kind]
    found = pages.actions(part.replacement, request.user, request.at, part=part, known=known)
    return [action for action in found if action.offer.is_mine]


request_new = OpeningPage(
    step="replacement.request",
    form=ReplacementForm,
    action=requesting.request,
    template="returns/request.html",
    said=lambda made: t("已申请 {n}", "Requested as {n}", n=made.number),
    opened_from=("complaint",),
    known_from=known_from,
)
supplement = CorrectionPage(
    step="replacement.supplement",
    form=ReplacementForm,
    action=requesting.supplement,
    template="returns/supplement.html",
    said=t("申请已更正", "The request is corrected"),
)
stock_take_new = OpeningPage(
    step="stock-take.open",
    form=StockTakeForm,
    action=stocktaking.open_take,
    template="returns/stock_take_new.html",
    said=lambda made: t("已发起 {n}", "Opened as {n}", n=made.number),
    opened_from=("complaint",),
    known_from=stock_take_known_from,
)
step = step_view(STEPS, replacement_for)


@form_page
def part_step(request: Any, number: str, part_id: int, noun: str, kind: str) -> HttpResponse:
    """One step of a shipment, a returned lot or a compensation."""

    def find() -> tuple[Any, Any]:
        part = part_for(request.user, number, kind, part_id)
        return part.replacement, part

    return PART_STEPS[kind].respond(request, noun, find)


@require_safe
def stock_take_detail(request: Any, number: str) -> HttpResponse:
    """One stock-take: the claim, the three counts, the verdict by rule, signatures, time-line."""
    record = stock_take_for(request.user, number)
    page = RecordPage(request, record)
    actions = STOCK_TAKE_STEPS.actions(record, request.user, request.at, known={"signatures": page.signatures})
    missing = frozenset(name for name in COUNTS if getattr(record, name.removeprefix("count_")) is None)
    next_step = next_steps(record, actions, decisions=missing)
    context = {
        **page.context(STOCK_TAKE_STEPS, actions, next_step),
        "take": record,
        "opens_customer": search.can_see(request.user, "customer", record.customer_id),
    }
    return render(request, "returns/stock_take.html", context)


stock_take_step = step_view(STOCK_TAKE_STEPS, stock_take_for)
