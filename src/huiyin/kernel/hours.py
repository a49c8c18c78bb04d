"""Working hours as a pack writes them: intervals of a day, the pattern of a week, a day of the company's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")


class CalendarInvalid(Invalid):
    """Working hours that cannot be meant so: malformed, overlapping, or none in the whole week."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """One stretch of work by the local clock, to the minute; an end not after the start lies on the next day.

    The whole stretch belongs to the day on which it starts. 00:00–00:00 is a day round the clock.
    """

    start: time
    end: time

    @classmethod
    def parse(cls, written: str) -> Interval:
        """``"08:00-12:00"``, ``"22:00-06:00"`` or ``"16:00-24:00"``; raises CalendarInvalid."""
        found = _CLOCK.fullmatch(written.strip().replace(" ", "").replace("–", "-"))
        if found is None:
            raise CalendarInvalid(
                t("看不懂的工作时段「{written}」", "“{written}” is no working interval.", written=written),
                t(
                    "请写成 08:00-12:00；跨夜写成 22:00-06:00",
                    "Write 08:00-12:00, or 22:00-06:00 over night.",
                ),
            )
        hour, minute, end_hour, end_minute = (int(part) if part else 0 for part in found.groups())
        return cls(time(hour, minute), time(end_hour, end_minute))

    @property
    def past_midnight(self) -> bool:
        """Whether the interval ends on the day after it started."""
        return self.end <= self.start

    @property
    def minutes(self) -> int:
        """Length by the clock, leaving changes of the clock aside."""
        length = _minutes_of_day(self.end) - _minutes_of_day(self.start)
        return length if length > 0 else length + 24 * 60

    def __str__(self) -> str:
        end = "24:00" if self.end == time(0) else f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}-{end}"


@dataclass(frozen=True, slots=True)
class CompanyDay:
    """What the company ordains for one day; overrides holidays and week.

    ``hours`` empty: nobody works; ``None``: work as on a made-up day (the first working day's hours of the week).
    """

    hours: tuple[Interval, ...] | None = None
    label: Text | None = None


def week_pattern(hours: Mapping[str, Iterable[str]]) -> tuple[tuple[Interval, ...], ...]:
    """Monday to Sunday from a pack's table ``mon=["08:00-12:00", …]``; a weekday not named is free.

    Raises CalendarInvalid for a malformed interval or an unknown weekday.
    """
    unknown = sorted(set(hours) - set(WEEKDAYS))
    if unknown:
        raise CalendarInvalid(
            t("没有名为「{day}」的星期", "There is no weekday “{day}”.", day=unknown[0]),
            t("请写 {known}", "Write one of {known}.", known=", ".join(WEEKDAYS)),
        )
    return tuple(ordered([Interval.parse(each) for each in hours.get(day, ())]) for day in WEEKDAYS)


def ordered(hours: Iterable[Interval]) -> tuple[Interval, ...]:
    """The intervals of one day in order; raises CalendarInvalid when they overlap."""
    ordered = tuple(sorted(hours))
    reached = 0
    for interval in ordered:
        begin = _minutes_of_day(interval.start)
        if begin < reached:
            raise CalendarInvalid(
                t(
                    "工作时段 {hours} 互相重叠",
                    "The hours {hours} overlap.",
                    hours=", ".join(map(str, ordered)),
                ),
                t(
                    "请让后一段在前一段结束之后开始",
                    "Let each interval start after the one before has ended.",
                ),
            )
        reached = begin + interval.minutes
    return ordered


def ordered_day(own: CompanyDay) -> CompanyDay:
    """The company's day with its hours in order; raises CalendarInvalid when they overlap."""
    return own if own.hours is None else CompanyDay(ordered(own.hours), own.label)


def usual_length(week: Sequence[Sequence[Interval]]) -> int:
    """The most frequent length in minutes among the working days of a week, the longer one on a tie."""
    lengths = Counter(sum(interval.minutes for interval in hours) for hours in week if hours)
    return max(lengths, key=lambda length: (lengths[length], length))


def _minutes_of_day(clock: time) -> int:
    return clock.hour * 60 + clock.minute
