"""Appending to the journal; the only place that inserts entries one at a time."""

from __future__ import annotations

from huiyin.database.compiled import CompiledQuery
from huiyin.journal.chain import EntryDraft, make_entry
from huiyin.journal.models import Entry
from huiyin.journal.protection import block_sealing

_last = CompiledQuery(
    lambda kind, pk: Entry.objects.filter(kind=kind, record_id=pk).order_by("-sequence").only("sequence", "hash")[:1],
    str,
    int,
)


def append(happening: EntryDraft) -> Entry:
    """Enter ``happening`` at the end of its record's chain; the caller's transaction holds the record's row."""
    block_sealing()
    last = _last.first(happening.kind, happening.record_id)
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, "")
    entry = make_entry(happening, sequence=sequence, previous=previous)
    entry.save(force_insert=True)
    return entry
