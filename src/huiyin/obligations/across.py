"""A duty on one record that is done on another made for it: the complaint's visit, reported on the visit's own form."""

from __future__ import annotations

from typing import Any

from huiyin.journal.models import Entry
from huiyin.obligations import ties
from huiyin.obligations.journaling import enter, hold_record
from huiyin.obligations.models import OPEN, Obligation
from huiyin.procedure import versions


def settle_across(entry: Entry, record: Any) -> None:
    """End what is owed on the records this one was made for, as their own procedures say; each says so on its chain.

    The record itself is held already; those it was made for are locked in the order of their kinds and ids.
    """
    for kind, pk in ties.made_for(record):
        if not hold_record(kind, pk):
            continue
        rows = Obligation.objects.select_for_update().filter(OPEN, kind=kind, record_id=pk).order_by("id")
        for row in rows:
            ended = versions.procedure_of(row.procedure_id).rules_ended_by(entry.event).get(row.rule)
            if ended is not None:
                _end(row, ended, entry)


def _end(row: Obligation, how: str, entry: Entry) -> None:
    at = max(entry.at, row.opened_at)
    row.put_off = how == "put_off"
    column = "cancelled_at" if row.put_off else how
    setattr(row, column, at)
    row.next_alarm_at = None
    row.save(update_fields=[column, "put_off", "next_alarm_at"])
    event = "obligation.fulfilled" if column == "fulfilled_at" else "obligation.cancelled"
    told = {"by_kind": entry.kind, "by_number": entry.number, "by_event": entry.event}
    enter(row, event, at=at, because_of=entry, **told)
