"""Appending to the journal; the only place that inserts entries one at a time."""

from __future__ import annotations

from huiyin.journal.chain import Happening, make_entry
from huiyin.journal.models import Entry
from huiyin.journal.protection import hold_seal_off


def append(happening: Happening) -> Entry:
    """Enter ``happening`` at the end of its record's chain; the caller's transaction holds the record's row."""
    hold_seal_off()
    last = (
        Entry.objects.filter(kind=happening.kind, record_id=happening.record_id)
        .order_by("-sequence")
        .values_list("sequence", "hash")
        .first()
    )
    sequence, previous = (last[0] + 1, last[1]) if last else (1, "")
    entry = make_entry(happening, sequence=sequence, previous=previous)
    entry.save(force_insert=True)
    return entry
