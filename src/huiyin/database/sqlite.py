"""Puts the packaged SQLite (pysqlite3) in the place of the standard library's before Django imports it.

The library must be 3.51.3 or newer: older ones can lose committed pages when the write-ahead log is reset.
"""

import sys

LEAST = (3, 51, 3)


def use_packaged_sqlite() -> None:
    """Swap ``sqlite3`` for ``pysqlite3`` when the standard library's copy is older than LEAST."""
    import sqlite3

    if sqlite3.sqlite_version_info >= LEAST:
        return
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:  # doctor and the start-up check then refuse with the remedy
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
