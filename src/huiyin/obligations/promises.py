"""Moments somebody promised: in which field they stand, and what becomes of a duty when that field is corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiyin.journal.models import Entry
from huiyin.procedure.computing import promised_moment
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import PROMISED


def fields_of(rule: Any, procedure: Procedure) -> tuple[str, ...]:
    """The fields in which stands by when a rule is due: those that the steps promise by which it is opened."""
    opening = (step for step in procedure.steps if step.promises)
    event_of = procedure.vocabulary.event_of
    return tuple(dict.fromkeys(step.promises for step in opening if event_of(step.key) == rule.opens))


def standing(rule: Any, record: Any, part: Any, procedure: Procedure) -> datetime | None:
    """The moment that stands promised on the record now; None where none does, and for what was promised on a part."""
    held = [record.fact(name) for name in fields_of(rule, procedure)] if part is None else []
    return next((moment for value in held if (moment := promised_moment(value, procedure.zone))), None)


def corrected(entry: Entry, procedure: Procedure) -> dict[str, datetime]:
    """The moments promised in fields that an entry changed without promising them anew, by the rules due by them.

    A field that was emptied leaves what was promised as it is.
    """
    step = next((s for s in procedure.steps if procedure.vocabulary.event_of(s.key) == entry.event), None)
    found = {}
    for rule in procedure.obligations if step is None or not step.promises else ():
        if rule.within != PROMISED or not rule.opens:
            continue
        changed = [entry.changes[name][1] for name in fields_of(rule, procedure) if name in entry.changes]
        moment = promised_moment(changed[0], procedure.zone) if changed else None
        if moment is not None and procedure.vocabulary.chain_of(rule.opens.partition(".")[0]) == entry.kind:
            found[rule.key] = moment
    return found
