"""Grows a demonstration company to any size: closed records made by real steps are copied by SQL, with all that
hangs on them.

    HUIYIN_DATA=folder python -m bench.data 200000              complaints
    HUIYIN_DATA=folder python -m bench.data 200000 inspection   records of a kind that the pack declares

Open records, and those on which something is still owed, are not copied: a company has a bounded number of them,
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
from huiyin.registers.models import FormRecord  # noqa: E402

DAYS = 1500  # copies are spread over this many days before their originals
NUMBERED = {"number", "record_number"}


@dataclass(frozen=True)
class Grown:
    """What is to grow: the model of the records and their kind."""

    model: Any
    kind: str

    @property
    def rows(self) -> Any:
        """All of them that there are."""
        return self.model.objects.filter(kind=self.kind) if self.model is FormRecord else self.model.objects.all()


@dataclass(frozen=True)
class CopiedTable:
    """A table to copy: which of its rows belong to a record, and by how much ids move with each copy."""

    model: Any
    belongs: str
    stride: int


def main() -> int:
    """Grow to the number given as the first argument, of the kind given as the second."""
    size, kind = int(sys.argv[1]), (sys.argv[2:] or ["complaint"])[0]
    grown = Grown(Complaint if kind == "complaint" else FormRecord, kind)
    have = grown.rows.count()
    originals = _originals(grown)
    if have >= size:
        return 0
    if not originals:
        sys.stderr.write("no closed record to copy\n")
        return 1
    tables = _tables(grown)
    copy = _copies_so_far(grown)
    while have < size:
        copy += 1
        chosen = originals[: size - have]
        with transaction.atomic(), connection.cursor() as cursor:
            _choose(cursor, chosen)
            for table in tables:
                cursor.execute(_insertion(table, copy, tables, grown))
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


def _originals(grown: Grown) -> list[int]:
    """Ended records made by real steps on which nothing is owed any more."""
    owing = Obligation.objects.filter(OPEN, kind=grown.kind).values("record_id")
    ended = grown.rows.filter(phase__in=["closed", "void"]).exclude(number__contains="~").exclude(pk__in=owing)
    return list(ended.order_by("pk").values_list("pk", flat=True))


def _tables(grown: Grown) -> list[CopiedTable]:
    """The records, everything with a reference to one, and everything tied to records by kind and id."""
    found = [CopiedTable(grown.model, "id IN (SELECT id FROM bench_chosen)", _stride(grown.model, grown))]
    for model in apps.get_models():
        if not model.__module__.startswith("huiyin.") or model is grown.model:
            continue
        names = {field.name for field in model._meta.concrete_fields}
        references = [
            field.column
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is grown.model
        ]
        if references:
            belongs = f"{references[0]} IN (SELECT id FROM bench_chosen)"
            found.append(CopiedTable(model, belongs, _stride(model, grown)))
        elif {"kind", "record_id"} <= names:
            belongs = f"kind = '{grown.kind}' AND record_id IN (SELECT id FROM bench_chosen)"
            found.append(CopiedTable(model, belongs, _stride(model, grown)))
    return found


def _stride(model: Any, grown: Grown) -> int:
    """A round number above every original id, so that copies never meet; the first run fixes it."""
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    if model is grown.model:
        last = model.objects.exclude(number__contains="~").order_by("-pk").values_list("pk", flat=True)[0]
    return 10 ** len(str(last))


def _copies_so_far(grown: Grown) -> int:
    numbers = grown.rows.filter(number__contains="~").values_list("number", flat=True)
    return max((int(number.rpartition("~")[2]) for number in numbers.iterator()), default=0)


def _choose(cursor: Any, ids: list[int]) -> None:
    cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS bench_chosen (id bigint PRIMARY KEY)")
    cursor.execute("DELETE FROM bench_chosen")
    cursor.executemany("INSERT INTO bench_chosen (id) VALUES (%s)", [(i,) for i in ids])


def _insertion(table: CopiedTable, copy: int, tables: list[CopiedTable], grown: Grown) -> str:
    strides = {t.model: t.stride for t in tables}
    fields = table.model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, table, copy, strides, grown) for field in fields)
    name = table.model._meta.db_table
    return f'INSERT INTO "{name}" ({columns}) SELECT {values} FROM "{name}" WHERE {table.belongs}'


def _value(field: Any, table: CopiedTable, copy: int, strides: dict[Any, int], grown: Grown) -> str:
    """How one column of a copy follows from its original's."""
    column = f'"{field.column}"'
    if field.primary_key:
        return f"{column} + {copy * table.stride}"
    if field.is_relation:
        moves = field.related_model in strides and field.related_model is not table.model
        return f"{column} + {copy * strides[field.related_model]}" if moves else column
    if field.name == "record_id":
        return f"{column} + {copy * strides[grown.model]}"
    if field.name in NUMBERED:
        return f"{column} || '~{copy}'"
    if field.name == "part":
        return _part(column, copy, strides)
    if isinstance(field, models.DateTimeField):
        return _earlier(column, (copy * 7) % DAYS + 1)
    if isinstance(field, models.DateField) and grown.model is FormRecord:
        return _earlier(column, (copy * 7) % DAYS + 1, "%Y-%m-%d")
    if field.unique:
        return "NULL"
    return column


def _part(column: str, copy: int, strides: dict[Any, int]) -> str:
    """``task:12`` names a row by its id, which moves with the copy."""
    cases = []
    for model, stride in strides.items():
        kind = getattr(model, "part_kind", "")
        if isinstance(kind, str) and kind:
            moved = f"CAST(substr({column}, {len(kind) + 2}) AS bigint) + {copy * stride}"
            cases.append(f"WHEN {column} LIKE '{kind}:%' THEN '{kind}:' || ({moved})")
    return f"CASE {' '.join(cases)} ELSE {column} END" if cases else column


def _earlier(column: str, days: int, form: str = "%Y-%m-%d %H:%M:%f") -> str:
    if connection.vendor == "sqlite":
        return f"strftime('{form}', {column}, '-{days} days')"
    return f"{column} - interval '{days} days'"


if __name__ == "__main__":
    raise SystemExit(main())
