"""What lateness costs: days counted from the due moment, each in exactly one span, by whatever kind of day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.assessment.fines import Lateness, fine, late_days
from huiyin.procedure.duty_entries import LatenessFine
from tests.cast import at, pack

FOREVER = (at("2000-01-01 00:00"), at("2100-01-01 00:00"))
TEN_A_DAY = LatenessFine(fine="10", per="day", payer="head")
WORKDAY = LatenessFine(fine="10", per="workday", payer="head")


def calendar():  # type: ignore[no-untyped-def]
    return pack("feedback").calendar_for(None)


def cost(due: str, done: str, late: LatenessFine = TEN_A_DAY, *pauses: tuple[str, str]) -> tuple[int, str]:
    held = tuple((at(a), at(b)) for a, b in pauses)
    found = fine(Lateness(at(due), at(done), True, held), late, calendar(), "CNY", span=FOREVER)
    return len(found.days), str(found.amount.amount)


@pytest.mark.parametrize(
    ("done", "days"),
    [
        ("2026-11-18 09:40", 0),  # in the last minute is in time
        ("2026-11-18 09:41", 1),
        ("2026-11-19 09:40", 1),
        ("2026-11-19 09:41", 2),
        ("2026-11-21 09:40", 3),
        ("2026-11-10 09:40", 0),
    ],
)
def test_a_begun_day_counts_as_a_day(done: str, days: int) -> None:
    assert cost("2026-11-18 09:40", done) == (days, f"{days * 10}.00")


@pytest.mark.parametrize(("done", "days"), [("2026-11-19 09:39", 0), ("2026-11-19 09:40", 1), ("2026-11-21 09:39", 2)])
def test_a_begun_day_is_free_where_the_pack_says_so(done: str, days: int) -> None:
    free = LatenessFine(fine="20", per="day", payer="head", begun="free")
    assert cost("2026-11-18 09:40", done, free) == (days, f"{days * 20}.00")


@pytest.mark.parametrize(
    ("due", "done", "days"),
    [
        ("2026-11-20 17:30", "2026-11-23 08:00", 0),  # a weekend is no working day
        ("2026-11-20 17:30", "2026-11-23 08:01", 1),
        ("2026-11-20 14:00", "2026-11-23 14:00", 1),
        ("2026-11-20 14:00", "2026-11-23 14:01", 2),
        ("2026-09-30 17:30", "2026-10-08 09:00", 1),  # the national holidays are none either
    ],
)
def test_working_days_are_walked_through_the_calendar(due: str, done: str, days: int) -> None:
    assert cost(due, done, WORKDAY) == (days, f"{days * 10}.00")


def test_once_costs_once() -> None:
    once = LatenessFine(fine="50", per="once", payer="owner")
    assert cost("2026-11-18 09:40", "2026-12-24 09:40", once) == (1, "50.00")


def test_a_pause_behind_the_due_moment_is_not_counted() -> None:
    assert cost("2026-11-16 09:00", "2026-11-20 09:00", TEN_A_DAY) == (4, "40.00")
    pause = ("2026-11-16 21:00", "2026-11-19 21:00")
    assert cost("2026-11-16 09:00", "2026-11-20 09:00", TEN_A_DAY, pause) == (1, "10.00")
    assert cost("2026-11-16 09:00", "2026-11-20 09:01", TEN_A_DAY, pause) == (2, "20.00")


moments = st.integers(0, 60 * 24 * 60).map(lambda m: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=m))
lates = st.builds(
    LatenessFine,
    fine=st.integers(1, 99).map(str),
    per=st.sampled_from(["day", "workday", "once"]),
    payer=st.just("head"),
    begun=st.sampled_from(["counts", "free"]),
)


@given(moments, moments, st.lists(st.tuples(moments, moments).map(lambda p: (min(p), max(p))), max_size=3), lates)
def test_the_fines_of_all_weeks_add_up_to_that_of_the_whole_time(  # type: ignore[no-untyped-def]
    due, until, pauses, late
) -> None:
    lateness = Lateness(due, until, True, tuple(pauses))
    whole = fine(lateness, late, calendar(), "CNY", span=FOREVER)
    first = datetime(2026, 10, 25, 16, tzinfo=UTC)
    weeks = [(first + timedelta(days=7 * n), first + timedelta(days=7 * n + 7)) for n in range(14)]
    parts = [fine(lateness, late, calendar(), "CNY", span=week) for week in weeks]
    assert [day.number for part in parts for day in part.days] == [day.number for day in whole.days]
    assert sum((part.amount.amount for part in parts), Decimal(0)) == whole.amount.amount


@given(moments, moments, lates, st.integers(1, 20000))
def test_what_happens_behind_a_span_changes_nothing_in_it(  # type: ignore[no-untyped-def]
    due, until, late, more
) -> None:
    span = (datetime(2026, 11, 1, tzinfo=UTC), max(due, until))
    if span[0] >= span[1]:
        return
    now = fine(Lateness(due, span[1], False), late, calendar(), "CNY", span=span)
    later = fine(Lateness(due, span[1] + timedelta(minutes=more), True), late, calendar(), "CNY", span=span)
    assert now.days == later.days
    assert now.amount == later.amount


@given(moments, moments, lates)
def test_longer_is_never_cheaper_and_in_time_is_free(due, until, late) -> None:  # type: ignore[no-untyped-def]
    days = late_days(Lateness(due, until, True), late.per, calendar())
    longer = late_days(Lateness(due, until + timedelta(hours=7), True), late.per, calendar())
    assert len(days) <= len(longer)
    assert until > due or days == ()
