"""The calendars the kernel's tests reckon with, and how the tests write moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from huiyin.kernel.holidays import NO_HOLIDAYS, HolidayTable, china
from huiyin.kernel.worktime import WEEKDAYS, CompanyDay, Interval, WorkCalendar, week_pattern

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
ADELAIDE = ZoneInfo("Australia/Adelaide")

OFFICE_DAY = ("08:00-12:00", "13:30-17:30")
OFFICE_WEEK = dict.fromkeys(WEEKDAYS[:5], OFFICE_DAY)
NIGHT_WEEK = dict.fromkeys(WEEKDAYS[:5], ("22:00-06:00",))
ROUND_THE_CLOCK = dict.fromkeys(WEEKDAYS, ("00:00-24:00",))

PROPERTY = settings(max_examples=60, deadline=None, database=None, derandomize=True)
"""Modest and repeatable: the same examples in every run."""


def calendar(
    week: Mapping[str, tuple[str, ...]] | None = None,
    *,
    timezone: ZoneInfo = SHANGHAI,
    holidays: HolidayTable | None = None,
    days: dict[date, CompanyDay] | None = None,
) -> WorkCalendar:
    """The base calendar (Monday to Friday 08:00–12:00 and 13:30–17:30, Shanghai, Chinese holidays) or a variation."""
    return WorkCalendar(
        timezone=timezone,
        week=week_pattern(week or OFFICE_WEEK),
        holidays=china() if holidays is None else holidays,
        days=days,
    )


def at(written: str, timezone: ZoneInfo = SHANGHAI) -> datetime:
    """A moment written by the local clock: "2026-02-13 16:30"."""
    return datetime.fromisoformat(written).replace(tzinfo=timezone).astimezone(UTC)


def clock(moment: datetime, timezone: ZoneInfo = SHANGHAI) -> str:
    """A moment read off the local clock, as ``at`` writes it."""
    return f"{moment.astimezone(timezone):%Y-%m-%d %H:%M}"


def hours(*written: str) -> tuple[Interval, ...]:
    """Intervals as a pack writes them."""
    return tuple(Interval.parse(each) for each in written)


CALENDARS = {
    "office": calendar(),
    "no holidays": calendar(holidays=NO_HOLIDAYS),
    "night": calendar(NIGHT_WEEK),
    "three shifts": calendar(ROUND_THE_CLOCK),
    "short Saturday": calendar({**OFFICE_WEEK, "sat": ("09:00-12:00",)}),
    "Monday free": calendar(dict.fromkeys(WEEKDAYS[1:6], ("10:00-20:00",))),
    "night into early shift": calendar(dict.fromkeys(WEEKDAYS, ("05:00-09:00", "21:30-06:15"))),
    "New York": calendar(NIGHT_WEEK, timezone=NEW_YORK, holidays=NO_HOLIDAYS),
    "Adelaide": calendar(timezone=ADELAIDE, holidays=NO_HOLIDAYS),
    "stock-taking": calendar(
        days={
            date(2026, 12, 31): CompanyDay(hours("08:00-12:00")),
            date(2026, 12, 30): CompanyDay(()),
            date(2027, 1, 2): CompanyDay(None),
        }
    ),
}

calendars = st.sampled_from(list(CALENDARS.values()))
moments = st.integers(0, 457 * 86_400).map(
    lambda seconds: datetime(2025, 11, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
lengths = st.integers(0, 6000)
