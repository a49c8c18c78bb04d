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
    "WEEKDAYS",
    "CalendarInvalid",
    "CompanyDay",
    "Interval",
    "WorkCalendar",
    "WorkSegment",
    "WorkSpan",
    "week_pattern",
]

_ONE_DAY = timedelta(days=1)
_YEAR = 365 * 24 * 60


@dataclass(frozen=True, slots=True)
class WorkSegment:
    """One worked stretch of a walk: on ``day`` from ``start`` to ``end`` (local), ``minutes`` long.

    ``day`` is the day the shift belongs to; ``note`` says what kind of day it is.
    """

    day: date
    start: datetime
    end: datetime
    minutes: int
    note: Text


@dataclass(frozen=True, slots=True)
class WorkSpan:
    """A length of work laid into working time: ``minutes`` from ``start`` (negative: backwards)
    end at ``due`` (UTC).
    """

    start: datetime
    minutes: int
    due: datetime
    warnings: tuple[Text, ...]
    calendar: WorkCalendar = field(repr=False, compare=False)

    @property
    def steps(self) -> tuple[WorkSegment, ...]:
        """The worked stretches in the order walked; their minutes add up to the length of the walk."""
        return self.calendar._steps(self)


@dataclass(frozen=True, slots=True)
class _Line:
    """The worked stretches of all days of some years on end, in minutes since 1970 UTC, in order, never overlapping."""

    first: int  # the years
    last: int
    opens: int  # the minutes for which the stretches are known: a year's margin keeps shifts over New Year inside
    closes: int
    starts: list[int]
    ends: list[int]
    before: list[int]  # worked minutes of the line before this stretch
    after: list[int]  # …and up to its end
    days: list[date]

    def worked_until(self, moment: int) -> int:
        """Worked minutes of the line up to ``moment``."""
        index = bisect_left(self.starts, moment) - 1
        if index < 0:
            return 0
        end = self.ends[index]
        return self.before[index] + (moment if moment < end else end) - self.starts[index]


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
        """``week`` holds the hours of Monday to Sunday;
        raises CalendarInvalid when nobody ever works or hours overlap.
        """
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
        self._compiled: _Line | None = None
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
        moment = _minute(at)
        return self._next_start(moment) <= moment

    def next_work_moment(self, at: datetime) -> datetime:
        """``at`` itself when it lies in working time, else the start of the next working interval (UTC)."""
        moment = _minute(at)
        start = self._next_start(moment)
        return at.astimezone(UTC) if start <= moment else _instant(start)

    def add_work(self, start: datetime, minutes: int) -> WorkSpan:
        """Walk ``minutes`` of working time from ``start``, backwards when negative.

        Outside working time the walk begins with the next (backwards: the last) working interval. A walk that is
        used up exactly at the end (backwards: the start) of an interval is due there, not at the next one.
        """
        due = self.after_work(start, minutes)
        known_from, known_until = self._known
        moment, end = _minute(start), _minute(due)
        unknown = min(moment, end) < known_from or max(moment, end) > known_until
        return WorkSpan(start, minutes, due, (self._unpublished(),) if unknown else (), self)

    def after_work(self, start: datetime, minutes: int) -> datetime:
        """Where the walk of ``add_work`` ends (UTC)."""
        moment = _minute(start)
        return _instant(self._backward(moment, -minutes) if minutes < 0 else self._forward(moment, minutes))

    def work_minutes_between(self, a: datetime, b: datetime) -> int:
        """The worked minutes from ``a`` to ``b``; negative when ``b`` is the earlier."""
        first, last = _minute(a), _minute(b)
        line = self._line(first, last) if first <= last else self._line(last, first)
        return line.worked_until(last) - line.worked_until(first)

    def _forward(self, moment: int, minutes: int) -> int:
        line = self._line(moment, moment)
        while True:
            index = bisect_right(line.ends, moment)
            if index < len(line.ends):
                start = line.starts[index]
                if not minutes:
                    return moment if start <= moment or (index and line.ends[index - 1] == moment) else start
                target = line.before[index] + minutes + (moment - start if moment > start else 0)
                landing = bisect_left(line.after, target, index)
                if landing < len(line.after):
                    return line.ends[landing] - (line.after[landing] - target)
            line = self._line(line.opens, line.closes + _YEAR)

    def _backward(self, moment: int, minutes: int) -> int:
        line = self._line(moment, moment)
        while True:
            target = line.worked_until(moment) - minutes
            if target >= 0:
                landing = bisect_right(line.before, target) - 1
                return line.starts[landing] + target - line.before[landing]
            line = self._line(line.opens - _YEAR, line.closes)

    def _next_start(self, moment: int) -> int:
        """Where the first stretch begins that ends after ``moment``."""
        line = self._line(moment, moment)
        while (index := bisect_right(line.ends, moment)) == len(line.ends):
            line = self._line(line.opens, line.closes + _YEAR)
        return line.starts[index]

    def _steps(self, walk: WorkSpan) -> tuple[WorkSegment, ...]:
        if not walk.minutes:
            return ()
        begin, end = sorted((_minute(walk.start), _minute(walk.due)))
        line, steps = self._line(begin, end), []
        for index in range(bisect_right(line.ends, begin), bisect_left(line.starts, end)):
            start, stop = max(line.starts[index], begin), min(line.ends[index], end)
            day = line.days[index]
            steps.append(WorkSegment(day, self._local(start), self._local(stop), stop - start, self.label(day)))
        return tuple(reversed(steps)) if walk.minutes < 0 else tuple(steps)

    # ---- compiled years

    def _line(self, begin: int, end: int) -> _Line:
        """A line that knows the minutes from ``begin`` to ``end``."""
        line = self._compiled
        if line is None or begin < line.opens or end > line.closes:
            first, last = _year_number(begin) - 1, _year_number(end) + 1
            if line is not None:
                first, last = min(first, line.first), max(last, line.last)
            # Two threads may both compile a line; either knows what was asked for.
            line = self._compiled = self._compile(first, last)
        return line

    def _compile(self, first: int, last: int) -> _Line:
        day, until = date(first, 1, 1), date(last + 1, 1, 1)
        line = _Line(
            first,
            last,
            self._midnight(day) + _YEAR // 2,
            self._midnight(until) - _YEAR // 2,
            [],
            [],
            [],
            [],
            [],
        )
        reached = max((end for _, end in self._instants(day - _ONE_DAY)), default=0)
        worked = 0
        while day < until:
            for start, end in self._instants(day):
                start = max(start, reached)  # a night shift may reach into an early shift of the next day
                if end <= start:
                    continue
                line.starts.append(start)
                line.ends.append(end)
                line.before.append(worked)
                worked += end - start
                line.after.append(worked)
                line.days.append(day)
                reached = end
            day += _ONE_DAY
        return line

    def _midnight(self, day: date) -> int:
        return _minute(datetime.combine(day, time(0), self.timezone))

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
            "只有 {first} 至 {last} 的放假安排已公布，此外的日子按每周作息和法定节日推算；公布后请重新核对期限",
            "Public holidays are published for {first} to {last} only; other days are reckoned by the week and the "
            "holidays that the law fixes. "
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
