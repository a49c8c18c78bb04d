"""The course of one department's task: taken on or declined, answered, returned or approved, carried out, verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from huiyin.complaints.actions import tasks as actions
from huiyin.complaints.actions.values import PlannedMeasure
from huiyin.complaints.guards import DONE_TASKS
from huiyin.complaints.models import Measure, Task
from huiyin.demo.script import Script, WorkMinutes
from huiyin.demo.texts import sentences
from huiyin.demo.texts.fault_kinds import FaultCause
from huiyin.records.steps.context import StepContext

if TYPE_CHECKING:
    from huiyin.demo.scripts.complaints import ComplaintCourse

PACE = 600
"""Minutes of work before a step that nothing says a time for, on average."""


def task(script: Script, course: ComplaintCourse, row: Task, *, is_first: bool) -> WorkMinutes:
    """One task beside its complaint, until its effect is verified or it stands where it is to stand at the end."""
    kind, state = course.plan.stands
    stands = state if kind == "task" else ""
    cause = course.cause if is_first else script.random.choice(course.draft.fault.causes)
    for verb in _way(script, stands, is_first=is_first):
        if row.state == stands:
            break
        if script.offers(f"task.{verb}", row):
            minutes = script.wait_before(f"task.{verb}", course.complaint, row, pace=PACE)
            yield course.hurried(minutes) if stands or row.state not in DONE_TASKS else minutes
            sent = StepContext(script.who(f"task.{verb}", course.complaint, row), script.at)
            STEPS[verb](script, course, row, cause, sent)
    course.stands |= row.state == stands and row.state not in DONE_TASKS


def _way(script: Script, stands: str, *, is_first: bool) -> Iterator[str]:
    """The steps in their order; those that the procedure does not have are left out."""
    chance = script.random.random()
    if stands == "declined" or (not is_first and chance < 0.18):
        return iter(("decline", "cancel"))
    again = ("return", "answer") if stands == "accepted" or chance > 0.9 else ()
    return iter(("accept", "answer", *again, "approve", "carry_out", "verify"))


def _accept(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    actions.accept(row, context=context)


def _decline(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    reason = course.company.some_option("decline", script.random, "not-ours", "shared", "facts-missing")
    actions.decline(row, reason, course.say(sentences.DECLINES), context=context)


def _cancel(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    actions.cancel(row, course.say(sentences.CANCELS), context=context)


def _answer(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    """What is done at once, what removes the cause, and often what keeps it from coming elsewhere."""
    random, name, today = script.random, context.actor.name if context.actor else "", script.day()
    interim = PlannedMeasure(Measure.INTERIM, course.show(cause.interim), name, today, random.choice((today, None)))
    corrective = course.show(cause.corrective)
    planned = [interim, PlannedMeasure(Measure.CORRECTIVE, corrective, name, _workday(script, 3, 11))]
    if random.random() < 0.7:
        preventive = course.show(cause.preventive)
        planned.append(PlannedMeasure(Measure.PREVENTIVE, preventive, name, _workday(script, 6, 22)))
    actions.answer(row, course.show(cause.text), planned, context=context)


def _workday(script: Script, least: int, most: int) -> date:
    day = script.day() + timedelta(days=script.random.randrange(least, most))
    while not script.company.calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def _return(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    actions.return_answer(row, course.say(sentences.RETURNS), context=context)


def _approve(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    actions.approve(row, context=context)


def _carry_out(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    done = [
        (measure, script.day() - timedelta(days=script.random.randrange(2)), course.say(sentences.DONE))
        for measure in row.measures.filter(done_on=None)
    ]
    actions.carry_out(row, done, context=context)


def _verify(script: Script, course: ComplaintCourse, row: Task, cause: FaultCause, context: StepContext) -> None:
    effect = course.say(sentences.EFFECTS, n=script.random.randrange(3, 90) * 10)
    actions.verify(row, effect, context=context)


STEPS: Mapping[str, Callable[[Script, ComplaintCourse, Task, FaultCause, StepContext], None]] = {
    "accept": _accept,
    "decline": _decline,
    "cancel": _cancel,
    "answer": _answer,
    "return": _return,
    "approve": _approve,
    "carry_out": _carry_out,
    "verify": _verify,
}
