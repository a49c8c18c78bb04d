"""What is owed on records that are about another follows its facts: the tier of the customer, however far away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from huiyin.journal import kinds
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text
from huiyin.obligations import ties
from huiyin.obligations.changed import ChangedFacts
from huiyin.obligations.models import OPEN, Obligation, Occasion
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.ownership import Handover
from huiyin.obligations.rereading import Rereading, lock
from huiyin.obligations.subjects import subject_kind
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

FEW = 500
"""So many records are read together."""


def follow(changed: ChangedFacts, record: Any, staff: StaffDirectory) -> None:
    """After facts of a record changed: read again what depends on them on the records that are about it.

    They are read together, one query for each kind of thing; only those on which something is different are locked and
    written, in the order of their kinds and ids.
    """
    for (kind, version), group in groupby(ties.hanging_on(record), key=lambda one: (one.kind, one.procedure_id)):
        reading = _Reading.of(kind, versions.procedure_of(version), changed)
        ids = [one.pk for one in group] if reading else []
        for start in range(0, len(ids), FEW):
            _read_again(ids[start : start + FEW], reading, changed, record, staff)
    if changed.names_another_salesperson and record.kind == "customer":
        _turns(changed, record, staff)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What of a procedure reads the changed facts on one kind of record: rules by condition, rules by whom they owe."""

    kind: str
    procedure: Procedure
    conditional: tuple[Any, ...]
    owned: frozenset[str]

    @classmethod
    def of(cls, kind: str, procedure: Procedure, changed: ChangedFacts) -> _Reading:
        rules = procedure.reach.conditional_on(kind)
        conditional = tuple(rule for rule in rules if changed.is_read_from_afar(rule.when))
        owned = procedure.reach.owned_through if changed.names_another_salesperson else frozenset()
        return cls(kind, procedure, conditional, owned)

    def __bool__(self) -> bool:
        return bool(self.conditional or self.owned)


def _read_again(ids: Sequence[int], reading: _Reading, changed: ChangedFacts, root: Any, staff: StaffDirectory) -> None:
    records = {one.pk: one for one in kinds.records_of(reading.kind).filter(pk__in=ids)}
    in_hand = ties.read_what_they_are_about(list(records.values()), root)
    owed, entries = _owed(reading.kind, ids), _entries(reading, ids)
    hung_on = {row.part for rows in owed.values() for row in rows}
    hung_on |= {entry.part for rows in entries.values() for entry in rows}
    parts = kinds.parts_of(hung_on)
    why = changed.because(reading.conditional, far=root)
    for pk in ids:
        one = records.get(pk)
        if one is None:
            continue
        seen = Rereading(one, reading.procedure, changed.at, why, staff, in_hand=in_hand)
        seen.know(owed[pk], entries[pk], parts)
        handover = Handover(reading.procedure, changed.at, staff, in_hand)
        if seen.differs(reading.conditional) or handover.moved(one, _owned(owed[pk], reading), parts):
            _write(one, reading, changed.at, why, staff, in_hand)


def _owned(rows: Iterable[Obligation], reading: _Reading) -> list[Obligation]:
    return [row for row in rows if row.rule in reading.owned]


def _write(
    record: Any, reading: _Reading, at: Any, why: Text, staff: StaffDirectory, in_hand: Mapping[ties.Tie, Any]
) -> None:
    """The record is locked and read once more, for somebody may have taken a step on it in the meantime."""
    held = lock(record)
    if held is None:
        return
    reread = Rereading(held, reading.procedure, at, why, staff, in_hand=in_hand)
    reread.apply(reading.conditional)
    rows = _owned(reread.ledger.open(), reading)
    Handover(reading.procedure, at, staff, in_hand).tell(held, rows, why)


def _owed(kind: str, ids: Sequence[int]) -> Mapping[int, list[Obligation]]:
    rows = Obligation.objects.filter(OPEN, kind=kind, record_id__in=ids).select_related("owner_department")
    return _by_record(rows.order_by("id"))


def _entries(reading: _Reading, ids: Sequence[int]) -> Mapping[int, list[Entry]]:
    events = Rereading.events_of(reading.conditional)
    of = Entry.objects.filter(kind=reading.kind, record_id__in=ids)
    return _by_record(of.filter(event__in=events).order_by("sequence"))


def _by_record(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.record_id].append(row)
    return found


def _turns(changed: ChangedFacts, customer: Any, staff: StaffDirectory) -> None:
    """What the customer's salesperson owes in each period, for the customer or a delivery to it, the new one owes."""
    mine = Occasion.objects.filter(subject_kind=customer.kind, subject_id=customer.pk)
    sent = subject_kind("delivery").rows().filter(customer=customer.pk)
    mine |= Occasion.objects.filter(subject_kind="delivery", subject_id__in=sent.values("pk"))
    owed = Obligation.objects.filter(OPEN, kind=Occasion.kind, record_id__in=mine.values("pk"))
    rows = list(owed.select_related("owner_department").order_by("record_id"))
    turns = Occasion.objects.select_for_update().in_bulk([row.record_id for row in rows])
    in_hand = {(customer.kind, customer.pk): customer}
    for row in rows:
        procedure = versions.procedure_of(row.procedure_id)
        if row.rule in procedure.reach.owned_through:
            turn = turns[row.record_id]
            if turn.subject_kind == customer.kind:
                turn.about_record = customer
            Handover(procedure, changed.at, staff, in_hand).tell(turn, [row], changed.because((), far=customer))
