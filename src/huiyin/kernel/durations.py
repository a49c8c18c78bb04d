"""Deadlines as a procedure writes them: "0.5 workdays", "48h", "75%", "+1 workday"; and the due moment they give."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Literal
from zoneinfo import ZoneInfo

from huiyin.kernel.derivation import Derivation, DerivationLine, derivation_lines
from huiyin.kernel.duration_words import clamped_words, due_line, moment_line, site_moment, starting_words
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.people_time import humanise_minutes
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar

Counts = Literal["work", "elapsed"]
"""Which minutes a deadline counts: those worked, or all that pass."""


class DurationInvalid(Invalid):
    """A deadline that cannot be read, or not be used so; ``problem`` and ``remedy`` say it to the pack's author."""


class Unit(StrEnum):
    """The units a deadline may be written in."""

    WORKMINUTE = "workminute"
    WORKHOUR = "workhour"
    WORKDAY = "workday"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PERCENT = "%"


_WORK = frozenset({Unit.WORKMINUTE, Unit.WORKHOUR, Unit.WORKDAY})
_CLOCK = {Unit.MINUTE: 1, Unit.HOUR: 60}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_SHORT = {"h": Unit.HOUR, "min": Unit.MINUTE, "d": Unit.DAY, "w": Unit.WEEK, "%": Unit.PERCENT}
_WRITTEN = re.compile(r"(?P<sign>[+-]?)\s*(?P<amount>\d+(?:\.\d+)?)\s*(?P<unit>%|[a-z]+)")
_NAMES = {
    Unit.WORKMINUTE: t("{n} 工作分钟", "{n} working minutes"),
    Unit.WORKHOUR: t("{n} 个工作小时", "{n} working hours"),
    Unit.WORKDAY: t("{n} 个工作日", "{n} working days"),
    Unit.MINUTE: t("{n} 分钟", "{n} minutes"),
    Unit.HOUR: t("{n} 小时", "{n} hours"),
    Unit.DAY: t("{n} 天", "{n} days"),
    Unit.WEEK: t("{n} 周", "{n} weeks"),
    Unit.MONTH: t("{n} 个月", "{n} months"),
    Unit.QUARTER: t("{n} 个季度", "{n} quarters"),
    Unit.YEAR: t("{n} 年", "{n} years"),
    Unit.PERCENT: t("期限的 {n}%", "{n}% of the time"),
}
_MOST_MINUTES = 100 * 366 * 24 * 60
_LONGEST = {
    Unit.WORKMINUTE: 10_000_000,
    Unit.WORKHOUR: 200_000,
    Unit.WORKDAY: 25_000,
    Unit.MINUTE: _MOST_MINUTES,
    Unit.HOUR: _MOST_MINUTES // 60,
    Unit.DAY: 36_600,
    Unit.WEEK: 5_200,
    Unit.MONTH: 1_200,
    Unit.QUARTER: 400,
    Unit.YEAR: 100,
    Unit.PERCENT: 10_000,
}


@dataclass(frozen=True, slots=True)
class DueTime:
    """A due moment (UTC) with its derivation and with what is uncertain about it.

    ``timezone`` is the site's, in which the derivation speaks.
    """

    at: datetime
    derivation: Sequence[DerivationLine] = ()
    warnings: tuple[Text, ...] = ()
    timezone: ZoneInfo = field(default=ZoneInfo("Asia/Shanghai"), repr=False)

    def as_json(self, language: str, timezone: ZoneInfo | None = None) -> dict[str, Any]:
        """``due`` (site time, ISO 8601), ``derivation`` and ``warnings`` as sentences in ``language``.

        ``timezone`` changes the zone of ``due`` only; the sentences keep to the zone of the calendar.
        """
        return {
            "due": _iso(self.at.astimezone(timezone or self.timezone)),
            "derivation": [line.text.show(language) for line in self.derivation],
            "warnings": [warning.show(language) for warning in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class Duration:
    """A deadline of a procedure: ``amount`` of a ``unit``.

    ``signed`` marks one written with a sign ("+1 workday", "-2 workhours"), counted from the due moment of another.
    """

    amount: Decimal
    unit: Unit
    signed: bool = field(default=False, compare=False)

    @classmethod
    def parse(cls, written: str) -> Duration:
        """Read "0.5 workdays", "2 workhours", "48h", "2 days", "1 month", "75%", "+1 workday"; raises DurationInvalid.

        Fractions are allowed where they mean something: not in days, weeks, months, quarters and years.
        """
        found = _WRITTEN.fullmatch(written.strip().lower())
        unit = _unit(found["unit"]) if found else None
        if found is None or unit is None:
            raise DurationInvalid(
                t("看不懂的期限「{written}」", "“{written}” is no deadline.", written=written),
                t(
                    "请写成 0.5 workdays、2 workhours、48h、2 days、1 month 或 75%",
                    "Write for example 0.5 workdays, 2 workhours, 48h, 2 days, 1 month or 75%.",
                ),
            )
        amount = Decimal(found["amount"])
        _check(written, amount, unit, sign=found["sign"])
        return cls(-amount if found["sign"] == "-" else amount, unit, signed=bool(found["sign"]))

    @property
    def is_percentage(self) -> bool:
        """Whether it is a share of another deadline's span."""
        return self.unit is Unit.PERCENT

    @property
    def counts(self) -> Counts:
        """``work`` when it counts worked minutes, ``elapsed`` when it counts all."""
        return "work" if self.unit in _WORK else "elapsed"

    @property
    def on_the_clock(self) -> Duration:
        """The same counted on the clock: working hours become hours, working days days; others are as they were."""
        unit = {Unit.WORKMINUTE: Unit.MINUTE, Unit.WORKHOUR: Unit.HOUR, Unit.WORKDAY: Unit.HOUR}.get(self.unit)
        if unit is None:
            return self
        return Duration(self.amount * (24 if self.unit is Unit.WORKDAY else 1), unit, signed=self.signed)

    def work_minutes(self, calendar: WorkCalendar) -> int:
        """The working minutes it stands for; a fraction of a minute is rounded half up. ValueError for other units."""
        if self.unit not in _WORK:
            raise ValueError(f"{self} does not count working time")
        each = {Unit.WORKMINUTE: 1, Unit.WORKHOUR: 60, Unit.WORKDAY: calendar.workday_minutes()}[self.unit]
        return _whole(self.amount * each)

    def due(
        self,
        start: datetime,
        calendar: WorkCalendar,
        *,
        span: tuple[datetime, datetime] | None = None,
        counts: Counts = "elapsed",
    ) -> DueTime:
        """The due moment when the clock starts at ``start``, with its derivation.

        - Work units: the minutes are walked through the working intervals of the calendar. A fraction of a workday
          is that fraction of the nominal workday's minutes, N workdays are N times as many, walked the same way; so
          where all days have the same hours, whole workdays keep the clock time. A start outside working time begins
          with the next working interval; a walk used up at the end of an interval is due at that end.
        - Minutes and hours pass on the clock, days off included. Days and weeks keep the local clock time. Months,
          quarters and years too, and fall on the last day of a month that lacks the day.
        - A percentage is that share of ``span`` (opened, due), of its working minutes with ``counts="work"``
          (``Duration.counts`` of the deadline that gave the span), else of the time on the clock. DurationInvalid
          without a span.
        """
        if self.unit is Unit.PERCENT:
            return self._share(span, calendar, counts)
        if self.unit in _WORK:
            return self._work(start, calendar)
        return self._elapsed(start, calendar)

    def moment(
        self,
        start: datetime,
        calendar: WorkCalendar,
        *,
        span: tuple[datetime, datetime] | None = None,
        counts: Counts = "elapsed",
    ) -> datetime:
        """The moment of ``due`` (UTC) without its derivation."""
        if self.unit is Unit.PERCENT:
            opened, due = _given(self, span)
            if self.amount == 100:
                return due.astimezone(UTC)
            return (
                calendar.after_work(opened, self._part(opened, due, calendar)[1])
                if counts == "work"
                else (self._part_on_the_clock(opened, due))
            )
        if self.unit in _WORK:
            return calendar.after_work(start, self.work_minutes(calendar))
        return self._elapsed_at(start, start.astimezone(calendar.timezone))

    @property
    def label(self) -> Text:
        """What people call it: "半个工作日", "3 working days"; signed ones relative to a due moment."""
        plain = _plain_label(abs(self.amount), self.unit)
        if not self.signed:
            return plain
        if self.amount < 0:
            return t("到期前 {plain}", "{plain} before the due time", plain=plain)
        return t("到期后 {plain}", "{plain} after the due time", plain=plain)

    def __str__(self) -> str:
        """The canonical spelling; parsing it gives the same duration."""
        sign = "-" if self.amount < 0 else "+" if self.signed else ""
        number = _number(abs(self.amount))
        if self.unit is Unit.PERCENT:
            return f"{sign}{number}%"
        return f"{sign}{number} {self.unit.value}{'' if abs(self.amount) == 1 else 's'}"

    def _work(self, start: datetime, calendar: WorkCalendar) -> DueTime:
        walk = calendar.add_work(start, self.work_minutes(calendar))

        def lines() -> Iterator[DerivationLine]:
            head = starting_words(start, calendar, self)
            if self.unit is Unit.WORKDAY:
                head = t(
                    "{head} = 工时 {length}",
                    "{head} = {length} of working time",
                    head=head,
                    length=humanise_minutes(walk.minutes),
                )
            yield DerivationLine(head)
            yield from derivation_lines(walk)
            yield moment_line(walk.due, calendar) if self.signed else due_line(walk.due, calendar)

        return DueTime(walk.due, Derivation(lines), walk.warnings, calendar.timezone)

    def _elapsed(self, start: datetime, calendar: WorkCalendar) -> DueTime:
        local = start.astimezone(calendar.timezone)
        due = self._elapsed_at(start, local)

        def lines() -> Iterator[DerivationLine]:
            yield DerivationLine(
                t(
                    "{head}（连续计时，含休息日）",
                    "{head} on the clock, days off included",
                    head=starting_words(start, calendar, self),
                )
            )
            if self.unit in _MONTHS and due.astimezone(calendar.timezone).day != local.day:
                yield DerivationLine(clamped_words(local, due.astimezone(calendar.timezone)))
            yield moment_line(due, calendar) if self.signed else due_line(due, calendar)

        return DueTime(due, Derivation(lines), (), calendar.timezone)

    def day_after(self, day: date) -> date:
        """The day that lies so long after ``day`` on the calendar; ValueError for units shorter than a day."""
        if self.unit in _DAYS:
            return day + timedelta(days=int(self.amount) * _DAYS[self.unit])
        if self.unit in _MONTHS:
            return _months_later(day, int(self.amount) * _MONTHS[self.unit])
        raise ValueError(f"{self} is no number of days")

    def _elapsed_at(self, start: datetime, local: datetime) -> datetime:
        if self.unit in _CLOCK:
            return start.astimezone(UTC) + timedelta(seconds=_whole(self.amount * _CLOCK[self.unit] * 60))
        if self.unit in _DAYS:
            return (local + timedelta(days=int(self.amount) * _DAYS[self.unit])).astimezone(UTC)
        day = _months_later(local.date(), int(self.amount) * _MONTHS[self.unit])
        return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)

    def _share(self, span: tuple[datetime, datetime] | None, calendar: WorkCalendar, counts: Counts) -> DueTime:
        opened, due = _given(self, span)
        if counts == "work":
            return self._share_of_work(opened, due, calendar)
        at = due if self.amount == 100 else self._part_on_the_clock(opened, due)

        def lines() -> Iterator[DerivationLine]:
            yield DerivationLine(
                t(
                    "{opened} 至 {due} 这段时间的 {n}%",
                    "{n}% of the time from {opened} to {due}",
                    opened=site_moment(opened, calendar),
                    due=site_moment(due, calendar),
                    n=_number(self.amount),
                )
            )
            yield moment_line(at, calendar)

        return DueTime(at.astimezone(UTC), Derivation(lines), (), calendar.timezone)

    def _part(self, opened: datetime, due: datetime, calendar: WorkCalendar) -> tuple[int, int]:
        """The working minutes of the span, and the share of them."""
        whole = calendar.work_minutes_between(opened, due)
        return whole, _whole(self.amount * whole / 100)

    def _part_on_the_clock(self, opened: datetime, due: datetime) -> datetime:
        whole = Decimal((due - opened) // timedelta(seconds=1))
        return (opened + timedelta(seconds=_whole(whole * self.amount / 100))).astimezone(UTC)

    def _share_of_work(self, opened: datetime, due: datetime, calendar: WorkCalendar) -> DueTime:
        whole, part = self._part(opened, due, calendar)
        walk = calendar.add_work(opened, part)
        at = due.astimezone(UTC) if self.amount == 100 else walk.due

        def lines() -> Iterator[DerivationLine]:
            yield DerivationLine(
                t(
                    "{opened} 至 {due} 有工时 {whole}，其 {n}% 为 {part}",
                    "From {opened} to {due} {whole} are worked; {n}% of that is {part}",
                    opened=site_moment(opened, calendar),
                    due=site_moment(due, calendar),
                    whole=humanise_minutes(whole),
                    n=_number(self.amount),
                    part=humanise_minutes(part),
                )
            )
            yield from derivation_lines(walk)
            yield moment_line(at, calendar)

        return DueTime(at, Derivation(lines), walk.warnings, calendar.timezone)


def _given(share: Duration, span: tuple[datetime, datetime] | None) -> tuple[datetime, datetime]:
    if span is None:
        raise DurationInvalid(
            t("百分比 {share} 没有可参照的期限", "The percentage {share} refers to no deadline.", share=str(share)),
            t("百分比只能用于另一期限的提醒级别", "Use percentages only in the ladder of a deadline."),
        )
    return span


def _unit(written: str) -> Unit | None:
    if written in _SHORT:
        return _SHORT[written]
    singular = written.removesuffix("s")
    return Unit(singular) if singular in {unit.value for unit in Unit} and written != "s" else None


def _check(written: str, amount: Decimal, unit: Unit, *, sign: str) -> None:
    if (unit in _DAYS or unit in _MONTHS) and amount != int(amount):
        raise DurationInvalid(
            t("「{written}」不是整数", "“{written}” is not a whole number.", written=written),
            t(
                "天、周、月、季、年请写整数；零头请用小时或工作日",
                "Write whole days, weeks, months, quarters and years; use hours or workdays for fractions.",
            ),
        )
    if unit is Unit.PERCENT and sign:
        raise DurationInvalid(
            t("百分比「{written}」不能带正负号", "The percentage “{written}” cannot have a sign.", written=written),
            t("请写 75% 或 120%", "Write 75% or 120%."),
        )
    if amount > _LONGEST[unit]:
        raise DurationInvalid(
            t(
                "期限「{written}」超过一百年",
                "The deadline “{written}” is longer than a hundred years.",
                written=written,
            ),
            t("请写一个更短的期限", "Write a shorter one."),
        )


def _plain_label(amount: Decimal, unit: Unit) -> Text:
    if amount == Decimal("0.5") and unit is Unit.WORKDAY:
        return t("半个工作日", "half a working day")
    name = _NAMES[unit]
    if amount == 1 and unit is not Unit.PERCENT:
        name = Text(name.zh, name.en.removesuffix("s"))
    return name.with_values(n=_number(amount))


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds" if at.second or at.microsecond else "minutes")


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
