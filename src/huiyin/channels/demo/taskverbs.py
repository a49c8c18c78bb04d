"""The steps of a department's task taken in memory, as ``complaints.actions.tasks`` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from huiyin.channels.demo.verbs import LiveComplaint
from huiyin.complaints.actions.values import PlannedMeasure
from huiyin.complaints.models import Measure, Task
from huiyin.records.steps.context import Sent
from huiyin.records.steps.transitions import Taken


def accept(live: LiveComplaint, task: Task, *, sent: Sent) -> None:
    """The department takes the task over."""
    with _step(live, task, "accept", sent) as taken:
        task.accepted_by = task.person = sent.actor
        taken.particulars(department=task.department.name)


def decline(live: LiveComplaint, task: Task, reason: str, words: str, *, sent: Sent) -> None:
    """Not the department's matter."""
    with _step(live, task, "decline", sent) as taken:
        task.decline_reason = words or reason
        found = taken.procedure.option("decline", reason)
        taken.particulars(department=task.department.name, reason=found.label if found else reason, words=words)


def answer(live: LiveComplaint, task: Task, cause: str, measures: Sequence[PlannedMeasure], *, sent: Sent) -> None:
    """Cause, measures and plan."""
    with _step(live, task, "answer", sent) as taken:
        task.cause, task.return_reason = cause, ""
        task.answered_by, task.answered_at = sent.actor, sent.at
        _replace_measures(live, taken, task, measures)
        taken.particulars(department=task.department.name, cause=cause[:200], measures=[m.text[:80] for m in measures])


def _replace_measures(live: LiveComplaint, taken: Taken, task: Task, measures: Sequence[PlannedMeasure]) -> None:
    old = measures_of(live, task)
    taken.removed(*(row.part_key for row in old))
    for row in old:
        live.drop(row)
    for planned in measures:
        row = live.new(
            Measure,
            complaint_id=task.complaint_id,
            task=task,
            measure=planned.measure,
            text=planned.text,
            responsible=planned.responsible,
            planned_on=planned.planned_on,
            done_on=planned.done_on,
        )
        taken.touched(row)


def return_answer(live: LiveComplaint, task: Task, reason: str, *, sent: Sent) -> None:
    """The answer does not convince."""
    with _step(live, task, "return", sent) as taken:
        task.return_reason = reason
        taken.particulars(department=task.department.name, reason=reason)


def approve(live: LiveComplaint, task: Task, *, sent: Sent) -> None:
    """Quality takes the department's answer."""
    with _step(live, task, "approve", sent) as taken:
        task.approved_by = sent.actor
        taken.particulars(department=task.department.name, promised_at=_planned_end(live, task))


def _planned_end(live: LiveComplaint, task: Task) -> datetime | None:
    days = [row.planned_on for row in measures_of(live, task) if row.done_on is None and row.planned_on]
    if not days:
        return None
    return live.desk.procedure.calendar_for(task.department.key).end_of_work(max(days))


def carry_out(live: LiveComplaint, task: Task, done: Sequence[tuple[Measure, date, str]], *, sent: Sent) -> None:
    """The measures have been carried out."""
    with _step(live, task, "carry_out", sent) as taken:
        task.carried_out_at = sent.at
        for measure, day, note in done:
            measure.done_on, measure.done_note = day, note
            taken.touched(measure)
        taken.particulars(department=task.department.name)


def verify(live: LiveComplaint, task: Task, effect: str, *, sent: Sent) -> None:
    """Somebody other than who answered has checked the effect."""
    with _step(live, task, "verify", sent) as taken:
        task.effect, task.verified_by, task.verified_at = effect, sent.actor, sent.at
        taken.particulars(department=task.department.name, effect=effect)


def cancel(live: LiveComplaint, task: Task, reason: str, *, sent: Sent) -> None:
    """The task is not needed any more."""
    with _step(live, task, "cancel", sent) as taken:
        taken.particulars(department=task.department.name, reason=reason)


def measures_of(live: LiveComplaint, task: Task) -> list[Measure]:
    """The task's measures, oldest first."""
    return [row for row in live.of(Measure) if row.task_id == task.id]


def _step(live: LiveComplaint, task: Task, verb: str, sent: Sent) -> Any:
    assert sent.actor is not None
    return live.step(verb, actor=sent.actor, at=sent.at, part=task, values=sent.values)
