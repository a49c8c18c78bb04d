"""The day of a period on which something is owed."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.anchors import AnchorInvalid, PeriodDay
from huiyin.kernel.holidays import holiday_table
from huiyin.kernel.hours import week_pattern
from huiyin.kernel.periods import Period
from huiyin.kernel.worktime import WorkCalendar

CALENDAR = WorkCalendar(
    timezone=ZoneInfo("Asia/Shanghai"),
    week=week_pattern({day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}),
    holidays=holiday_table("CN"),
)


@pytest.mark.parametrize(
    ("written", "period", "day"),
    [
        ("friday", "2026-W48", "2026-11-27"),
        ("last workday", "2026-11", "2026-11-30"),
        ("last workday", "2026-10", "2026-10-30"),
        ("First  Workday", "2026-10", "2026-10-08"),
        ("last day", "2026-Q1", "2026-03-31"),
        ("december", "2026", "2026-12-01"),
        ("31", "2027-02", "2027-02-28"),
        ("15", "2026-Q4", "2026-10-15"),
    ],
)
def test_a_day_of_a_period(written: str, period: str, day: str) -> None:
    found, where = PeriodDay.parse(written), Period.parse(period)
    assert found.fits(where.kind)
    assert found.day_in(where, CALENDAR) == date.fromisoformat(day)


@pytest.mark.parametrize("written", ["", "fri", "0", "32", "last", "first workday of May"])
def test_what_is_no_day_of_a_period(written: str) -> None:
    with pytest.raises(AnchorInvalid):
        PeriodDay.parse(written)


def test_not_every_period_has_every_day() -> None:
    assert not PeriodDay.parse("friday").fits("month")
    assert not PeriodDay.parse("december").fits("quarter")
    assert not PeriodDay.parse("3").fits("week")
