"""Who may see the record an obligation hangs on; the rooms above register the functions that know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from huiyin.obligations.models import Obligation
from huiyin.people.models import Person

_find: dict[str, Callable[[Person, str], Any]] = {}


def register_visibility(kind: str, find: Callable[[Person, str], Any]) -> None:
    """``find(person, number)`` gives the record of this kind if the person may see it, and raises Http404 if not."""
    _find[kind] = find


def can_see_record(person: Person, row: Obligation) -> bool:
    """Whether the person may see the record, and with it everything that is owed on it."""
    return record_exists_for(person, row.kind, row.record_number)


def record_exists_for(person: Person, kind: str, number: str) -> bool:
    """Whether there is such a record for the person."""
    find = _find.get(kind)
    if find is None:
        return False
    try:
        find(person, number)
    except Http404:
        return False
    return True
