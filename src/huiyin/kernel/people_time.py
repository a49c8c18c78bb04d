"""How people say spans of time, days and lateness: "还剩 3 小时 20 分", "2 days late"."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from huiyin.kernel.text import Text, t

if TYPE_CHECKING:
    from huiyin.kernel.worktime import WorkCalendar

WEEKDAY_NAMES = (
    t("周一", "Mon"),
    t("周二", "Tue"),
    t("周三", "Wed"),
    t("周四", "Thu"),
    t("周五", "Fri"),
    t("周六", "Sat"),
    t("周日", "Sun"),
)

_DAY = 24 * 60
_MONTH = 30 * _DAY
_YEAR = 365 * _DAY


def humanise_day(day: date) -> Text:
    """A date with its weekday: "2026-02-13 周五", "Fri 2026-02-13"."""
    return t("{date} {weekday}", "{weekday} {date}", date=f"{day:%Y-%m-%d}", weekday=WEEKDAY_NAMES[day.weekday()])


def humanise_moment(at: datetime) -> Text:
    """A local moment to the minute: "2026-02-13 周五 16:30". ``at`` must already be in the zone of the reader."""
    return t("{day} {time}", "{day} {time}", day=humanise_day(at), time=humanise_time(at))


def humanise_time(at: datetime | time) -> str:
    """The clock time to the minute, alike in both languages: "08:00"."""
    return f"{at.hour:02}:{at.minute:02}"


def humanise_minutes(minutes: int, *, day: int | None = None) -> Text:
    """A length in minutes: "3 小时 20 分"; from a day on in days and hours: "2 天 5 小时".

    ``day`` is the length in minutes of what counts as one day; without it nothing is left out and hours are not
    gathered into days. A negative length is said as its amount.
    """
    minutes = abs(minutes)
    days, rest = divmod(minutes, day) if day else (0, minutes)
    hours, left = divmod(rest, 60)
    said = [text for text in (_days(days), _hours(hours), None if days else _minutes(left)) if text is not None]
    if not said:
        return t("0 分", "0 min")
    if len(said) == 1:
        return said[0]
    return t("{large} {small}", "{large} {small}", large=said[0], small=said[1])


def humanise_time_left(now: datetime, due: datetime, calendar: WorkCalendar | None = None) -> Text:
    """How long is left until ``due``, or how late it is: "还剩 3 小时 20 分", "迟 2 天".

    With a calendar, working time is counted and named as such; where no working time lies between the two moments
    (late by a night only), the time on the clock is said instead. From one day of lateness on only days are said.
    """
    late = now > due
    if calendar is not None:
        minutes = abs(calendar.work_minutes_between(now, due))
        if minutes:
            return _say_work(minutes, calendar.workday_minutes(), late=late)
    minutes = abs(_minutes_between(now, due))
    if not late:
        if not minutes:
            return t("马上到期", "due now")
        return t("还剩 {span}", "{span} left", span=humanise_minutes(minutes, day=_DAY))
    if not minutes:
        return t("刚刚到期", "just due")
    return t("迟 {span}", "{span} late", span=_coarse(minutes, _DAY))


def humanise_ago(now: datetime, then: datetime) -> Text:
    """How long ago something happened, in one unit: "刚刚", "5 分钟前", "3 小时前", "2 天前", "4 个月前", "1 年前".

    A moment that is not yet past (a clock ahead by seconds) counts as just now.
    """
    minutes = _minutes_between(then, now)
    if minutes < 1:
        return t("刚刚", "just now")
    if minutes < 60:
        return t("{n} 分钟前", "{n} min ago", n=minutes)
    if minutes < _DAY:
        return t("{n} 小时前", "{n} h ago", n=minutes // 60)
    for length, one, many in (
        (_YEAR, t("1 年前", "1 year ago"), t("{n} 年前", "{n} years ago")),
        (_MONTH, t("1 个月前", "1 month ago"), t("{n} 个月前", "{n} months ago")),
        (_DAY, t("1 天前", "1 day ago"), t("{n} 天前", "{n} days ago")),
    ):
        count = minutes // length
        if count == 1:
            return one
        if count > 1:
            return many.with_values(n=count)
    raise AssertionError("a day or more is said above")


def _say_work(minutes: int, workday: int, *, late: bool) -> Text:
    if not late:
        return t("还剩工时 {span}", "{span} of working time left", span=humanise_minutes(minutes, day=workday))
    return t("迟 {span}（工时）", "{span} of working time late", span=_coarse(minutes, workday))


def _coarse(minutes: int, day: int) -> Text:
    """Lateness of a day or more in whole days, less to the minute."""
    return humanise_minutes(minutes - minutes % day if minutes >= day else minutes, day=day)


def _minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes, rounded toward zero, so that "1 min left" is never said of less."""
    return int((later - earlier).total_seconds() / 60)


def _days(count: int) -> Text | None:
    if not count:
        return None
    return t("{n} 天", "{n} day" if count == 1 else "{n} days", n=count)


def _hours(count: int) -> Text | None:
    return t("{n} 小时", "{n} h", n=count) if count else None


def _minutes(count: int) -> Text | None:
    return t("{n} 分", "{n} min", n=count) if count else None
