"""The worker: opens what the calendar brings, climbs escalation ladders, seals the journal, runs background tasks;
one loop, one clock.
"""

from __future__ import annotations

import logging
import signal
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.models import DBTaskResult

from huiyin.config.health import beat
from huiyin.journal.sealing import seal_new
from huiyin.obligations.ladder import sweep
from huiyin.obligations.nightly import read_again_daily
from huiyin.obligations.occasions import open_due_periods
from huiyin.obligations.site_days import reckon_anew
from huiyin.procedure.versions import bring_into_force
from huiyin.review.telling import tell_of_targets

log = logging.getLogger("huiyin.worker")

TICK_SECONDS = 10
SEAL_SECONDS = 30
LOST_AFTER = timedelta(minutes=15)


class Worker:
    """Runs until told to stop. Background tasks have their own thread so that a long import delays no alarm."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.sealed_at = datetime.min.replace(tzinfo=UTC)

    def run(self) -> int:
        """Tick until stopped."""
        tasks = threading.Thread(target=self._tasks, name="tasks", daemon=True)
        tasks.start()
        while not self.stop.is_set():
            close_old_connections()
            self.tick(at=datetime.now(UTC))
            self.stop.wait(TICK_SECONDS)
        tasks.join(timeout=20)
        return 0

    def tick(self, *, at: datetime) -> None:
        """One round: what the calendar brings, alarms that are due, a seal when it is time,
        tasks of a killed worker taken up again.
        """
        try:
            beat(at=at)
            bring_into_force(at=at)
            reckon_anew(at=at)
            open_due_periods(at=at)
            read_again_daily(at=at)
            tell_of_targets(at=at)
            while sweep(at=at) and not self.stop.is_set():
                beat(at=at)
            if (at - self.sealed_at).total_seconds() >= SEAL_SECONDS:
                seal_new(at=at)
                self.sealed_at = at
                requeue_lost(at=at)
        except DatabaseError:
            log.exception("the tick failed; it is tried again in %s seconds", TICK_SECONDS)
            connection.close()

    def _tasks(self) -> None:
        from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

        worker = TaskWorker(
            queue_names=["default", "long"],
            interval=1.0,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="huiyin",
            excluded_queue_names=[],
        )
        stopper = threading.Thread(target=self._stop_tasks, args=(worker,), daemon=True)
        stopper.start()
        worker.run()

    def _stop_tasks(self, worker: Any) -> None:
        self.stop.wait()
        worker.running = False


def requeue_lost(*, at: datetime) -> int:
    """Tasks left RUNNING by a worker that was killed become READY again; returns how many."""
    lost = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=at - LOST_AFTER)
    return lost.update(status="READY", started_at=None)


def run() -> int:
    """Until a signal stops it."""
    worker = Worker()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop.set())
    return worker.run()
