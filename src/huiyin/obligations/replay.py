"""Obligations are derived: a record's journal, played again under its procedure, gives the rows that are there.

For verification and repair. What the journal of the record itself says is replayed: what opened, ended, put off, undid,
paused and resumed, what was read again because facts had changed, and what was done on a record made for it. Owners are
not compared: they follow from facts as they stood, which the journal keeps as changes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from huiyin.journal import kinds
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import Obligation
from huiyin.obligations.settling import can_be_due, concerns_other_part
from huiyin.obligations.stated import StatedTime
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
    received_at: datetime | None = None

    @classmethod
    def of(cls, row: Obligation) -> Owed:
        """The same of a row."""
        return cls(row.rule, row.part, row.opened_at, row.fulfilled_at, row.cancelled_at, row.received_at)

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
    return _compared(replayed(record, conditional=there), there)


def _compared(said: Sequence[Owed], there: Sequence[Owed]) -> Difference:
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
    ``when`` those that ``conditional`` knows as opened then are taken to have held. So are those of a duty that was
    owed already: another promised moment opened one more, and so did each second pass while none told it from a first.
    """
    entries = Entry.objects.filter(kind=record.kind, record_id=record.pk).order_by("sequence")
    return _played(record.procedure_id, entries, conditional)


def _played(procedure_id: int, entries: Iterable[Entry], conditional: Iterable[Owed]) -> list[Owed]:
    play = _Play(versions.procedure_of(procedure_id), {(o.rule, o.part, o.opened_at) for o in conditional})
    for entry in entries:
        play.take(entry)
    return play.owed


# ---- all records


PORTION = 2000


def first_difference() -> Text | None:
    """The first record whose obligations its journal does not give, in words; reads each table once, in order."""
    for kind, records in kinds.records_by_kind():
        entries = _ByRecord(Entry.objects.filter(kind=kind).order_by("record_id", "sequence"))
        owed = _ByRecord(Obligation.objects.filter(kind=kind).order_by("record_id", "id"))
        of = records.order_by("pk").values_list("pk", "number", "procedure_id")
        for pk, number, procedure_id in of.iterator(chunk_size=PORTION):
            there = [Owed.of(row) for row in owed.of(pk)]
            found = _compared(_played(procedure_id, entries.of(pk), there), there)
            if found:
                return _in_words(found, number, versions.procedure_of(procedure_id))
        if owed.left is not None:
            return t(
                "责任所指的记录不存在：{kind} {pk}",
                "An obligation is on a record that is not there: {kind} {pk}",
                kind=kind,
                pk=owed.left,
            )
    return None


class _ByRecord:
    """Rows that stand in the order of their records, handed out record by record; ``left``: one never asked for."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._groups = groupby(rows.iterator(chunk_size=PORTION), key=lambda row: row.record_id)
        self._next = next(self._groups, None)
        self._passed: int | None = None

    @property
    def left(self) -> int | None:
        return self._passed if self._passed is not None else self._next[0] if self._next is not None else None

    def of(self, pk: int) -> list[Any]:
        """The rows of the record ``pk``; records are asked for in ascending order."""
        while self._next is not None and self._next[0] < pk:
            self._passed = self._next[0] if self._passed is None else self._passed
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != pk:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found


def _in_words(found: Difference, number: str, procedure: Procedure) -> Text:
    """The first thing that differs: what is lacking before what is too much."""
    one = (found.missing or found.more)[0]
    said = {
        "number": number,
        "what": procedure.rule(one.rule).label,
        "since": one.opened_at.astimezone(procedure.zone).strftime("%Y-%m-%d %H:%M"),
        "how": _standing(one),
    }
    if found.missing:
        return t(
            "责任与流水不符：按流水，{number} 有“{what}”（{since} 起，{how}），责任表里没有",
            "Obligations differ from the journal: by the journal {number} has “{what}” (since {since}, {how}), "
            "which the table lacks",
            **said,
        )
    return t(
        "责任与流水不符：责任表里 {number} 有“{what}”（{since} 起，{how}），流水没有",
        "Obligations differ from the journal: by the table {number} has “{what}” (since {since}, {how}), "
        "of which the journal knows nothing",
        **said,
    )


def _standing(one: Owed) -> Text:
    if one.fulfilled_at is not None:
        return t("已完成", "fulfilled")
    return t("已取消", "cancelled") if one.cancelled_at is not None else t("未结", "open")


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
        self._count_from(said)
        ended = self.procedure.rules_ended_by(event)
        for index, one in enumerate(self.owed):
            if one.is_open and one.rule in ended and not concerns_other_part(one.part, entry.part):
                self.owed[index] = one.ended(ended[one.rule], entry.at)
        self._take_back(event)
        self.last[event] = entry.at
        for rule in self.procedure.rules_opened_by(event):
            key = (rule.key, entry.part, entry.at)
            if can_be_due(rule, entry) and (key in self.held or not (rule.when or self._is_owed(rule.key, entry.part))):
                self.owed.append(Owed(*key))

    def _is_owed(self, rule: str, part: str) -> bool:
        """Whether the same is owed already, so that it need not be opened a second time."""
        return any(one.is_open and (one.rule, one.part) == (rule, part) for one in self.owed)

    def _take_back(self, event: str) -> None:
        undone = [self.last[one] for one in self.procedure.vocabulary.undone_by(event) if one in self.last]
        if not undone:
            return
        at = max(undone)
        self.owed = [
            replace(one, fulfilled_at=None, cancelled_at=None, received_at=None)
            if at in (one.fulfilled_at, one.cancelled_at, one.received_at)
            else one
            for one in self.owed
        ]

    def _count_from(self, said: Mapping[str, Any]) -> None:
        """By a decision a stated moment counts in place of the receipt."""
        decided = StatedTime.told_by(said)
        if decided is None:
            return
        rules = self.procedure.rules_ended_by(decided.event)
        received = decided.received_at
        self.owed = [
            replace(one, fulfilled_at=decided.for_opened_at(one.opened_at), received_at=received)
            if one.fulfilled_at == received and one.rule in rules
            else one
            for one in self.owed
        ]

    def _reread(self, entry: Entry) -> None:
        """What was read again says which rule it opened or released; one that replaces another ends that one."""
        key = entry.particulars["rule"]
        if entry.event == "obligation.released":
            self._end_where(lambda one: one.rule == key and one.part == entry.part, "cancelled_at", entry)
            return
        if entry.event != "obligation.called_for":
            self._end_where(lambda one: one.part == entry.part and self._is_replaced(one, entry), "cancelled_at", entry)
        self.owed.append(Owed(key, entry.part, entry.at))

    def _end_where(self, is_meant: Any, column: str, entry: Entry) -> None:
        """The first open one that is meant ends."""
        for index, one in enumerate(self.owed):
            if one.is_open and is_meant(one):
                self.owed[index] = one.ended(column, entry.at)
                return

    def _is_replaced(self, one: Owed, entry: Entry) -> bool:
        """Whether what was read again takes this one's place; entries that do not name it yet mean the same duty."""
        told = entry.particulars.get("instead_of")
        return one.rule == told if told else self._duty(one.rule) == self._duty(entry.particulars["rule"])

    def _duty(self, key: str) -> tuple[str, set[str]]:
        rule = self.procedure.rule(key)
        return rule.opens, set(rule.closes)

    def _ends(self, key: str) -> set[str]:
        rule = self.procedure.rule(key)
        return {*rule.closes, *rule.cancels, *rule.puts_off}
