"""The steps of a department's task taken in memory, as ``complaints.actions.tasks`` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from huiyin.channels.demo.verbs import LiveComplaint
from huiyin.complaints.actions.values import PlannedMeasure
from huiyin.complaints.models import Measure, Task
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.transitions import StepRun


def accept(live: LiveComplaint, task: Task, *, context: StepContext) -> None:
    """The department takes the task over."""
    with _step(live, task, "accept", context) as run:
        task.accepted_by = task.person = context.actor
        run.add_payload(department=task.department.name)


def decline(live: LiveComplaint, task: Task, reason: str, words: str, *, context: StepContext) -> None:
    """Not the department's matter."""
    with _step(live, task, "decline", context) as run:
        task.decline_reason = words or reason
        found = run.procedure.option("decline", reason)
        run.add_payload(department=task.department.name, reason=found.label if found else reason, words=words)


def answer(
    live: LiveComplaint, task: Task, cause: str, measures: Sequence[PlannedMeasure], *, context: StepContext
) -> None:
    """Cause, measures and plan."""
    with _step(live, task, "answer", context) as run:
        task.cause, task.return_reason = cause, ""
        task.answered_by, task.answered_at = context.actor, context.at
        _replace_measures(live, run, task, measures)
        run.add_payload(department=task.department.name, cause=cause[:200], measures=[m.text[:80] for m in measures])


def _replace_measures(live: LiveComplaint, run: StepRun, task: Task, measures: Sequence[PlannedMeasure]) -> None:
    old = measures_of(live, task)
    run.removed(*(row.part_key for row in old))
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
        run.touched(row)


def return_answer(live: LiveComplaint, task: Task, reason: str, *, context: StepContext) -> None:
    """The answer does not convince."""
    with _step(live, task, "return", context) as run:
        task.return_reason = reason
        run.add_payload(department=task.department.name, reason=reason)


def approve(live: LiveComplaint, task: Task, *, context: StepContext) -> None:
    """Quality takes the department's answer."""
    with _step(live, task, "approve", context) as run:
        task.approved_by = context.actor
        run.add_payload(department=task.department.name, promised_at=_planned_end(live, task))


def _planned_end(live: LiveComplaint, task: Task) -> datetime | None:
    days = [row.planned_on for row in measures_of(live, task) if row.done_on is None and row.planned_on]
    if not days:
        return None
    return live.desk.procedure.calendar_for(task.department.key).end_of_work(max(days))


def carry_out(
    live: LiveComplaint, task: Task, done: Sequence[tuple[Measure, date, str]], *, context: StepContext
) -> None:
    """The measures have been carried out."""
    with _step(live, task, "carry_out", context) as run:
        task.carried_out_at = context.at
        for measure, day, note in done:
            measure.done_on, measure.done_note = day, note
            run.touched(measure)
        run.add_payload(department=task.department.name)


def verify(live: LiveComplaint, task: Task, effect: str, *, context: StepContext) -> None:
    """Somebody other than who answered has checked the effect."""
    with _step(live, task, "verify", context) as run:
        task.effect, task.verified_by, task.verified_at = effect, context.actor, context.at
        run.add_payload(department=task.department.name, effect=effect)


def cancel(live: LiveComplaint, task: Task, reason: str, *, context: StepContext) -> None:
    """The task is not needed any more."""
    with _step(live, task, "cancel", context) as run:
        run.add_payload(department=task.department.name, reason=reason)


def measures_of(live: LiveComplaint, task: Task) -> list[Measure]:
    """The task's measures, oldest first."""
    return [row for row in live.of(Measure) if row.task_id == task.id]


def _step(live: LiveComplaint, task: Task, verb: str, context: StepContext) -> Any:
    assert context.actor is not None
    return live.step(verb, actor=context.actor, at=context.at, part=task, values=context.values)
