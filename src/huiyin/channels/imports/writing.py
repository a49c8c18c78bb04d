"""Writing many rows at once, each with its journal entry and digests, as if each had been entered by a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from huiyin.channels.imports.importer import Origin, Tell
from huiyin.journal.chain import Happening, digest, make_entry
from huiyin.journal.models import Entry
from huiyin.journal.protection import hold_seal_off
from huiyin.obligations.owners import Staff
from huiyin.obligations.settling import settle
from huiyin.records import search
from huiyin.records.models import Part, Record

PORTION = 1000
DIGESTS_IN_ONE_ENTRY = 200

T = TypeVar("T")


@dataclass(slots=True)
class New:
    """A record to be opened with the parts that come with it, and what its entry is to say."""

    record: Any
    parts: list[Part] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)


def open_records(
    new: Sequence[New], *, owner: str, event: str, origin: Origin, tell: Tell
) -> dict[str, list[int]]:
    """Insert records with their parts, one entry each; ``owner`` names the parts' key to their record.

    Numbers, states and moments are set already. Returns the ids made, by kind.
    """
    hold_seal_off()
    made: dict[str, list[int]] = {}
    done = 0
    for portion in portions(new, PORTION):
        _insert([one.record for one in portion])
        for one in portion:
            for part in one.parts:
                setattr(part, owner, one.record)
        for rows in _by_model(part for one in portion for part in one.parts):
            _insert(rows)
        entries = [_opening(one, event, origin) for one in portion]
        enter(entries, [one.record for one in portion], origin)
        search.index_many(search.words_under(one.record, at=origin.at) for one in portion)
        for one in portion:
            for row in (one.record, *one.parts):
                made.setdefault(_kind(row), []).append(row.pk)
        done += len(portion)
        tell(done)
    return made


def add_parts(
    parts: Mapping[int, Sequence[Part]],
    records: Mapping[int, Record],
    *,
    event: str,
    said: Callable[[Sequence[Part]], dict[str, Any]],
    origin: Origin,
    tell: Tell,
) -> dict[str, list[int]]:
    """Insert parts of records already on file, by record id; each record's chain gets an entry for them."""
    hold_seal_off()
    made: dict[str, list[int]] = {}
    done = 0
    for ids in portions(sorted(parts), PORTION):
        rows = [part for pk in ids for part in parts[pk]]
        for portion in portions(rows, PORTION):
            _insert(portion)
        entries = _following(records, {pk: parts[pk] for pk in ids}, event, said, origin)
        enter(entries, [records[entry.record_id] for entry in entries], origin)
        for part in rows:
            made.setdefault(part.part_kind, []).append(part.pk)
        done += len(rows)
        tell(done)
    return made


def _following(
    records: Mapping[int, Record], parts: Mapping[int, Sequence[Part]], event: str, said: Any, origin: Origin
) -> list[Entry]:
    ends = chain_ends(next(iter(records.values())).kind, list(parts))
    entries = []
    for pk, mine in parts.items():
        record = records[pk]
        sequence, previous = ends.get(pk, (0, ""))
        for few in portions(mine, DIGESTS_IN_ONE_ENTRY):
            sequence += 1
            digests: dict[str, str | None] = {part.part_key: digest(part) for part in few}
            entry = make_entry(
                happening(record, event, origin, said(few), digests), sequence=sequence, previous=previous
            )
            previous = entry.hash
            entries.append(entry)
    return entries


def _opening(one: New, event: str, origin: Origin) -> Entry:
    digests: dict[str, str | None] = {"": digest(one.record)}
    digests |= {part.part_key: digest(part) for part in one.parts}
    return make_entry(happening(one.record, event, origin, one.said, digests), sequence=1, previous="")


def happening(
    record: Any, event: str, origin: Origin, said: Mapping[str, Any], digests: dict[str, str | None]
) -> Happening:
    """What the journal is to say of one record of the run."""
    return Happening(
        kind=record.kind, record_id=record.pk, number=record.number, event=event, at=origin.at,
        actor_id=origin.actor.pk if origin.actor else None, actor_name=origin.actor.name if origin.actor else "",
        procedure_id=record.procedure_id, particulars={"run": origin.run, "file": origin.file, **said}, digests=digests,
    )  # fmt: skip


def enter(entries: Sequence[Entry], records: Sequence[Any], origin: Origin) -> None:
    """Insert entries; if the procedure has rules that speak of the event, each entry settles them."""
    for portion in portions(entries, PORTION):
        Entry.objects.bulk_create(portion)
    event = entries[0].event if entries else ""
    procedure = origin.procedure
    if (
        procedure.rules_opened_by(event)
        or procedure.rules_closed_by(event)
        or procedure.rules_cancelled_by(event)
    ):
        staff = Staff()
        for entry, record in zip(entries, records, strict=True):
            settle(entry, record, None, procedure=procedure, actor=origin.actor, staff=staff)


def chain_ends(kind: str, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The last place and hash of each record's chain."""
    ends: dict[int, tuple[int, str]] = {}
    for few in portions(ids, 500):
        rows = Entry.objects.filter(kind=kind, record_id__in=few).order_by("record_id", "sequence")
        for record_id, sequence, hash_ in rows.values_list("record_id", "sequence", "hash"):
            ends[record_id] = (sequence, hash_)
    return ends


def _insert(rows: Sequence[Any]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)


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
