"""Rows that are tasks: somebody owes an answer by a day; and checklists, whose rows the pack fixes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import step
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRow
from huiyin.registers.periods import tell_period

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


def answer(row: FormRow, answer: str, *, context: StepContext) -> FormRow:
    """The person responsible says what was done."""
    with step(row.record, "answer", part=row, **context.step_kwargs) as run:
        row.extra = {**row.extra, "answer": answer}
        run.add_payload(what=row.subject, answer=answer)
        tell_period(row.record, run)
    return row


def drop(row: FormRow, reason: str, *, context: StepContext) -> FormRow:
    """The task is not needed after all."""
    with step(row.record, "drop", part=row, **context.step_kwargs) as run:
        run.add_payload(what=row.subject, reason=reason)
        tell_period(row.record, run)
    return row


def pass_on(row: FormRow, to: Person, *, context: StepContext) -> FormRow:
    """Somebody else answers the task from now on."""
    with step(row.record, "pass_on", part=row, **context.step_kwargs) as run:
        row.owner = to
        run.add_payload(what=row.subject, to=to.display_name)
        tell_period(row.record, run)
        run.notify(to)
    return row
