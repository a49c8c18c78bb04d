"""Which entries of the navigation a person has: those whose pages would answer with more than an empty list."""

from __future__ import annotations

from typing import Any

from huiyin.people.models import Person
from huiyin.procedure import vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.conditions import opening_refusals
from huiyin.ui.rooms import MayOpen


def works_with(kind: str) -> MayOpen:
    """Whoever sees all records of the kind, or has the function or the post for one of its steps.

    Nobody, where the procedure has no step for the kind.
    """

    def may_open(person: Person, procedure: Procedure | None) -> bool:
        if procedure is None:
            return False
        roles = procedure.step_table(kind).roles
        return bool(roles) and (
            person.is_administrator
            or procedure.sees_all(kind, person.functions())
            or any(_holds(person, role) for role in roles)
        )

    return may_open


def whoever_has(kind: str) -> MayOpen:
    """Everybody, where the procedure has a step for the kind: each may come to have records of their own there."""

    def may_open(person: Any, procedure: Procedure | None) -> bool:
        return procedure is not None and bool(procedure.step_table(kind).roles)

    return may_open


def may_take_opening(step: str) -> MayOpen:
    """Whoever the procedure lets open a record by ``kind.verb``."""

    def may_open(person: Person, procedure: Procedure | None) -> bool:
        return procedure is not None and not opening_refusals(step, person, procedure)

    return may_open


def holds_one_of(*functions: str) -> MayOpen:
    """Whoever acts in one of these functions; administrators do."""

    def may_open(person: Person, procedure: Any) -> bool:
        return person.is_administrator or not person.functions().isdisjoint(functions)

    return may_open


def _holds(person: Person, role: str) -> bool:
    function, _, post = role.partition(".")
    if function not in vocabulary.FUNCTIONS:
        return False
    return person.is_head_of(function) if post == "head" else person.holds(function)
