"""Small answers while somebody types: customers, their deliveries, and a customer's card."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.customers.access import customer_for, visible_to
from huiyin.customers.card import card_for
from huiyin.customers.models import Customer, Delivery
from huiyin.customers.queries import CustomerMatch, find_customers, starts_with
from huiyin.customers.warranty import warranty_of
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.ui.htmx import render
from huiyin.ui.lookup import LookupResult as Item
from huiyin.ui.lookup import lookup_response
from huiyin.ui.sanitise import row_id

SHOWN = 8
SHORTEST = 2


def is_key(text: str) -> bool:
    """Whether a text can be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) <= 18


@require_safe
def customers(request: Any) -> HttpResponse:
    """Customers for a type-ahead box; the key is the customer's id."""
    found = find_customers(request.user, request.GET.get("q", "")[:60], limit=SHOWN)
    return lookup_response([_item(one) for one in found])


def _item(found: CustomerMatch) -> Item:
    customer, person = found.customer, found.through
    telephone = person.best_telephone if person else customer.telephone
    words = [customer.code, customer.tier, person.name if person else "", telephone]
    hint: str | Text = " · ".join(word for word in words if word)
    if customer.closed_at is not None:
        hint = t("已停用 · {words}", "Retired · {words}", words=hint)
    fill = {
        "customer_code": customer.code,
        "customer_tier": customer.tier,
        "caller_phone": telephone,
        "caller_name": person.name if person else "",
        "contact_person": str(person.pk) if person else "",
    }
    return Item(str(customer.pk), customer.name, hint, {name: value for name, value in fill.items() if value})


@require_safe
def deliveries(request: Any) -> HttpResponse:
    """Deliveries by batch, serial, order number or model for a type-ahead box.

    With ``customer_key`` only that customer's, also by a serial number inside a range.
    """
    text = request.GET.get("q", "").strip()[:60]
    key = row_id(request.GET.get("customer_key", ""))
    if len(text) < SHORTEST:
        return lookup_response([])
    rows = Delivery.objects.filter(customer__in=visible_to(request.user)).select_related("customer")
    if key is not None:
        rows = rows.filter(customer_id=key)
    either = Q()
    for column in ("batch", "serial", "order_number", "model"):
        for form in dict.fromkeys((text, text.upper())):
            either |= starts_with(column, form)
    if key is not None:
        either |= Q(serial__lte=text, serial_to__gte=text)
    today = request.at.astimezone(request.procedure.zone).date()
    return lookup_response([_delivery(row, today, text) for row in rows.filter(either)[:SHOWN]])


def _delivery(row: Delivery, today: Any, text: str) -> Item:
    inside = row.serial < text <= row.serial_to
    fill = {
        "model": row.model,
        "drawing_revision": row.drawing_revision,
        "batch": row.batch,
        "serial": text if inside else row.serial,
        "order_number": row.order_number,
        "ship_date": row.ship_date.isoformat() if row.ship_date else "",
        "unit": row.unit,
        "shipped_quantity": f"{row.quantity.normalize():f}" if row.quantity else "",
    }
    hint = t(
        "{customer} · {warranty}",
        "{customer} · {warranty}",
        customer=row.customer.subject,
        warranty=warranty_of(row, today).text,
    )
    return Item(str(row.pk), str(row), hint, {name: value for name, value in fill.items() if value})


@require_safe
def card_fragment(request: Any) -> HttpResponse:
    """The card of the customer just chosen in a form (``customer_key``: its id); nothing without one."""
    key = row_id(request.GET.get("customer_key", ""))
    customer = visible_to(request.user).filter(pk=key).first() if key is not None else None
    return _card(request, customer) if customer is not None else HttpResponse("")


@require_safe
def card(request: Any, number: str) -> HttpResponse:
    """The card of one customer."""
    return _card(request, customer_for(request.user, number))


def _card(request: Any, customer: Customer) -> HttpResponse:
    if request.version is None:
        raise Http404(customer.number)
    procedure = versions.procedure_of(request.version)
    today = request.at.astimezone(procedure.zone).date()
    card_ = card_for(customer, request.user, at=request.at, on=today)
    chosen = request.GET.get("contact_person", "")
    return render(request, "customers/card.html", {"card": card_, "procedure": procedure, "chosen": chosen})
