"""The index of overlapping character pairs that the search reads."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# Grams are whole tokens already: nothing to split (ascii), no places within a text (detail=none), no copy of it.
SQLITE = """CREATE VIRTUAL TABLE IF NOT EXISTS search_gram
USING fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii')"""
POSTGRES = (
    "ALTER TABLE records_searchtext ADD COLUMN IF NOT EXISTS grams integer[] NOT NULL DEFAULT '{}'",
    # Without statistics on many elements the planner cannot tell frequent words from rare ones.
    "ALTER TABLE records_searchtext ALTER COLUMN grams SET STATISTICS 1000",
    # A short list of waiting entries keeps both writing and searching quick.
    "CREATE INDEX IF NOT EXISTS search_gram ON records_searchtext USING gin (grams) WITH (gin_pending_list_limit = 256)",
)


def install(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        for statement in POSTGRES if editor.connection.vendor == "postgresql" else (SQLITE,):
            cursor.execute(statement)


def uninstall(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        if editor.connection.vendor == "postgresql":
            cursor.execute("DROP INDEX IF EXISTS search_gram")
            cursor.execute("ALTER TABLE records_searchtext DROP COLUMN IF EXISTS grams")
        else:
            cursor.execute("DROP TABLE IF EXISTS search_gram")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
