"""What the database itself does for the journal: refusing changes, and letting a seal wait for writers under way."""

from __future__ import annotations

from typing import Any

from django.db import connection

TABLES = ("journal_entry", "journal_seal")
_LOCK = 0x4855_4959  # any constant; one advisory lock for the whole journal

_SQLITE_GUARD = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"""
_POSTGRES_GUARD = """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"""


def protect(db: Any = connection) -> None:
    """Make the database refuse UPDATE and DELETE on entries and seals."""
    with db.cursor() as cursor:
        if db.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            for table in TABLES:
                cursor.execute(_POSTGRES_GUARD.format(table=table))
        else:
            for table in TABLES:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(_SQLITE_GUARD.format(table=table, verb=verb))


def unprotect(db: Any = connection) -> None:
    """Take the refusal away; for reversing the migration and for tests that empty a database."""
    with db.cursor() as cursor:
        for table in TABLES:
            if db.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def block_sealing() -> None:
    """Until this transaction ends no seal may take a snapshot: ids are given before they are visible on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


def wait_for_writers() -> None:
    """Wait until every transaction that appended before now has ended; call at the start of a seal's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
