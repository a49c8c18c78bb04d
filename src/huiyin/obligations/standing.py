"""What a record owes that came to its state otherwise than by steps (imports), and how that is told."""

from __future__ import annotations

from typing import Any

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.queries import with_names
from huiyin.kernel.text import Text
from huiyin.obligations.models import Obligation
from huiyin.obligations.settling import rules_open_after
from huiyin.procedure.schema import Procedure


def rules_due_in_state(record: Any, procedure: Procedure) -> list[Any]:
    """The rules that the record's state calls for: those open after the fewest steps that lead there from nothing.

    What may only be done in a state on the way without leaving it, such as approving a verdict, is taken as done.
    Nothing is owed in a final state.
    """
    table = procedure.step_table(record.kind)
    if record.state in table.final:
        return []
    here = set(table.verbs_from(record.state))
    events: list[str] = []
    ending: list[str] = []
    state: str | None = None
    for verb in table.way_to(record.state):
        state = table.target(state, verb)
        events.append(_event(record, verb, procedure))
        if state != record.state:
            staying = [v for v in table.verbs_from(state) if table.target(state, v, previous="") == state]
            passed = [_event(record, v, procedure) for v in staying if v not in here]
            events += passed
            ending += passed
    return rules_open_after(events, record, procedure, ending=ending)


def opened_otherwise(row: Obligation, rule: Any) -> Text | None:
    """What happened, as the journal tells it, when the obligation was opened by another event than its rule's."""
    if rule.recurs:
        return None
    then = Entry.objects.filter(kind=row.kind, record_id=row.record_id, at=row.opened_at)
    entries = list(with_names(then.order_by("sequence")))
    if not entries or rule.opens in {entry.event for entry in entries}:
        return None
    return Text(sentence(entries[0], "zh"), sentence(entries[0], "en"))


def _event(record: Any, verb: str, procedure: Procedure) -> str:
    return procedure.vocabulary.event_of(f"{record.kind}.{verb}")
