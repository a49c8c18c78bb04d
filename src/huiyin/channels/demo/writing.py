"""Rows into tables as fast as the database takes them, in place of one INSERT that Django would compile for each.

The statements are made from the models; only reserving ids is written differently for the two databases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

import orjson
from django.db import connection, models

Row = tuple[Any, ...]
_EMPTY = {dict: "{}", list: "[]", tuple: "[]", str: '""'}


@dataclass(frozen=True, slots=True)
class Table:
    """How instances of a model become rows: their columns, and what changes the values of some."""

    name: str
    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    changed: tuple[tuple[int, Callable[[Any], Any]], ...]
    values: Callable[[Mapping[str, Any]], Row]

    def row(self, instance: models.Model) -> Row:
        """The instance's values as the database takes them."""
        values = list(self.values(instance.__dict__))
        for place, change in self.changed:
            if values[place] is not None:
                values[place] = change(values[place])
        return tuple(values)


@cache
def table(model: type[models.Model], vendor: str, with_id: bool = True) -> Table:
    """The table of a model; without its id where the database gives one."""
    fields = [field for field in model._meta.concrete_fields if with_id or not field.primary_key]
    changes = ((place, _change(field, vendor)) for place, field in enumerate(fields))
    return Table(
        model._meta.db_table,
        tuple(field.column or field.attname for field in fields),
        tuple(field.attname for field in fields),
        tuple((place, change) for place, change in changes if change is not None),
        itemgetter(*(field.attname for field in fields)),
    )


def _change(field: models.Field[Any, Any], vendor: str) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return lambda value: orjson.dumps(value).decode() if value or value == 0 else _EMPTY[value.__class__]
    if isinstance(field, models.DecimalField):
        places = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: str(Decimal(value).quantize(places))
    if vendor == "sqlite":
        if isinstance(field, models.DateTimeField):
            return _moment
        if isinstance(field, models.DateField):
            return str
    return None


@lru_cache(maxsize=2000)
def _moment(value: datetime) -> str:
    """A moment as SQLite keeps it; one moment stands in many rows."""
    return str(value if value.tzinfo is UTC else value.astimezone(UTC)).removesuffix("+00:00")


def write(into: Table, rows: Sequence[Row]) -> None:
    """Insert rows; call in a transaction."""
    if not rows:
        return
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(column) for column in into.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quoted(into.name)} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(into.columns))
            cursor.executemany(f"INSERT INTO {quoted(into.name)} ({columns}) VALUES ({places})", rows)  # noqa: S608


def reserve(counts: Mapping[type[models.Model], int]) -> dict[type[models.Model], int]:
    """Keep so many ids of each model for us: the first of them. Whoever inserts meanwhile gets ids beyond."""
    first = {}
    with connection.cursor() as cursor:
        for model, count in counts.items():
            if connection.vendor == "postgresql":
                last = _postgres_last(cursor, model)
                cursor.execute("SELECT setval(%s, %s)", [_sequence(cursor, model), last + count + 1])
            else:
                last = _sqlite_last(cursor, model)
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                    [model._meta.db_table, last + count],
                )
            first[model] = last + 1
    return first


def _sequence(cursor: Any, model: type[models.Model]) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
    return str(cursor.fetchone()[0])


def _postgres_last(cursor: Any, model: type[models.Model]) -> int:
    cursor.execute("SELECT nextval(%s)", [_sequence(cursor, model)])
    return int(cursor.fetchone()[0])


def _sqlite_last(cursor: Any, model: type[models.Model]) -> int:
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
    found = cursor.fetchone()
    return int(found[0]) if found else 0
