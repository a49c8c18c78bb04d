"""Working time: which minutes of which days are worked, and how a length of work is walked through them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from huiyin.kernel.holidays import NO_HOLIDAYS, HolidayTable
from huiyin.kernel.hours import (
    WEEKDAYS,
    CalendarInvalid,
    CompanyDay,
    Interval,
    ordered,
    ordered_day,
    usual_length,
    week_pattern,
)
from huiyin.kernel.text import Text, t

__all__ = [
    "WEEKDAYS", "CalendarInvalid", "CompanyDay", "Interval", "Walk", "WalkStep", "WorkCalendar", "week_pattern",
]  # fmt: skip

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One worked stretch of a walk: on ``day`` from ``start`` to ``end`` (local), ``minutes`` long.

    ``day`` is the day the shift belongs to; ``note`` says what kind of day it is.
    """

    day: date
    start: datetime
    end: datetime
    minutes: int
    note: Text


@dataclass(frozen=True, slots=True)
class Walk:
    """A length of work laid into working time: ``minutes`` from ``start`` (negative: backwards) end at ``due`` (UTC)."""

    start: datetime
    minutes: int
    due: datetime
    warnings: tuple[Text, ...]
    calendar: WorkCalendar = field(repr=False, compare=False)

    @property
    def steps(self) -> tuple[WalkStep, ...]:
        """The worked stretches in the order walked; their minutes add up to the length of the walk."""
        return self.calendar._steps(self)


@dataclass(frozen=True, slots=True)
class _Year:
    """The worked stretches of all days of one local year, in minutes since 1970 UTC, in order, never overlapping."""

    starts: list[int]
    ends: list[int]
    before: list[int]  # worked minutes of the year before this stretch
    after: list[int]  # …and up to its end
    days: list[date]

    @property
    def total(self) -> int:
        return self.after[-1] if self.after else 0

    def worked_until(self, moment: int) -> int:
        """Worked minutes of this year up to ``moment``."""
        index = bisect_left(self.starts, moment) - 1
        return self.before[index] + min(moment, self.ends[index]) - self.starts[index] if index >= 0 else 0


class WorkCalendar:
    """The working time of a company or of one of its departments; immutable.

    A day's hours come from the first of these that speaks about it: the company's (or department's) own ``days``,
    the public ``holidays`` (none on a holiday; on a made-up day those of ``make_up_hours``), the ``week``.
    Hours are wall-clock intervals in ``timezone``; a wall-clock time that the change to winter time repeats means its
    first occurrence. All reckoning is done on UTC instants and counts real minutes. The unit is the whole minute:
    the minute in which something starts counts as begun, so seconds of a start are dropped.
    """

    def __init__(
        self,
        *,
        timezone: ZoneInfo,
        week: Sequence[Sequence[Interval]],
        holidays: HolidayTable = NO_HOLIDAYS,
        days: Mapping[date, CompanyDay] | None = None,
    ) -> None:
        """``week`` holds the hours of Monday to Sunday; raises CalendarInvalid when nobody ever works or hours overlap."""
        self.timezone = timezone
        self.week = tuple(ordered(hours) for hours in week)
        self.holidays = holidays
        self.days: Mapping[date, CompanyDay] = MappingProxyType(
            {day: ordered_day(own) for day, own in (days or {}).items()}
        )
        if len(self.week) != 7 or not any(self.week):
            raise CalendarInvalid(
                t("一周内没有任何工作时间", "The week has no working time at all."),
                t("请至少给一天写上工作时段", "Give at least one weekday its hours."),
            )
        self._workday_minutes = usual_length(self.week)
        self._years: dict[int, _Year] = {}
        self._known = _known_minutes(holidays, timezone)

    def for_department(
        self,
        *,
        week: Sequence[Sequence[Interval]] | None = None,
        days: Mapping[date, CompanyDay] | None = None,
        holidays: HolidayTable | None = None,
    ) -> WorkCalendar:
        """The calendar of a department: what is given replaces the company's; single days are laid over its days."""
        return WorkCalendar(
            timezone=self.timezone,
            week=self.week if week is None else week,
            holidays=self.holidays if holidays is None else holidays,
            days={**self.days, **(days or {})},
        )

    # ---- days

    @property
    def known_until(self) -> date:
        """The last day of the last year whose holidays are published; walks past it carry a warning."""
        return self.holidays.known_until

    @property
    def make_up_hours(self) -> tuple[Interval, ...]:
        """The hours of a made-up working day: Monday's, or the week's first working day's when Monday is free."""
        return next(hours for hours in self.week if hours)

    def workday_minutes(self) -> int:
        """The nominal length of one workday: the most frequent length in the week, the longer one on a tie."""
        return self._workday_minutes

    def end_of_work(self, day: date) -> datetime:
        """When work ends on ``day``, in UTC; the end of the day itself where nobody works."""
        hours = self.hours(day)
        last = hours[-1] if hours else Interval(time(0), time(23, 59))
        ends_on = day if last.end > last.start else day + timedelta(days=1)
        return datetime.combine(ends_on, last.end, self.timezone).astimezone(UTC)

    def hours(self, day: date) -> tuple[Interval, ...]:
        """The working intervals that start on ``day``, in order; empty when nobody works."""
        own = self.days.get(day)
        if own is not None:
            return self.make_up_hours if own.hours is None else own.hours
        public = self.holidays.get(day)
        if public is not None:
            return self.make_up_hours if public.works else ()
        return self.week[day.weekday()]

    def is_workday(self, day: date) -> bool:
        """Whether any work starts on ``day``."""
        return bool(self.hours(day))

    def label(self, day: date) -> Text:
        """What kind of day it is: working day, weekend, 国庆节放假, make-up working day, or the company's own word."""
        return self._special(day) or self._plain(day)

    def is_special(self, day: date) -> bool:
        """Whether the day departs from the week: a public holiday, a made-up day, a day of the company's own."""
        return self._special(day) is not None

    def _special(self, day: date) -> Text | None:
        own = self.days.get(day)
        if own is not None:
            if own.label is not None:
                return own.label
            working = own.hours is None or own.hours
            return t("公司安排上班", "company working day") if working else t("公司放假", "company day off")
        public = self.holidays.get(day)
        return public.label if public is not None else None

    def _plain(self, day: date) -> Text:
        if self.week[day.weekday()]:
            return t("工作日", "working day")
        return t("周末休息", "weekend") if day.weekday() >= 5 else t("休息日", "day off")

    # ---- moments

    def is_work_time(self, at: datetime) -> bool:
        """Whether ``at`` lies in a working interval; the end of an interval no longer does."""
        year, index = self._next_stretch(_minute(at))
        return year.starts[index] <= _minute(at)

    def next_work_moment(self, at: datetime) -> datetime:
        """``at`` itself when it lies in working time, else the start of the next working interval (UTC)."""
        year, index = self._next_stretch(_minute(at))
        start = year.starts[index]
        return at.astimezone(UTC) if start <= _minute(at) else _instant(start)

    def add_work(self, start: datetime, minutes: int) -> Walk:
        """Walk ``minutes`` of working time from ``start``, backwards when negative.

        Outside working time the walk begins with the next (backwards: the last) working interval. A walk that is
        used up exactly at the end (backwards: the start) of an interval is due there, not at the next one.
        """
        moment = _minute(start)
        due = self._backward(moment, -minutes) if minutes < 0 else self._forward(moment, minutes)
        known_from, known_until = self._known
        unknown = min(moment, due) < known_from or max(moment, due) > known_until
        return Walk(start, minutes, _instant(due), (self._unpublished(),) if unknown else (), self)

    def work_minutes_between(self, a: datetime, b: datetime) -> int:
        """The worked minutes from ``a`` to ``b``; negative when ``b`` is the earlier."""
        first, last = _minute(a), _minute(b)
        years = range(min(a, b).year - 1, max(a, b).year + 2)
        blocks = [self._year(year) for year in years]
        return sum(block.worked_until(last) - block.worked_until(first) for block in blocks)

    def _forward(self, moment: int, minutes: int) -> int:
        number = _year_number(moment) - 1
        while True:
            year = self._year(number)
            index = bisect_right(year.ends, moment)
            if index < len(year.ends):
                start = year.starts[index]
                if not minutes:
                    return moment if start <= moment or self._ends_at(moment) else start
                target = year.before[index] + max(moment - start, 0) + minutes
                if target <= year.total:
                    landing = bisect_left(year.after, target)
                    return year.ends[landing] - (year.after[landing] - target)
                minutes = target - year.total
                moment = year.ends[-1]
            number += 1

    def _backward(self, moment: int, minutes: int) -> int:
        number = _year_number(moment) + 1
        while True:
            year = self._year(number)
            if year.starts and year.starts[0] < moment:
                target = year.worked_until(moment) - minutes
                if target >= 0:
                    landing = bisect_right(year.before, target) - 1
                    return year.starts[landing] + target - year.before[landing]
                minutes = -target
                moment = year.starts[0]
            number -= 1

    def _next_stretch(self, moment: int) -> tuple[_Year, int]:
        """The first stretch that ends after ``moment``."""
        number = _year_number(moment) - 1
        while True:
            year = self._year(number)
            index = bisect_right(year.ends, moment)
            if index < len(year.ends):
                return year, index
            number += 1

    def _ends_at(self, moment: int) -> bool:
        number = _year_number(moment)
        for year in (self._year(number - 1), self._year(number)):
            index = bisect_left(year.ends, moment)
            if index < len(year.ends) and year.ends[index] == moment:
                return True
        return False

    def _steps(self, walk: Walk) -> tuple[WalkStep, ...]:
        if not walk.minutes:
            return ()
        begin, end = sorted((_minute(walk.start), _minute(walk.due)))
        steps = []
        for number in range(_year_number(begin) - 1, _year_number(end) + 2):
            year = self._year(number)
            for index in range(bisect_right(year.ends, begin), bisect_left(year.starts, end)):
                start, stop = max(year.starts[index], begin), min(year.ends[index], end)
                day = year.days[index]
                steps.append(
                    WalkStep(day, self._local(start), self._local(stop), stop - start, self.label(day))
                )
        return tuple(reversed(steps)) if walk.minutes < 0 else tuple(steps)

    # ---- compiled years

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            # Two threads may both compile a year; they come to the same result.
            year = self._years[number] = self._compile(number)
        return year

    def _compile(self, number: int) -> _Year:
        year = _Year([], [], [], [], [])
        eve = date(number, 1, 1) - _ONE_DAY
        reached = max((end for _, end in self._instants(eve)), default=0)
        worked, day = 0, date(number, 1, 1)
        while day.year == number:
            for start, end in self._instants(day):
                start = max(start, reached)  # a night shift may reach into an early shift of the next day
                if end <= start:
                    continue
                year.starts.append(start)
                year.ends.append(end)
                year.before.append(worked)
                worked += end - start
                year.after.append(worked)
                year.days.append(day)
                reached = end
            day += _ONE_DAY
        return year

    def _instants(self, day: date) -> Iterable[tuple[int, int]]:
        for interval in self.hours(day):
            ends_on = day + _ONE_DAY if interval.past_midnight else day
            yield (
                _minute(datetime.combine(day, interval.start, self.timezone)),
                _minute(datetime.combine(ends_on, interval.end, self.timezone)),
            )

    def _local(self, moment: int) -> datetime:
        return _instant(moment).astimezone(self.timezone)

    def _unpublished(self) -> Text:
        return t(
            "只有 {first} 至 {last} 的放假安排已公布，此外的日子按每周作息推算；公布后请重新核对期限",
            "Public holidays are published for {first} to {last} only; other days are reckoned by the week. "
            "Check the due time again when they are published.",
            first=self.holidays.known_from.isoformat(),
            last=self.holidays.known_until.isoformat(),
        )


def _known_minutes(table: HolidayTable, zone: ZoneInfo) -> tuple[float, float]:
    """The first minute known and the first no longer known, local midnight to local midnight."""
    first, last = float("-inf"), float("inf")
    if table.known_from > date.min:
        first = _minute(datetime.combine(table.known_from, time(0), zone))
    if table.known_until < date.max:
        last = _minute(datetime.combine(table.known_until + _ONE_DAY, time(0), zone))
    return first, last


def _minute(at: datetime) -> int:
    """Whole minutes since 1970 UTC; ``at`` must be aware."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return int(at.timestamp() // 60)


def _instant(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


def _year_number(minute: int) -> int:
    return _instant(minute).year
