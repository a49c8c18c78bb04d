"""Emptying the database behind a test on real transactions: only tables in which something stands."""

from __future__ import annotations

from django.core.management.color import no_style
from django.db import connection

from huiyin.journal.protection import protect, unprotect

MIGRATED = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""Tables that migrating fills; they stay as they are."""


def empty() -> None:
    """Take every row out that a test put in; the journal's own protection is lifted meanwhile."""
    filled = _filled()
    if not filled:
        return
    unprotect()
    try:
        statements = connection.ops.sql_flush(no_style(), filled, reset_sequences=False, allow_cascade=True)
        connection.ops.execute_sql_flush(statements)
    finally:
        protect()


def _filled() -> list[str]:
    """The tables in which a row stands; their names are our own."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    each = [
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})"  # noqa: S608
        for table in sorted(set(tables) - MIGRATED)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return [table for (table,) in cursor.fetchall()]
