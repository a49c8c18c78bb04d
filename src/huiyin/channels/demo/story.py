"""The life of one complaint: the way its procedure lays out, with the detours that real complaints take."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from huiyin.channels.demo import wording
from huiyin.channels.demo.agenda import Agenda
from huiyin.channels.demo.chance import weighted
from huiyin.channels.demo.choices import Choices
from huiyin.channels.demo.facts import Case
from huiyin.channels.demo.required import missing_values
from huiyin.channels.demo.sidelines import Sidelines
from huiyin.channels.demo.verbs import LiveComplaint
from huiyin.channels.demo.way import ACTS, MAIN
from huiyin.complaints.models import Answer, Task
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure import vocabulary
from huiyin.records.files.files import Kept
from huiyin.records.steps.conditions import checked_after_form, senseless
from huiyin.records.steps.context import StepContext

PACE = {"verify": 40, "answer": 150, "accept": 240, "close": 200, "forward": 60}
"""Minutes of work before a step that nothing says a time for, on average."""
USUAL_PACE = 100


@dataclass(frozen=True, slots=True)
class Twin:
    """The complaint that this one repeats."""

    id: int
    number: str


@dataclass(slots=True)
class Fate:
    """Which detours this complaint will take."""

    ends: str = ""  # withdrawn, merged or rejected
    after: int = 0  # steps of the way before it is withdrawn
    refusals: int = 0
    returned: bool = False
    unreached: bool = False
    lighter: bool = False
    reopened: bool = False
    more_tasks: bool = False

    @classmethod
    def drawn(cls, random: Random, case: Case, twin: Twin | None) -> Fate:
        """Most complaints go straight; about one in six takes some detour."""
        draw = random.random()
        void = "rejected" if draw < 0.04 and case.trouble.quality else "withdrawn"
        ends = "merged" if twin else void if draw < 0.06 else ""
        return cls(
            ends=ends,
            after=random.randrange(1, 6),
            refusals=weighted(random, (0, 1, 2), (90, 98, 100)),
            returned=random.random() < 0.05,
            unreached=random.random() < 0.18,
            lighter=not case.trouble.quality and random.random() < 0.45,
            reopened=random.random() < 0.02,
        )


class Story:
    """Lives one complaint up to the end of the run."""

    def __init__(
        self,
        live: LiveComplaint,
        case: Case,
        choices: Choices,
        random: Random,
        ends: datetime,
        twin: Twin | None,
    ) -> None:
        self.live, self.case, self.choices, self.random, self.twin = live, case, choices, random, twin
        self.evidence: tuple[Kept, ...] = ()
        self.agenda = Agenda(ends)
        self.fate = Fate.drawn(random, case, twin)
        self.cause = random.choice(case.trouble.causes)
        self.sidelines = Sidelines(self)
        self.taken = 0
        self.planned = False

    def run(self, at: datetime, photographs: tuple[Kept, ...]) -> None:
        """From registration to the end."""
        by = self.who("register")
        if by is None:
            return
        promise = self.sidelines.first_promise(at)
        self.live.register(self.case.facts, self.case.demands, promise, context=self.context("register", at, by))
        for k, kept in enumerate(photographs):
            self.live.attach(kept, actor=by, at=at + timedelta(seconds=20 * (k + 1)))
        self.sidelines.begin(at)
        self.go_on(at)
        self.agenda.live()
        self.live.remind(until=self.agenda.ends - timedelta(seconds=1))

    # ---- the way

    def go_on(self, now: datetime) -> None:
        """Plan the next step of the way, unless one is planned already or another line has to move first."""
        if self.planned:
            return
        verb = self._next()
        if verb is None or (self._has_guards(verb) and self.taker(verb, now) is None):
            return
        event = self.choices.event("complaint", verb)
        pace = PACE.get(verb, USUAL_PACE)
        at = self.choices.moment(self.live, event, self.random, now, pace=pace)
        self.planned = True
        known = len(self.live.entries)
        self.agenda.put(at, lambda at: self._take(verb, at, known))

    def _take(self, verb: str, at: datetime, known: int) -> None:
        """Take the step planned when there were ``known`` entries; if none came since, it may be taken as it could then."""
        self.planned = False
        by = None
        if self._lies_ahead(verb):
            unchanged = len(self.live.entries) == known and self._has_guards(verb)
            by = self.who(verb) if unchanged else self.taker(verb, at)
        if by is not None:
            ACTS[verb](self, at, by)
            self.taken += 1
            self.sidelines.after(verb, at)
        self.go_on(at)

    def _next(self) -> str | None:
        """The first step of the way that the procedure has in this state and that lies on this complaint's way."""
        table = self.live.desk.procedure.step_table("complaint")
        offered = table.verbs_from(self.live.record.state)
        return next((verb for verb in MAIN if verb in offered and self._lies_ahead(verb)), None)

    def _has_guards(self, verb: str) -> bool:
        table = self.live.desk.procedure.step_table("complaint")
        transition = table.transition(self.live.record.state, verb)
        return transition is None or bool(transition.guards)

    def may(self, verb: str) -> bool:
        """Whether the procedure has the step in the present state."""
        table = self.live.desk.procedure.step_table("complaint")
        return table.transition(self.live.record.state or None, verb) is not None

    def _lies_ahead(self, verb: str) -> bool:
        """Whether the step lies on this complaint's way now."""
        record, fate = self.live.record, self.fate
        match verb:
            case "withdraw":
                return fate.ends == "withdrawn" and self.taken >= fate.after
            case "merge":
                return fate.ends == "merged"
            case "reject":
                return fate.ends == "rejected" and bool(self.evidence) and record.state in ("judged", "handling")
            case "settle":
                return fate.lighter
            case "assign":
                return self._wants_tasks()
            case "return_verdict":
                return fate.returned and bool(record.verdict) and record.verdict_approved_at is None
            case "approve_verdict":
                return bool(record.verdict) and record.verdict_approved_at is None
            case "refuse":
                return fate.refusals > 0
            case "attempt_call":
                return fate.unreached
        return True

    def _wants_tasks(self) -> bool:
        there = [task for task in self.live.of(Task) if task.state not in ("cancelled", "declined")]
        of_round = [task for task in there if task.round == self.live.record.round]
        return not there or (self.fate.more_tasks and not of_round)

    def taker(self, verb: str, now: datetime) -> Person | None:
        """Somebody who can take the step now, or None; evidence for a rejection is brought along."""
        by = self.who(verb)
        return by if by is not None and self.can(verb, now, by, brought=verb == "reject") else None

    def can(self, verb: str, now: datetime, by: Person, *, part: Any = None, brought: bool = False) -> bool:
        """Whether the step is in the table now, makes sense, and every guard holds that it does not satisfy itself."""
        situation = self.live.situation(part, by, now)
        subject = situation.subject
        kind = part.part_kind if part is not None else subject.kind
        transition = situation.procedure.step_table(kind).transition(subject.state or None, verb)
        if transition is None or senseless(situation, f"{kind}.{verb}"):
            return False
        given = checked_after_form(f"{kind}.{verb}") | ({"evidence_attached"} if brought else set())
        return not any(vocabulary.reasons(kind, g, situation) for g in transition.guards if g not in given)

    # ---- what every line needs

    def who(self, verb: str, *, but: Collection[int | None] = ()) -> Person | None:
        """Who takes a step of the complaint; never those whom its guards exclude."""
        excluded = {*but}
        if verb == "approve_verdict":
            excluded.add(self.live.record.verdict_by_id)
        elif verb == "call_back":
            excluded.add(next((row.by_id for row in reversed(self.live.of(Answer))), None))
        return self.choices.who(self.live, verb, self.random, but=excluded - {None})

    def context(self, verb: str, at: datetime, by: Person) -> StepContext:
        """By whom and when, with what the procedure requires of the step beyond what its action gives."""
        return StepContext(by, at, values=missing_values(self.live, verb, self.case, self.choices, self.random))

    def say(self, texts: tuple[Text, ...], **values: object) -> str:
        """One of the sentences, in the complaint's language."""
        return wording.say(self.random, texts, self.case.language, **values)

    def show(self, text: Text, **values: Any) -> str:
        """A sentence in the complaint's language."""
        return wording.show(text, self.case.language, **values)
