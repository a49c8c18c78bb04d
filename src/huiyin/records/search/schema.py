"""What the database itself needs for the search index; called by a migration, the same words on both databases."""

from __future__ import annotations

from typing import Any

from django.db import connection

# Grams are whole tokens already: nothing to split (ascii), no places within a text (detail=none), no copy of it.
_SQLITE = """CREATE VIRTUAL TABLE IF NOT EXISTS search_gram
USING fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii')"""
_POSTGRES = (
    "ALTER TABLE records_searchtext ADD COLUMN IF NOT EXISTS grams integer[] NOT NULL DEFAULT '{}'",
    # Without statistics on many elements the planner cannot tell frequent words from rare ones.
    "ALTER TABLE records_searchtext ALTER COLUMN grams SET STATISTICS 1000",
    # A short list of waiting entries keeps both writing and searching quick.
    "CREATE INDEX IF NOT EXISTS search_gram ON records_searchtext USING gin (grams) WITH (gin_pending_list_limit = 256)",
)


def install(db: Any = connection) -> None:
    """Make the index; the table of ``SearchText`` stands already."""
    with db.cursor() as cursor:
        for statement in _POSTGRES if db.vendor == "postgresql" else (_SQLITE,):
            cursor.execute(statement)


def uninstall(db: Any = connection) -> None:
    """Take the index away."""
    with db.cursor() as cursor:
        if db.vendor == "postgresql":
            cursor.execute("DROP INDEX IF EXISTS search_gram")
            cursor.execute("ALTER TABLE records_searchtext DROP COLUMN IF EXISTS grams")
        else:
            cursor.execute("DROP TABLE IF EXISTS search_gram")
