"""Where the obligations and pauses of one record are kept:
in the database, or in memory while an import is prepared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Q

from huiyin.database.compiled import CompiledQuery
from huiyin.journal.models import Entry
from huiyin.obligations.models import OPEN, Obligation, Pause


class ObligationStore(Protocol):
    """What settling asks and tells of one record's obligations; the caller holds the record's row."""

    def open(self) -> list[Obligation]:
        """Those still owed, oldest first."""

    def settled_at(self, at: datetime | None) -> list[Obligation]:
        """Those fulfilled or cancelled at that moment, oldest first."""

    def last_of(self, events: Sequence[str]) -> datetime | None:
        """When one of these events last happened to the record."""

    def add(self, rows: Sequence[Obligation]) -> None:
        """These are owed from now on."""

    def keep(self, rows: Sequence[Obligation], *columns: str) -> None:
        """These columns of the rows have changed."""

    def pauses(self) -> list[Pause]:
        """Every pause of the record, oldest first."""

    def begin(self, pause: Pause) -> None:
        """The record's clock stands still from now on."""

    def end(self, pause: Pause) -> None:
        """It runs again."""


_open = CompiledQuery(
    lambda kind, pk: (
        Obligation.objects.filter(OPEN, kind=kind, record_id=pk).select_related("owner_department").order_by("id")
    ),
    str,
    int,
)
_pauses = CompiledQuery(lambda kind, pk: Pause.objects.filter(kind=kind, record_id=pk).order_by("started_at"), str, int)


class DatabaseObligationStore:
    """The record's rows in the database, each read at most once."""

    def __init__(self, kind: str, record_id: int) -> None:
        self._of: dict[str, Any] = {"kind": kind, "record_id": record_id}
        self._open: list[Obligation] | None = None
        self._pauses: list[Pause] | None = None

    def know(self, owed: Sequence[Obligation]) -> None:
        """Those still owed were read already, together with those of other records."""
        self._open = list(owed)

    def open(self) -> list[Obligation]:
        """Those still owed, oldest first, with their departments."""
        if self._open is None:
            self._open = _open(self._of["kind"], self._of["record_id"])
        return [row for row in self._open if row.is_open]

    def settled_at(self, at: datetime | None) -> list[Obligation]:
        """Those fulfilled or cancelled at that moment, oldest first, with their departments."""
        rows = Obligation.objects.filter(Q(cancelled_at=at) | Q(fulfilled_at=at) | Q(received_at=at), **self._of)
        return list(rows.select_related("owner_department").order_by("id"))

    def last_of(self, events: Sequence[str]) -> datetime | None:
        """When one of these events last happened to the record."""
        entries = Entry.objects.filter(event__in=events, **self._of).order_by("-sequence")
        return entries.values_list("at", flat=True).first()

    def add(self, rows: Sequence[Obligation]) -> None:
        """These are owed from now on."""
        Obligation.objects.bulk_create(rows)

    def keep(self, rows: Sequence[Obligation], *columns: str) -> None:
        """These columns of the rows have changed; what is owed again is known with those still owed."""
        if rows:
            Obligation.objects.bulk_update(rows, columns)
        if self._open is not None:
            self._open += [row for row in rows if row.is_open and row not in self._open]

    def pauses(self) -> list[Pause]:
        """Every pause of the record, oldest first."""
        if self._pauses is None:
            self._pauses = _pauses(self._of["kind"], self._of["record_id"])
        return self._pauses

    def begin(self, pause: Pause) -> None:
        """The record's clock stands still from now on."""
        pause.save(force_insert=True)

    def end(self, pause: Pause) -> None:
        """It runs again."""
        pause.save(update_fields=["ended_at"])
