"""Reporting periods: day, ISO week, month, quarter, half year, year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t

PeriodKind = Literal["day", "week", "month", "quarter", "half", "year"]
KINDS: Final[tuple[PeriodKind, ...]] = ("day", "week", "month", "quarter", "half", "year")

_ONE_DAY = timedelta(days=1)
_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_KEY = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)|Q(?P<quarter>[1-4])|H(?P<half>[12])))?"
)
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class PeriodInvalid(Invalid):
    """A period that does not exist or cannot be read."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period with its first and its last day, both included; periods of a kind sort by date."""

    kind: PeriodKind
    start: date
    end: date

    @classmethod
    def parse(cls, key: str) -> Period:
        """The period with this ``key``: 2026-11-05, 2026-W45, 2026-11, 2026-Q4, 2026-H2, 2026; raises PeriodInvalid."""
        found = _KEY.fullmatch(key)
        try:
            if found is None:
                raise ValueError(key)
            return _read(found)
        except ValueError:
            raise PeriodInvalid(
                t("没有期间「{key}」", "There is no period “{key}”.", key=key),
                t(
                    "请写 2026-11、2026-Q4、2026-H2、2026-W45 或 2026",
                    "Write 2026-11, 2026-Q4, 2026-H2, 2026-W45 or 2026.",
                ),
            ) from None

    @property
    def key(self) -> str:
        """The short name used in addresses and tables, understood by ``parse``."""
        if self.kind == "day":
            return self.start.isoformat()
        if self.kind == "week":
            year, week, _ = self.start.isocalendar()
            return f"{year:04}-W{week:02}"
        if self.kind == "month":
            return f"{self.start:%Y-%m}"
        if self.kind == "year":
            return f"{self.start:%Y}"
        return f"{self.start:%Y}-{'Q' if self.kind == 'quarter' else 'H'}{self._ordinal}"

    @property
    def label(self) -> Text:
        """The name people use: "2026年11月", "November 2026"."""
        year, month = self.start.year, self.start.month
        if self.kind == "day":
            return t(
                "{y}年{m}月{d}日",
                "{d} {name} {y}",
                y=year,
                m=month,
                d=self.start.day,
                name=_MONTH_NAMES[month - 1],
            )
        if self.kind == "week":
            iso_year, week, _ = self.start.isocalendar()
            return t("{y}年第{w}周", "Week {w}, {y}", y=iso_year, w=week)
        if self.kind == "month":
            return t("{y}年{m}月", "{name} {y}", y=year, m=month, name=_MONTH_NAMES[month - 1])
        if self.kind == "quarter":
            return t("{y}年第{n}季度", "Q{n} {y}", y=year, n=self._ordinal)
        if self.kind == "half":
            half = t("上半年", "First half of") if self._ordinal == 1 else t("下半年", "Second half of")
            return t("{y}年{half}", "{half} {y}", y=year, half=half)
        return t("{y}年", "{y}", y=year)

    @property
    def next(self) -> Period:
        """The period of the same kind that follows directly."""
        return period_of(self.kind, self.end + _ONE_DAY)

    @property
    def previous(self) -> Period:
        """The period of the same kind directly before."""
        return period_of(self.kind, self.start - _ONE_DAY)

    @property
    def a_year_earlier(self) -> Period:
        """The same period of the year before; of 29 February the 28th, of week 53 the last week."""
        if self.kind == "week":
            year, week, _ = self.start.isocalendar()
            last = date(year - 1, 12, 28).isocalendar().week
            return period_of("week", date.fromisocalendar(year - 1, min(week, last), 1))
        try:
            return period_of(self.kind, self.start.replace(year=self.start.year - 1))
        except ValueError:
            return period_of(self.kind, date(self.start.year - 1, 2, 28))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Whether ``day`` (a local date, or the date of a local moment) lies in the period."""
        if isinstance(day, datetime):
            day = day.date()
        return self.start <= day <= self.end

    def instants(self, timezone: ZoneInfo) -> tuple[datetime, datetime]:
        """From the first moment (UTC) to the first moment after it, for queries on stored moments."""
        first = datetime.combine(self.start, time(0), timezone)
        after = datetime.combine(self.end + _ONE_DAY, time(0), timezone)
        return first.astimezone(UTC), after.astimezone(UTC)

    def parts(self, kind: PeriodKind) -> tuple[Period, ...]:
        """The periods of a shorter ``kind`` that begin in this one, in order: the months of a quarter."""
        found = period_of(kind, self.start)
        if found.start < self.start:
            found = found.next
        parts = []
        while found.start <= self.end:
            parts.append(found)
            found = found.next
        return tuple(parts)

    @property
    def _ordinal(self) -> int:
        return (self.start.month - 1) // _MONTHS[self.kind] + 1

    def __str__(self) -> str:
        return self.key


def period_of(kind: str, day: date) -> Period:
    """The period of ``kind`` in which ``day`` lies; raises PeriodInvalid for an unknown kind. Weeks begin on Monday."""
    if isinstance(day, datetime):
        day = day.date()
    if kind not in KINDS:
        raise PeriodInvalid(
            t("没有期间种类「{kind}」", "There is no kind of period “{kind}”.", kind=kind),
            t("请写 {known} 之一", "Write one of {known}.", known=", ".join(KINDS)),
        )
    if kind == "day":
        return Period(kind, day, day)
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(kind, monday, monday + timedelta(days=6))
    months = _MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    beyond = date(first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    return Period(kind, first, beyond - _ONE_DAY)


def periods_between(kind: str, first: date, last: date) -> Iterator[Period]:
    """Every period of ``kind`` that holds a day from ``first`` to ``last``, in order."""
    period = period_of(kind, first)
    while period.start <= last:
        yield period
        period = period.next


def _read(found: re.Match[str]) -> Period:
    year = int(found["year"])
    if found["day"]:
        return period_of("day", date(year, int(found["month"]), int(found["day"])))
    if found["month"]:
        return period_of("month", date(year, int(found["month"]), 1))
    if found["week"]:
        return period_of("week", date.fromisocalendar(year, int(found["week"]), 1))
    if found["quarter"]:
        return period_of("quarter", date(year, int(found["quarter"]) * 3, 1))
    if found["half"]:
        return period_of("half", date(year, int(found["half"]) * 6, 1))
    return period_of("year", date(year, 1, 1))
