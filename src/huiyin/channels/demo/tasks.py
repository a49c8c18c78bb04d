"""The life of one department's task: taken on or declined, answered, returned or approved, carried out, verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from huiyin.channels.demo import taskverbs, wording
from huiyin.channels.demo.troubles import Cause
from huiyin.complaints.actions.values import PlannedMeasure
from huiyin.complaints.models import Measure, Task
from huiyin.people.models import Person
from huiyin.records.steps.context import StepContext

if TYPE_CHECKING:
    from huiyin.channels.demo.story import Story


class TaskLine:
    """What becomes of a task, beside the complaint it belongs to."""

    def __init__(self, story: Story, task: Task, *, is_first: bool) -> None:
        self.story, self.task, self.is_first = story, task, is_first
        random = story.random
        draw = random.random()
        self.declines = not is_first and draw < 0.18
        self.is_returned = draw > 0.9
        causes = story.case.trouble.causes
        self.cause: Cause = story.cause if is_first else random.choice(causes)

    def begin(self, at: datetime) -> None:
        """The task has been assigned."""
        if self.declines and self._may("decline"):
            self._plan("decline", at, self._decline)
        elif self._may("accept"):
            self._plan("accept", at, self._accept)
        else:
            self._plan("answer", at, self._answer)

    def _may(self, verb: str) -> bool:
        table = self.story.live.desk.procedure.step_table("task")
        return table.transition(self.task.state, verb) is not None

    def _plan(self, verb: str, now: datetime, act: Callable[[datetime, Person], None]) -> None:
        """Take the step when its time comes, if it may then be taken and there is somebody to take it."""
        story = self.story
        event = story.choices.event("task", verb)
        at = story.choices.moment(story.live, event, story.random, now, part=self.task.part_key, pace=600)

        def take(at: datetime) -> None:
            but = {self.task.answered_by_id} if verb == "verify" else set()
            person = story.choices.who(story.live, verb, story.random, part=self.task, but=but)
            if person is not None and story.can(verb, at, person, part=self.task):
                act(at, person)

        story.agenda.put(at, take)

    def _accept(self, at: datetime, by: Person) -> None:
        taskverbs.accept(self.story.live, self.task, context=StepContext(by, at))
        self._plan("answer", at, self._answer)

    def _decline(self, at: datetime, by: Person) -> None:
        story = self.story
        reason = story.choices.some_option("decline", story.random, "not-ours", "shared", "facts-missing")
        taskverbs.decline(story.live, self.task, reason, story.say(wording.DECLINES), context=StepContext(by, at))
        self._plan("cancel", at, self._cancel)

    def _cancel(self, at: datetime, by: Person) -> None:
        story = self.story
        taskverbs.cancel(story.live, self.task, story.say(wording.CANCELS), context=StepContext(by, at))
        story.go_on(at)

    def _answer(self, at: datetime, by: Person) -> None:
        story = self.story
        text = story.show(self.cause.text)
        taskverbs.answer(story.live, self.task, text, self._measures(at, by), context=StepContext(by, at))
        if self.is_returned and self._may("return"):
            self.is_returned = False
            self._plan("return", at, self._return)
        else:
            self._plan("approve", at, self._approve)

    def _measures(self, at: datetime, by: Person) -> list[PlannedMeasure]:
        """What is done at once, what removes the cause, and often what keeps it from coming elsewhere."""
        story, random = self.story, self.story.random
        today = at.astimezone(story.choices.calendar.timezone).date()
        planned = [
            PlannedMeasure(
                Measure.INTERIM,
                story.show(self.cause.interim),
                by.name,
                today,
                today if random.random() < 0.5 else None,
            ),
            PlannedMeasure(Measure.CORRECTIVE, story.show(self.cause.corrective), by.name, self._day(today, 3, 11)),
        ]
        if random.random() < 0.7:
            planned.append(
                PlannedMeasure(Measure.PREVENTIVE, story.show(self.cause.preventive), by.name, self._day(today, 6, 22))
            )
        return planned

    def _day(self, start: date, least: int, most: int) -> date:
        day = start + timedelta(days=self.story.random.randrange(least, most))
        while not self.story.choices.calendar.is_workday(day):
            day += timedelta(days=1)
        return day

    def _return(self, at: datetime, by: Person) -> None:
        reason = self.story.say(wording.RETURNS)
        taskverbs.return_answer(self.story.live, self.task, reason, context=StepContext(by, at))
        self._plan("answer", at, self._answer)

    def _approve(self, at: datetime, by: Person) -> None:
        taskverbs.approve(self.story.live, self.task, context=StepContext(by, at))
        self._plan("carry_out", at, self._carry_out)
        self.story.go_on(at)

    def _carry_out(self, at: datetime, by: Person) -> None:
        story = self.story
        today = at.astimezone(story.choices.calendar.timezone).date()
        done = [
            (row, today - timedelta(days=story.random.randrange(2)), story.say(wording.DONE))
            for row in taskverbs.measures_of(story.live, self.task)
            if row.done_on is None
        ]
        taskverbs.carry_out(story.live, self.task, done, context=StepContext(by, at))
        self._plan("verify", at, self._verify)

    def _verify(self, at: datetime, by: Person) -> None:
        story = self.story
        effect = story.say(wording.EFFECTS, n=story.random.randrange(3, 90) * 10)
        taskverbs.verify(story.live, self.task, effect, context=StepContext(by, at))
        story.go_on(at)
