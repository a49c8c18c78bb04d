"""To-do lists: what a person, a department or the company owes; no writes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Person
from huiyin.people.prepared import Prepared


def owed_by(person: Person) -> Q:
    """What the person owes now: own, and their department's role inbox when nobody is named."""
    mine = Q(owner_person_id=person.pk)
    for other in person.standing_for:
        mine |= Q(owner_person_id=other.pk)
    inbox = Q(owner_person=None, owner_department_id__in=person.department_ids)
    if not person.any_head:
        inbox &= Q(heads_only=False)
    return mine | inbox


def mine(person: Person) -> QuerySet[Obligation]:
    """Open obligations of the person, most urgent first."""
    return Obligation.objects.filter(OPEN).filter(owed_by(person)).order_by("due_at", "id")


def of_departments(person: Person) -> QuerySet[Obligation]:
    """Open obligations of the departments the person belongs to or stands for."""
    return Obligation.objects.filter(OPEN, owner_department_id__in=person.department_ids).order_by(
        "due_at", "id"
    )


def everyones() -> QuerySet[Obligation]:
    """Every open obligation of the company, most urgent first."""
    return Obligation.objects.filter(OPEN).order_by("due_at", "id")


def _on(kind: str, record_id: int) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(kind=kind, record_id=record_id)
    return rows.select_related("owner_department", "owner_person").order_by("due_at", "id")


_on_prepared = Prepared(_on, str, int)


def on_record(kind: str, record_id: int) -> list[Obligation]:
    """All obligations of one record, by urgency."""
    return _on_prepared(kind, record_id)


def late(at: datetime) -> Q:
    """Condition: open and past its due moment, not paused."""
    return OPEN & Q(due_at__lt=at, paused_at=None)
