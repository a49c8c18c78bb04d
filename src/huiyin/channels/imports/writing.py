"""Writing many rows at once, each with its journal entry and digests, as if each had been entered by a step.

All that takes time is done before: ids are reserved, entries chained, texts cut into grams. The transaction inserts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from huiyin.channels.imports.importer import CreatedIds, ImportContext, PreparedImport, Tell
from huiyin.database.bulk import execute, insert_statements, reserve_ids
from huiyin.journal.chain import EntryDraft, digest, make_entry
from huiyin.journal.models import Entry
from huiyin.journal.protection import block_sealing
from huiyin.obligations.models import Obligation, Pause
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.settling import settle
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Part, Record
from huiyin.records.search import search
from huiyin.records.steps.numbers import NumberReservation

PORTION = 1000
DIGESTS_IN_ONE_ENTRY = 200

T = TypeVar("T")


@dataclass(slots=True)
class NewRecord:
    """A record to be opened with the parts that come with it, what its entry is to say,
    and what it owes from the start.
    """

    record: Any
    parts: list[Part] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    owes: Sequence[Any] = ()


class EmptyObligationStore:
    """The ledger of a record that is only being opened: nothing was owed before, what it owes is gathered."""

    def __init__(self) -> None:
        self.rows: list[Obligation] = []

    def open(self) -> list[Obligation]:
        """Nothing yet."""
        return []

    def settled_at(self, at: datetime | None) -> list[Obligation]:
        """Nothing yet."""
        return []

    def last_of(self, events: Sequence[str]) -> datetime | None:
        """Nothing has happened yet."""
        return None

    def add(self, rows: Sequence[Obligation]) -> None:
        """Gather what is owed."""
        self.rows += rows

    def keep(self, rows: Sequence[Obligation], *columns: str) -> None:
        """Nothing changes."""

    def pauses(self) -> list[Pause]:
        """Its clock never stood still."""
        return []

    def begin(self, pause: Pause) -> None:
        """An import starts no pause."""
        raise LookupError(pause.key)

    def end(self, pause: Pause) -> None:
        """An import ends no pause."""


def ready_to_open(
    new: Sequence[NewRecord],
    *,
    owner: str,
    event: str,
    origin: ImportContext,
    tell: Tell,
    claim: NumberReservation | None = None,
) -> PreparedImport:
    """Records with their parts, one entry each, ready to be written; ``owner`` names the parts' key to their record.

    Numbers, states and moments are set already; ``claim`` is what the numbers of the series rest on.
    """
    made, statements, staff = CreatedIds(), [], StaffDirectory()
    done = 0
    for portion in portions(new, PORTION):
        _give_ids([one.record for one in portion])
        for one in portion:
            for part in one.parts:
                setattr(part, owner, one.record)
        for rows in _by_model(part for one in portion for part in one.parts):
            _give_ids(rows)
        entries = [_opening(one, event, origin) for one in portion]
        owed = [row for one, entry in zip(portion, entries, strict=True) for row in _owed(one, entry, origin, staff)]
        statements += insert_statements([one.record for one in portion])
        for rows in _by_model(part for one in portion for part in one.parts):
            statements += insert_statements(rows)
        statements += [*insert_statements(entries), *insert_statements(owed)]
        statements += search.prepare_index(search.search_document(one.record, at=origin.at) for one in portion)
        for one in portion:
            for row in (one.record, *one.parts):
                made.add(_kind(row), [row.pk])
        done += len(portion)
        tell(done)

    def write() -> None:
        block_sealing()
        if claim is not None:
            claim.take()
        execute(statements)

    return PreparedImport(made, write)


def _owed(one: NewRecord, entry: Entry, origin: ImportContext, staff: StaffDirectory) -> list[Obligation]:
    if not one.owes and not _speaks_of(entry.event, origin.procedure):
        return []
    ledger = EmptyObligationStore()
    settle(
        entry,
        one.record,
        None,
        procedure=origin.procedure,
        actor=origin.actor,
        staff=staff,
        ledger=ledger,
        also=one.owes,
    )
    return ledger.rows


def ready_to_add(
    parts: Mapping[int, Sequence[Part]],
    *,
    model: type[Record],
    event: str,
    said: Callable[[Sequence[Part]], dict[str, Any]],
    origin: ImportContext,
    tell: Tell,
    words: Callable[[Mapping[int, Sequence[Part]]], Iterable[search.SearchDocument]] | None = None,
) -> PreparedImport:
    """Parts of records already on file, by record id, ready to be written; each record's chain gets entries for them.

    ``words`` gives what the records are found under with these parts, when that changes.
    """
    made, statements = CreatedIds(), []
    known = chain_ends(model.kind, list(parts)) if words is not None else {}
    told: dict[int, list[tuple[dict[str, Any], dict[str, str | None]]]] = {}
    done = 0
    for ids in portions(sorted(parts), PORTION):
        rows = [part for pk in ids for part in parts[pk]]
        _give_ids(rows)
        for portion in portions(rows, PORTION):
            statements += insert_statements(portion)
        for pk in ids:
            few = portions(parts[pk], DIGESTS_IN_ONE_ENTRY)
            told[pk] = [(said(some), {part.part_key: digest(part) for part in some}) for some in few]
        if words is not None:
            statements += search.prepare_index(words({pk: parts[pk] for pk in ids}))
        for part in rows:
            made.add(part.part_kind, [part.pk])
        done += len(rows)
        tell(done)

    def write() -> None:
        block_sealing()
        execute(statements)
        for ids in portions(sorted(told), PORTION):
            records = _locked(model, ids)
            ends = chain_ends(model.kind, ids)
            entries = _following(records, {pk: told[pk] for pk in ids}, ends, event, origin)
            enter(entries, [records[entry.record_id] for entry in entries], origin)
            moved = [pk for pk in ids if ends.get(pk) != known.get(pk)]
            if words is not None and moved:  # changed while their new words were put together
                search.index_many(words(dict.fromkeys(moved, ())))

    return PreparedImport(made, write)


def _locked(model: type[Record], ids: Sequence[int]) -> dict[int, Record]:
    records: dict[int, Record] = {}
    for few in portions(ids, 500):
        rows = model._default_manager.select_for_update().filter(pk__in=few).order_by("pk")
        records |= {one.pk: one for one in rows}
    return records


def _following(
    records: Mapping[int, Record],
    told: Mapping[int, Sequence[Any]],
    ends: Mapping[int, tuple[int, str]],
    event: str,
    origin: ImportContext,
) -> list[Entry]:
    entries = []
    for pk, few in told.items():
        sequence, previous = ends.get(pk, (0, ""))
        for said, digests in few:
            sequence += 1
            happened = import_entry(records[pk], event, origin, said, digests)
            entry = make_entry(happened, sequence=sequence, previous=previous)
            previous = entry.hash
            entries.append(entry)
    return entries


def _opening(one: NewRecord, event: str, origin: ImportContext) -> Entry:
    digests: dict[str, str | None] = {"": digest(one.record)}
    digests |= {part.part_key: digest(part) for part in one.parts}
    return make_entry(import_entry(one.record, event, origin, one.said, digests), sequence=1, previous="")


def import_entry(
    record: Any, event: str, origin: ImportContext, said: Mapping[str, Any], digests: dict[str, str | None]
) -> EntryDraft:
    """What the journal is to say of one record of the run."""
    return EntryDraft(
        kind=record.kind,
        record_id=record.pk,
        number=record.number,
        event=event,
        at=origin.at,
        actor_id=origin.actor.pk if origin.actor else None,
        actor_name=origin.actor.name if origin.actor else "",
        procedure_id=record.procedure_id,
        particulars={"run": origin.run, "file": origin.file, **said},
        digests=digests,
    )


def enter(entries: Sequence[Entry], records: Sequence[Any], origin: ImportContext) -> None:
    """Insert entries; if the procedure has rules that speak of the event, each entry settles them."""
    execute(insert_statements(entries))
    if entries and _speaks_of(entries[0].event, origin.procedure):
        staff = StaffDirectory()
        for entry, record in zip(entries, records, strict=True):
            settle(entry, record, None, procedure=origin.procedure, actor=origin.actor, staff=staff)


def _speaks_of(event: str, procedure: Procedure) -> bool:
    return bool(procedure.rules_opened_by(event) or procedure.rules_ended_by(event))


def chain_ends(kind: str, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The last place and hash of each record's chain."""
    ends: dict[int, tuple[int, str]] = {}
    for few in portions(ids, 500):
        rows = Entry.objects.filter(kind=kind, record_id__in=few).order_by("record_id", "sequence")
        for record_id, sequence, hash_ in rows.values_list("record_id", "sequence", "hash"):
            ends[record_id] = (sequence, hash_)
    return ends


def _give_ids(rows: Sequence[Any]) -> None:
    for row, pk in zip(rows, reserve_ids(type(rows[0]), len(rows)) if rows else (), strict=True):
        row.pk = pk


def _by_model(rows: Iterable[Any]) -> Iterable[list[Any]]:
    models: dict[type, list[Any]] = {}
    for row in rows:
        models.setdefault(type(row), []).append(row)
    return models.values()


def _kind(row: Any) -> str:
    return row.part_kind if isinstance(row, Part) else row.kind


def portions(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """``rows`` in lists of at most ``size``."""
    them = iter(rows)
    while portion := list(islice(them, size)):
        yield portion
