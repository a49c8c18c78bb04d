"""Playing every script in the order of time; between two steps reminders come, as the worker gives them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from django.db import transaction

from huiyin.demo.chance import later
from huiyin.demo.company import DemoCompany, StepUnavailable
from huiyin.demo.script import Script, WorkMinutes
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.notices import mark_read
from huiyin.records.steps.refusals import Refused

log = logging.getLogger("huiyin.demo")

UNREAD = timedelta(days=2)
"""What rang in people's bells before that they have seen."""


class Timeline:
    """Scripts that wait, each for its moment; what lies after the company's end is never played."""

    def __init__(self, company: DemoCompany) -> None:
        self.company = company
        self._waiting: list[tuple[datetime, int, Script, WorkMinutes]] = []
        self._order = count()

    def begin(self, name: str, at: datetime, play: Callable[[Script], WorkMinutes]) -> None:
        """Play a script from a few minutes of work after that moment on."""
        script = Script(self, name, at)
        self._wait(script, script.random.randrange(1, 20), play(script))

    def _wait(self, script: Script, minutes: float, going: WorkMinutes) -> None:
        at = later(script.random, script.at, minutes, self.company.calendar)
        heappush(self._waiting, (at, next(self._order), script, going))

    def play(self) -> None:
        """Play everything up to the end; call in a transaction."""
        now, ends = self.company.begins, self.company.ends
        while self._waiting and self._waiting[0][0] < ends:
            at, _, script, going = heappop(self._waiting)
            _remind(now, until=at)
            now = script.at = at
            minutes = _go_on(script, going)
            if minutes is not None:
                self._wait(script, minutes, going)
        _remind(now, until=ends)
        for person in self.company.people.values():
            mark_read(person, at=ends, until=ends - UNREAD)


def _go_on(script: Script, going: WorkMinutes) -> float | None:
    """One stretch of a script; None when it is over, by itself or because the procedure in force wants it otherwise."""
    try:
        with transaction.atomic():
            return next(going, None)
    except (StepUnavailable, Refused) as why:
        log.debug("%s ends on %s: %s", script.name, script.at, why)
        return None


def _remind(now: datetime, *, until: datetime) -> None:
    """Climb the rungs that are reached before ``until``, each at its own moment, as the worker's tick does.

    What is owed since before it was entered may have reached its first rung by then: that one is climbed at once.
    """
    due = Obligation.objects.filter(OPEN, next_alarm_at__lt=until).order_by("next_alarm_at")
    while (moment := due.values_list("next_alarm_at", flat=True).first()) is not None:
        sweep(at=max(moment, now))
