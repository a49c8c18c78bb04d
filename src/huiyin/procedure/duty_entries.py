"""What a pack says of duties: who owes what by when, the alarms, what lateness costs, and when time stands still."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StringConstraints

from huiyin.kernel.periods import KINDS as PERIODS
from huiyin.procedure.base_entry import PackEntry
from huiyin.procedure.kind_entries import Condition
from huiyin.procedure.shapes import Amount, Key, Label, OnDay, RungAt, Within, Words, one_or_many
from huiyin.procedure.turn_entries import Turn
from huiyin.procedure.words import COUNTS, FROM, LATE_BEGUN, LATE_PAYERS, LATE_PER, SOURCES, SUBJECTS, choice


class Rung(PackEntry):
    """One alarm of a ladder: when, counted from opening (``75%``) or from due (``+1 workday``), and to whom.

    At ``0%`` it rings as soon as the duty opens. ``urgent``: its time is counted on the clock, days off and nights
    included, and it is marked as urgent.
    """

    at: RungAt
    to: str
    urgent: StrictBool = False


class LatenessFine(PackEntry):
    """What lateness costs: ``fine`` per day, working day or once; a day only begun counts, or is free."""

    fine: Amount
    per: Annotated[str, AfterValidator(choice(LATE_PER))]
    payer: Annotated[str, AfterValidator(choice(LATE_PAYERS))]
    begun: Annotated[str, AfterValidator(choice(LATE_BEGUN))] = "counts"


PERIOD_FROM = ("start", "end")
"""Where a rule with ``every`` begins to count: at the first moment of the period, or at the first one after it."""


class ObligationRule(PackEntry):
    """``[[obligation]]``: who owes what to whom by when, opened by an event (``opens``)
    or for each period (``every``, or ``schedule``), perhaps ``for_each`` customer, delivery, department or person.

    ``on``: the day of the period on which it is owed. ``where``: of which subjects, by their facts. What fulfils it may
    happen to a record that was made for the one on which it is owed. ``source`` says whether the time limit stands in
    the written text or was set by the company. ``outlives``: it stays owed when the record has ended.
    """

    key: Key
    label: Label
    closes: Words
    owner: str
    within: Within
    opens: str = ""
    every: Annotated[str, AfterValidator(choice(PERIODS))] | None = None
    on: OnDay = ""
    schedule: tuple[Turn, ...] = ()
    for_each: Annotated[str, AfterValidator(choice(SUBJECTS))] | None = None
    where: tuple[Condition, ...] = ()
    reopens: Words = ()
    clause: str = ""
    cancels: Words = ()
    puts_off: Words = ()
    owed_to: str = ""
    counts: Annotated[str, AfterValidator(choice(COUNTS))] | None = None
    from_: Annotated[str, AfterValidator(choice((*FROM, *PERIOD_FROM)))] = Field(default="event", alias="from")
    ladder: tuple[Rung, ...] = ()
    late: LatenessFine | None = None
    when: tuple[Condition, ...] = ()
    pause: StrictBool = False
    source: Annotated[str, AfterValidator(choice(SOURCES))] = "text"
    outlives: StrictBool = False

    @property
    def is_own_limit(self) -> bool:
        """Whether the company has set the time limit, for the written text gives none."""
        return self.source == "pack"

    @property
    def turns(self) -> tuple[Turn, ...]:
        """How it comes round by the calendar; none for a rule that an event opens."""
        if self.schedule:
            return self.schedule
        return (Turn(every=self.every, on=self.on),) if self.every is not None else ()

    @property
    def recurs(self) -> bool:
        """Whether the calendar opens it."""
        return self.every is not None or bool(self.schedule)

    def turn_of(self, kind: str) -> Turn | None:
        """Its turn by a kind of period; None where it has none such."""
        return next((turn for turn in self.turns if turn.every == kind), None)


class PauseRule(PackEntry):
    """``[[pause]]``: between which events obligations with ``pause = true`` stand still."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=40)]
    starts: str
    ends: Annotated[Words, BeforeValidator(one_or_many), Field(min_length=1)]
    label: Label | None = None
