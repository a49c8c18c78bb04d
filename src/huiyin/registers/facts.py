"""What follows from the facts of a record: what is shown, what is computed, what repeats in columns. No writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.journal import kinds as tables
from huiyin.procedure import versions
from huiyin.procedure.computing import Facts, is_number, moment_in, promised_moment, settled
from huiyin.procedure.conditions import NOTHING, all_hold
from huiyin.procedure.kind_entries import BalanceEntry, FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.registers.catalogue import slots_of
from huiyin.registers.fields.field_types import LONG, shown
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import DAYS, KEYS, NUMBERS, PEOPLE, FormRecord, FormRow
from huiyin.ui import zone


def about_fact(record: FormRecord, path: str) -> Any:
    """A fact of the record that this one is about: ``customer.telephone``; None where it is about no such record."""
    kind, _, name = path.partition(".")
    if record.about_kind != kind or record.about_id is None:
        return None
    return plain_fact(tables.records_of(kind).filter(pk=record.about_id).first(), name)


def plain_fact(record: Any, name: str) -> Any:
    """A fact of a record as conditions compare it; None where there is no such record."""
    value = record.fact(name) if record is not None else None
    return value if value is None or isinstance(value, str | bool | dict | list) else str(value)


def is_shown(field: FieldEntry, record: FormRecord, facts: Mapping[str, Any] | None = None) -> bool:
    """Whether a field is asked and kept, as its conditions stand on the facts of a record."""
    if not field.shown:
        return True
    read = reader(record, record.extra if facts is None else facts)
    return all_hold(field.shown, read, today=opened_on(record))


def opened_on(record: FormRecord) -> date:
    """The day at the site on which a record was opened: conditions on ages are read on it for good."""
    return record.opened_at.astimezone(versions.procedure_of(record.procedure_id).zone).date()


def reader(record: FormRecord, facts: Mapping[str, Any]) -> Callable[[str], Any]:
    """Reads facts for conditions: the record's own by their names, those of what it is about as ``kind.name``."""

    def read(name: str) -> Any:
        return about_fact(record, name) if "." in name else facts.get(name)

    return read


def settled_facts(record: FormRecord, kind: DataKind, facts: Facts, rows: Mapping[str, Sequence[Facts]]) -> Facts:
    """The facts as they are kept: computed ones reckoned, and what is not shown gone, with what hangs on it."""
    return settled(kind.fields, facts, rows, lambda field, kept: is_shown(field, record, kept))


def sum_of_parts(facts: Mapping[str, Any], balance: BalanceEntry) -> Decimal:
    """What the parts of a balance add up to in the facts of a record or row, empty ones as nothing."""
    return sum((Decimal(facts[name]) for name in balance.parts if is_number(facts.get(name))), Decimal(0))


def moment_of(value: Any, zone: ZoneInfo) -> str | None:
    """A stored day or moment as a moment; of a day its last minute at the site. None for anything else."""
    found = promised_moment(value, zone)
    return found.isoformat() if found is not None else None


def promised_by(record: FormRecord, verb: str, procedure: Procedure) -> dict[str, str]:
    """The moment that is promised by a step, for the journal; of a day its end at the site. Nothing where none is."""
    entry = procedure.step(f"{record.kind}.{verb}")
    promised = moment_of(record.extra.get(entry.promises), procedure.zone) if entry and entry.promises else None
    return {"promised_at": promised} if promised else {}


def rows_of(record: FormRecord, kind: DataKind) -> dict[str, list[FormRow]]:
    """The rows of every child table, by the name of the table's field."""
    if record.pk is None or not kind.tables:
        return {}
    found: dict[str, list[FormRow]] = {}
    by_kind: dict[str, list[FormRow]] = {}
    for row in record.rows.select_related("owner").order_by("position", "id"):
        row.record = record
        by_kind.setdefault(row.part_kind, []).append(row)
    for field in kind.tables:
        found[field.name] = by_kind.get(field.of, [])
    return found


def facts_of_rows(record: FormRecord, kind: DataKind) -> dict[str, list[Facts]]:
    """What stands in the rows of every child table."""
    return {name: [row.extra for row in rows] for name, rows in rows_of(record, kind).items()}


def lay_down(record: FormRecord, facts: Facts) -> dict[str, Any]:
    """Put settled facts on the record, with its title; gives what the columns that lists ask repeat of them."""
    procedure = versions.procedure_of(record.procedure_id)
    kind = kind_of(procedure, record.kind)
    record.extra = facts
    words = (shown(each, facts.get(each.name), procedure) for each in kind.subject_fields)
    record.title = " · ".join(_zh(word) for word in words if word is not None)[:200]
    repeated = {slot: _in_slot(slot, facts.get(name)) for name, slot in slots_of(record.kind).items()}
    for slot, value in repeated.items():
        setattr(record, slot, value)
    return repeated


def _zh(word: Any) -> str:
    return word.show("zh") if hasattr(word, "show") else str(word)


def _in_slot(slot: str, value: Any) -> Any:
    """A fact as its column repeats it."""
    if slot in DAYS:
        return _day(value)
    if slot in PEOPLE:
        return value.get("person") if isinstance(value, Mapping) else None
    if slot in NUMBERS:
        return Decimal(value) if is_number(value) else None
    assert slot in KEYS
    if isinstance(value, Mapping):
        return str(value.get("key") or value.get("name") or "")[:60] or None
    return None if value in NOTHING else str(value)[:60]


def _day(value: Any) -> date | None:
    """A stored day; of a moment the day at the site."""
    if not isinstance(value, str) or not value[:4].isdigit():
        return None
    if len(value) == 10:
        return date.fromisoformat(value)
    moment = moment_in(value)
    return zone.day_of(moment) if moment is not None else None


def is_wide(field: FieldEntry, value: Any) -> bool:
    """Whether a fact takes the whole width of the page."""
    return field.type in LONG or len(str(value)) > 60
