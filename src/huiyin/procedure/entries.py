"""What stands in a pack, table by table: shapes only; whether the words exist is asked by ``checks``."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    StrictBool,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from huiyin.kernel.hours import WEEKDAYS, Interval, week_pattern
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.money import BracketTable
from huiyin.kernel.numbering import NumberPattern
from huiyin.kernel.text import t
from huiyin.procedure.base_entry import PackEntry
from huiyin.procedure.kind_entries import Condition, OneOrMany
from huiyin.procedure.shapes import (
    Amount,
    ClauseKey,
    EvidenceKey,
    HolidayKey,
    Hours,
    Key,
    Label,
    Limit,
    NumberingPattern,
    OptionKey,
    PackText,
    Percent,
    Retention,
    Standard,
    Words,
    WrittenDate,
    Zone,
    as_fraction,
)
from huiyin.procedure.vocabulary import PHASES
from huiyin.procedure.words import (
    PERMANENT,
    SHARED_COSTS,
    SHARERS,
    choice,
)


class Header(PackEntry):
    """``[pack]``: which procedure this is, which pack it is laid over, and what of that it leaves out or adopts.

    ``without`` names entries of the pack below as ``section:key``; ``adopts`` clauses of it, or its whole document by
    its key, that are clauses of this procedure too.
    """

    key: Key
    version: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    title: Label
    timezone: Zone
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    extends: Key | None = None
    without: Words = ()
    adopts: Words = ()


class DepartmentEntry(PackEntry):
    """``[[department]]``: a department and the functions it holds."""

    key: Key
    name: Label
    functions: Words = ()


class WeekHours(PackEntry):
    """The working intervals of each weekday; a weekday not named is free."""

    mon: Hours = ()
    tue: Hours = ()
    wed: Hours = ()
    thu: Hours = ()
    fri: Hours = ()
    sat: Hours = ()
    sun: Hours = ()

    def pattern(self) -> tuple[tuple[Interval, ...], ...]:
        """Monday to Sunday as the kernel's calendar takes it."""
        return week_pattern({day: getattr(self, day) for day in WEEKDAYS})


def _some_work(week: WeekHours) -> WeekHours:
    if not any(getattr(week, day) for day in WEEKDAYS):
        raise Invalid(
            t("一周内没有任何工作时间", "The week has no working time at all."),
            t("请至少给一天写上工作时段", "Give at least one weekday its hours."),
        )
    return week


WorkedWeek = Annotated[WeekHours, AfterValidator(_some_work)]


class Calendar(PackEntry):
    """``[calendar]``: public holidays and the company's week."""

    holidays: HolidayKey = "CN"
    week: WorkedWeek


class CalendarDay(PackEntry):
    """``[[calendar_day]]``: a day of the company's (or one department's) own;
    without hours: worked as a made-up day.
    """

    date: WrittenDate
    hours: Hours | None = None
    label: Label | None = None
    department: str | None = None


class DepartmentCalendar(PackEntry):
    """``[[department_calendar]]``: a department that works other hours than the company."""

    department: str
    holidays: HolidayKey | None = None
    week: WorkedWeek | None = None


class FormEntry(PackEntry):
    """``[[form]]``: a controlled form, its number, revision and how long it is kept; ``filled_by`` the steps by which
    it is filled in, those that open the record where none is named.
    """

    key: Key
    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    title: Label
    record: str
    layout: str = ""
    revision: str = ""
    retention: Retention = PERMANENT
    clause: str = ""
    filled_by: OneOrMany = ()


class Noun(PackEntry):
    """``[[noun]]``: what the company calls the records of a kind:
    one of them, their list, and their place in the menu.
    """

    key: Key
    one: Label
    many: Label
    menu: Label


class Numbering(PackEntry):
    """``[[numbering]]``: how the records of a kind are numbered and when the running number starts again."""

    key: Key
    pattern: NumberingPattern
    restart: str

    @field_validator("restart")
    @classmethod
    def _restart_fits(cls, restart: str, info: ValidationInfo) -> str:
        if "pattern" in info.data:
            NumberPattern.parse(info.data["pattern"], restart=restart)
        return restart

    @property
    def compiled(self) -> NumberPattern:
        """The pattern ready to give numbers."""
        return NumberPattern.parse(self.pattern, restart=self.restart)


class OptionEntry(PackEntry):
    """One choice of a catalogue; ``parent`` makes the catalogue a tree."""

    key: OptionKey
    label: Label
    parent: str | None = None


class CatalogueEntry(PackEntry):
    """``[[catalogue]]``: the company's choices for one of the product's lists."""

    key: Key
    label: Label
    options: Annotated[tuple[OptionEntry, ...], Field(min_length=1)]


class State(PackEntry):
    """``[[state]]``: a state of a kind of record, by the company's name, and the phase it counts as."""

    key: Key
    phase: Annotated[str, AfterValidator(choice(PHASES))]
    label: Label

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The state as records hold it, without the kind."""
        return self.key.partition(".")[2]


class StepEntry(PackEntry):
    """``[[step]]``: who may take a verb in which states, under which conditions; no ``from``: it opens a record.

    The rest is for steps of kinds that the pack declares, for those of the product know it: ``happens`` names the event
    when it is not the verb, ``said`` tells it in the time-line, ``promises`` the field whose moment is promised by it,
    ``reports`` that somebody reports something by it, ``undoes`` the events it takes back; ``ends`` makes a step that
    is asked for again before it is taken, ``aside`` one that does not lead on, ``follows`` one that effects alone take.
    ``reason`` says whether its form asks why; where it says nothing ``going_back.asks_reason`` decides.
    """

    key: Key
    label: Label
    from_: Words = Field(default=(), alias="from")
    to: str | None = None
    by: Annotated[Words, Field(min_length=1)]
    guards: Words = ()
    requires: Words = ()
    tells: Words = ()
    clause: str = ""
    happens: str = ""
    said: PackText | None = None
    promises: str = ""
    reports: StrictBool = False
    undoes: Words = ()
    ends: StrictBool = False
    aside: StrictBool = False
    follows: StrictBool = False
    reason: StrictBool | None = None

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.key.partition(".")[0]

    @property
    def event(self) -> str:
        """The event that the step of a declared kind writes into the journal."""
        return f"{self.kind}.{self.happens or self.verb}"

    @property
    def verb(self) -> str:
        """The verb without the kind."""
        return self.key.partition(".")[2]


class AuthorityLevel(PackEntry):
    """Up to which amount somebody may decide."""

    who: str
    limit: Limit


class Authority(PackEntry):
    """``[[authority]]``: who may decide up to which amount, from the lowest level to an unlimited one."""

    key: Key
    levels: Annotated[tuple[AuthorityLevel, ...], Field(min_length=1)]
    label: Label | None = None


class SharedBracket(PackEntry):
    """The part of a cost up to ``upto`` (none: without end) that counts with ``rate``."""

    upto: Amount | None = None
    rate: Percent


class SharePart(PackEntry):
    """Which part of what the department bears falls to whom."""

    to: Annotated[str, AfterValidator(choice(SHARERS))]
    share: Percent


class Sharing(PackEntry):
    """``[[sharing]]``: how much of a cost a department bears, by brackets, and how that is divided (P2 5.4)."""

    key: Annotated[str, AfterValidator(choice(SHARED_COSTS))]
    label: Label
    brackets: Annotated[tuple[SharedBracket, ...], Field(min_length=1)]
    parts: Annotated[tuple[SharePart, ...], Field(min_length=1)]
    clause: str = ""

    @property
    def table(self) -> BracketTable:
        """The brackets as money is reckoned by them; raises MoneyInvalid when they do not rise."""
        return BracketTable.of((each.upto, as_fraction(each.rate)) for each in self.brackets)


class Clause(PackEntry):
    """``[[clause]]``: a clause of the written procedure and what shows that it is followed.

    ``document`` is the pack whose text it stands in where that is another than this one, set when packs are laid over
    one another.
    """

    key: ClauseKey
    title: Label
    parent: str | None = None
    duty: PackText | None = None
    evidence: Words = ()
    standards: tuple[Standard, ...] = ()
    gap: PackText | None = None
    document: str = ""


class EvidenceEntry(PackEntry):
    """``[[evidence]]``: what shows a clause only under conditions: ``of`` (``kind:key``) on records for which ``where``
    holds.
    """

    key: EvidenceKey
    clause: ClauseKey
    of: str
    where: Annotated[tuple[Condition, ...], Field(min_length=1)]
    label: Label | None = None
