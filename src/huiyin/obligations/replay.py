"""Obligations are derived: a record's journal, played again under its procedure, gives the rows that are there.

For verification and repair. What the journal of the record itself says is replayed: what opened, ended, put off, undid,
paused and resumed, what was read again because facts had changed, and what was done on a record made for it. Owners are
not compared: they follow from facts as they stood, which the journal keeps as changes only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from huiyin.journal.models import Entry
from huiyin.obligations.models import Obligation
from huiyin.obligations.settling import can_be_due, concerns_other_part
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

ACROSS = {"obligation.fulfilled": "fulfilled_at", "obligation.cancelled": "cancelled_at"}
REREAD = {"obligation.called_for", "obligation.brought_forward", "obligation.put_off"}


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation as far as the journal tells it."""

    rule: str
    part: str
    opened_at: datetime
    fulfilled_at: datetime | None = None
    cancelled_at: datetime | None = None

    @classmethod
    def of(cls, row: Obligation) -> Owed:
        """The same of a row."""
        return cls(row.rule, row.part, row.opened_at, row.fulfilled_at, row.cancelled_at)

    def ended(self, how: str, at: datetime) -> Owed:
        """The same, fulfilled or cancelled; what is put off is cancelled."""
        return replace(self, fulfilled_at=at) if how == "fulfilled_at" else replace(self, cancelled_at=at)

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.fulfilled_at is None and self.cancelled_at is None


@dataclass(frozen=True, slots=True)
class Difference:
    """What the journal says and the table lacks (``missing``), and the other way round (``more``)."""

    missing: tuple[Owed, ...]
    more: tuple[Owed, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.more)


def differences(record: Any) -> Difference:
    """How the record's obligations differ from what its journal says; nothing where all is well."""
    there = [Owed.of(row) for row in Obligation.objects.filter(kind=record.kind, record_id=record.pk).order_by("id")]
    said = replayed(record, conditional=there)
    missing, more = list(said), []
    for one in there:
        if one in missing:
            missing.remove(one)
        else:
            more.append(one)
    return Difference(tuple(missing), tuple(more))


def replayed(record: Any, *, conditional: Iterable[Owed] = ()) -> list[Owed]:
    """The obligations that the record's journal gives under its procedure, in the order they were opened.

    Whether a condition held when its rule's event happened the journal does not tell by itself: for rules with
    ``when`` those that ``conditional`` knows as opened then are taken to have held.
    """
    entries = Entry.objects.filter(kind=record.kind, record_id=record.pk).order_by("sequence")
    play = _Play(versions.procedure_of(record.procedure_id), {(o.rule, o.part, o.opened_at) for o in conditional})
    for entry in entries:
        play.take(entry)
    return play.owed


class _Play:
    def __init__(self, procedure: Procedure, held: set[tuple[str, str, datetime]]) -> None:
        self.procedure = procedure
        self.held = held
        self.owed: list[Owed] = []
        self.last: dict[str, datetime] = {}

    def take(self, entry: Entry) -> None:
        """What one entry ends, takes back and opens."""
        event, said = entry.event, entry.particulars
        if event in ACROSS:
            self._end_where(lambda one: said.get("by_event") in self._ends(one.rule), ACROSS[event], entry)
            return
        if event in REREAD or event == "obligation.released":
            self._reread(entry)
            return
        ended = self.procedure.rules_ended_by(event)
        for index, one in enumerate(self.owed):
            if one.is_open and one.rule in ended and not concerns_other_part(one.part, entry.part):
                self.owed[index] = one.ended(ended[one.rule], entry.at)
        self._take_back(event)
        self.last[event] = entry.at
        for rule in self.procedure.rules_opened_by(event):
            key = (rule.key, entry.part, entry.at)
            if can_be_due(rule, entry) and (not rule.when or key in self.held):
                self.owed.append(Owed(*key))

    def _take_back(self, event: str) -> None:
        undone = [self.last[one] for one in self.procedure.vocabulary.undone_by(event) if one in self.last]
        if not undone:
            return
        at = max(undone)
        self.owed = [
            replace(one, fulfilled_at=None, cancelled_at=None) if at in (one.fulfilled_at, one.cancelled_at) else one
            for one in self.owed
        ]

    def _reread(self, entry: Entry) -> None:
        """What was read again says which rule it opened or released; one that replaces another ends that one."""
        key = entry.particulars["rule"]
        if entry.event == "obligation.released":
            self._end_where(lambda one: one.rule == key and one.part == entry.part, "cancelled_at", entry)
            return
        if entry.event != "obligation.called_for":
            rule = self.procedure.rule(key)
            duty = (rule.opens, set(rule.closes))
            self._end_where(lambda one: one.part == entry.part and self._duty(one.rule) == duty, "cancelled_at", entry)
        self.owed.append(Owed(key, entry.part, entry.at))

    def _end_where(self, is_meant: Any, column: str, entry: Entry) -> None:
        """The first open one that is meant ends."""
        for index, one in enumerate(self.owed):
            if one.is_open and is_meant(one):
                self.owed[index] = one.ended(column, entry.at)
                return

    def _duty(self, key: str) -> tuple[str, set[str]]:
        rule = self.procedure.rule(key)
        return rule.opens, set(rule.closes)

    def _ends(self, key: str) -> set[str]:
        rule = self.procedure.rule(key)
        return {*rule.closes, *rule.cancels, *rule.puts_off}
