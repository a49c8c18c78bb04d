"""Pauses of a deadline's clock: what stood still is added to the due moment, with its line in the derivation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from huiyin.kernel.derivation import Derivation, DerivationLine, derivation_lines
from huiyin.kernel.duration_words import due_line, site_moment
from huiyin.kernel.durations import Counts, DueTime
from huiyin.kernel.people_time import humanise_minutes
from huiyin.kernel.text import t
from huiyin.kernel.worktime import WorkCalendar


def resumed(due: DueTime, pause: tuple[datetime, datetime], calendar: WorkCalendar, *, counts: Counts) -> DueTime:
    """The due moment after the clock stood still from ``pause[0]`` to ``pause[1]``: later by as much as was lost.

    With ``counts="work"`` the working minutes of the pause are walked on, else its time on the clock is added.
    A pause that began after the due moment changes nothing.
    """
    began, ended = pause
    if began >= due.at or ended <= began:
        return due
    walk = calendar.add_work(due.at, calendar.work_minutes_between(began, ended)) if counts == "work" else None
    if walk is not None and not walk.minutes:
        return due
    lost = walk.minutes if walk else (ended - began) // timedelta(minutes=1)
    at = walk.due if walk else due.at + (ended - began)

    def lines() -> Iterator[DerivationLine]:
        yield from due.derivation
        yield DerivationLine(
            t(
                "{began} 至 {ended} 暂停，顺延 {lost}",
                "Paused from {began} to {ended}: {lost} later",
                began=site_moment(began, calendar),
                ended=site_moment(ended, calendar),
                lost=humanise_minutes(lost),
            )
        )
        yield from derivation_lines(walk) if walk else ()
        yield due_line(at, calendar)

    warnings = walk.warnings if walk else ()
    merged = due.warnings + tuple(each for each in warnings if each not in due.warnings)
    return DueTime(at, Derivation(lines), merged, due.timezone)
