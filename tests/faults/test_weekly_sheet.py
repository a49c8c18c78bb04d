"""A week's sheet compiled by two people, and a week opened by several workers, in the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from huiyin.assessment.actions import making
from huiyin.assessment.models import Assessment
from huiyin.journal.verification import verify
from huiyin.kernel.periods import Period
from huiyin.obligations.models import Obligation, Occasion
from huiyin.obligations.occasions import open_due_periods
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at, factory
from tests.faults.conftest import at_once

WEEK = Period.parse("2026-W46")


@pytest.fixture
def works(transactional_db: Any, settings: Any, tmp_path: Path) -> Iterator[Factory]:
    settings.KEYS, settings.SEALS = tmp_path / "keys", tmp_path / "seals"
    yield factory("feedback", when="2026-11-09 08:00")
    assert verify().code == 0
    connections.close_all()


def test_of_two_who_compile_a_week_the_second_is_told_that_it_is_done(works: Factory) -> None:
    for name in ("lin", "qian"):  # people and procedure are in memory before the race
        works.context(name, "2026-11-16 09:00")

    def act(n: int) -> Any:
        sent = works.context(("lin", "qian")[n % 2], "2026-11-16 09:00")
        return making.compile_week(WEEK, procedure_id=works.version, context=sent).number

    found = at_once(4, act)
    refused = [one for one in found if isinstance(one, Refused)]
    assert [one for one in found if not isinstance(one, Refused)] == ["KP2026-001"]
    assert {tuple(r.show("zh") for r in one.reasons) for one in refused} == {("2026年第46周已经统计：KP2026-001",)}
    assert (len(refused), Assessment.objects.count(), Occasion.objects.count()) == (3, 1, 1)


def test_the_second_is_told_so_also_when_it_had_looked_before_the_first_was_done(
    works: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gap between looking and writing, held open: what the database refuses is said in the same sentence."""
    first = making.compile_week(WEEK, procedure_id=works.version, context=works.context("lin", "2026-11-16 09:00"))
    looked = making._may_be_compiled
    times: list[int] = []

    def late(*args: Any, **kwargs: Any) -> None:
        times.append(1)
        if len(times) > 1:
            looked(*args, **kwargs)

    monkeypatch.setattr(making, "_may_be_compiled", late)
    with pytest.raises(Refused) as second:
        making.compile_week(WEEK, procedure_id=works.version, context=works.context("qian", "2026-11-16 09:00"))
    assert [r.show("en") for r in second.value.reasons] == [f"Week 46, 2026 is compiled already: {first.number}"]
    assert Assessment.objects.count() == 1


def test_several_workers_open_each_week_once(works: Factory) -> None:
    found = at_once(4, lambda _: open_due_periods(at=at("2026-11-30 08:00")))
    assert [one for one in found if isinstance(one, BaseException)] == []
    assert sum(found) == 3
    assert sorted(Occasion.objects.values_list("number", flat=True)) == ["2026-W46", "2026-W47", "2026-W48"]
    assert Obligation.objects.filter(kind="occasion").count() == 3


def test_a_week_that_is_compiled_while_a_worker_opens_it_is_fulfilled(works: Factory) -> None:
    def act(n: int) -> Any:
        if n:
            return open_due_periods(at=at("2026-11-16 09:00"))
        sent = works.context("lin", "2026-11-16 09:00")
        return making.compile_week(WEEK, procedure_id=works.version, context=sent)

    assert [one for one in at_once(2, act) if isinstance(one, BaseException)] == []
    assert [row.is_open for row in Obligation.objects.filter(kind="occasion")] == [False]
