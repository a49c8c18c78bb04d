"""Customers and deliveries as those for whom something is owed in each period."""

from __future__ import annotations

from typing import Any

from huiyin.customers.models import Customer, Delivery
from huiyin.obligations.subjects import SubjectKind
from huiyin.procedure.vocabulary import LAST_PHASES


def _of_delivery(delivery: Delivery, name: str) -> Any:
    if name == "delivered_on":
        return delivery.ship_date
    return delivery.customer.name if name == "customer" else delivery.fact(name)


def register_subjects() -> None:
    """Let rules be owed for each customer or delivery."""
    SubjectKind(
        "customer",
        lambda: Customer.objects.exclude(phase__in=LAST_PHASES).select_related("salesperson__department"),
        lambda one, name: one.fact(name) if name else None,
        lambda one: one.subject,
        lambda one: one.number,
    ).register()
    SubjectKind(
        "delivery",
        lambda: Delivery.objects.exclude(customer__phase__in=LAST_PHASES).select_related(
            "customer__salesperson__department"
        ),
        _of_delivery,
        lambda one: f"{one.customer.subject} {one.model}",
        lambda one: one.customer.number,
    ).register()
