"""A moment that somebody states, counted in place of the receipt: by a decision only, and the journal keeps both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from huiyin.obligations.models import Obligation
from huiyin.procedure import versions


@dataclass(frozen=True, slots=True)
class StatedTime:
    """What of a record counts from when: what ``event`` fulfilled, received at one moment, counts from another."""

    event: str
    received_at: datetime
    counts_from: datetime

    @classmethod
    def told_by(cls, said: Mapping[str, Any]) -> StatedTime | None:
        """The decision that an entry tells of; None for other entries."""
        if "counts_from" not in said:
            return None
        received, counts = (datetime.fromisoformat(said[name]) for name in ("received_at", "counts_from"))
        return cls(said["of_event"], received, counts)

    @property
    def payload(self) -> dict[str, str]:
        """What the entry of the decision says: replaying the journal gives the same rows by it."""
        return {
            "of_event": self.event,
            "received_at": self.received_at.isoformat(),
            "counts_from": self.counts_from.isoformat(),
        }

    def for_opened_at(self, opened_at: datetime) -> datetime:
        """The moment that counts: nothing is fulfilled before it was owed."""
        return max(opened_at, self.counts_from)


def late_by_receipt(record: Any, event: str, received_at: datetime) -> list[Obligation]:
    """What an event that was received at a moment fulfilled too late."""
    return list(_fulfilled_by(record, event, received_at).filter(due_at__lt=F("fulfilled_at")).order_by("id"))


def count(record: Any, decided: StatedTime) -> None:
    """Let what was fulfilled by the event count from the stated moment."""
    rows = list(_fulfilled_by(record, decided.event, decided.received_at))
    for row in rows:
        row.received_at, row.fulfilled_at = decided.received_at, decided.for_opened_at(row.opened_at)
    Obligation.objects.bulk_update(rows, ["received_at", "fulfilled_at"])


def _fulfilled_by(record: Any, event: str, received_at: datetime) -> QuerySet[Obligation]:
    rules = versions.procedure_of(record.procedure_id).rules_ended_by(event)
    rows = Obligation.objects.filter(kind=record.kind, record_id=record.pk, fulfilled_at=received_at)
    return rows.filter(rule__in=list(rules))
