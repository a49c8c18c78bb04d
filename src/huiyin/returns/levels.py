"""At which level of a pack's authority somebody stands."""

from __future__ import annotations

from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import function_in
from huiyin.records.steps.authority import COMPENSATION


def _fits(person: Person, who: str) -> bool:
    if who == "head":
        return bool(person.any_head)
    function = function_in(who)
    if function is None:
        return False
    return person.is_head_of(function) if who.endswith(".head") else person.holds(function)


def decides_at(person: Person, level: str, procedure: Procedure) -> bool:
    """Whether the person decides at ``level`` (the ``who`` of the pack) or at one above it."""
    levels = [each.who for row in procedure.authority if row.key == COMPENSATION for each in row.levels]
    at = levels.index(level) if level in levels else 0
    return any(_fits(person, who) for who in levels[at:])
