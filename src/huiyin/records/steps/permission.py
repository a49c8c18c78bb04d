"""Whose step it is: the ``by`` entries of a step table resolved for one person, record and part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huiyin.kernel.steptable import Transition
from huiyin.people.models import Person

if TYPE_CHECKING:
    from huiyin.records.steps.conditions import GuardContext


def may_take(transition: Transition, situation: GuardContext) -> bool:
    """Whether the acting person fits one of the roles the procedure gives the step to."""
    person = situation.actor
    return person is not None and any(_fits(role, person, situation) for role in transition.by)


def _fits(role: str, person: Person, situation: GuardContext) -> bool:
    part = situation.part
    match role:
        case "anyone":
            return True
        case "administrator":
            return person.is_administrator
        case "head":
            return person.any_head
        case "owner":
            owner = getattr(situation.record, "owner_id", None)
            return owner is not None and owner in {person.pk, *(p.pk for p in person.standing_for)}
        case "task.department":
            return part is not None and part.department_id in person.department_ids
        case "task.head" | "allotment.head":
            return part is not None and person.heads(part.department_id)
        case "task.person" | "charge.person":
            return part is not None and part.person_id in {person.pk, *(p.pk for p in person.standing_for)}
        case "charge.bearer":
            if part is None or part.person_id is None:
                return part is not None and person.heads(part.department_id)
            return part.person_id in {person.pk, *(p.pk for p in person.standing_for)}
        case "team":
            ids = {person.pk, *(p.pk for p in person.standing_for)}
            return bool(ids & situation.once("team", lambda: _team_of(situation.record)))
        case "record.department":
            return getattr(situation.record, "department_id", None) in person.department_ids
        case "record.head":
            department = getattr(situation.record, "department_id", None)
            return department is not None and person.heads(department)
    function, _, post = role.partition(".")
    return person.is_head_of(function) if post == "head" else person.holds(function)


def _team_of(record: Any) -> frozenset[int]:
    """Ids of the people on the record's team; none for records that have no team."""
    return frozenset(record.team_ids()) if hasattr(record, "team_ids") else frozenset()
