"""Whether guards keep what they declare: where one holds, nothing is open of what it says it waits for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiyin.obligations.models import Obligation
from huiyin.procedure import vocabulary
from huiyin.procedure.checks.paths import ends_of
from huiyin.procedure.held_back import HeldUntil
from huiyin.procedure.schema import Procedure
from huiyin.procedure.vocabulary import GUARDS, Guard
from huiyin.records.kinds import declared
from huiyin.records.steps.conditions import GuardContext


def holds(name: str, record: Any, procedure: Procedure, at: datetime, part: Any = None) -> bool:
    """Whether a guard of the record, or of the part, lets its step be taken."""
    kind = record.kind if part is None else part.part_kind
    record = type(record).objects.get(pk=record.pk)
    return not vocabulary.guard_refusals(kind, name, GuardContext(record, part, None, at, procedure))


def waited_for(name: str, record: Any, procedure: Procedure, part: Any = None) -> list[str]:
    """What is open on a record of what a guard says that it waits for: rules, and parts with their states."""
    guard = GUARDS[record.kind if part is None else part.part_kind, name]
    return sorted({one for held in guard.holds_back for one in _open(held, record, procedure, part)})


def _open(held: HeldUntil, record: Any, procedure: Procedure, part: Any) -> list[str]:
    if held.events:
        rows = Obligation.objects.filter(kind=record.kind, record_id=record.pk, fulfilled_at=None, cancelled_at=None)
        if part is not None:
            rows = rows.filter(part=part.part_key)
        return [row.rule for row in rows if held.events <= ends_of(procedure.rule(row.rule))]
    return [
        f"{held.part} {one.state}"
        for one in parts_of(record)
        if one.part_kind == held.part and one.state not in held.states
    ]


def parts_of(record: Any) -> list[Any]:
    """The parts of a record that have states of their own."""
    found: list[Any] = []
    for kind in declared[record.kind].parts if record.kind in declared else ():
        if kind.steps is not None:
            to_record = next(one for one in kind.model._meta.fields if one.related_model is type(record))
            found += kind.model._default_manager.filter(**{to_record.name: record.pk})
    return found


def broken(record: Any, procedure: Procedure, at: datetime) -> list[str]:
    """The guards that hold on a record, or on a part of it, while something is open that they say they wait for."""
    subjects = [None, *parts_of(record)]
    return [
        f"{guard.name} holds with {waited_for(guard.name, record, procedure, part)}"
        for part in subjects
        for guard in _declaring(record.kind if part is None else part.part_kind)
        if waited_for(guard.name, record, procedure, part) and holds(guard.name, record, procedure, at, part)
    ]


def _declaring(kind: str) -> list[Guard]:
    return [guard for guard in GUARDS.values() if guard.kind == kind and guard.holds_back]


def broken_anywhere(procedure: Procedure, at: datetime) -> list[str]:
    """The guards that hold while something they wait for is open, on whatever record there is."""
    records = [one for kind in declared.values() for one in kind.model._default_manager.all()]
    return [f"{record}: {one}" for record in records for one in broken(record, procedure, at)]
