"""Reading the journal: the time-line of a record; no writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from huiyin.database.compiled import CompiledQuery
from huiyin.journal.models import Entry
from huiyin.journal.phrases import Sentence
from huiyin.kernel.text import Text


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as people read it; ``said`` are its particulars, ``more`` what a page tells besides."""

    who: Text
    text: Text
    at: datetime
    event: str
    clause: str
    sequence: int
    hash: str
    changes: dict[str, list[object]]
    said: Mapping[str, Any]
    more: Text | None = None


def with_names(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with the English names of those who acted, for pages in English."""
    # In braces, for the attribute is declared on Entry, which the type checker takes for a clash.
    return entries.annotate(**{"actor_en": F("actor__name_en")})  # noqa: PIE804


_of_record = CompiledQuery(
    lambda kind, pk: with_names(Entry.objects.filter(kind=kind, record_id=pk).order_by("-sequence")), str, int
)


def timeline(kind: str, record_id: int) -> list[LogLine]:
    """Everything that happened to a record, newest first."""
    return [_line(entry) for entry in _of_record(kind, record_id)]


def _line(entry: Entry) -> LogLine:
    return LogLine(
        entry.who,
        Sentence(entry),
        entry.at,
        entry.event,
        entry.clause,
        entry.sequence,
        entry.hash,
        entry.changes,
        entry.particulars,
    )


def head_hash(kind: str, record_id: int) -> str:
    """The hash of a record's last entry; empty when there is none."""
    last = Entry.objects.filter(kind=kind, record_id=record_id).order_by("-sequence").values_list("hash", flat=True)
    return last.first() or ""
