"""Targets: what a period's figure says of the limit that a procedure sets, as pure values. ``measuring`` measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction

from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.procedure.kind_entries import Target
from huiyin.procedure.schema import Procedure
from huiyin.review.evidence import DutyCounts

PERIODS: Mapping[str, Text] = {
    "day": t("天", "day"),
    "week": t("周", "week"),
    "month": t("月", "month"),
    "quarter": t("季", "quarter"),
    "half": t("半年", "half year"),
    "year": t("年", "year"),
}
LATE_IN_THE_PERIOD = Fraction(3, 4)
"""A count is endangered when so much of the period's working time is gone and a smaller share of it is reached."""


class Standing(StrEnum):
    """How a target stands in one of its periods."""

    MET = "met"
    SO_FAR = "so-far"
    NOT_YET = "not-yet"
    ENDANGERED = "endangered"
    MISSED = "missed"
    PARTLY = "partly"
    NOTHING = "nothing"
    NOT_IN_FORCE = "not-in-force"

    @property
    def label(self) -> Text:
        """In a word or two."""
        return _WORDS[self][0]

    @property
    def tone(self) -> str:
        """The colour beside the word."""
        return _WORDS[self][1]


_WORDS: Mapping[Standing, tuple[Text, str]] = {
    Standing.MET: (t("达成", "Met"), "good"),
    Standing.SO_FAR: (t("目前达标", "Met so far"), "good"),
    Standing.NOT_YET: (t("尚未达成", "Not yet met"), "neutral"),
    Standing.ENDANGERED: (t("有风险", "Endangered"), "warn"),
    Standing.MISSED: (t("未达成", "Missed"), "bad"),
    Standing.PARTLY: (t("不满一期", "Not a whole period"), "neutral"),
    Standing.NOTHING: (t("无可计", "Nothing to judge"), "neutral"),
    Standing.NOT_IN_FORCE: (t("未施行", "Not in force"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured in a period: how many records, or how the duties that came due in it stood."""

    count: int = 0
    kept: DutyCounts | None = None

    @property
    def value(self) -> Decimal | None:
        """The number that is held against the limit: a count, or per cent kept in time; None when nothing came due."""
        if self.kept is None:
            return Decimal(self.count)
        return Decimal(self.kept.kept * 100) / self.kept.judged if self.kept.judged else None

    @property
    def written(self) -> str:
        """The number as people read it. A share is cut, not rounded: 94.99 % do not read as 95 %."""
        if self.value is None:
            return "—"
        if self.kept is None:
            return str(self.count)
        return f"{self.value.quantize(Decimal('0.1'), ROUND_DOWN).normalize():f}%"


@dataclass(frozen=True, slots=True)
class TargetTurn:
    """A target in one of its periods: the version whose limit holds (the newest that had it, where none was in force),
    what was measured, how it stands.
    """

    target: Target
    version: int
    procedure: Procedure
    period: Period
    figure: Figure
    standing: Standing

    @property
    def number(self) -> str:
        """By what it is known in addresses and in the journal: ``2026-11/visits``."""
        return f"{self.period.key}/{self.target.key}"

    @property
    def limit(self) -> Text:
        """The limit in words: at least 12."""
        return limit_of(self.target)


def limit_of(target: Target) -> Text:
    """What a target asks for: at least 12, at most 3."""
    least, most = target.at_least, target.at_most
    bounds = [t("至少 {n}", "at least {n}", n=least)] if least is not None else []
    bounds += [t("至多 {n}", "at most {n}", n=most)] if most is not None else []
    return Text("，".join(each.show("zh") for each in bounds), ", ".join(each.show("en") for each in bounds))


def said_of(procedure: Procedure, target: Target) -> Text:
    """What a target measures, how much of it and in which period."""
    if target.measure == "on-time":
        what = t("“{rule}”的按时率", "kept in time: {rule}", rule=procedure.rule(target.of).label)
    else:
        kind = procedure.vocabulary.kinds[target.of].label
        what = t("“{kind}”的数量", "number of records: {kind}", kind=kind)
    return t(
        "{what}：每{period}{limit}",
        "{what}, each {period} {limit}",
        what=what,
        period=PERIODS[target.every],
        limit=limit_of(target),
    )


@dataclass(frozen=True, slots=True)
class TurnMoment:
    """When a turn is looked at: whether its period is over, whether the target was in force from its first moment,
    whether anybody works in it at all, and how much of its working time is gone.
    """

    is_over: bool
    is_whole: bool
    has_work: bool
    gone: Fraction


def standing_of(target: Target, figure: Figure, moment: TurnMoment) -> Standing:
    """How a figure stands against the target's limit.

    A count that is reached or passed stays so; a share may still change until its period is over. A count that began
    after its period did is not called missed, nor is a count of a period in which nobody works, such as a Sunday.
    """
    value = figure.value
    if value is None:
        return Standing.NOTHING
    least, most = bound(target.at_least), bound(target.at_most)
    is_short, is_passed = least is not None and value < least, most is not None and value > most
    is_count = target.measure == "records"
    if is_passed and (is_count or moment.is_over):
        return Standing.MISSED
    if is_count and is_short and not moment.has_work:
        return Standing.NOTHING
    if moment.is_over:
        if not is_short:
            return Standing.MET
        return Standing.MISSED if moment.is_whole or not is_count else Standing.PARTLY
    if not is_count:
        return Standing.ENDANGERED if is_short or is_passed else Standing.SO_FAR
    if not is_short:
        return Standing.MET if most is None else Standing.SO_FAR
    assert least is not None, "a count is short of a limit"
    is_behind = moment.gone >= LATE_IN_THE_PERIOD and value < least * 3 / 4
    return Standing.ENDANGERED if is_behind and moment.is_whole else Standing.NOT_YET


def bound(written: str | None) -> Decimal | None:
    """A limit as a number: ``"95%"`` is 95."""
    return Decimal(written.removesuffix("%")) if written is not None else None


def is_running(period: Period, procedure: Procedure, at: datetime) -> bool:
    """Whether a period is not over yet."""
    return at < period.instants(procedure.zone)[1]
