"""What the rooms below learn of complaints at start-up: tables, pages, who may see them, the customer's card."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from huiyin.complaints import models
from huiyin.complaints.access import are_few, complaint_for, sees_all, tasks_of, visible_to
from huiyin.complaints.printing import sheets
from huiyin.complaints.queries import open_ones, with_next_due
from huiyin.customers.access import register_taking_part
from huiyin.customers.card import CardLine, CardSection, register_card_section
from huiyin.customers.models import Customer
from huiyin.journal import kinds, links
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records import access
from huiyin.records.search import search

PARTS = (
    models.Demand,
    models.Task,
    models.Measure,
    models.Remedy,
    models.Answer,
    models.Call,
    models.Promise,
)


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("complaint", models.Complaint)
    for part in PARTS:
        kinds.register_part(part.part_kind, part)
    links.register("complaint", "/complaints/", t("投诉", "Complaint"))
    access.register_access("complaint", complaint_for)
    search.register_visibility("complaint", visible_ids)
    sheets.register_all()
    register_card_section(open_cases, position=10)
    register_taking_part(takes_part)


def visible_ids(person: Person) -> Any:
    """The ids a search may return for this person; None when they see all."""
    procedure = versions.procedure_of(person.active_version_id)
    return None if sees_all(person, procedure) else visible_to(person, procedure).values("pk")


CARD_LINES = 5


def takes_part(person: Person) -> Q:
    """Customers a person meets in complaints: as owner, as who took it in, or by a task of their department."""
    ids = {person.pk, *(p.pk for p in person.standing_for)}
    own = models.Complaint.objects.filter(Q(owner_id__in=ids) | Q(opened_by_id__in=ids))
    tasks = tasks_of(person)
    if are_few(tasks):
        return Q(pk__in=own.values("customer_id")) | Q(pk__in=tasks.values("complaint__customer_id"))
    theirs = models.Complaint.objects.filter(Exists(tasks.filter(complaint_id=OuterRef("pk"))))
    return Q(pk__in=own.values("customer_id")) | Q(Exists(theirs.filter(customer_id=OuterRef("pk"))))


def open_cases(customer: Customer, person: Person, at: datetime) -> CardSection:
    """The customer's open complaints as far as the reader may see them."""
    procedure = versions.procedure_of(person.active_version_id)
    rows = open_ones(visible_to(person, procedure)).filter(customer=customer)
    shown = list(with_next_due(rows).order_by("-received_at")[: CARD_LINES + 1])
    return CardSection(
        key="complaints",
        title=t("未结投诉", "Open complaints"),
        lines=tuple(_line(row) for row in shown[:CARD_LINES]),
        total=len(shown) if len(shown) <= CARD_LINES else rows.count(),
        empty=t("没有未结的投诉", "No open complaint"),
        url=f"{reverse('complaints')}?open=1&customer={quote(customer.name)}",
    )


def _line(row: models.Complaint) -> CardLine:
    state = versions.procedure_of(row.procedure_id).state("complaint", row.state)
    due = getattr(row, "next_due_at", None)
    return CardLine(
        row.number, links.record_url("complaint", row.number), row.problem[:60], row.phase, state.label, due
    )
