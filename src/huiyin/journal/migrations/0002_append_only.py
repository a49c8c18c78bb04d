"""The database itself refuses to change or delete entries and seals."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# As it was when this migration was written; what tests and later versions use lives in journal/protection.py.
TABLES = ("journal_entry", "journal_seal")
SQLITE_GUARD = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"""
POSTGRES_GUARD = """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"""


def protect(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        if editor.connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
            for table in TABLES:
                cursor.execute(POSTGRES_GUARD.format(table=table))
            return
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(SQLITE_GUARD.format(table=table, verb=verb))


def unprotect(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        for table in TABLES:
            if editor.connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
                continue
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
