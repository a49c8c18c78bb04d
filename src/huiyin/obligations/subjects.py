"""For whom something is owed in each period: customers, deliveries, departments, people; rooms say how to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.kernel.durations import Duration
from huiyin.people.models import Department, Person
from huiyin.procedure.conditions import all_hold

CHUNK = 250
"""So many subjects are read, and so many obligations written, at a time."""


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of subject: ``rows()`` gives those there are, ``read`` a fact of one by its name, ``name`` and ``number``
    how people know it.
    """

    key: str
    rows: Callable[[], QuerySet[Any]]
    read: Callable[[Any, str], Any]
    name: Callable[[Any], str]
    number: Callable[[Any], str]

    def register(self) -> None:
        """Let rules be owed for each of these."""
        _kinds[self.key] = self

    def find(self, pk: int) -> Any:
        """The subject with this id; None where it is gone."""
        return self.rows().filter(pk=pk).first()


_kinds: dict[str, SubjectKind] = {}


def subject_kind(key: str) -> SubjectKind:
    """The kind of subject of this name; LookupError where no room has registered it."""
    return _kinds[key]


def matching(rule: Any, turn: Any, *, base: datetime, today: date) -> Iterator[list[Any]]:
    """The subjects for whom a rule's turn is owed at ``base`` (``today`` at the site), in chunks, oldest first."""
    kind, last = subject_kind(rule.for_each), 0
    while True:
        rows = list(kind.rows().filter(pk__gt=last).order_by("pk")[:CHUNK])
        if not rows:
            return
        last = rows[-1].pk
        found = [row for row in rows if is_meant(rule, turn, row, today=today)]
        if found:
            yield found


def is_meant(rule: Any, turn: Any, subject: Any, *, today: date) -> bool:
    """Whether the rule is owed for this subject, by this turn of its schedule."""
    kind = subject_kind(rule.for_each)
    if not all_hold(rule.where, lambda name: kind.read(subject, name), today=today):
        return False
    return turn is None or turn_for(rule, subject, today=today) == turn


def turn_for(rule: Any, subject: Any, *, today: date) -> Any:
    """The first line of the rule's schedule that fits the subject today; None where none does."""
    kind = subject_kind(rule.for_each)
    return next((turn for turn in rule.turns if _fits(turn, kind.read(subject, turn.since), today)), None)


def _fits(turn: Any, since: Any, today: date) -> bool:
    if turn.during is None:
        return True
    day = since.date() if isinstance(since, datetime) else since
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day[:10])
        except ValueError:
            return False
    return isinstance(day, date) and today < Duration.parse(turn.during).day_after(day)


def _of_department(department: Department, name: str) -> Any:
    return list(department.functions) if name == "function" else getattr(department, name, None)


def _of_person(person: Person, name: str) -> Any:
    if name == "function":
        return sorted(person.functions())
    if name == "department":
        return person.department.key if person.department is not None else None
    return getattr(person, name, None)


def register_people() -> None:
    """Departments and people may have duties of their own in each period."""
    SubjectKind(
        "department",
        lambda: Department.objects.filter(active=True),
        _of_department,
        lambda one: one.name_zh,
        lambda one: one.key,
    ).register()
    SubjectKind(
        "person",
        lambda: Person.objects.filter(is_active=True).select_related("department"),
        _of_person,
        lambda one: str(one.display_name),
        lambda one: str(one.username),
    ).register()
