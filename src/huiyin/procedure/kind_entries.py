"""What a pack says of kinds of record of its own: the kinds, their fields, balances, approvals, effects and targets."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StrictBool, StringConstraints

from huiyin.kernel.periods import KINDS as PERIODS
from huiyin.procedure.base_entry import PackEntry
from huiyin.procedure.kind_views import CalendarView, FieldName, KnowledgeView, LeaveView, RowSource, ShiftView
from huiyin.procedure.shapes import Age, Amount, Key, Label, PackText, Within, Words, one_or_many
from huiyin.procedure.words import (
    FIELD_TYPES,
    IN_CHARGE,
    MEASURES,
    NEEDS,
    REFUSALS,
    ROW_KINDS,
    SIGNERS_MAY,
    SOURCES,
    STARTS,
    choice,
)

KindKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=20)]
OneOrMany = Annotated[Words, BeforeValidator(one_or_many)]


def _days_as_words(value: Any) -> Any:
    """Facts of an example with their days and times as JSON holds them, so that they read back alike."""
    match value:
        case date() | time():
            return value.isoformat()
        case dict():
            return {name: _days_as_words(one) for name, one in value.items()}
        case list():
            return [_days_as_words(one) for one in value]
    return value


class Condition(PackEntry):
    """Something that must hold of a record's fact: one of these values (``is``), none of them (``not``), a number
    ``over`` or ``under`` another, a day ``older_than`` so long ago, or that something is written at all (``filled``).

    Several conditions in a list must all hold; of those in ``any`` one is enough.
    """

    field: str = ""
    is_: Annotated[OneOrMany, Field(alias="is")] = ()
    not_: Annotated[OneOrMany, Field(alias="not")] = ()
    over: Amount | None = None
    under: Amount | None = None
    older_than: Age | None = None
    filled: StrictBool | None = None
    any: tuple[Condition, ...] = ()


class GroupEntry(PackEntry):
    """``[[group]]``: a heading of the menu under which kinds of record stand."""

    key: Key
    label: Label


class FunctionEntry(PackEntry):
    """``[[function]]``: a part that a department or a person plays beside those that every company knows."""

    key: KindKey
    label: Label


class KindEntry(PackEntry):
    """``[[kind]]``: a kind of record, or with ``part_of`` the rows of a child table.

    ``about``: kinds of record that it hangs on; it shows on their pages and is seen by whoever sees them.
    ``opens_from``: from whose pages it may be opened. ``subject`` and ``columns`` name the fields that stand for a
    record in lists. ``period``: there is one record for each period, for each record it is ``about``, and with
    ``for_each`` for each person, or department, of whoever opens it. ``rows``:
    plain rows, tasks (a person, a day, an answer that is owed) or a checklist whose rows are the options of
    ``catalogue``. ``reopens``: the state a closed record goes back to. ``knowledge``: its records answer questions.
    ``shift``: its rows are the shifts of a roster. ``leave``: its records tell who stands in for whoever is on duty.
    """

    key: KindKey
    label: Label
    many: Label | None = None
    part_of: KindKey | None = None
    rows: Annotated[str, AfterValidator(choice(ROW_KINDS))] | None = None
    catalogue: Key | None = None
    about: Words = ()
    opens_from: Words = ()
    group: str = ""
    subject: Words = ()
    columns: Words = ()
    period: Annotated[str, AfterValidator(choice(PERIODS))] | None = None
    for_each: Annotated[str, AfterValidator(choice(IN_CHARGE))] | None = None
    reopens: str = ""
    calendar: CalendarView | None = None
    knowledge: KnowledgeView | None = None
    shift: ShiftView | None = None
    leave: LeaveView | None = None
    help: PackText | None = None
    offline: StrictBool = False
    was: str = ""


class FieldEntry(PackEntry):
    """``[[field]]``: a fact that the company writes on a kind of record.

    ``asked``: the steps on whose forms it stands; whoever may take one of them may write it. ``required_for``: the
    steps that need it. ``shown``: it is asked and kept only while these conditions hold. ``of``: the kind a ``record``
    or ``rows`` field means. ``copies`` freezes a fact of what the record is about with the step, ``shows`` reads it
    live. ``taken_from``: facts of the record from whose page it is opened (``kind.field``) that stand in it at first.
    ``rows_from``: where the rows of a child table come from. ``total``, ``difference``, ``product``, ``days_between``,
    ``hours_between`` and ``count`` are computed.
    """

    key: Key
    type: Annotated[str, AfterValidator(choice(FIELD_TYPES))]
    label: Label
    catalogue: str | None = None
    required_for: Words = ()
    asked: Words = ()
    shown: tuple[Condition, ...] = ()
    help: PackText | None = None
    unit: str = ""
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    least: str | None = None
    most: str | None = None
    other: StrictBool = False
    may_skip: StrictBool = False
    of: str = ""
    starts: Annotated[str, AfterValidator(choice(STARTS))] | None = None
    taken_from: Words = ()
    rows_from: RowSource | None = None
    copies: str = ""
    shows: str = ""
    total: str = ""
    difference: Words = ()
    product: Words = ()
    days_between: Words = ()
    hours_between: Words = ()
    count: str = ""
    indexed: StrictBool = False
    was: str = ""

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The field as ``record.extra`` holds it."""
        return self.key.partition(".")[2]

    @property
    def computation(self) -> tuple[str, Words] | None:
        """How the value follows from others: the operation and the names it is made of; None for what people write."""
        found: list[tuple[str, Any]] = [
            (name, getattr(self, name))
            for name in ("total", "difference", "product", "days_between", "hours_between", "count")
            if getattr(self, name)
        ]
        if not found:
            return None
        name, of = found[0]
        return name, (of,) if isinstance(of, str) else of

    def is_asked(self, verb: str, *, opens: bool) -> bool:
        """Whether it stands on the form of a step; one that names no step on those of the steps that open a record."""
        return verb in self.asked if self.asked else opens

    @property
    def is_written(self) -> bool:
        """Whether people write it, rather than the procedure or another record."""
        return self.computation is None and not self.copies and not self.shows and self.type != "note"


class BalanceEntry(PackEntry):
    """``[[balance]]``: on every record of a kind, or in every row of a child table, the parts add up to the total."""

    key: Key
    total: FieldName
    parts: Annotated[Words, Field(min_length=1)]
    label: Label | None = None


class EffectEntry(PackEntry):
    """``[[effect]]``: what a step brings about beside its own record.

    It ``opens`` a linked record of another kind with values by ``map`` (field there = field here), ``writes`` fields
    of the record it is about, or takes the step ``closes`` (``kind.verb``) on records that are tied to it, or
    ``replaces`` (``kind.verb``) on those for which it was made: the version that this one takes the place of.
    """

    key: Key
    step: str
    opens: str = ""
    writes: dict[str, str] = Field(default_factory=dict)
    closes: str = ""
    replaces: str = ""
    map: dict[str, str] = Field(default_factory=dict)
    when: tuple[Condition, ...] = ()


def _need(value: Any) -> str | int:
    """All, one, one after the other, or so many."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 50:
        return value
    return choice(NEEDS)(str(value))


class ApprovalEntry(PackEntry):
    """``[[approval]]``: records of ``kind`` wait in one ``state`` while the levels sign one after the other.

    ``from`` is the state in which it is asked for, ``approved`` and ``returned`` where it leads, ``refused`` where a
    refusal ends it. ``fills`` are fields that may be written afterwards without voiding what was signed. ``binds``: the
    states in which any other change asks everybody again; all that are not final where nothing is said. ``not_by``: who
    may not sign, the ``opener``, the ``owner`` or whom a field names. ``promises``: the field whose day or moment is
    promised once it is approved. ``again``: somebody asked at two levels signs twice.
    """

    key: Key
    kind: KindKey
    from_: Annotated[str, Field(alias="from")]
    approved: str
    returned: str
    label: Label
    state: str = "in-approval"
    refused: str = "refused"
    fills: Words = ()
    binds: Words = ()
    not_by: Words = ()
    promises: str = ""
    clause: str = ""
    again: StrictBool = False

    def verb(self, name: str) -> str:
        """The verb of one of its steps; of a second approval of a kind with the approval's own name."""
        own = self.key.rpartition(".")[2].replace("-", "_")
        return name if self.key == self.kind else f"{name}_{own}"


class ApprovalLevel(PackEntry):
    """``[[level]]``: who signs at one level of an approval, and how many of them.

    ``when``: on which records the level is asked at all. ``may``: what a signer may do beside signing. ``within``: how
    long each has. ``refusal``: whether the record goes back by it, or ends.
    """

    key: Key
    label: Label
    who: Annotated[Words, Field(min_length=1)]
    need: Annotated[str | int, PlainValidator(_need)] = "all"
    when: tuple[Condition, ...] = ()
    may: tuple[Annotated[str, AfterValidator(choice(SIGNERS_MAY))], ...] = ()
    within: Within = "2 workdays"
    refusal: Annotated[str, AfterValidator(choice(REFUSALS))] = "returns"

    @property
    def approval(self) -> str:
        """The key of the approval it belongs to."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The level's own name."""
        return self.key.rpartition(".")[2]


class Target(PackEntry):
    """``[[target]]``: a measure that shall reach at least, or stay at most, so much in each period.

    ``records`` counts the records of the kind ``of`` opened in the period (those on which the conditions ``where``
    hold), ``on-time`` is the share kept in time of the duties of the rule ``of`` that came due in it. ``source`` is
    ``pack`` where the written procedure gives no figure and the company set it.
    """

    key: Key
    label: Label
    measure: Annotated[str, AfterValidator(choice(MEASURES))]
    of: str
    where: tuple[Condition, ...] = ()
    at_least: str | None = None
    at_most: str | None = None
    every: Annotated[str, AfterValidator(choice(PERIODS))] = "month"
    owner: str = ""
    clause: str = ""
    source: Annotated[str, AfterValidator(choice(SOURCES))] = "text"

    @property
    def is_own_limit(self) -> bool:
        """Whether the company set the figure because the written procedure gives none."""
        return self.source == "pack"


class Example(PackEntry):
    """``[[example]]``: facts in, what follows out; ``packs check`` tries it."""

    key: Key
    kind: KindKey
    step: str
    facts: Annotated[dict[str, Any], BeforeValidator(_days_as_words)] = Field(default_factory=dict)
    shows: Words = ()
    hides: Words = ()
    requires: Words = ()
    refused: Words = ()
    owes: Words = ()
