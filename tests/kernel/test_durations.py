"""Deadlines: how they are read, the due moments they give, and the derivations that explain them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.durations import DueTime, Duration, DurationInvalid, Unit
from huiyin.kernel.holidays import NO_HOLIDAYS
from huiyin.kernel.worktime import CompanyDay, WorkCalendar
from tests.kernel.calendars import (
    CALENDARS,
    NEW_YORK,
    PROPERTY,
    at,
    calendar,
    calendars,
    clock,
    hours,
    moments,
)

OFFICE = CALENDARS["office"]


def due(written: str, start: str, cal: WorkCalendar = OFFICE) -> str:
    return clock(Duration.parse(written).due(at(start), cal).at)


def told(due: DueTime, language: str = "zh") -> list[str]:
    return [line.text.show(language) for line in due.derivation]


class TestReading:
    @pytest.mark.parametrize(
        ("written", "amount", "unit", "spelled"),
        [
            ("0.5 workdays", "0.5", Unit.WORKDAY, "0.5 workdays"),
            ("3 workdays", "3", Unit.WORKDAY, "3 workdays"),
            ("1 workday", "1", Unit.WORKDAY, "1 workday"),
            ("2 workhours", "2", Unit.WORKHOUR, "2 workhours"),
            ("30 workminutes", "30", Unit.WORKMINUTE, "30 workminutes"),
            ("48h", "48", Unit.HOUR, "48 hours"),
            ("48 hours", "48", Unit.HOUR, "48 hours"),
            ("1.5h", "1.5", Unit.HOUR, "1.5 hours"),
            ("20min", "20", Unit.MINUTE, "20 minutes"),
            ("2 days", "2", Unit.DAY, "2 days"),
            ("2 weeks", "2", Unit.WEEK, "2 weeks"),
            ("1 month", "1", Unit.MONTH, "1 month"),
            ("1 quarter", "1", Unit.QUARTER, "1 quarter"),
            ("1 year", "1", Unit.YEAR, "1 year"),
            ("75%", "75", Unit.PERCENT, "75%"),
            ("+1 workday", "1", Unit.WORKDAY, "+1 workday"),
            ("-2 workhours", "-2", Unit.WORKHOUR, "-2 workhours"),
            (" - 2 WorkHours ", "-2", Unit.WORKHOUR, "-2 workhours"),
            ("100 days", "100", Unit.DAY, "100 days"),
        ],
    )
    def test_every_form_of_the_packs(self, written: str, amount: str, unit: Unit, spelled: str) -> None:
        read = Duration.parse(written)
        assert (read.amount, read.unit, str(read)) == (Decimal(amount), unit, spelled)
        assert Duration.parse(str(read)) == read

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "soon",
            "3",
            "workdays",
            "1 fortnight",
            "1,5 h",
            "3 workdays please",
            "s",
            "1 s",
            "1e3 h",
            "½ workday",
        ],
    )
    def test_nonsense_is_refused_with_a_remedy(self, written: str) -> None:
        with pytest.raises(DurationInvalid) as refused:
            Duration.parse(written)
        assert refused.value.problem.show("zh") == f"看不懂的期限「{written}」"
        assert refused.value.problem.show("en") == f"“{written}” is no deadline."
        assert refused.value.remedy.show("zh") == ("请写成 0.5 workdays、2 workhours、48h、2 days、1 month 或 75%")

    @pytest.mark.parametrize("written", ["0.5 days", "1.5 weeks", "2.5 months", "0.5 quarters", "1.5 years"])
    def test_fractions_of_calendar_units_are_refused(self, written: str) -> None:
        with pytest.raises(DurationInvalid, match="not a whole number"):
            Duration.parse(written)

    @pytest.mark.parametrize("written", ["+75%", "-5%"])
    def test_a_percentage_has_no_sign(self, written: str) -> None:
        with pytest.raises(DurationInvalid, match="cannot have a sign"):
            Duration.parse(written)

    @pytest.mark.parametrize(
        ("most", "unit"),
        [
            (100, "years"),
            (400, "quarters"),
            (1_200, "months"),
            (5_200, "weeks"),
            (36_600, "days"),
            (36_600 * 24, "h"),
            (36_600 * 24 * 60, "min"),
            (25_000, "workdays"),
            (200_000, "workhours"),
            (10_000_000, "workminutes"),
            (10_000, "%"),
        ],
    )
    def test_more_than_a_century_is_refused(self, most: int, unit: str) -> None:
        assert Duration.parse(f"{most} {unit}").amount == most
        with pytest.raises(DurationInvalid, match="hundred years"):
            Duration.parse(f"{most + 1} {unit}")

    @pytest.mark.parametrize(
        ("written", "zh", "en"),
        [
            ("0.5 workdays", "半个工作日", "half a working day"),
            ("3 workdays", "3 个工作日", "3 working days"),
            ("1 workday", "1 个工作日", "1 working day"),
            ("48h", "48 小时", "48 hours"),
            ("1 quarter", "1 个季度", "1 quarter"),
            ("75%", "期限的 75%", "75% of the time"),
            ("1%", "期限的 1%", "1% of the time"),
            ("+1 workday", "到期后 1 个工作日", "1 working day after the due time"),
            ("-2 workhours", "到期前 2 个工作小时", "2 working hours before the due time"),
        ],
    )
    def test_what_people_call_it(self, written: str, zh: str, en: str) -> None:
        label = Duration.parse(written).label
        assert (label.show("zh"), label.show("en")) == (zh, en)

    def test_what_it_counts(self) -> None:
        assert Duration.parse("3 workdays").counts == "work"
        assert Duration.parse("48h").counts == "elapsed"
        assert Duration.parse("75%").is_percentage
        assert not Duration.parse("48h").is_percentage


@pytest.mark.parametrize(
    ("written", "start", "when"),
    [
        # P2 4.3-2: half a working day, before the make-up Saturday, over lunch, over a holiday
        ("0.5 workdays", "2026-02-13 16:30", "2026-02-14 11:00"),
        ("0.5 workdays", "2026-03-03 10:00", "2026-03-03 15:30"),
        ("0.5 workdays", "2026-03-03 08:00", "2026-03-03 12:00"),
        ("0.5 workdays", "2026-03-03 13:30", "2026-03-03 17:30"),
        ("0.5 workdays", "2026-09-30 16:30", "2026-10-08 11:00"),
        # whole workdays keep the clock time where the days are alike
        ("3 workdays", "2026-03-03 10:00", "2026-03-06 10:00"),
        ("1 workday", "2026-03-06 10:00", "2026-03-09 10:00"),
        ("1 workday", "2026-03-03 08:00", "2026-03-03 17:30"),
        ("1 workday", "2026-03-03 20:00", "2026-03-04 17:30"),
        ("1 workday", "2026-03-03 12:30", "2026-03-04 12:00"),
        ("5 workdays", "2026-09-28 09:00", "2026-10-10 09:00"),
        ("0.0625 workdays", "2026-03-03 08:00", "2026-03-03 08:30"),
        ("2 workhours", "2026-03-03 11:00", "2026-03-03 14:30"),
        ("90 workminutes", "2026-03-03 17:00", "2026-03-04 09:00"),
        # P2 4.5-2: 48 hours on the clock, weekend or not
        ("48h", "2026-03-06 16:30", "2026-03-08 16:30"),
        ("1.5h", "2026-03-06 16:30", "2026-03-06 18:00"),
        ("20 minutes", "2026-12-31 23:50", "2027-01-01 00:10"),
        ("2 days", "2026-02-27 10:00", "2026-03-01 10:00"),
        ("2 weeks", "2026-12-24 10:00", "2027-01-07 10:00"),
        # months fall on the last day of a shorter month
        ("1 month", "2026-01-15 10:00", "2026-02-15 10:00"),
        ("1 month", "2026-01-31 10:00", "2026-02-28 10:00"),
        ("1 month", "2024-01-31 10:00", "2024-02-29 10:00"),
        ("1 month", "2026-12-31 10:00", "2027-01-31 10:00"),
        ("1 quarter", "2026-11-30 10:00", "2027-02-28 10:00"),
        ("1 quarter", "2026-02-28 10:00", "2026-05-28 10:00"),
        ("1 year", "2024-02-29 10:00", "2025-02-28 10:00"),
        ("4 years", "2024-02-29 10:00", "2028-02-29 10:00"),
        ("1 month", "2026-03-01 00:30", "2026-04-01 00:30"),
        # offsets of a ladder, from the due moment
        ("+1 workday", "2026-03-08 16:30", "2026-03-09 17:30"),
        ("+1 workday", "2026-02-14 11:00", "2026-02-24 11:00"),
        ("-2 workhours", "2026-03-03 09:00", "2026-03-02 16:30"),
        ("-1 workday", "2026-02-24 11:00", "2026-02-14 11:00"),
        ("+24h", "2026-03-06 16:30", "2026-03-07 16:30"),
        ("-1 month", "2026-03-31 10:00", "2026-02-28 10:00"),
        ("-2 days", "2026-03-01 10:00", "2026-02-27 10:00"),
    ],
)
def test_due_moments(written: str, start: str, when: str) -> None:
    assert due(written, start) == when


def test_a_working_day_is_walked_as_its_minutes_where_days_differ() -> None:
    short_friday = calendar(days={date(2026, 3, 6): CompanyDay(hours("08:00-12:00"))})
    assert due("3 workdays", "2026-03-03 10:00", short_friday) == "2026-03-06 10:00"
    assert due("4 workdays", "2026-03-03 10:00", short_friday) == "2026-03-09 15:30"


def test_days_keep_the_clock_time_and_hours_do_not() -> None:
    cal = calendar(timezone=NEW_YORK, holidays=NO_HOLIDAYS)
    start = at("2026-03-07 10:00", NEW_YORK)
    assert clock(Duration.parse("2 days").due(start, cal).at, NEW_YORK) == "2026-03-09 10:00"
    assert clock(Duration.parse("48h").due(start, cal).at, NEW_YORK) == "2026-03-09 11:00"
    assert clock(Duration.parse("1 month").due(start, cal).at, NEW_YORK) == "2026-04-07 10:00"


def test_elapsed_deadlines_keep_their_seconds() -> None:
    start = at("2026-03-06 16:30") + timedelta(seconds=25)
    assert Duration.parse("48h").due(start, OFFICE).at == start + timedelta(hours=48)


class TestPercentages:
    opened, until = at("2026-02-13 16:30"), at("2026-02-15 16:30")

    @pytest.mark.parametrize(
        ("share", "when"),
        [
            ("0%", "2026-02-13 16:30"),
            ("75%", "2026-02-15 04:30"),
            ("100%", "2026-02-15 16:30"),
            ("150%", "2026-02-16 16:30"),
        ],
    )
    def test_of_the_time_on_the_clock(self, share: str, when: str) -> None:
        reached = Duration.parse(share).due(self.opened, OFFICE, span=(self.opened, self.until))
        assert clock(reached.at) == when

    @pytest.mark.parametrize(
        ("share", "when"),
        [
            ("25%", "2026-02-13 17:30"),
            ("75%", "2026-02-14 10:00"),
            ("100%", "2026-02-14 11:00"),
            ("200%", "2026-02-14 16:30"),
        ],
    )
    def test_of_working_time(self, share: str, when: str) -> None:
        span = (self.opened, at("2026-02-14 11:00"))
        reached = Duration.parse(share).due(self.opened, OFFICE, span=span, counts="work")
        assert clock(reached.at) == when

    def test_the_whole_of_a_span_is_its_end_exactly(self) -> None:
        until = self.until + timedelta(microseconds=7)
        for counts in ("work", "elapsed"):
            reached = Duration.parse("100%").due(self.opened, OFFICE, span=(self.opened, until), counts=counts)
            assert reached.at == until

    def test_without_a_span_they_are_refused(self) -> None:
        with pytest.raises(DurationInvalid) as refused:
            Duration.parse("75%").due(self.opened, OFFICE)
        assert refused.value.problem.show("zh") == "百分比 75% 没有可参照的期限"

    def test_the_derivation_says_of_what(self) -> None:
        reached = Duration.parse("75%").due(
            self.opened, OFFICE, span=(self.opened, at("2026-02-14 11:00")), counts="work"
        )
        assert told(reached) == [
            "2026-02-13 周五 16:30 至 2026-02-14 周六 11:00 有工时 4 小时，其 75% 为 3 小时",
            "2026-02-13 周五 16:30–17:30 工作 1 小时，余 2 小时",
            "2026-02-14 周六 调休上班 08:00–10:00 工作 2 小时，期满",
            "即 2026-02-14 周六 10:00",
        ]
        reached = Duration.parse("75%").due(self.opened, OFFICE, span=(self.opened, self.until))
        assert told(reached, "en") == [
            "75% of the time from Fri 2026-02-13 16:30 to Sun 2026-02-15 16:30",
            "That is Sun 2026-02-15 04:30",
        ]


@PROPERTY
@given(calendars, moments, st.decimals("0.1", "20", places=1))
def test_a_fraction_of_a_workday_is_that_share_of_its_minutes(
    cal: WorkCalendar, start: datetime, amount: Decimal
) -> None:
    duration = Duration(amount, Unit.WORKDAY)
    reached = duration.due(start, cal)
    minutes = int((amount * cal.workday_minutes()).quantize(Decimal(1), ROUND_HALF_UP))
    assert duration.work_minutes(cal) == minutes
    assert cal.work_minutes_between(start, reached.at) == minutes
    assert sum(line.minutes or 0 for line in reached.derivation) == minutes


@PROPERTY
@given(moments, st.integers(0, 30))
def test_whole_workdays_keep_the_clock_time_where_days_are_alike(start: datetime, days: int) -> None:
    start = OFFICE.next_work_moment(start).replace(second=0, microsecond=0)
    ahead = OFFICE.next_work_moment(Duration(Decimal(days), Unit.WORKDAY).due(start, OFFICE).at)
    assert clock(ahead)[11:] == clock(start)[11:]


@PROPERTY
@given(
    st.decimals(0, 500, places=2).map(lambda amount: amount.normalize()),
    st.sampled_from([Unit.WORKDAY, Unit.WORKHOUR, Unit.WORKMINUTE, Unit.HOUR, Unit.MINUTE, Unit.PERCENT]),
)
def test_what_is_spelled_is_read_again(amount: Decimal, unit: Unit) -> None:
    assert Duration.parse(str(Duration(amount, unit))) == Duration(amount, unit)


@PROPERTY
@given(
    calendars,
    moments,
    st.sampled_from(["0.5 workdays", "3 workdays", "48h", "2 weeks", "1 month", "+1 workday"]),
)
def test_a_later_start_is_never_due_earlier(cal: WorkCalendar, start: datetime, written: str) -> None:
    duration = Duration.parse(written)
    later = start + timedelta(hours=5)
    assert duration.due(start, cal).at <= duration.due(later, cal).at
    assert duration.due(start, cal).at.tzinfo is UTC


@given(
    calendars,
    moments,
    st.sampled_from(["0.5 workdays", "3 workdays", "2 workhours", "48h", "2 weeks", "1 month"]),
)
def test_the_moment_alone_is_that_of_the_derivation(cal: WorkCalendar, start: datetime, written: str) -> None:
    duration = Duration.parse(written)
    due = duration.due(start, cal).at
    assert duration.moment(start, cal) == due
    for share in ("50%", "75%", "100%", "120%"):
        rung = Duration.parse(share)
        for counts in ("work", "elapsed"):
            explained = rung.due(start, cal, span=(start, due), counts=counts)  # type: ignore[arg-type]
            alone = rung.moment(start, cal, span=(start, due), counts=counts)  # type: ignore[arg-type]
            assert alone == explained.at
