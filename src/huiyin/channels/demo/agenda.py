"""What is still to come in the life of one record, in the order in which it comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any

Act = Callable[[datetime], None]


class Agenda:
    """Things to be done at moments; what lies after the end is never done."""

    def __init__(self, ends: datetime) -> None:
        self.ends = ends
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def put(self, at: datetime, act: Act) -> None:
        """Do ``act`` at that moment, after what was put there before."""
        heappush(self._waiting, (at, next(self._order), act))

    def clear(self) -> None:
        """Nothing more is to come."""
        self._waiting.clear()

    def live(self) -> None:
        """Do everything up to the end."""
        while self._waiting and self._waiting[0][0] < self.ends:
            at, _, act = heappop(self._waiting)
            act(at)


def once(act: Callable[..., Any], *args: Any) -> Act:
    """``act`` with its arguments, to be put on an agenda."""
    return lambda at: act(at, *args)
