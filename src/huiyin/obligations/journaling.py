"""What becomes of an obligation beside the steps of its record: the record is held first, then its chain says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiyin.journal import kinds
from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft
from huiyin.journal.models import Entry
from huiyin.obligations.models import Obligation, Occasion


def hold_record(kind: str, record_id: int) -> bool:
    """Lock the record, or the turn of a period, on which something is owed; False where it is not there.

    Before the obligation itself, as a step does: whoever held them the other way round could wait for ever.
    """
    model = Occasion if kind == Occasion.kind else kinds.record_model(kind)
    held = model._default_manager.select_for_update().filter(pk=record_id) if model is not None else None
    return held is not None and held.values("pk").first() is not None


def enter(
    row: Obligation, event: str, *, at: datetime, number: str = "", because_of: Entry | None = None, **said: Any
) -> Entry:
    """Append to the chain of an obligation's record what became of it, told with what is owed (``what``) and ``said``.

    ``because_of``: the entry of another record that brought it about, whose author it names. It is never entered before
    the obligation was opened. ``number``: the record's, where it may have another than when the obligation was opened.
    """
    return append(
        EntryDraft(
            kind=row.kind,
            record_id=row.record_id,
            number=number or row.record_number,
            event=event,
            at=max(at, row.opened_at),
            actor_id=because_of.actor_id if because_of is not None else None,
            actor_name=because_of.actor_name if because_of is not None else "",
            part=row.part,
            clause=row.clause,
            procedure_id=row.procedure_id,
            particulars={"what": row.label, **said},
        )
    )
