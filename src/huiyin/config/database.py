"""Whether the database may be used: it answers, its library is sound, and every migration is applied."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from huiyin.database.sqlite import LEAST
from huiyin.kernel.text import Text, t


def startup_problem() -> Text | None:
    """Why the program must not start on this database, with the remedy; None when all is well."""
    if reason := unsafe_sqlite():
        return reason
    try:
        waiting = pending()
    except DatabaseError as error:
        return no_answer(error)
    if waiting:
        return t(
            "数据库还缺 {n} 个升级步骤，请先运行：bin/huiyin migrate",
            "The database lacks {n} migrations; run first: bin/huiyin migrate",
            n=len(waiting),
        )
    return None


def pending() -> list[tuple[str, str]]:
    """Migrations that the code has and the database lacks, as (room, name); DatabaseError when it does not answer."""
    _knock()
    loader = MigrationLoader(connection)
    return sorted(set(loader.graph.nodes) - set(loader.applied_migrations))


def _knock() -> None:
    """Ask a PostgreSQL server directly, once: the pool would wait its whole patience for one that is not there."""
    if connection.vendor == "postgresql" and connection.connection is None:
        import psycopg

        with connection.wrap_database_errors:
            psycopg.connect(**{"connect_timeout": 5, **connection.get_connection_params()}).close()


def no_answer(error: DatabaseError) -> Text:
    """What a database said instead of answering, on one line."""
    said = " ".join(str(error).split())
    return t("数据库没有应答：{said}", "The database does not answer: {said}", said=said)


def unsafe_sqlite() -> Text | None:
    """SQLite before LEAST can lose committed pages when its write-ahead log is reset: it is never used."""
    if connection.vendor != "sqlite":
        return None
    from sqlite3 import sqlite_version, sqlite_version_info

    if tuple(sqlite_version_info) >= LEAST:
        return None
    return t(
        "SQLite {found} 有丢失数据的缺陷，至少要 {least}；请重新运行 bin/up 安装 pysqlite3",
        "SQLite {found} can lose data, {least} is the least; run bin/up again, which installs pysqlite3",
        found=sqlite_version,
        least=".".join(map(str, LEAST)),
    )
