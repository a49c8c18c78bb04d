"""The sentences by which a due time's derivation tells where it counts from and where it ends."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from huiyin.kernel.derivation import DerivationLine
from huiyin.kernel.people_time import humanise_moment
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar

if TYPE_CHECKING:
    from huiyin.kernel.durations import Duration


def clamped_words(start: datetime, due: datetime) -> Text:
    return t(
        "{month} 没有 {wanted} 日，取当月最后一天 {day}",
        "{month} has no day {wanted}; its last day {day} counts",
        month=f"{due:%Y-%m}",
        wanted=start.day,
        day=f"{due:%Y-%m-%d}",
    )


def starting_words(start: datetime, calendar: WorkCalendar, duration: Duration) -> Text:
    if duration.signed:
        return t(
            "以 {start} 为准，{label}",
            "Counting from {start}: {label}",
            start=site_moment(start, calendar),
            label=duration.label,
        )
    return t("{start} 起，{label}", "From {start}: {label}", start=site_moment(start, calendar), label=duration.label)


def due_line(at: datetime, calendar: WorkCalendar) -> DerivationLine:
    return DerivationLine(t("期限：{due}", "Due: {due}", due=site_moment(at, calendar)))


def moment_line(at: datetime, calendar: WorkCalendar) -> DerivationLine:
    """The last line of what is not itself a deadline: a rung of a ladder."""
    return DerivationLine(t("即 {moment}", "That is {moment}", moment=site_moment(at, calendar)))


def site_moment(at: datetime, calendar: WorkCalendar) -> Text:
    return humanise_moment(at.astimezone(calendar.timezone))
