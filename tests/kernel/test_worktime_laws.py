"""Laws of walking working time, on calendars of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from huiyin.kernel.worktime import WorkCalendar
from tests.kernel.calendars import (
    CALENDARS,
    PROPERTY,
    SHANGHAI,
    at,
    calendars,
    lengths,
    moments,
)


@PROPERTY
@given(calendars, moments, moments, lengths)
def test_walks_never_overtake_one_another(cal: WorkCalendar, one: datetime, other: datetime, n: int) -> None:
    early, late = sorted((one, other))
    assert cal.add_work(early, n).due <= cal.add_work(late, n).due
    assert cal.add_work(early, -n).due <= cal.add_work(late, -n).due


@PROPERTY
@given(calendars, moments, lengths, lengths)
@example(CALENDARS["office"], at("2026-03-03 11:00"), 60, 60)
def test_walks_add_up(cal: WorkCalendar, start: datetime, a: int, b: int) -> None:
    assert cal.add_work(cal.add_work(start, a).due, b).due == cal.add_work(start, a + b).due


@PROPERTY
@given(calendars, moments, st.integers(-6000, 6000))
def test_between_measures_what_was_walked(cal: WorkCalendar, start: datetime, n: int) -> None:
    due = cal.add_work(start, n).due
    assert cal.work_minutes_between(start, due) == n
    assert cal.work_minutes_between(due, start) == -n


@PROPERTY
@given(calendars, moments, moments, moments)
def test_between_is_additive(cal: WorkCalendar, a: datetime, b: datetime, c: datetime) -> None:
    whole = cal.work_minutes_between(a, c)
    assert cal.work_minutes_between(a, b) + cal.work_minutes_between(b, c) == whole


@PROPERTY
@given(calendars, moments, st.integers(-3000, 3000))
def test_steps_add_up_and_lie_in_the_hours_of_their_day(cal: WorkCalendar, start: datetime, n: int) -> None:
    steps = cal.add_work(start, n).steps
    assert sum(step.minutes for step in steps) == abs(n)
    for step in steps:
        assert step.minutes == (step.end - step.start) // timedelta(minutes=1) > 0
        assert cal.is_workday(step.day)
        assert cal.is_work_time(step.start)


@PROPERTY
@given(calendars, moments)
def test_the_next_work_moment_is_worked_and_nothing_before_it_is(cal: WorkCalendar, moment: datetime) -> None:
    following = cal.next_work_moment(moment)
    assert following >= moment
    assert cal.is_work_time(following)
    assert (following == moment) is cal.is_work_time(moment)
    assert cal.work_minutes_between(moment, following) == 0


@PROPERTY
@given(
    st.sampled_from(["office", "night", "short Saturday", "stock-taking", "night into early shift"]),
    moments,
    st.integers(1, 900),
)
def test_walking_agrees_with_counting_minute_by_minute(name: str, start: datetime, n: int) -> None:
    cal = CALENDARS[name]
    assert cal.add_work(start, n).due == _counted(cal, start, n)


def _counted(cal: WorkCalendar, start: datetime, n: int) -> datetime:
    """The due moment by looking at each minute of the wall clock in turn; slow, and another way of thinking."""
    wall = start.astimezone(SHANGHAI).replace(tzinfo=None, second=0, microsecond=0)
    while n:
        if _worked(cal, wall):
            n -= 1
        wall += timedelta(minutes=1)
    return wall.replace(tzinfo=SHANGHAI).astimezone(UTC)


def _worked(cal: WorkCalendar, wall: datetime) -> bool:
    today = any(
        each.start <= wall.time() and (each.past_midnight or wall.time() < each.end) for each in cal.hours(wall.date())
    )
    eve = cal.hours(wall.date() - timedelta(days=1))
    return today or any(each.past_midnight and wall.time() < each.end for each in eve)
