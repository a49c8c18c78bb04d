"""Twelve thousand customers owed a call in one month: opened in bulk, in short transactions."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import pytest

from huiyin.customers.models import Customer
from huiyin.obligations import rounds
from huiyin.obligations.models import Obligation
from huiyin.obligations.occasions import open_due_periods
from tests.cast import Factory, at
from tests.stage import stage

PACK = str(Path(__file__).parent / "packs" / "duties")
pytestmark = pytest.mark.django_db
works = stage(PACK, when="2026-11-01 08:00")

MANY = 12_000
MOST_SECONDS, MOST_HELD = 20.0, 1.0
"""Of one processor's time, for tests run side by side: 12,000 together, and within one transaction."""


@pytest.mark.long
def test_twelve_thousand_are_opened_in_short_transactions(works: Factory, monkeypatch: Any) -> None:
    opened = at("2026-11-02 08:00")
    Customer.objects.bulk_create(
        Customer(
            procedure_id=works.version,
            number=f"K{n:05}",
            code=f"K{n:05}",
            name=f"客户{n}",
            tier="A",
            salesperson=works.mei,
            state="active",
            phase="received",
            opened_at=opened,
        )
        for n in range(MANY)
    )
    held: list[float] = []
    one = rounds.execute

    def timed(*args: Any, **kwargs: Any) -> Any:
        start = process_time()
        found = one(*args, **kwargs)
        held.append(process_time() - start)
        return found

    monkeypatch.setattr(rounds, "execute", timed)
    start = process_time()
    assert open_due_periods(at=at("2026-11-10 00:00")) == MANY
    took = process_time() - start
    assert Obligation.objects.filter(rule="call-each", owner_person=works.mei).count() == MANY
    assert took < MOST_SECONDS
    assert max(held) < MOST_HELD
