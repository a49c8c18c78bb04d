"""A script as it is played: the moment it has come to, its own random numbers, and who takes its steps."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from huiyin.demo.chance import random_of
from huiyin.demo.company import DemoCompany, StepUnavailable
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.settling import concerns_other_part
from huiyin.people.models import Person
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.permission import may_take

if TYPE_CHECKING:
    from huiyin.demo.timeline import Timeline

DAY, HOUR = 480, 60
"""Minutes of work in a day and in an hour, in which scripts count."""
WorkMinutes = Generator[float, None, None]
"""A script being played: it yields how many minutes of work pass until it goes on."""
LATE = {
    "measures": 0.13,
    "carry-out": 0.12,
    "verify-effect": 0.1,
    "forward": 0.05,
    "answer": 0.07,
    "customer-promise": 0.1,
    "close": 0.07,
    "chase-customer": 0.2,
    "redo-measures": 0.12,
}
"""How often what is owed under a rule comes late; the rest is one in twenty."""
USUALLY_LATE = 0.05


class Script:
    """One script of a company's life."""

    def __init__(self, timeline: Timeline, name: str, at: datetime) -> None:
        self.timeline, self.name, self.at = timeline, name, at
        self.company: DemoCompany = timeline.company
        self.random: Random = random_of(self.company.seed, name)

    def alongside(self, name: str, play: Callable[[Script], WorkMinutes]) -> None:
        """Begin another script at this moment, which goes on beside this one."""
        self.timeline.begin(f"{self.name}/{name}", self.at, play)

    # ---- who takes a step, and when

    def context(
        self, step: str, record: Any = None, part: Any = None, *, by: Sequence[str] = (), values: Any = None
    ) -> StepContext:
        """Somebody who may take ``step`` (``problem.contain``) now, of ``by`` if one of them may; StepUnavailable."""
        return StepContext(self.who(step, record, part, by=by), self.at, values=values or {})

    def who(
        self,
        step: str,
        record: Any = None,
        part: Any = None,
        *,
        by: Sequence[str] = (),
        fits: Callable[[Person], bool] = lambda person: True,
    ) -> Person:
        """Who takes ``step`` and ``fits``: one of ``by``, else mostly its owner, rarely a head; StepUnavailable."""
        kind, _, verb = step.partition(".")
        subject = part if part is not None else record
        transition = self.company.procedure.step_table(kind).transition(subject.state if subject else None, verb)
        if transition is None:
            raise StepUnavailable(step)
        known: dict[str, Any] = {}
        for person in self._in_order(by, getattr(record, "owner_id", None)):
            situation = GuardContext(record, part, person, self.at, self.company.procedure, known)
            if (
                may_take(transition, situation)
                and fits(person)
                and not (subject and step_refusals(situation, kind, verb))
            ):
                return person
        raise StepUnavailable(step)

    def who_if_any(
        self, step: str, record: Any, part: Any = None, *, fits: Callable[[Person], bool] = lambda person: True
    ) -> Person | None:
        """The same; None while nobody may take the step."""
        try:
            return self.who(step, record, part, fits=fits)
        except StepUnavailable:
            return None

    def _in_order(self, by: Iterable[str], owner: int | None) -> list[Person]:
        people = self.company.people
        others = self.random.sample(list(people.values()), len(people))
        if self.random.random() < 0.85:
            others.sort(key=lambda person: (person.pk != owner, person.is_head))
        return [*(people[name] for name in by if name in people), *others]

    def offers(self, step: str, subject: Any) -> bool:
        """Whether the procedure has the step where the record or part stands."""
        kind, _, verb = step.partition(".")
        return self.company.procedure.step_table(kind).transition(subject.state, verb) is not None

    def wait_before(self, step: str, record: Any, part: Any = None, *, pace: float = 90) -> float:
        """Minutes of work until the step is taken: mostly well before the first obligation it fulfils, sometimes after.

        Without an obligation about ``pace`` minutes.
        """
        due = self._due_by(
            self.company.procedure.vocabulary.event_of(step), record, part.part_key if part is not None else ""
        )
        if due is None:
            return 4 + self.random.expovariate(1 / pace)
        left = self.company.calendar.work_minutes_between(self.at, due.due_at) if due.due_at > self.at else 0
        if left > 3 and self.random.random() > LATE.get(due.rule, USUALLY_LATE):
            if left > 3 * DAY:  # who has days uses them, who has hours begins at once
                return left * self.random.uniform(0.3, 0.9)
            return left * (0.04 + 0.86 * self.random.random() * self.random.random())
        return left + 6 + self.random.expovariate(1 / 260)

    def _due_by(self, event: str, record: Any, part: str) -> Obligation | None:
        """The open obligation that ``event`` would fulfil first."""
        ended = self.company.procedure.rules_ended_by(event)
        rules = [rule for rule, how in ended.items() if how == "fulfilled_at"]
        rows = Obligation.objects.filter(OPEN, kind=record.kind, record_id=record.pk, rule__in=rules)
        return next((row for row in rows.order_by("due_at") if not concerns_other_part(row.part, part)), None)

    # ---- what scripts ask for

    def person(self, *names: str) -> Person:
        """The first of these people whom the company has."""
        people = self.company.people
        return next((people[name] for name in names if name in people), next(iter(people.values())))

    def day(self, days: float = 0) -> date:
        """Today at the site, or so many days of work on."""
        at = self.company.calendar.after_work(self.at, int(days * DAY)) if days else self.at
        return at.astimezone(self.company.calendar.timezone).date()

    def option(self, catalogue: str, *preferred: str) -> str:
        """The first of ``preferred`` that the pack has, else its first option; StepUnavailable without any."""
        keys = self.company.options(catalogue)
        if not keys:
            raise StepUnavailable(catalogue)
        return next((one for one in preferred if one in keys), keys[0])
