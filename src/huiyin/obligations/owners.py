"""Selectors of packs (``task.department``, ``head:quality`` …) resolved to departments and people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from huiyin.obligations import ties
from huiyin.obligations.site_calendar import special_days
from huiyin.people.models import AT_NO_TIME, Delegation, Department, Person
from huiyin.procedure import versions
from huiyin.procedure.part_roles import PartRole, RoleHolder
from huiyin.procedure.words import SALESPERSON


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes or is told: a person, or a department's role inbox (its heads only, if so said)."""

    department: Department | None = None
    person_id: int | None = None
    heads_only: bool = False


class StaffDirectory:
    """Departments and their people as one step sees them; each loaded at most once."""

    @cached_property
    def departments(self) -> list[Department]:
        """Active departments in the company's order."""
        return list(Department.objects.filter(active=True))

    @cached_property
    def site_days(self) -> tuple[Any, ...]:
        """The days on which the site works otherwise than its procedure says."""
        return special_days()

    def with_function(self, function: str) -> Department | None:
        """The first active department that holds ``function``."""
        return next((d for d in self.departments if function in d.functions), None)

    def by_id(self, pk: int | None) -> Department | None:
        """The active department with this id."""
        return next((d for d in self.departments if d.pk == pk), None)

    def person(self, pk: int) -> Person | None:
        """The active person with this id, or who took over from them when they left, with their department."""
        if pk not in self._named:
            active = Person.objects.filter(is_active=True).select_related("department")
            taken_over = active.filter(deputising__person_id=pk, deputising__ends_at=AT_NO_TIME)
            self._named[pk] = active.filter(pk=pk).first() or taken_over.first()
        return self._named[pk]

    def people_of(self, owner: Owner) -> list[Person]:
        """The people an owner stands for; in the place of somebody who has left who took over, and a department without
        a head falls back to all its people.
        """
        asked = (owner.department.pk if owner.department else None, owner.person_id, owner.heads_only)
        if asked not in self._people:
            self._people[asked] = self._people_of(owner)
        return list(self._people[asked])

    def _people_of(self, owner: Owner) -> list[Person]:
        active = Person.objects.filter(is_active=True)
        if owner.person_id is not None:
            return list(active.filter(pk=owner.person_id)) or list(
                active.filter(deputising__person_id=owner.person_id, deputising__ends_at=AT_NO_TIME)
            )
        if owner.department is None:
            return []
        staff = list(active.filter(department=owner.department))
        heads = [p for p in staff if p.is_head]
        return heads if owner.heads_only and heads else staff

    def with_deputies(self, people: Iterable[Person], *, at: datetime) -> list[Person]:
        """These people, and whoever stands in at ``at`` for those of them who are away."""
        found = {person.pk: person for person in people}
        if at not in self._standing_in:
            away = Delegation.objects.filter(starts_at__lte=at, ends_at__gt=at, deputy__is_active=True)
            self._standing_in[at] = list(away.select_related("deputy"))
        standing_in = [one.deputy for one in self._standing_in[at] if one.person_id in found]
        return list((found | {person.pk: person for person in standing_in}).values())

    @cached_property
    def _named(self) -> dict[int, Person | None]:
        return {}

    @cached_property
    def _people(self) -> dict[tuple[int | None, int | None, bool], list[Person]]:
        return {}

    @cached_property
    def _standing_in(self) -> dict[datetime, list[Delegation]]:
        return {}


def resolve(
    selector: str,
    *,
    record: Any,
    part: Any,
    actor: Person | None,
    staff: StaffDirectory,
    at: datetime,
    in_hand: ties.InHand | None = None,
) -> Owner:
    """The owner a selector names on this record at a moment; an empty Owner when nobody fits (shown as a gap, never
    dropped).
    """
    name, _, argument = selector.partition(":")
    if name == "function":
        return Owner(department=staff.with_function(argument))
    if name == "head":
        return Owner(department=staff.with_function(argument), heads_only=True)
    if name == "field":
        return _in_field(argument, record, part, staff)
    if name == SALESPERSON:
        return _person(ties.about(record, "customer", in_hand), "salesperson")
    if name == "on-duty":
        return on_duty(record, staff, at)
    if name in ("subject", "subject.head"):
        return _subject(record, heads_only=name == "subject.head")
    if name == "record.owner":
        return _person(record, "owner")
    if name == "record.receiver":
        return _person(record, "transfer_to")
    roles = versions.procedure_of(record.procedure_id).vocabulary.roles
    if name in roles and part is not None:
        return _named(roles[name], part, staff)
    if name in ("record.department", "record.head"):
        department = staff.by_id(getattr(record, "department_id", None))
        return Owner(department=department, heads_only=name == "record.head")
    if name == "actor" and actor is None:  # a mail that arrived by itself: whoever is on duty, or takes calls
        return on_duty(record, staff, at)
    if name == "actor" and actor is not None:
        return Owner(department=actor.department, person_id=actor.pk)
    return Owner()


DutyRoster = Callable[[Any, "StaffDirectory", datetime], Owner]
"""Who is on duty for a record at a moment."""
_rosters: list[DutyRoster] = []
RECEIVING = "duty-officer"
"""The function that is on duty where no roster is kept; of companies that have none, whoever takes calls."""


def register_roster(roster: DutyRoster) -> None:
    """``roster(record, staff, at)`` says who is on duty, an empty Owner where it does not know; the last is asked."""
    _rosters.append(roster)


def on_duty(record: Any, staff: StaffDirectory, at: datetime) -> Owner:
    """Who is on duty at a moment: as the roster says, else the department whose function it is."""
    named = _rosters[-1](record, staff, at) if _rosters else Owner()
    if named != Owner():
        return named
    return Owner(department=staff.with_function(RECEIVING) or staff.with_function("reception"))


def _subject(record: Any, *, heads_only: bool) -> Owner:
    """The person or department for whom a period's turn is owed."""
    one = getattr(record, "about_record", None)
    if isinstance(one, Person):
        return Owner(department=one.department, person_id=None if heads_only else one.pk, heads_only=heads_only)
    return Owner(department=one, heads_only=heads_only) if isinstance(one, Department) else Owner()


def _named(role: PartRole, part: Any, staff: StaffDirectory) -> Owner:
    """Whom the part names for a role; while it names no person, the department owes what a person of it will."""
    if role.department is None:
        return _person(part, role.person)
    department = staff.by_id(role.department_id_on(part))
    match role.holder:
        case RoleHolder.DEPARTMENT:
            return Owner(department)
        case RoleHolder.HEAD:
            return Owner(department, heads_only=True)
        case RoleHolder.PERSON:
            return Owner(department, role.person_id_on(part))
        case RoleHolder.PERSON_OR_HEAD:
            named = role.person_id_on(part)
            return Owner(department, named, heads_only=named is None)
        case RoleHolder.AS_ASKED:
            named = role.person_id_on(part)
            return Owner(department, named, heads_only=named is None and part.heads_only)


def _in_field(name: str, record: Any, part: Any, staff: StaffDirectory) -> Owner:
    """The person or department that a field of the part, else of the record, holds."""
    held = part.fact(name) if part is not None and part.has_fact(name) else record.fact(name)
    if not isinstance(held, Mapping):
        return Owner()
    if "person" in held:
        person = staff.person(held["person"])
        return Owner(department=person.department, person_id=person.pk) if person else Owner()
    return Owner(department=staff.by_id(held.get("department")))


def _person(record: Any, field: str) -> Owner:
    """The person a record names in a field; an empty Owner when it names none or has no such field."""
    person: Person | None = getattr(record, field) if getattr(record, f"{field}_id", None) is not None else None
    return Owner(department=person.department, person_id=person.pk) if person else Owner()
