"""Whose step it is: the ``by`` entries of a step table resolved for one person, record and part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from huiyin.kernel.steptable import Transition
from huiyin.people.models import Person
from huiyin.procedure.lexicon import FIELD
from huiyin.procedure.part_roles import PartRole, RoleHolder

if TYPE_CHECKING:
    from huiyin.records.steps.conditions import GuardContext


def may_take(transition: Transition, situation: GuardContext) -> bool:
    """Whether the acting person fits one of the roles the procedure gives the step to."""
    person = situation.actor
    return person is not None and any(_fits(role, person, situation) for role in transition.by)


def _fits(role: str, person: Person, situation: GuardContext) -> bool:
    roles = situation.procedure.vocabulary.roles
    if role in roles:
        return situation.part is not None and _has(roles[role], person, situation.part)
    if role.startswith(FIELD):
        return _is_named(role.removeprefix(FIELD), person, situation)
    match role:
        case "anyone":
            return True
        case "administrator":
            return person.is_administrator
        case "head":
            return person.any_head
        case "owner":
            owner = getattr(situation.record, "owner_id", None)
            return owner is not None and owner in _acts_for(person)
        case "team":
            return bool(_acts_for(person) & situation.once("team", lambda: _team_of(situation.record)))
        case "record.department":
            return getattr(situation.record, "department_id", None) in person.department_ids
        case "record.head":
            department = getattr(situation.record, "department_id", None)
            return department is not None and person.heads(department)
    function, _, post = role.partition(".")
    return person.is_head_of(function) if post == "head" else person.holds(function)


def _has(role: PartRole, person: Person, part: Any) -> bool:
    """Whether the person has a role as the part names it; who stands in for somebody has what this person has."""
    match role.holder:
        case RoleHolder.DEPARTMENT:
            return role.department_id_on(part) in person.department_ids
        case RoleHolder.HEAD:
            return person.heads(role.department_id_on(part))
        case RoleHolder.PERSON:
            return role.person_id_on(part) in _acts_for(person)
        case RoleHolder.PERSON_OR_HEAD:
            named = role.person_id_on(part)
            return person.heads(role.department_id_on(part)) if named is None else named in _acts_for(person)
        case RoleHolder.AS_ASKED:
            named, department = role.person_id_on(part), role.department_id_on(part)
            if named is not None:
                return named in _acts_for(person)
            return person.heads(department) if part.heads_only else department in person.department_ids


def _is_named(name: str, person: Person, situation: GuardContext) -> bool:
    """Whether a field of the part, else of the record, names the person or a department they belong to."""
    record, part = situation.record, situation.part
    if record is None:
        return False
    held = part.fact(name) if part is not None and part.has_fact(name) else record.fact(name)
    if not isinstance(held, Mapping):
        return False
    return held.get("person") in _acts_for(person) or held.get("department") in person.department_ids


def _acts_for(person: Person) -> frozenset[int]:
    """Ids of the person and of those for whom they stand in."""
    return frozenset({person.pk, *(p.pk for p in person.standing_for)})


def _team_of(record: Any) -> frozenset[int]:
    """Ids of the people on the record's team; none for records that have no team."""
    return frozenset(record.team_ids()) if hasattr(record, "team_ids") else frozenset()
