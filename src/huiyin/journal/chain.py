"""How entries are chained and rows digested: pure functions of their values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import models

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text


def to_json_value(value: Any) -> Any:
    """``value`` as JSON can hold it for ever: decimals and moments become strings, a Text keeps both languages."""
    if value.__class__ in _AS_THEY_ARE:
        return value
    write = _WRITTEN.get(value.__class__)
    return write(value) if write is not None else _plain_of_another(value)


def _plain_of_another(value: Any) -> Any:
    """Of what is not of one of the usual classes itself, but of a class derived from one."""
    match value:
        case Mapping():
            return _plain_mapping(value)
        case set() | frozenset() | list() | tuple():
            return [to_json_value(v) for v in value]
        case models.Model():
            return to_json_value(getattr(value, "display_name", None) or getattr(value, "name", None) or str(value))
    for usual, write in _WRITTEN.items():
        if isinstance(value, usual):
            return write(value)
    if isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{type(value).__name__} cannot stand in the journal")


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        k if k.__class__ is str else str(k): v if v.__class__ in _AS_THEY_ARE else to_json_value(v)
        for k, v in value.items()
    }


def hash_moment(at: datetime) -> str:
    """A moment in UTC to the microsecond, the form in which it is hashed."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_WRITTEN: dict[type, Callable[[Any], Any]] = {
    Text: lambda value: {"zh": value.show("zh"), "en": value.show("en")},
    datetime: hash_moment,  # before date, of which it is a kind
    date: date.isoformat,
    time: time.isoformat,
    Decimal: str,
    UUID: str,
    float: str,
    dict: _plain_mapping,
    list: lambda value: [v if v.__class__ in _AS_THEY_ARE else to_json_value(v) for v in value],
    tuple: lambda value: [v if v.__class__ in _AS_THEY_ARE else to_json_value(v) for v in value],
}


@dataclass(slots=True)
class EntryDraft:
    """What is to be entered: the event and its particulars, on which record or part, by whom, when.

    ``changes`` are ``{column: [before, after]}`` of values as ``row_values`` and ``plain`` give them.
    """

    kind: str
    record_id: int
    number: str
    event: str
    at: datetime
    actor_id: int | None = None
    actor_name: str = ""
    part: str = ""
    clause: str = ""
    procedure_id: int | None = None
    particulars: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    digests: dict[str, str | None] = field(default_factory=dict)
    submission: UUID | None = None


def make_entry(happening: EntryDraft, *, sequence: int, previous: str) -> Entry:
    """The unsaved entry that follows ``previous`` (hash of the record's last entry, empty for the first)."""
    entry = Entry(
        kind=happening.kind,
        record_id=happening.record_id,
        number=happening.number,
        part=happening.part,
        sequence=sequence,
        event=happening.event,
        clause=happening.clause,
        procedure_id=happening.procedure_id,
        actor_id=happening.actor_id,
        actor_name=happening.actor_name,
        at=happening.at,
        particulars=to_json_value(happening.particulars),
        changes=happening.changes,
        digests=happening.digests,
        previous=previous,
        submission=happening.submission,
    )
    entry.hash = entry_hash(entry)
    return entry


HASHED_COLUMNS = (
    "kind",
    "record_id",
    "number",
    "part",
    "sequence",
    "event",
    "clause",
    "procedure_id",
    "actor_id",
    "actor_name",
    "at",
    "particulars",
    "changes",
    "digests",
    "previous",
    "submission",
)
"""The columns of an entry that are hashed, in this order; ``previous`` is the hash before it."""


def entry_hash(entry: Entry) -> str:
    """SHA-256 over everything an entry says and over the hash before it."""
    held = entry.__dict__
    return hash_of([held[name] if name in held else getattr(entry, name) for name in HASHED_COLUMNS])


def hash_of(values: Sequence[Any]) -> str:
    """The hash of an entry by the values of its columns SAID."""
    *before, at, particulars, changes, digests, previous, submission = values
    token = str(submission) if submission else None
    said = [*before, hash_moment(at), particulars, changes, digests, previous, token]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def row_values(row: models.Model) -> dict[str, Any]:
    """The row's columns as they read back from any database,
    so that a digest made before saving holds after loading.
    """
    values: dict[str, Any] = {}
    held = row.__dict__
    for name, places in _columns(type(row)):
        value = held[name] if name in held else getattr(row, name)
        values[name] = _column_value(value, places)
    return values


def _column_value(value: Any, places: Decimal | None) -> Any:
    if value is None or (places is None and value.__class__ in _AS_THEY_ARE):
        return value
    return to_json_value(value) if places is None else str(Decimal(value).quantize(places))


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, Decimal | None], ...]:
    """The columns that are digested, with the last place of a decimal."""
    skipped = getattr(model, "undigested", ())
    return tuple(
        (
            column.attname,
            Decimal(1).scaleb(-column.decimal_places) if isinstance(column, models.DecimalField) else None,
        )
        for column in model._meta.concrete_fields
        if column.attname not in skipped
    )


def digest(row: models.Model) -> str:
    """A 128-bit BLAKE2 digest of the row; equal rows have equal digests on every database."""
    return digest_of(row_values(row), type(row))


def digest_of(values: Mapping[str, Any], model: type[models.Model]) -> str:
    """The digest of values already taken by ``row_values``, those left out that every new row of ``model`` begins with.

    So a later version may add columns: rows written before hold their defaults, and their digests stay true.
    """
    usual = _defaults(model)
    said = {name: value for name, value in values.items() if name not in usual or usual[name] != value}
    return hashlib.blake2b(orjson.dumps(said, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    """What stands in a column that nobody filled, as ``row_values`` gives it.

    None for the key and for made-up values.
    """
    columns = {column.attname: column for column in model._meta.concrete_fields if not column.primary_key}
    return {
        name: _column_value(columns[name].get_default(), places)
        for name, places in _columns(model)
        if name in columns and _is_fixed(columns[name])
    }


def _is_fixed(column: Any) -> bool:
    return not column.has_default() or not callable(column.default) or column.default in (list, dict)
