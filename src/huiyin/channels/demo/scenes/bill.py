"""Which scenes are played, when each begins, and playing them all in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush

from django.db import transaction

from huiyin.channels.demo.chance import later, source
from huiyin.channels.demo.scenes import counts, goods, reports, suppliers, tales, weeks
from huiyin.channels.demo.scenes.stage import DAY, Ends, Scene, Script, Stage
from huiyin.channels.demo.world import World
from huiyin.journal.protection import hold_seal_off
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.notices import mark_read
from huiyin.obligations.occasions import come
from huiyin.procedure import versions
from huiyin.records.steps.refusals import Refused

UNREAD = timedelta(days=2)
"""What rang in people's bells before that they have seen."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A scene and how many days of work before the last midnight it begins."""

    name: str
    back: float
    act: Callable[[Scene], Script]


BILL: tuple[Entrance, ...] = (
    Entrance("8d-crimp", 44, lambda s: reports.report(s, tales.CRIMP, until="approved")),
    Entrance("8d-valve", 26, lambda s: reports.report(s, tales.SPOOL, until="prevented")),
    Entrance("8d-pump", 14, lambda s: reports.report(s, tales.PUMP, until="implemented")),
    Entrance("8d-rod", 6.6, lambda s: reports.report(s, tales.ROD, until="contained")),
    Entrance("8d-seal", 0.7, lambda s: reports.report(s, tales.SEAL, until="described")),
    Entrance("statement", 30, reports.statement),
    Entrance("supplier-done", 40, suppliers.finished),
    Entrance("supplier-again", 16, suppliers.once_more),
    Entrance("supplier-asked", 3.5, suppliers.asked),
    Entrance("exchange", 24, goods.exchanged),
    Entrance("paid", 20, goods.compensated),
    Entrance("returned", 12, goods.returned),
    Entrance("lost", 9, goods.lost_in_part),
    Entrance("part", 4, goods.partly_shipped),
    Entrance("urgent", 2.6, goods.urgent),
    Entrance("dear", 1.5, goods.waiting_for_money),
    Entrance("new", 0.4, goods.asked),
    Entrance("stock-signed", 18, counts.signed),
    Entrance("stock-warehouse", 2.2, counts.counting),
    Entrance("stock-new", 0.5, counts.opened),
)


@dataclass(slots=True)
class Played:
    """What came of it: how many scenes began, and the addresses of suppliers' pages, which nobody can read again later."""

    scenes: int = 0
    links: list[str] = field(default_factory=list)


def play(seed: int, version: int, *, at: datetime) -> Played:
    """Play every scene up to the midnight before ``at``; one transaction, so that they are all there or none."""
    ends = World.until(at, versions.procedure_of(version).calendar_for(None))
    stage = Stage(seed, version, ends)
    played = Played()
    waiting: list[tuple[datetime, int, Scene, Script]] = []

    def enter(order: int, name: str, at: datetime, act: Callable[[Scene], Script]) -> None:
        scene = Scene(stage, name, source(seed, "scene", name))
        begins = later(scene.random, at, scene.random.randrange(4, 150), stage.calendar)
        heappush(waiting, (begins, order, scene, act(scene)))

    for order, one in enumerate(BILL):
        enter(order, one.name, stage.calendar.add_work(ends, -int(one.back * DAY)).due, one.act)
    for order, (name, at, act) in enumerate(weeks.entrances(stage), len(BILL)):
        enter(order, name, at, act)
    with transaction.atomic():
        hold_seal_off()
        while waiting and waiting[0][0] < ends:
            at, order, scene, script = heappop(waiting)
            _alarms(until=at)
            scene.at = at
            minutes = _on(script)
            if minutes is not None:
                heappush(waiting, (later(scene.random, at, minutes, stage.calendar), order, scene, script))
            played.links += scene.shown
            scene.shown = []
        come(at=ends, since=weeks.calendar_begins(stage))
        _alarms(until=ends)
        for person in stage.people.values():
            mark_read(person, at=ends, until=ends - UNREAD)
    played.scenes = len(BILL)
    return played


def _on(script: Script) -> float | None:
    """One stretch of a scene; None when it is over, by itself or because the procedure in force wants it otherwise."""
    try:
        with transaction.atomic():
            return next(script, None)
    except (Ends, Refused):
        return None


def _alarms(*, until: datetime) -> None:
    """Climb the rungs that are reached before ``until``, each at its own moment."""
    due = Obligation.objects.filter(OPEN, next_alarm_at__lt=until).order_by("next_alarm_at")
    while (moment := due.values_list("next_alarm_at", flat=True).first()) is not None:
        sweep(at=moment)
