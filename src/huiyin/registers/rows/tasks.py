"""Rows that are tasks: somebody owes an answer by a day; and checklists, whose rows the pack fixes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from huiyin.journal.chain import to_json_value
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import step
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRow

OPEN = "open"


def opening_state(rows: DataKind) -> str:
    """The state in which a row begins; rows that are no tasks have none."""
    return OPEN if rows.entry.rows == "task" else ""


def task_payload(row: FormRow) -> dict[str, Any]:
    """What the journal says of a task that is given: to whom, and by when the answer is promised."""
    said: dict[str, Any] = {"what": row.subject, "who": row.owner.display_name if row.owner is not None else ""}
    if row.due_on is not None:
        zone = versions.procedure_of(row.record.procedure_id).zone
        said["promised_at"] = datetime.combine(row.due_on, time(23, 59), zone).isoformat()
    return said


def moved_from(row: FormRow, owner_id: int | None, due_on: date | None) -> dict[str, Any]:
    """What changed of a task that is somebody else's now, or due on another day; nothing of one that has ended."""
    procedure = versions.procedure_of(row.record.procedure_id)
    if procedure.phase(row.part_kind, row.state) in LAST_PHASES:
        return {}
    changed: dict[str, list[Any]] = {"owner_id": [owner_id, row.owner_id], "due_on": [due_on, row.due_on]}
    return {name: to_json_value(values) for name, values in changed.items() if values[0] != values[1]}


def answer(row: FormRow, answer: str, *, context: StepContext) -> FormRow:
    """The person responsible says what was done."""
    with step(row.record, "answer", part=row, **context.step_kwargs) as run:
        row.extra = {**row.extra, "answer": answer}
        run.add_payload(what=row.subject, answer=answer)
    return row


def drop(row: FormRow, reason: str, *, context: StepContext) -> FormRow:
    """The task is not needed after all."""
    with step(row.record, "drop", part=row, **context.step_kwargs) as run:
        run.add_payload(what=row.subject, reason=reason)
    return row


def pass_on(row: FormRow, to: Person, *, context: StepContext) -> FormRow:
    """Somebody else answers the task from now on."""
    with step(row.record, "pass_on", part=row, **context.step_kwargs) as run:
        row.owner = to
        run.add_payload(what=row.subject, to=to.display_name)
        run.notify(to)
    return row
