"""Reporting periods: their days, names, neighbours and moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.periods import KINDS, Period, PeriodInvalid, period_of, periods_between
from tests.kernel.calendars import NEW_YORK, PROPERTY, SHANGHAI

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
kinds = st.sampled_from(KINDS)


@pytest.mark.parametrize(
    ("kind", "day", "start", "end", "key", "zh", "en"),
    [
        ("day", "2026-11-05", "2026-11-05", "2026-11-05", "2026-11-05", "2026年11月5日", "5 November 2026"),
        ("week", "2026-11-05", "2026-11-02", "2026-11-08", "2026-W45", "2026年第45周", "Week 45, 2026"),
        ("month", "2026-11-05", "2026-11-01", "2026-11-30", "2026-11", "2026年11月", "November 2026"),
        ("quarter", "2026-11-05", "2026-10-01", "2026-12-31", "2026-Q4", "2026年第4季度", "Q4 2026"),
        ("half", "2026-11-05", "2026-07-01", "2026-12-31", "2026-H2", "2026年下半年", "Second half of 2026"),
        ("half", "2026-06-30", "2026-01-01", "2026-06-30", "2026-H1", "2026年上半年", "First half of 2026"),
        ("year", "2026-11-05", "2026-01-01", "2026-12-31", "2026", "2026年", "2026"),
        ("month", "2024-02-10", "2024-02-01", "2024-02-29", "2024-02", "2024年2月", "February 2024"),
        # the days around New Year belong to the ISO week with the Thursday
        ("week", "2027-01-01", "2026-12-28", "2027-01-03", "2026-W53", "2026年第53周", "Week 53, 2026"),
        ("week", "2024-12-30", "2024-12-30", "2025-01-05", "2025-W01", "2025年第1周", "Week 1, 2025"),
    ],
)
def test_periods(kind: str, day: str, start: str, end: str, key: str, zh: str, en: str) -> None:
    period = period_of(kind, date.fromisoformat(day))
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.key, period.label.show("zh"), period.label.show("en")) == (key, zh, en)
    assert str(period) == key


def test_a_local_moment_counts_as_its_day() -> None:
    moment = datetime(2026, 11, 30, 23, 59, tzinfo=SHANGHAI)
    assert period_of("month", moment) == period_of("month", date(2026, 11, 1))
    assert period_of("month", moment).contains(moment)
    assert not period_of("month", moment).contains(moment + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("key", "following", "before"),
    [
        ("2026-12-31", "2027-01-01", "2026-12-30"),
        ("2026-W53", "2027-W01", "2026-W52"),
        ("2026-12", "2027-01", "2026-11"),
        ("2026-Q1", "2026-Q2", "2025-Q4"),
        ("2026-H2", "2027-H1", "2026-H1"),
        ("2026", "2027", "2025"),
    ],
)
def test_neighbours(key: str, following: str, before: str) -> None:
    period = Period.parse(key)
    assert (period.next.key, period.previous.key) == (following, before)


@pytest.mark.parametrize(
    ("key", "earlier"),
    [
        ("2026-11", "2025-11"),
        ("2026-Q4", "2025-Q4"),
        ("2024-02-29", "2023-02-28"),
        ("2024-02", "2023-02"),
        ("2026-W45", "2025-W45"),
        ("2026-W53", "2025-W52"),
    ],
)
def test_the_same_period_a_year_earlier(key: str, earlier: str) -> None:
    assert Period.parse(key).a_year_earlier.key == earlier


def test_moments_for_queries() -> None:
    november = Period.parse("2026-11")
    assert november.instants(SHANGHAI) == (
        datetime(2026, 10, 31, 16, 0, tzinfo=UTC),
        datetime(2026, 11, 30, 16, 0, tzinfo=UTC),
    )
    first, after = Period.parse("2026-03-08").instants(NEW_YORK)
    assert after - first == timedelta(hours=23)


def test_a_quarter_has_three_months_and_a_month_the_weeks_that_begin_in_it() -> None:
    assert [each.key for each in Period.parse("2026-Q4").parts("month")] == ["2026-10", "2026-11", "2026-12"]
    assert [each.key for each in Period.parse("2026-11").parts("week")] == [
        "2026-W45",
        "2026-W46",
        "2026-W47",
        "2026-W48",
        "2026-W49",
    ]
    assert Period.parse("2026-11").days == 30


def test_periods_between_two_days() -> None:
    found = periods_between("month", date(2026, 11, 30), date(2027, 2, 1))
    assert [each.key for each in found] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert list(periods_between("month", date(2026, 3, 1), date(2026, 1, 31))) == []


@pytest.mark.parametrize(
    "key", ["", "26-11", "2026-13", "2026-02-30", "2026-W54", "2025-W53", "2026-Q5", "2026-H3", "2026-1"]
)
def test_a_period_that_does_not_exist_is_refused(key: str) -> None:
    with pytest.raises(PeriodInvalid) as refused:
        Period.parse(key)
    assert refused.value.problem.show("zh") == f"没有期间「{key}」"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(PeriodInvalid, match="fortnight"):
        period_of("fortnight", date(2026, 1, 1))


@PROPERTY
@given(kinds, days)
def test_periods_of_a_kind_tile_the_years(kind: str, day: date) -> None:
    period = period_of(kind, day)
    assert period.contains(day)
    assert period.start <= day <= period.end
    assert period.next.start == period.end + timedelta(days=1)
    assert period.next.previous == period == period.previous.next
    assert period_of(kind, period.start) == period_of(kind, period.end) == period
    assert Period.parse(period.key) == period
    assert period.next > period


@PROPERTY
@given(days, st.sampled_from([("year", "half"), ("half", "quarter"), ("quarter", "month"), ("month", "day")]))
def test_parts_make_up_the_whole(day: date, pair: tuple[str, str]) -> None:
    whole = period_of(pair[0], day)
    parts = whole.parts(pair[1])  # type: ignore[arg-type]
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    assert sum(part.days for part in parts) == whole.days
