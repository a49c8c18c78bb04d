"""How this room reaches the records of the rooms above: each registers the function that knows who may see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from huiyin.journal import kinds
from huiyin.obligations import sight
from huiyin.people.models import Person
from huiyin.records.models import OfRecord

Access = Callable[[Person, str], Any]
_access: dict[str, Access] = {}


def register_access(kind: str, find: Access) -> None:
    """``find(person, number)`` gives the record of this kind if the person may see it, and raises Http404 if not."""
    _access[kind] = find
    sight.register(kind, find)


def record_for(person: Person, kind: str, number: str) -> Any:
    """The record of ``kind`` with this number if the person may see it; Http404 otherwise."""
    find = _access.get(kind)
    if find is None:
        raise Http404(kind)
    return find(person, number)


def record_under(person: Person, row: OfRecord) -> Any:
    """The record that ``row`` (a file, a comment) belongs to if the person may see it; Http404 otherwise."""
    model = kinds.record_models.get(row.kind)
    number = model._default_manager.filter(pk=row.record_id).values_list("number", flat=True).first() if model else None
    if number is None:
        raise Http404(row.kind)
    return record_for(person, row.kind, number)
