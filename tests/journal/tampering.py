"""Hands on the database behind the application's back: what an intruder with the password could do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from huiyin.journal.chain import entry_hash
from huiyin.journal.models import Entry
from huiyin.journal.protection import protect, unprotect


@contextmanager
def unguarded() -> Iterator[None]:
    """The journal's triggers taken away for a moment."""
    unprotect()
    try:
        yield
    finally:
        protect()


def rewrite(entry: Entry, **values: Any) -> None:
    """Change an entry and everything chained to it, so that each chain is whole again: the best forgery there is."""
    with unguarded():
        for name, value in values.items():
            setattr(entry, name, value)
        previous = entry.previous
        for one in [entry, *chain_after(entry)]:
            one.previous = previous
            one.hash = entry_hash(one)
            Entry.objects.filter(pk=one.pk).update(
                **values if one is entry else {}, previous=one.previous, hash=one.hash
            )
            previous = one.hash


def chain_after(entry: Entry) -> list[Entry]:
    """The entries of the record after this one."""
    rows = Entry.objects.filter(kind=entry.kind, record_id=entry.record_id, sequence__gt=entry.sequence)
    return list(rows.order_by("sequence"))


def delete(entry: Entry) -> None:
    """Take one entry out of the table."""
    with unguarded():
        Entry.objects.filter(pk=entry.pk).delete()
