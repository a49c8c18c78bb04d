"""Conditions are read again whenever facts change: what is owed begins, ends, comes earlier or later, and says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.journal import kinds
from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.obligations import promises, settling
from huiyin.obligations.changed import COUNTED_FROM, ChangedFacts
from huiyin.obligations.ledger import DatabaseObligationStore
from huiyin.obligations.models import Obligation
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.ties import InHand
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import PROMISED, SUBJECTS

ACROSS = ("obligation.fulfilled", "obligation.cancelled")
AGED = t("所看的日子已满期限。", "The day it depends on is long enough ago.")


def reread_after(entry: Entry, record: Any, *, procedure: Procedure, staff: StaffDirectory) -> None:
    """After a step that changed facts: read again what depends on them, on the record and on what is about it."""
    changed = ChangedFacts(entry, record, procedure)
    if not entry.changes and not changed.tasks:
        return
    rules = [
        rule
        for rule in procedure.reach.conditional_on(record.kind)
        if changed.opened_by_tasks(rule) or changed.is_read_here(rule.when)
    ]
    here = Rereading(record, procedure, entry.at, changed.because(rules), staff)
    if rules:
        here.apply(rules)
    if not entry.changes:
        return
    if not entry.part:
        here.move_promises(promises.corrected(entry, procedure), changed)
        here.move_counted(changed)
    if record.kind in SUBJECTS:
        from huiyin.obligations.rounds import release_unmeant  # which opens by what is settled here

        release_unmeant(at=entry.at, subject=(record.kind, record.pk))
    if not entry.part:
        from huiyin.obligations.following import follow  # which reads other records by what stands here

        follow(changed, record, staff)


def lock(record: Any) -> Any:
    """The record as it is now, and nobody else's until the transaction ends; None where it is gone."""
    return type(record)._default_manager.select_for_update().filter(pk=record.pk).first()


@dataclass
class Rereading:
    """One record's conditional rules, held against its facts at a moment; ``why`` goes into each entry.

    ``in_hand``: records it may be about that were read already; ``know`` gives what was read of it with others.
    """

    record: Any
    procedure: Procedure
    at: datetime
    why: Text
    staff: StaffDirectory
    in_hand: InHand = field(default_factory=dict)
    ledger: DatabaseObligationStore = field(init=False)
    _known_entries: Sequence[Entry] | None = field(init=False, default=None)
    _known_parts: Mapping[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = DatabaseObligationStore(self.record.kind, self.record.pk)

    def know(self, owed: Sequence[Obligation], entries: Sequence[Entry], parts: Mapping[str, Any]) -> None:
        """What is owed on the record, its entries of ``events_of`` and its parts are these: nothing more is asked."""
        self.ledger.know(owed)
        self._known_entries, self._known_parts = entries, parts

    def differs(self, rules: Sequence[Any]) -> bool:
        """Whether something has come to be owed, or is no longer, by these rules."""
        return any(self._differences(rules))

    def apply(self, rules: Sequence[Any]) -> int:
        """Open what has come to be owed and end what no longer is; returns how many obligations changed."""
        ending, opening = self._differences(rules)
        done = 0
        for rule, opened_by, part in opening:
            old = self._replaced(ending, rule, opened_by.part)
            self._open(rule, opened_by, part, old)
            if old is not None:
                ending.remove(old)
            done += 1
        for row in ending:
            self._end(row, put_off=False)
            self._say("obligation.released", row)
        return done + len(ending)

    def _differences(self, rules: Sequence[Any]) -> tuple[list[Obligation], list[tuple[Any, Entry, Any]]]:
        owed = {(row.rule, row.part): row for row in self.ledger.open()}
        entries = self._entries(rules) if self._known_entries is None else self._known_entries
        parts = self._parts(entries, rules)
        ending: list[Obligation] = []
        opening: list[tuple[Any, Entry, Any]] = []
        for rule in rules:
            for opened_by in _last_by_part(entries, rule.opens):
                part = parts.get(opened_by.part)
                row = owed.get((rule.key, opened_by.part))
                holds = settling.applies(
                    rule, self.record, part, at=self.at, procedure=self.procedure, in_hand=self.in_hand
                )
                if row is not None and not holds:
                    ending.append(row)
                elif row is None and holds and _still_wanted(rule, opened_by, entries):
                    opening.append((rule, opened_by, part))
        return ending, opening

    def _entries(self, rules: Sequence[Any]) -> list[Entry]:
        """The entries that opened or ended what these rules speak of, oldest first."""
        of = Entry.objects.filter(kind=self.record.kind, record_id=self.record.pk)
        return list(of.filter(event__in=self.events_of(rules)).order_by("sequence"))

    def _parts(self, entries: Iterable[Entry], rules: Sequence[Any]) -> Mapping[str, Any]:
        """The parts on which something of these rules was opened."""
        if self._known_entries is not None:
            return self._known_parts
        opens = {rule.opens for rule in rules}
        return kinds.parts_of({entry.part for entry in entries if entry.event in opens})

    @staticmethod
    def events_of(rules: Sequence[Any]) -> list[str]:
        """The events that open or end what these rules speak of; none where there are no rules."""
        named = {event for rule in rules for event in (rule.opens, *rule.closes, *rule.cancels, *rule.puts_off)}
        return [*named, *ACROSS] if rules else []

    def move_promises(self, moments: Mapping[str, datetime], changed: ChangedFacts) -> None:
        """What was promised in a field that somebody corrected is owed by the moment that stands there now.

        What was late by the moment first written stays late where the new one is later.
        """
        for row in self.ledger.open() if moments else ():
            due = moments.get(row.rule)
            if due is None or row.part or due == row.given_until:
                continue
            rule = self.procedure.rule(row.rule)
            self.why = changed.because((), only=promises.fields_of(rule, self.procedure))
            opened_by = _last_by_part(self._entries([rule]), rule.opens)
            if opened_by:
                self._open(rule, opened_by[-1], None, row, promised=due)

    def move_counted(self, changed: ChangedFacts) -> None:
        """What counts from a moment that somebody corrected counts from the one that stands there now.

        What was opened anew, and so counts from then, stays; what was late by the moment first written stays late where
        the new one is later.
        """
        moved = {
            name: datetime.fromisoformat(pair[0]) for name in COUNTED_FROM if (pair := changed.entry.changes.get(name))
        }
        for row in self.ledger.open() if moved else ():
            rule = self.procedure.rule(row.rule)
            if moved.get(rule.from_) != row.base_at:
                continue
            self.why = changed.because((), only=(rule.from_,))
            entries = [one for one in self._entries([rule]) if one.part == row.part]
            opened_by = _last_by_part(entries, rule.opens)
            if opened_by:
                self._open(rule, opened_by[-1], kinds.parts_of({row.part}).get(row.part), row)

    def _replaced(self, ending: Iterable[Obligation], rule: Any, part: str) -> Obligation | None:
        """Of what ends the same duty under another rule: opened and closed by the same, owed by the same if there is
        one.
        """
        same = [row for row in ending if self._is_same_duty(row, rule, part)]
        owned = [row for row in same if self.procedure.rule(row.rule).owner == rule.owner]
        return next(iter([*owned, *same]), None)

    def _is_same_duty(self, row: Obligation, rule: Any, part: str) -> bool:
        other = self.procedure.rule(row.rule)
        return row.part == part and (other.opens, set(other.closes)) == (rule.opens, set(rule.closes))

    def _open(
        self, rule: Any, opened_by: Entry, part: Any, old: Obligation | None, *, promised: datetime | None = None
    ) -> None:
        actor = Person.objects.filter(pk=opened_by.actor_id).first() if opened_by.actor_id else None
        row = settling.make_obligation(
            rule, opened_by, self.record, part, procedure=self.procedure, actor=actor, staff=self.staff
        )
        if rule.within == PROMISED:
            row.due_at = promised or promises.standing(rule, self.record, part, self.procedure) or row.due_at
        row.opened_at, row.span_due_at = self.at, row.due_at
        calendar = settling.calendar_of_row(row, self.procedure)
        pauses = self.ledger.pauses() if rule.pause else []
        row.due_at = settling.explain(row, rule, pauses, calendar).at
        if old is not None:
            row.original_due_at = old.original_due_at
            self._end(old, put_off=row.due_at > old.due_at)
        if any(pause.ended_at is None for pause in pauses):
            row.paused_at = self.at
        else:
            row.next_alarm_at = settling.next_alarm(row, rule, calendar)
        self.ledger.add([row])
        if old is None:
            self._say("obligation.called_for", row, due_at=row.due_at)
        else:
            event = "obligation.put_off" if row.due_at > old.due_at else "obligation.brought_forward"
            self._say(event, row, due_at=row.due_at, was=old.due_at, instead_of=old.rule)

    def _end(self, row: Obligation, *, put_off: bool) -> None:
        row.cancelled_at, row.put_off, row.next_alarm_at = self.at, put_off, None
        self.ledger.keep([row], "cancelled_at", "put_off", "next_alarm_at")

    def _say(self, event: str, row: Obligation, **said: Any) -> None:
        append(
            EntryDraft(
                kind=row.kind,
                record_id=row.record_id,
                number=self.record.number,
                event=event,
                at=self.at,
                part=row.part,
                clause=row.clause,
                procedure_id=row.procedure_id,
                particulars={"what": row.label, "why": self.why, "rule": row.rule, **said},
            )
        )


def _last_by_part(entries: Iterable[Entry], event: str) -> list[Entry]:
    """The last entry of an event for each part."""
    return list({entry.part: entry for entry in entries if entry.event == event}.values())


def _still_wanted(rule: Any, opened_by: Entry, entries: Iterable[Entry]) -> bool:
    """Whether nothing that ends the rule has happened since, here or on a record made for this one."""
    ends = {*rule.closes, *rule.cancels, *rule.puts_off}
    for entry in entries:
        if entry.sequence <= opened_by.sequence:
            continue
        event = entry.particulars.get("by_event") if entry.event in ACROSS else entry.event
        if event in ends and not settling.concerns_other_part(opened_by.part, entry.part):
            return False
    return settling.can_be_due(rule, opened_by)
