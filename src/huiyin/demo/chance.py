"""Chance that repeats: every script draws from a source of its own, named by the seed and by what it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from huiyin.kernel.worktime import WorkCalendar

T = TypeVar("T")


def random_of(seed: int, *names: object) -> Random:
    """The random numbers of one thing; the same names give the same draws, whatever else is made."""
    return Random(f"{seed}/{'/'.join(map(str, names))}")  # noqa: S311 - not for secrets


def weighted(random: Random, things: Sequence[T], sums: Sequence[int]) -> T:
    """One of ``things`` by running sums of their weights."""
    return things[bisect_right(sums, random.random() * sums[-1])]


def later(random: Random, at: datetime, minutes: float, calendar: WorkCalendar) -> datetime:
    """A moment in working time about ``minutes`` of work after ``at``, with seconds of its own."""
    due = calendar.after_work(at, max(int(minutes), 1))
    begins = calendar.next_work_moment(due)
    if begins > due:  # work begins again: not everybody starts in the same minute
        begins += timedelta(minutes=random.randrange(25))
    return begins.replace(second=random.randrange(60), microsecond=0)
