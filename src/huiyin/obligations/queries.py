"""To-do lists: what a person, a department or the company owes; no writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache, reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import Http404

from huiyin.database.compiled import CompiledQuery
from huiyin.obligations.models import OPEN, Notice, Obligation, Occasion
from huiyin.people.models import Department, Person
from huiyin.people.queries import with_people_named
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure


def owed_by(person: Person) -> Q:
    """What the person owes now: own, and their department's role inbox when nobody is named."""
    people = [person.pk, *(other.pk for other in person.standing_for)]
    return _owed(people, person.department_ids, heads=person.any_head)


def _owed(people: Iterable[int], departments: Iterable[int], *, heads: bool) -> Q:
    own = reduce(or_, (Q(owner_person_id=pk) for pk in people))
    held = [Q(owner_department_id=pk) for pk in departments]
    if not held:
        return own
    inbox = Q(owner_person=None) & reduce(or_, held)
    return own | (inbox if heads else inbox & Q(heads_only=False))


def is_owed_by(row: Obligation, person: Person) -> bool:
    """Whether the person owes it, as ``owed_by`` asks the database."""
    if row.owner_person_id is not None:
        return row.owner_person_id in {person.pk, *(other.pk for other in person.standing_for)}
    return row.owner_department_id in person.department_ids and (person.any_head or not row.heads_only)


def open_for(person: Person) -> QuerySet[Obligation]:
    """Open obligations of the person, most urgent first."""
    return Obligation.objects.filter(OPEN).filter(owed_by(person)).order_by("due_at", "id")


@cache
def _compiled_first(heads: bool, most: int) -> CompiledQuery[Obligation]:
    def rows(person: int, department: int) -> QuerySet[Obligation]:
        owed = Obligation.objects.filter(OPEN).filter(_owed([person], [department], heads=heads))
        return owed.order_by("due_at", "id")[:most]

    return CompiledQuery(rows, int, int)


def first_open_for(person: Person, most: int) -> list[Obligation]:
    """The ``most`` most urgent of ``mine``; for people of one department who stand for nobody,
    the SQL is written once.
    """
    if person.standing_for or person.department_id is None:
        return list(open_for(person)[:most])
    return _compiled_first(person.any_head, most)(person.pk, person.department_id)


_unread = CompiledQuery(lambda person: Notice.objects.filter(person_id=person, read_at=None).order_by("-at")[:5], int)


def newest_unread(person: Person) -> list[Notice]:
    """The five newest notices that the person has not read."""
    return _unread(person.pk) if person.unread_notices else []


def open_for_departments(person: Person) -> QuerySet[Obligation]:
    """Open obligations of the departments the person belongs to or stands for."""
    return Obligation.objects.filter(OPEN, owner_department_id__in=person.department_ids).order_by("due_at", "id")


def all_open() -> QuerySet[Obligation]:
    """Every open obligation of the company, most urgent first."""
    return Obligation.objects.filter(OPEN).order_by("due_at", "id")


_NOT_SHOWN = [
    f"owner_department__{column.name}"
    for column in Department._meta.concrete_fields
    if column.name not in ("id", "name_zh", "name_en")
]
"""Of the department that owes something pages show the name only, as of the person."""


def _on(kind: str, record_id: int) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(kind=kind, record_id=record_id)
    return with_people_named(rows, "owner_department", "owner_person").defer(*_NOT_SHOWN).order_by("due_at", "id")


_on_compiled = CompiledQuery(_on, str, int)


def on_record(kind: str, record_id: int) -> list[Obligation]:
    """All obligations of one record, by urgency."""
    return _on_compiled(kind, record_id)


def occasion_for(person: Person, number: str) -> Occasion:
    """A period's turn by its number, for who owes it and who sees what fulfils it; Http404 for everybody else."""
    found = Occasion.objects.filter(number=number).first()
    if found is None:
        raise Http404(number)
    procedure = versions.procedure_of(found.procedure_id)
    owed = Obligation.objects.filter(kind=Occasion.kind, record_id=found.pk)
    own = owed.filter(owner_department_id__in=person.department_ids)
    if not (person.is_administrator or found.rule in rules_seen(person, procedure) or own.exists()):
        raise Http404(number)
    return found


def rules_seen(person: Person, procedure: Procedure) -> list[str]:
    """Keys of the calendar's rules that are fulfilled on records of which the person sees all."""
    return [
        rule.key
        for rule in procedure.obligations
        if rule.recurs
        and any(
            procedure.sees_all(procedure.vocabulary.events[event].kind, person.functions()) for event in rule.closes
        )
    ]


def is_overdue_at(at: datetime) -> Q:
    """Condition: open and past its due moment, not paused."""
    return OPEN & Q(due_at__lt=at, paused_at=None)
