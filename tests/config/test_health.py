"""``/healthz`` and the worker's heartbeat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from huiyin.config import health

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """No heartbeat before and after."""
    health.heartbeat_file().unlink(missing_ok=True)
    yield
    health.heartbeat_file().unlink(missing_ok=True)


def test_a_worker_that_never_ran_is_not_alive() -> None:
    assert health.heartbeat_age(at=NOON) is None
    assert health.worker_alive(at=NOON) is False


def test_a_beat_counts_for_a_minute() -> None:
    health.beat(at=NOON)
    assert health.worker_alive(at=NOON + timedelta(seconds=59)) is True
    assert health.worker_alive(at=NOON + timedelta(seconds=60)) is False


@pytest.mark.django_db
def test_strangers_see_that_all_is_well(client: Client) -> None:
    health.beat(at=datetime.now(UTC))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "worker": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_silent_worker_is_named(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "down", "database": "ok", "worker": "down"},
    )


@pytest.mark.django_db
def test_a_dead_database_is_named(client: Client, monkeypatch: Any) -> None:
    from django.db import OperationalError, connection

    def refused() -> None:
        raise OperationalError("disk I/O error")

    health.beat(at=datetime.now(UTC))
    with connection.execute_wrapper(lambda *_: refused()):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "down", "database": "down", "worker": "ok"},
    )
