"""Many rows at once: ids and values are prepared beforehand, so that the transaction that inserts them is short.

SQLite lets one process write at a time; whatever can be computed before must not be computed while others wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model


@dataclass(frozen=True, slots=True)
class BulkStatement:
    """One statement and the values of each of its rows."""

    sql: str
    rows: Sequence[Sequence[Any]]


def execute(prepared: Iterable[BulkStatement]) -> None:
    """Carry the statements out; call in a transaction."""
    with connection.cursor() as cursor:
        for many in prepared:
            if many.rows:
                cursor.executemany(many.sql, many.rows)


def insert_statements(rows: Sequence[Model]) -> list[BulkStatement]:
    """What inserts rows of one model as they are now; the database gives ids to rows that have none."""
    if not rows:
        return []
    fields = [field for field in rows[0]._meta.local_concrete_fields if not (field.primary_key and rows[0].pk is None)]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    values = [
        tuple(field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields) for row in rows
    ]
    sql = f"INSERT INTO {table} ({quoted}) VALUES ({places})"  # noqa: S608 - names of our own tables
    return [BulkStatement(sql, values)]


def reserve_ids(model: type[Model], count: int) -> list[int]:
    """Ids that no other row of ``model`` will get, ascending; those not used in the end are never given again."""
    if not count:
        return []
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return sorted(pk for (pk,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        known = cursor.fetchone()
        last = max(known[0] if known else 0, model._default_manager.aggregate(last=Max("pk"))["last"] or 0)
        if known:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + count])
        return list(range(last + 1, last + count + 1))
