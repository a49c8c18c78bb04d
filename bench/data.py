"""Grows a demonstration company to any size: closed complaints made by real steps are copied by SQL, with all that
hangs on them.

    HUIYIN_DATA=folder python -m bench.data 200000

Open complaints, and those on which something is still owed, are not copied: a company has a bounded number of them,
however old it is. Copies get ids, numbers and moments of their own; their chains are therefore not whole, which no page
that is measured looks at.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

import django

django.setup()

from django.apps import apps  # noqa: E402 - Django first
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

from huiyin.complaints.models import Complaint  # noqa: E402
from huiyin.obligations.models import OPEN, Obligation  # noqa: E402

DAYS = 1500  # copies are spread over this many days before their originals
NUMBERED = {"number", "record_number"}


@dataclass(frozen=True)
class CopiedTable:
    """A table to copy: which of its rows belong to a complaint, and by how much ids move with each copy."""

    model: Any
    belongs: str
    stride: int


def main() -> int:
    """Grow to the number of complaints given as the argument."""
    size = int(sys.argv[1])
    have = Complaint.objects.count()
    originals = _originals()
    if have >= size:
        return 0
    if not originals:
        sys.stderr.write("no closed complaint to copy\n")
        return 1
    tables = _tables()
    copy = _copies_so_far()
    while have < size:
        copy += 1
        chosen = originals[: size - have]
        with transaction.atomic(), connection.cursor() as cursor:
            _choose(cursor, chosen)
            for table in tables:
                cursor.execute(_insertion(table, copy, tables))
        have += len(chosen)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
    _analyze_tables()
    sys.stdout.write(f"{have}\n")
    return 0


def _analyze_tables() -> None:
    """Let PostgreSQL see at once what has come in by the hundred thousand; SQLite plans by its indexes alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _originals() -> list[int]:
    """Ended complaints made by real steps on which nothing is owed any more."""
    owing = Obligation.objects.filter(OPEN, kind="complaint").values("record_id")
    ended = Complaint.objects.filter(phase__in=["closed", "void"]).exclude(number__contains="~").exclude(pk__in=owing)
    return list(ended.order_by("pk").values_list("pk", flat=True))


def _tables() -> list[CopiedTable]:
    """The complaints, everything with a reference to one, and everything tied to records by kind and id."""
    found = [CopiedTable(Complaint, "id IN (SELECT id FROM bench_chosen)", _stride(Complaint))]
    for model in apps.get_models():
        if not model.__module__.startswith("huiyin.") or model is Complaint:
            continue
        names = {field.name for field in model._meta.concrete_fields}
        references = [
            field.column
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is Complaint
        ]
        if references:
            found.append(CopiedTable(model, f"{references[0]} IN (SELECT id FROM bench_chosen)", _stride(model)))
        elif {"kind", "record_id"} <= names:
            belongs = "kind = 'complaint' AND record_id IN (SELECT id FROM bench_chosen)"
            found.append(CopiedTable(model, belongs, _stride(model)))
    return found


def _stride(model: Any) -> int:
    """A round number above every original id, so that copies never meet; the first run fixes it."""
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    if model is Complaint:
        last = Complaint.objects.exclude(number__contains="~").order_by("-pk").values_list("pk", flat=True)[0]
    return 10 ** len(str(last))


def _copies_so_far() -> int:
    numbers = Complaint.objects.filter(number__contains="~").values_list("number", flat=True)
    return max((int(number.rpartition("~")[2]) for number in numbers.iterator()), default=0)


def _choose(cursor: Any, ids: list[int]) -> None:
    cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS bench_chosen (id bigint PRIMARY KEY)")
    cursor.execute("DELETE FROM bench_chosen")
    cursor.executemany("INSERT INTO bench_chosen (id) VALUES (%s)", [(i,) for i in ids])


def _insertion(table: CopiedTable, copy: int, tables: list[CopiedTable]) -> str:
    strides = {t.model: t.stride for t in tables}
    fields = table.model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, table, copy, strides) for field in fields)
    name = table.model._meta.db_table
    return f'INSERT INTO "{name}" ({columns}) SELECT {values} FROM "{name}" WHERE {table.belongs}'


def _value(field: Any, table: CopiedTable, copy: int, strides: dict[Any, int]) -> str:
    """How one column of a copy follows from its original's."""
    column = f'"{field.column}"'
    if field.primary_key:
        return f"{column} + {copy * table.stride}"
    if field.is_relation:
        moves = field.related_model in strides and field.related_model is not table.model
        return f"{column} + {copy * strides[field.related_model]}" if moves else column
    if field.name == "record_id":
        return f"{column} + {copy * strides[Complaint]}"
    if field.name in NUMBERED:
        return f"{column} || '~{copy}'"
    if field.name == "part":
        return _part(column, copy, strides)
    if isinstance(field, models.DateTimeField):
        return _earlier(column, (copy * 7) % DAYS + 1)
    if field.unique:
        return "NULL"
    return column


def _part(column: str, copy: int, strides: dict[Any, int]) -> str:
    """``task:12`` names a row by its id, which moves with the copy."""
    cases = []
    for model, stride in strides.items():
        kind = getattr(model, "part_kind", "")
        if kind:
            moved = f"CAST(substr({column}, {len(kind) + 2}) AS bigint) + {copy * stride}"
            cases.append(f"WHEN {column} LIKE '{kind}:%' THEN '{kind}:' || ({moved})")
    return f"CASE {' '.join(cases)} ELSE {column} END" if cases else column


def _earlier(column: str, days: int) -> str:
    if connection.vendor == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{days} days')"
    return f"{column} - interval '{days} days'"


if __name__ == "__main__":
    raise SystemExit(main())
