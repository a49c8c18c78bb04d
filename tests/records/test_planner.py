"""What SQLite's planner is told: of every table, and no sample values."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from huiyin.config.worker import Worker
from huiyin.customers.models import Customer
from huiyin.people.models import Department
from huiyin.records import planner
from tests.cast import at

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL finds out by itself")


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = %s", [table])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of SQLite's own
        return int(cursor.fetchone()[0])


def known() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture
def filled(db: None) -> None:
    """Enough rows that a sample would be taken of them."""
    Department.objects.bulk_create(
        [Department(key=f"d{k}", name_zh=f"部门{k}", name_en=f"Department {k}") for k in range(60)]
    )


@sqlite_only
def test_no_sample_is_kept_by_which_statements_would_be_planned_again(filled: None) -> None:
    planner.learn(["people_department"])
    assert known() >= {"people_department"}
    assert rows("sqlite_stat4") == 0


@sqlite_only
def test_the_worker_lets_it_look_at_one_table_each_round_and_at_all_of_them_once_a_day(filled: None) -> None:
    names, worker, now = planner.tables(), Worker(), at("2026-11-18 10:00")
    assert {Customer._meta.db_table, "people_department", "journal_entry"} <= set(names)
    for k in range(len(names)):
        assert len(worker.unknown) == (len(names) - k if k else 0)
        worker.tick(at=now + timedelta(seconds=10 * k))
    assert (worker.unknown, worker.learned_at) == ([], now)
    assert "people_department" in known()
    worker.tick(at=now + timedelta(hours=23))
    assert (worker.unknown, worker.learned_at) == ([], now)
    worker.tick(at=now + timedelta(hours=24))
    assert (len(worker.unknown), worker.learned_at) == (len(names) - 1, now + timedelta(hours=24))


def test_every_table_can_be_learned(filled: None) -> None:
    planner.learn(planner.tables())
    assert Department.objects.filter(key__startswith="d").count() >= 60
