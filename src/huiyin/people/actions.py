"""Changes to people and departments: accounts, leave with a deputy, departments of a newly adopted procedure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.people.models import AT_NO_TIME, Delegation, Department, Person
from huiyin.procedure.schema import Procedure

POST = ("is_active", "department_id", "is_head", "extra_functions")
"""What of an account says what somebody may do."""
StaffFollower = Callable[[datetime], object]
_followers: list[StaffFollower] = []


def on_staff_change(follower: StaffFollower) -> None:
    """Have ``follower`` called with the moment, in the same transaction, whenever somebody comes, leaves or moves."""
    if follower not in _followers:
        _followers.append(follower)


def _tell_followers(at: datetime) -> None:
    for follower in _followers:
        follower(at)


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
def add_person(*, username: str, name: str, password: str | None, at: datetime, **fields: Any) -> Person:
    """A new account."""
    person = Person.objects.create_person(username, password, name=name, joined_at=at, **fields)
    _tell_followers(at)
    return person


@transaction.atomic
def change_person(
    person: Person, *, at: datetime, password: str = "", successor: Person | None = None, **fields: Any
) -> Person:
    """Change an account: its post, whether it is in use, its names; an empty ``password`` leaves the old one.

    Where it is closed the successor takes over; where it is opened again nobody stands in its place any more.
    """
    before = [getattr(person, name) for name in POST]
    for name, value in fields.items():
        setattr(person, name, value)
    if password:
        person.set_password(password)
    person.save()
    if person.is_active:
        Delegation.objects.filter(person=person, ends_at=AT_NO_TIME).delete()
    elif successor is not None:
        _take_over(person, successor, at)
    if [getattr(person, name) for name in POST] != before:
        _tell_followers(at)
    return person


def _take_over(person: Person, successor: Person, at: datetime) -> None:
    """The successor may do what somebody who leaves might, owes what they owe and stands in whatever names them, also
    for those whom they had taken over from.
    """
    Delegation.objects.filter(person=person, ends_at=AT_NO_TIME).delete()
    Delegation.objects.filter(deputy=person, ends_at=AT_NO_TIME).update(deputy=successor)
    Delegation.objects.create(person=person, deputy=successor, starts_at=at, ends_at=AT_NO_TIME)
