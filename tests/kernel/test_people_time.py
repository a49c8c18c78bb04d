"""How remaining time, lateness and the past are said."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.people_time import (
    humanise_ago,
    humanise_day,
    humanise_minutes,
    humanise_moment,
    humanise_time,
    humanise_time_left,
)
from tests.kernel.calendars import CALENDARS, PROPERTY, SHANGHAI, at, moments

OFFICE = CALENDARS["office"]
NOW = at("2026-03-03 10:00")


@pytest.mark.parametrize(
    ("left", "zh", "en"),
    [
        (timedelta(hours=3, minutes=20), "还剩 3 小时 20 分", "3 h 20 min left"),
        (timedelta(minutes=5, seconds=59), "还剩 5 分", "5 min left"),
        (timedelta(hours=2), "还剩 2 小时", "2 h left"),
        (timedelta(days=1), "还剩 1 天", "1 day left"),
        (timedelta(days=2, hours=5, minutes=59), "还剩 2 天 5 小时", "2 days 5 h left"),
        (timedelta(days=2, minutes=7), "还剩 2 天", "2 days left"),
        (timedelta(seconds=30), "马上到期", "due now"),
        (timedelta(0), "马上到期", "due now"),
        (timedelta(seconds=-30), "刚刚到期", "just due"),
        (timedelta(minutes=-1), "迟 1 分", "1 min late"),
        (timedelta(hours=-3, minutes=-20), "迟 3 小时 20 分", "3 h 20 min late"),
        (timedelta(days=-1, hours=-23), "迟 1 天", "1 day late"),
        (timedelta(days=-2, hours=-5), "迟 2 天", "2 days late"),
    ],
)
def test_time_left_and_late_on_the_clock(left: timedelta, zh: str, en: str) -> None:
    said = humanise_time_left(NOW, NOW + left)
    assert (said.show("zh"), said.show("en")) == (zh, en)


@pytest.mark.parametrize(
    ("now", "due", "zh", "en"),
    [
        ("2026-02-13 16:30", "2026-02-14 11:00", "还剩工时 4 小时", "4 h of working time left"),
        ("2026-02-13 16:30", "2026-02-25 10:15", "还剩工时 2 天 3 小时", "2 days 3 h of working time left"),
        ("2026-03-06 17:00", "2026-03-09 08:05", "还剩工时 35 分", "35 min of working time left"),
        ("2026-03-09 08:05", "2026-03-06 17:00", "迟 35 分（工时）", "35 min of working time late"),
        ("2026-03-05 11:00", "2026-03-03 10:00", "迟 2 天（工时）", "2 days of working time late"),
        # where nobody works in between, the clock is said
        ("2026-03-06 20:30", "2026-03-06 17:30", "迟 3 小时", "3 h late"),
        ("2026-03-07 10:00", "2026-03-07 12:30", "还剩 2 小时 30 分", "2 h 30 min left"),
    ],
)
def test_time_left_and_late_in_working_time(now: str, due: str, zh: str, en: str) -> None:
    said = humanise_time_left(at(now), at(due), OFFICE)
    assert (said.show("zh"), said.show("en")) == (zh, en)


@pytest.mark.parametrize(
    ("ago", "zh", "en"),
    [
        (timedelta(seconds=-40), "刚刚", "just now"),
        (timedelta(days=-3), "刚刚", "just now"),
        (timedelta(seconds=59), "刚刚", "just now"),
        (timedelta(minutes=1), "1 分钟前", "1 min ago"),
        (timedelta(minutes=59), "59 分钟前", "59 min ago"),
        (timedelta(minutes=60), "1 小时前", "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 小时前", "23 h ago"),
        (timedelta(days=1), "1 天前", "1 day ago"),
        (timedelta(days=29), "29 天前", "29 days ago"),
        (timedelta(days=30), "1 个月前", "1 month ago"),
        (timedelta(days=125), "4 个月前", "4 months ago"),
        (timedelta(days=365), "1 年前", "1 year ago"),
        (timedelta(days=1000), "2 年前", "2 years ago"),
    ],
)
def test_how_long_ago(ago: timedelta, zh: str, en: str) -> None:
    said = humanise_ago(NOW, NOW - ago)
    assert (said.show("zh"), said.show("en")) == (zh, en)


def test_days_and_moments() -> None:
    local = at("2026-02-13 08:05").astimezone(SHANGHAI)
    assert (humanise_moment(local).show("zh"), humanise_moment(local).show("en")) == (
        "2026-02-13 周五 08:05",
        "Fri 2026-02-13 08:05",
    )
    assert humanise_day(local).show("zh") == humanise_day(date(2026, 2, 13)).show("zh") == "2026-02-13 周五"
    assert humanise_time(local) == "08:05"


@pytest.mark.parametrize(
    ("minutes", "day", "zh", "en"),
    [
        (0, None, "0 分", "0 min"),
        (-90, None, "1 小时 30 分", "1 h 30 min"),
        (1600 * 60, None, "1600 小时", "1600 h"),
        (480, 480, "1 天", "1 day"),
        (2 * 480 + 65, 480, "2 天 1 小时", "2 days 1 h"),
    ],
)
def test_lengths(minutes: int, day: int | None, zh: str, en: str) -> None:
    said = humanise_minutes(minutes, day=day)
    assert (said.show("zh"), said.show("en")) == (zh, en)


@PROPERTY
@given(moments, st.timedeltas(timedelta(minutes=-50000), timedelta(minutes=50000)))
def test_late_is_said_exactly_when_it_is_late(now: datetime, away: timedelta) -> None:
    for calendar in (None, OFFICE):
        said = humanise_time_left(now, now + away, calendar).show("en")
        assert ("late" in said or said == "just due") is (away < timedelta(0))
