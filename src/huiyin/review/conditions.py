"""Conditions asked of records as they stand now: which of many meet them, with few questions to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from huiyin.journal import kinds as tables
from huiyin.procedure.conditions import all_hold, fields_in
from huiyin.procedure.kind_entries import Condition
from huiyin.registers.facts import plain_fact
from huiyin.registers.models import FormRecord
from huiyin.review.evidence import RecordKey

AT_ONCE = 500
"""Records read in one query when conditions are asked of them."""
Read = Callable[[str], Any]


def meeting(where: tuple[Condition, ...], records: Iterable[RecordKey], today: date) -> frozenset[RecordKey]:
    """Those of the records for which all conditions hold now."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in records:
        by_kind.setdefault(kind, []).append(pk)
    found: set[RecordKey] = set()
    for kind, ids in by_kind.items():
        rows = tables.records_of(kind).select_related(*tied(kind, fields_in(where)))
        for start in range(0, len(ids), AT_ONCE):
            chunk = list(rows.filter(pk__in=ids[start : start + AT_ONCE]))
            readers = zip(chunk, readers_of(chunk, fields_in(where)), strict=True)
            found |= {(kind, row.pk) for row, read in readers if all_hold(where, read, today=today)}
    return frozenset(found)


def readers_of(records: Sequence[Any], names: Iterable[str]) -> list[Read]:
    """For each record what reads its facts; those of what it is about (``customer.tier``) are fetched together."""
    about = _abouts(records) if any("." in name for name in names) else {}
    return [_reader(record, about) for record in records]


def _abouts(records: Sequence[Any]) -> Mapping[RecordKey, Any]:
    wanted: dict[str, set[int]] = {}
    for record in records:
        if isinstance(record, FormRecord) and record.about_id is not None:
            wanted.setdefault(record.about_kind, set()).add(record.about_id)
    return {(kind, pk): row for kind, ids in wanted.items() for pk, row in tables.records_of(kind).in_bulk(ids).items()}


def _reader(record: Any, about: Mapping[RecordKey, Any]) -> Read:
    def read(name: str) -> Any:
        kind, dot, of = name.partition(".")
        if not dot or not isinstance(record, FormRecord):
            return record.fact(name)
        if record.about_kind != kind or record.about_id is None:
            return None
        return plain_fact(about.get((kind, record.about_id)), of)

    return read


def tied(kind: str, names: Iterable[str]) -> list[str]:
    """Those of the facts that are rows of another table."""
    model, found = tables.record_model(kind), []
    if model is None:
        return []
    for name in names:
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.is_relation and field.many_to_one:
            found.append(name)
    return found
