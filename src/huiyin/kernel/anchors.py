"""The day of a period on which something is owed: "friday", "last workday", "december", 15."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.periods import Period, PeriodKind
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
EDGES: Final = ("first workday", "last workday", "last day")
_WEEKDAYS_ZH: Final = "一二三四五六日"
_DAY_NUMBER: Final = re.compile(r"[1-9]\d?")
_ONE_DAY = timedelta(days=1)


class AnchorInvalid(Invalid):
    """Words that name no day of a period; ``problem`` and ``remedy`` say it to the pack's author."""


@dataclass(frozen=True, slots=True)
class PeriodDay:
    """A day that every period of a kind has; ``written`` is one of the words above or the number of a day."""

    written: str

    @classmethod
    def parse(cls, written: str) -> PeriodDay:
        """Read ``friday``, ``first workday``, ``last workday``, ``last day``, ``december``, ``15``; AnchorInvalid."""
        word = " ".join(written.lower().split())
        number = _DAY_NUMBER.fullmatch(word)
        if word in WEEKDAYS or word in MONTHS or word in EDGES or (number and int(word) <= 31):
            return cls(word)
        raise AnchorInvalid(
            t("「{written}」不是期间里的某一天", "“{written}” is no day of a period.", written=written),
            t(
                "请写 friday、first workday、last workday、last day、december 或 1 至 31 的数字",
                "Write friday, first workday, last workday, last day, december, or a number from 1 to 31.",
            ),
        )

    def fits(self, kind: PeriodKind) -> bool:
        """Whether every period of ``kind`` has such a day: a week its Friday, a year its December."""
        if self.written in WEEKDAYS:
            return kind == "week"
        if self.written in MONTHS:
            return kind == "year"
        return kind not in ("day", "week") if self.written.isdigit() else kind != "day"

    def day_in(self, period: Period, calendar: WorkCalendar) -> date:
        """The day in ``period``. A number counts the days of its first month, of a shorter month its last; the first
        of the month that is named. Where nobody works all period long, its first or its last day.
        """
        if self.written in WEEKDAYS:
            return period.start + timedelta(days=WEEKDAYS.index(self.written))
        if self.written in MONTHS:
            return date(period.start.year, MONTHS.index(self.written) + 1, 1)
        if self.written.isdigit():
            after = (period.start.replace(day=1) + timedelta(days=32)).replace(day=1)
            return min(period.start + timedelta(days=int(self.written) - 1), after - _ONE_DAY)
        if self.written == "last day":
            return period.end
        backwards = self.written == "last workday"
        days = (day for day in _days(period, backwards=backwards) if calendar.is_workday(day))
        return next(days, period.end if backwards else period.start)

    def moment_in(self, period: Period, calendar: WorkCalendar) -> datetime:
        """The first moment of that day at the site."""
        return datetime.combine(self.day_in(period, calendar), time(0), calendar.timezone)

    @property
    def label(self) -> Text:
        """What people call it."""
        word = self.written
        if word in WEEKDAYS:
            return t("周{day}", "{name}", day=_WEEKDAYS_ZH[WEEKDAYS.index(word)], name=word.capitalize())
        if word in MONTHS:
            return t("{n}月", "{name}", n=MONTHS.index(word) + 1, name=word.capitalize())
        if word.isdigit():
            return t("{n}日", "day {n}", n=word)
        return {
            "first workday": t("第一个工作日", "the first working day"),
            "last workday": t("最后一个工作日", "the last working day"),
            "last day": t("最后一天", "the last day"),
        }[word]


def _days(period: Period, *, backwards: bool) -> Iterator[date]:
    day, step = (period.end, -_ONE_DAY) if backwards else (period.start, _ONE_DAY)
    while period.contains(day):
        yield day
        day += step
