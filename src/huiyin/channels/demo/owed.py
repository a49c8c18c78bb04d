"""The obligations of one record that lives in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from huiyin.obligations.models import Obligation, Pause
from huiyin.obligations.settling import of_another_part

if TYPE_CHECKING:
    from huiyin.channels.demo.memory import Live


class MemoryLedger:
    """Keeps what ``obligations.settling.settle`` decides; every row ever owed is in ``rows``."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self.rows: list[Obligation] = []
        self._open: list[Obligation] = []
        self._pauses: list[Pause] = []

    def open(self) -> list[Obligation]:
        """Those still owed, oldest first."""
        return self._open

    def settled_at(self, at: datetime | None) -> list[Obligation]:
        """Those fulfilled or cancelled at that moment, oldest first."""
        return [row for row in self.rows if at in (row.fulfilled_at, row.cancelled_at)]

    def last_of(self, events: Sequence[str]) -> datetime | None:
        """When one of these events last happened to the record."""
        return next((entry.at for entry in reversed(self._live.entries) if entry.event in events), None)

    def add(self, rows: Sequence[Obligation]) -> None:
        """These are owed from now on."""
        for row in rows:
            row.id = self._live.ids.take(Obligation)
        self.rows += rows
        self._open = [*self._open, *rows]

    def keep(self, rows: Sequence[Obligation], *columns: str) -> None:
        """Rows that are ended are no longer open, rows that are revived are again."""
        if "fulfilled_at" in columns:
            self._open = [row for row in self.rows if row.fulfilled_at is None and row.cancelled_at is None]

    def pauses(self) -> list[Pause]:
        """Every pause of the record, oldest first."""
        return self._pauses

    def begin(self, pause: Pause) -> None:
        """The record's clock stands still from now on."""
        self._pauses.append(pause)

    def end(self, pause: Pause) -> None:
        """It runs again."""

    def closing(self, event: str, part: str) -> list[Obligation]:
        """The open obligations that ``event`` (on ``part``, if on one) would fulfil."""
        ended = self._live.desk.procedure.rules_ended_by(event)
        return [
            row for row in self._open if ended.get(row.rule) == "fulfilled_at" and not of_another_part(row.part, part)
        ]

    def next_to_remind(self, until: datetime) -> Obligation | None:
        """The open obligation whose next rung is reached first, not after ``until``."""
        due = [row for row in self._open if row.next_alarm_at is not None and row.next_alarm_at <= until]
        return min(due, key=lambda row: (row.next_alarm_at, row.id)) if due else None
