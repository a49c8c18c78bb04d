"""Who may see the record an obligation hangs on, and who is led to the whole company's; the rooms above say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import Http404

from huiyin.obligations.models import Obligation
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure

_find: dict[str, Callable[[Person, str], Any]] = {}


def register_visibility(kind: str, find: Callable[[Person, str], Any]) -> None:
    """``find(person, number)`` gives the record of this kind if the person may see it, and raises Http404 if not."""
    _find[kind] = find


def register_declared(find: Callable[[Person, str, str], Any]) -> None:
    """``find(person, kind, number)`` gives records of the kinds that packs declare, as in ``register_visibility``."""
    _declared.append(find)


_declared: list[Callable[[Person, str, str], Any]] = []


def can_see_record(person: Person, row: Obligation) -> bool:
    """Whether the person may see the record, and with it everything that is owed on it."""
    return record_exists_for(person, row.kind, row.record_number)


def record_exists_for(person: Person, kind: str, number: str) -> bool:
    """Whether there is such a record for the person."""
    find = _find.get(kind)
    try:
        if find is not None:
            find(person, number)
            return True
        return any(of_declared(person, kind, number) is not None for of_declared in _declared)
    except Http404:
        return False


class Keyed(Protocol):
    """A kind of record, as far as this room wants to know it."""

    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CompanyObligations:
    """What a kind is to the list of obligations: who sees all of the kind is led to what the whole company owes."""

    def register(self, kind: Keyed) -> None:
        """Let the list ask for this kind."""
        _of_company.add(kind.key)


_of_company: set[str] = set()


def is_led_to_company(person: Person, procedure: Procedure) -> bool:
    """Whether the list of obligations leads the person to those of the whole company."""
    functions = person.functions()
    return person.is_administrator or any(procedure.sees_all(kind, functions) for kind in _of_company)
