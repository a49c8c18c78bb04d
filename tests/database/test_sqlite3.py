"""SQLite's engine: statements are translated once, and mean what Django's would."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from huiyin.database.sqlite3.base import CachedQueryCursor, _marked

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.settings_dict["ENGINE"] != "huiyin.database.sqlite3", reason="SQLite's own, with the switch on"
    ),
]


def test_a_statement_seen_before_is_the_same_object() -> None:
    asked = "SELECT %s || 'of 100%%'"
    assert _marked(asked) == "SELECT ? || 'of 100%'"
    assert _marked("SELECT %s || " + "'of 100%%'") is _marked(asked)


def test_marks_mean_what_they_do_in_django() -> None:
    with connection.cursor() as cursor:
        assert isinstance(cursor.cursor, CachedQueryCursor)
        cursor.execute("SELECT %s || ' of 100%%'", ["7"])
        assert cursor.fetchone() == ("7 of 100%",)
        cursor.execute("SELECT %(a)s - %(b)s", {"a": 5, "b": 3})
        assert cursor.fetchone() == (2,)
        for query in ("SELECT %s", "SELECT '%%', %s, %s", "SELECT 1"):
            django: str = SQLiteCursorWrapper.convert_query(cursor.cursor, query)
            assert cursor.cursor.convert_query(query) == django
