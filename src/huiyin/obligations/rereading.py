"""Conditions are read again whenever facts change: what is owed begins, ends, comes earlier or later, and says why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.journal import kinds
from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.obligations import settling, ties
from huiyin.obligations.ledger import DatabaseObligationStore
from huiyin.obligations.models import Obligation
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.ownership import tasks_written
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.conditions import fields_in
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import SUBJECTS

ACROSS = ("obligation.fulfilled", "obligation.cancelled")
AGED = t("所看的日子已满期限。", "The day it depends on is long enough ago.")


def reread_after(entry: Entry, record: Any, *, procedure: Procedure, staff: StaffDirectory) -> None:
    """After a step that changed facts: read again what depends on them, on the record and on what is about it."""
    tasks = tasks_written(entry, procedure)
    if not entry.changes and not tasks:
        return
    rules = [
        rule
        for rule in procedure.reach.conditional_on(record.kind)
        if rule.opens.partition(".")[0] in tasks or _depends(rule, entry.changes, record)
    ]
    if rules:
        why = _because(entry, record.kind, procedure, rules, tasks=tasks)
        Rereading(record, procedure, entry.at, why, staff).apply(rules)
    if not entry.changes:
        return
    if record.kind in SUBJECTS:
        from huiyin.obligations.rounds import release_unmeant  # which opens by what is settled here

        release_unmeant(at=entry.at, subject=(record.kind, record.pk))
    if record.kind == "customer" or record.kind in procedure.reach.read_by_others:
        _hanging(entry, record, staff)


def _hanging(entry: Entry, record: Any, staff: StaffDirectory) -> None:
    changed = {f"{record.kind}.{name}": name for name in entry.changes}
    for one in ties.hanging_on(record):
        procedure = versions.procedure_of(one.procedure_id)
        rules = [r for r in procedure.reach.conditional_on(one.kind) if changed.keys() & set(fields_in(r.when))]
        if rules and (held := lock(one)) is not None:
            why = _because(entry, record.kind, versions.procedure_of(record.procedure_id), rules, of=record)
            Rereading(held, procedure, entry.at, why, staff).apply(rules)


def lock(record: Any) -> Any:
    """The record as it is now, and nobody else's until the transaction ends; None where it is gone."""
    return type(record)._default_manager.select_for_update().filter(pk=record.pk).first()


def _depends(rule: Any, changes: Iterable[str], record: Any) -> bool:
    """Whether one of the changed columns, or something derived from columns, stands in the rule's conditions."""
    changed = {name.removesuffix("_id") for name in changes} | set(changes)
    for name in fields_in(rule.when):
        first = name.partition(".")[0]
        if first in changed or isinstance(getattr(type(record), name, None), property):
            return True
    return False


def _because(
    entry: Entry, kind: str, procedure: Procedure, rules: Iterable[Any], *, tasks: Iterable[str] = (), of: Any = None
) -> Text:
    """Of what changed, that which the rules look at; all that has a name where they look at something reckoned from
    it.
    """
    read = {name.rpartition(".")[2] for rule in rules for name in fields_in(rule.when)}
    changed = [name.removesuffix("_id") for name in entry.changes]
    own = {each.name for each in procedure.fields_of(kind)}
    named = [name for name in changed if name in own or procedure.vocabulary.field_of(kind, name)]
    known = [name for name in changed if name in read] or named
    names = [procedure.field_label(kind, name) for name in known]
    names += [procedure.vocabulary.kinds[one].label for one in sorted(tasks)]
    names = names or [procedure.vocabulary.kinds[kind].label]
    zh, en = "、".join(one.show("zh") for one in names), ", ".join(one.show("en") for one in names)
    fields = Text(zh, en)
    if of is None:
        return t("因为“{fields}”有变。", "Because this changed: {fields}.", fields=fields)
    return t(
        "因为 {number} 的“{fields}”有变。",
        "Because this changed on {number}: {fields}.",
        number=of.number,
        fields=fields,
    )


@dataclass
class Rereading:
    """One record's conditional rules, held against its facts at a moment; ``why`` goes into each entry."""

    record: Any
    procedure: Procedure
    at: datetime
    why: Text
    staff: StaffDirectory
    ledger: DatabaseObligationStore = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = DatabaseObligationStore(self.record.kind, self.record.pk)

    def apply(self, rules: Sequence[Any]) -> int:
        """Open what has come to be owed and end what no longer is; returns how many obligations changed."""
        ending, opening = self._differences(rules)
        done = 0
        for rule, opened_by, part in opening:
            old = next((row for row in ending if self._is_same_duty(row, rule, opened_by.part)), None)
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
        entries = self._entries(rules)
        ending: list[Obligation] = []
        opening: list[tuple[Any, Entry, Any]] = []
        for rule in rules:
            for opened_by in _last_by_part(entries, rule.opens):
                part = kinds.part_of(opened_by.part)
                row = owed.get((rule.key, opened_by.part))
                holds = settling.applies(rule, self.record, part, at=self.at, procedure=self.procedure)
                if row is not None and not holds:
                    ending.append(row)
                elif row is None and holds and _still_wanted(rule, opened_by, entries):
                    opening.append((rule, opened_by, part))
        return ending, opening

    def _entries(self, rules: Sequence[Any]) -> list[Entry]:
        """The entries that opened or ended what these rules speak of, oldest first."""
        events = {event for rule in rules for event in (rule.opens, *rule.closes, *rule.cancels, *rule.puts_off)}
        rows = Entry.objects.filter(kind=self.record.kind, record_id=self.record.pk, event__in=[*events, *ACROSS])
        return list(rows.order_by("sequence"))

    def _is_same_duty(self, row: Obligation, rule: Any, part: str) -> bool:
        other = self.procedure.rule(row.rule)
        return row.part == part and (other.opens, set(other.closes)) == (rule.opens, set(rule.closes))

    def _open(self, rule: Any, opened_by: Entry, part: Any, old: Obligation | None) -> None:
        actor = Person.objects.filter(pk=opened_by.actor_id).first() if opened_by.actor_id else None
        row = settling.make_obligation(
            rule, opened_by, self.record, part, procedure=self.procedure, actor=actor, staff=self.staff
        )
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
            self._say(event, row, due_at=row.due_at, was=old.due_at)

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
