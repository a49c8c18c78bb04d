"""Changes to people and departments: accounts, leave with a deputy, departments of a newly adopted procedure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.people.models import AT_NO_TIME, Delegation, Department, Person
from huiyin.procedure.schema import Procedure


@transaction.atomic
def adopt_departments(procedure: Procedure) -> list[Department]:
    """Make the company's departments those of ``procedure``; staff of a department that is gone move to its successor.

    A department is kept when its key stays; its successor otherwise is the one that shares most of its functions.
    """
    keys = []
    for position, wanted in enumerate(procedure.departments):
        fields = {
            "name_zh": wanted.name.show("zh"),
            "name_en": wanted.name.show("en"),
            "functions": list(wanted.functions),
            "active": True,
            "position": position,
        }
        Department.objects.update_or_create(key=wanted.key, defaults=fields)
        keys.append(wanted.key)
    active = list(Department.objects.filter(key__in=keys))
    for gone in Department.objects.filter(active=True).exclude(key__in=keys):
        heir = max(active, key=lambda d: (len(set(d.functions) & set(gone.functions)), -d.position))
        gone.staff.update(department=heir)
        gone.active = False
        gone.save(update_fields=["active"])
    return active


def set_preferences(person: Person, *, language: str | None = None, theme: str | None = None) -> Person:
    """The person's own language and theme; unknown values are ignored."""
    changed: dict[str, Any] = {}
    if language in ("zh", "zh-hans", "en"):
        changed["language"] = "en" if language == "en" else "zh-hans"
    if theme in ("auto", "light", "dark"):
        changed["theme"] = theme
    if changed:
        Person.objects.filter(pk=person.pk).update(**changed)
        for name, value in changed.items():
            setattr(person, name, value)
    return person


def go_on_leave(person: Person, deputy: Person, *, starts_at: datetime, ends_at: datetime, reason: str) -> Delegation:
    """While away, the deputy may do what the person may and is told what the person is told."""
    return Delegation.objects.create(person=person, deputy=deputy, starts_at=starts_at, ends_at=ends_at, reason=reason)


def end_leave(delegation: Delegation, *, at: datetime) -> None:
    """Back earlier than planned: what is still to come of the delegation is taken away."""
    if delegation.starts_at >= at:
        delegation.delete()
    elif delegation.ends_at > at:
        Delegation.objects.filter(pk=delegation.pk).update(ends_at=at)


@transaction.atomic
def close_account(person: Person, successor: Person, *, at: datetime) -> None:
    """Somebody leaves: the successor may do what they might, owes what they owe and stands in whatever names them, also
    for those whom they had taken over from.
    """
    Person.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    Delegation.objects.filter(person=person, ends_at=AT_NO_TIME).delete()
    Delegation.objects.filter(deputy=person, ends_at=AT_NO_TIME).update(deputy=successor)
    Delegation.objects.create(person=person, deputy=successor, starts_at=at, ends_at=AT_NO_TIME)


def reopen_account(person: Person) -> None:
    """Somebody is back: nobody stands in their place any more."""
    Person.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True
    Delegation.objects.filter(person=person, ends_at=AT_NO_TIME).delete()


def add_person(*, username: str, name: str, password: str | None, at: datetime, **fields: Any) -> Person:
    """A new account."""
    return Person.objects.create_person(username, password, name=name, joined_at=at, **fields)
