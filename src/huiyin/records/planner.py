"""What the database's planner knows of the tables. PostgreSQL finds out by itself; SQLite has to be told."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

SAMPLE = 1000
"""Rows of each index that SQLite looks at."""


def tables() -> list[str]:
    """Every table of ours."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})


def learn(names: Iterable[str]) -> None:
    """Let the planner look at these tables, each in a transaction of its own: others write between two of them.

    The limit does more than save time. Without one SQLite keeps sample values too (``sqlite_stat4``), and from then on
    plans every statement anew each time it is given its parameters, which takes longer than most statements.
    """
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
        for name in names:
            cursor.execute(f"ANALYZE {quoted(name)}")
