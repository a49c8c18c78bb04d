"""A department's task: accepted or declined by the receiver, answered, returned or approved, carried out, verified."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from huiyin.complaints.actions.values import PlannedMeasure
from huiyin.complaints.models import Measure, Task
from huiyin.obligations.site_calendar import calendar_at_site
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import StepRun, step


def _step(task: Task, verb: str, context: StepContext) -> Any:
    return step(task.complaint, verb, part=task, **context.step_kwargs)


def accept(task: Task, *, context: StepContext) -> Task:
    """The department takes the task over; who accepts answers for it."""
    with _step(task, "accept", context) as run:
        task.accepted_by = task.person = context.actor
        run.add_payload(department=task.department.name)
    return task


def decline(task: Task, reason: str, words: str, *, context: StepContext) -> Task:
    """Not the department's matter; quality has to assign anew."""
    with _step(task, "decline", context) as run:
        task.decline_reason = words or reason
        found = run.procedure.option("decline", reason)
        run.add_payload(department=task.department.name, reason=found.label if found else reason, words=words)
    return task


def answer(task: Task, cause: str, measures: Sequence[PlannedMeasure], *, context: StepContext) -> Task:
    """Cause, measures and plan of the department (P2 4.5-2: within 48 hours)."""
    with _step(task, "answer", context) as run:
        task.cause, task.return_reason = cause, ""
        task.answered_by, task.answered_at = context.actor, context.at
        _replace_measures(run, task, measures)
        run.add_payload(department=task.department.name, cause=cause[:200], measures=[m.text[:80] for m in measures])
    return task


def _replace_measures(run: StepRun, task: Task, measures: Sequence[PlannedMeasure]) -> None:
    old = list(task.measures.all())
    run.removed(*(m.part_key for m in old))
    task.measures.all().delete()
    for planned in measures:
        run.touched(Measure.objects.create(complaint_id=task.complaint_id, task=task, **planned.by_name()))


def return_answer(task: Task, reason: str, *, context: StepContext) -> Task:
    """The answer does not convince; the department works on."""
    with _step(task, "return", context) as run:
        task.return_reason = reason
        run.add_payload(department=task.department.name, reason=reason)
    return task


def approve(task: Task, *, context: StepContext) -> Task:
    """Quality takes the department's answer; its own plan says by when the measures are to be carried out."""
    with _step(task, "approve", context) as run:
        task.approved_by = context.actor
        day = _last_planned_day(task)
        end = calendar_at_site(run.procedure, task.department.key).end_of_work(day) if day is not None else None
        run.add_payload(department=task.department.name, promised_at=end, promised_end_of=day)
    return task


def _last_planned_day(task: Task) -> date | None:
    """The last day planned; None when nothing is planned or everything is done already."""
    rows = task.measures.filter(done_on=None).exclude(planned_on=None).order_by("-planned_on")
    return rows.values_list("planned_on", flat=True).first()


def carry_out(task: Task, done: Sequence[tuple[Measure, date, str]], *, context: StepContext) -> Task:
    """The measures have been carried out, each on its day with a note."""
    with _step(task, "carry_out", context) as run:
        task.carried_out_at = context.at
        for measure, day, note in done:
            measure.done_on, measure.done_note = day, note
            measure.save()
            run.touched(measure)
        run.add_payload(department=task.department.name)
    return task


def verify(task: Task, effect: str, *, context: StepContext) -> Task:
    """Somebody other than who answered has checked the effect of the measures."""
    with _step(task, "verify", context) as run:
        task.effect, task.verified_by, task.verified_at = effect, context.actor, context.at
        run.add_payload(department=task.department.name, effect=effect)
    return task


def cancel(task: Task, reason: str, *, context: StepContext) -> Task:
    """The task is not needed any more."""
    with _step(task, "cancel", context) as run:
        run.add_payload(department=task.department.name, reason=reason)
    return task
