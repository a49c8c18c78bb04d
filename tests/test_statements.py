"""What PostgreSQL is asked by: no kind of statement is left out, and what is never measured is asked too."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import durations, statements
from tests.statements import Sending


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('SELECT "a" FROM "t" WHERE "id" IN (%s, %s)', 'SELECT "a", "b" FROM "t" WHERE "id" IN (%s, %s, %s)'),
        ('INSERT INTO "t" ("a") VALUES (%s)', 'INSERT INTO "t" ("a") VALUES (%s), (%s), (%s)'),
        ('SAVEPOINT "s139_x3"', 'SAVEPOINT "s140_x77"'),
        ('SELECT "a" FROM "t" LIMIT 21', 'SELECT "a" FROM "t" LIMIT 51'),
    ],
)
def test_columns_and_the_number_of_rows_make_no_other_kind(one: str, other: str) -> None:
    assert statements.kind_of(one) == statements.kind_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('SELECT "a" FROM "t" ORDER BY "a"', 'SELECT "a" FROM "t" ORDER BY "a" DESC'),
        ('SELECT "a" FROM "t" WHERE "b" = %s', 'SELECT "a" FROM "t" WHERE "b" IN (%s, %s)'),
        ('SELECT "a" FROM "t" WHERE "b" = %s', 'SELECT "a" FROM "u" WHERE "b" = %s'),
        ('SELECT "a" FROM "t" WHERE "b" < %s', 'SELECT "a" FROM "t" WHERE "b" >= %s'),
        ('SELECT "a" FROM "t"', 'SELECT lower("a") FROM "t"'),
        ('SELECT "a" FROM "t"', 'SELECT "a" FROM "t" FOR UPDATE'),
    ],
)
def test_tables_operators_and_functions_do(one: str, other: str) -> None:
    assert statements.kind_of(one) != statements.kind_of(other)


FILES = ["complaints/test_a.py", "returns/test_b.py", "scenarios/test_c.py", "improvement/test_life.py"]
a_test = st.tuples(st.sampled_from(FILES), st.sampled_from(["test_x", "test_y", "test_z"]))
a_sending = st.builds(Sending, st.floats(0, 30), st.sets(st.sampled_from("abcdefgh")))


@given(st.dictionaries(a_test, a_sending, min_size=1), st.dictionaries(st.sampled_from(FILES), st.floats(0, 30)))
def test_who_is_left_out_sends_nothing_that_the_others_do_not(
    tests: dict[tuple[str, str], Sending], set_up: dict[str, float]
) -> None:
    left_out = statements.needless(tests, set_up)
    kept = tests.keys() - left_out
    assert {kind for test in kept for kind in tests[test].kinds} == {k for one in tests.values() for k in one.kinds}
    assert not any(statements.is_always_asked(place) for place, _ in left_out)


def test_what_was_never_measured_is_asked_and_so_is_what_always_is() -> None:
    measured = {
        "ui/test_old.py": durations.Measured(2, 1.0, ("test_left_out",)),
        "doors/test_sight.py": durations.Measured(1, 1.0, ("test_seen",)),
    }
    assert durations.on_postgres("ui/test_new.py", "test_left_out", measured)
    assert durations.on_postgres("ui/test_old.py", "test_new", measured)
    assert durations.on_postgres("doors/test_sight.py", "test_seen", measured)
    assert not durations.on_postgres("ui/test_old.py", "test_left_out", measured)


def test_nothing_that_is_always_asked_was_stored_as_needless() -> None:
    stored = json.loads(durations.STORE.read_text("utf-8"))
    assert [place for place, one in stored.items() if one.get("needless") and statements.is_always_asked(place)] == []
