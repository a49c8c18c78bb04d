"""Chance that repeats: every thing made draws from a source of its own, named by the seed and by what it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from huiyin.kernel.worktime import WorkCalendar

T = TypeVar("T")


def source(seed: int, *names: object) -> Random:
    """The source of chance of one thing; the same names always give the same draws, whatever else is made."""
    return Random(f"{seed}/{'/'.join(map(str, names))}")  # noqa: S311 - not for secrets


def weighted(random: Random, things: Sequence[T], sums: Sequence[int]) -> T:
    """One of ``things`` by running sums of their weights."""
    return things[bisect_right(sums, random.random() * sums[-1])]


def later(random: Random, at: datetime, minutes: float, calendar: WorkCalendar) -> datetime:
    """A moment in working time about ``minutes`` of work after ``at``."""
    due = calendar.after_work(at, max(int(minutes), 1))
    return at_work(random, due, calendar)


def at_work(random: Random, at: datetime, calendar: WorkCalendar) -> datetime:
    """``at`` or, outside working time, a few minutes after work begins again; always with seconds of its own."""
    begins = calendar.next_work_moment(at)
    if begins > at:
        begins += timedelta(minutes=random.randrange(25))
    return begins.replace(second=random.randrange(60), microsecond=0)
