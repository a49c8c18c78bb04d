"""Django's SQLite engine; a statement seen before is not translated from Django's marks to SQLite's again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

KEPT = 500
"""Statements each process remembers; the longest have 8,000 characters."""


class CachedQueryCursor(base.SQLiteCursorWrapper):
    """A cursor whose statements are the same objects each time, so that the driver finds its plans at once."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """The statement with SQLite's marks for parameters."""
        if param_names is not None:
            return super().convert_query(query, param_names=param_names)
        return _marked(query)


@lru_cache(maxsize=KEPT)
def _marked(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens such cursors."""

    def create_cursor(self, name: Any = None) -> CachedQueryCursor:
        """A cursor of this connection."""
        cursor: CachedQueryCursor = self.connection.cursor(factory=CachedQueryCursor)
        return cursor
