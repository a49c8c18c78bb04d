"""Working hours as packs write them: read, written back, refused."""

from __future__ import annotations

from datetime import date, time

import pytest

from huiyin.kernel.worktime import CalendarInvalid, CompanyDay, Interval, WorkCalendar, week_pattern
from tests.kernel.calendars import (
    SHANGHAI,
    calendar,
    hours,
)


class TestWrittenHours:
    @pytest.mark.parametrize(
        ("written", "start", "end", "minutes"),
        [
            ("08:00-12:00", time(8), time(12), 240),
            (" 08:00 – 12:00", time(8), time(12), 240),
            ("08:15-12:00", time(8, 15), time(12), 225),
            ("13:30-17:45", time(13, 30), time(17, 45), 255),
            ("22:00-06:00", time(22), time(6), 480),
            ("16:00-24:00", time(16), time(0), 480),
            ("00:00-00:00", time(0), time(0), 1440),
        ],
    )
    def test_are_read(self, written: str, start: time, end: time, minutes: int) -> None:
        interval = Interval.parse(written)
        assert (interval, interval.minutes) == (Interval(start, end), minutes)

    def test_are_written_back(self) -> None:
        assert [str(each) for each in hours("08:00-12:00", "16:00-00:00")] == ["08:00-12:00", "16:00-24:00"]

    @pytest.mark.parametrize("written", ["", "8-12", "08:00", "25:00-26:00", "08:60-09:00", "08:00-12:00-13:00"])
    def test_nonsense_is_refused_with_a_remedy(self, written: str) -> None:
        with pytest.raises(CalendarInvalid) as refused:
            Interval.parse(written)
        assert refused.value.problem.show("zh") == f"看不懂的工作时段「{written}」"
        assert refused.value.remedy.show("en") == "Write 08:00-12:00, or 22:00-06:00 over night."

    @pytest.mark.parametrize(
        "day",
        [("08:00-12:00", "11:00-13:00"), ("22:00-06:00", "23:00-23:30"), ("08:00-12:00", "08:00-12:00")],
    )
    def test_overlapping_hours_are_refused(self, day: tuple[str, ...]) -> None:
        with pytest.raises(CalendarInvalid, match="overlap"):
            week_pattern({"mon": day})
        with pytest.raises(CalendarInvalid, match="overlap"):
            calendar(days={date(2026, 3, 5): CompanyDay(hours(*day))})

    def test_an_unknown_weekday_is_refused(self) -> None:
        with pytest.raises(CalendarInvalid, match="montag"):
            week_pattern({"montag": ("08:00-12:00",)})

    def test_a_week_without_work_is_refused(self) -> None:
        with pytest.raises(CalendarInvalid, match="no working time"):
            WorkCalendar(timezone=SHANGHAI, week=week_pattern({}))
