"""A complaint, the 8D that owns its cause and the goods sent for it, lived through at once: random steps by anybody on any of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as live

from huiyin.improvement.actions import opening
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.linking import tied_to
from huiyin.returns.actions import requesting
from tests.cast import Factory, at, factory
from tests.complaints.test_life import COMPLAINT_STEPS
from tests.complaints.test_life import Life as OfComplaint
from tests.improvement.test_life import STEPS as PROBLEM_STEPS
from tests.improvement.test_life import Life as OfProblem
from tests.returns.goods import line, wanted
from tests.returns.test_life import STEPS as GOODS_STEPS
from tests.returns.test_life import Life as OfGoods

RULES: dict[str, tuple[str, ...]] = {
    "complaint": ("somebody_does_what_is_offered", "somebody_does_what_is_offered", "somebody_works_on_a_task"),
    "problem": ("somebody_does_what_is_offered", "somebody_does_what_is_offered", "the_owner_fills_in_what_is_missing"),
    "goods": ("somebody_does_what_is_offered", "somebody_works_on_a_part"),
}  # fmt: skip
INVARIANTS: dict[str, tuple[str, ...]] = {
    "complaint": ("what_has_ended_owes_nothing_but_measures", "there_is_a_way_on_for_somebody"),
    "problem": (
        "what_has_ended_owes_nothing_but_the_customers_word", "what_has_not_ended_is_owed", "there_is_a_way_on_for_somebody",
    ),
    "goods": ("goods_conserve", "what_has_ended_owes_nothing", "there_is_a_way_on_for_somebody"),
}  # fmt: skip


class Together(RuleBasedStateMachine):
    """Three records of one matter under one clock."""

    works: Factory

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-16 09:00")

    @initialize(
        severity=st.sampled_from(["function", "safety"]),
        way=st.sampled_from(["resupply", "exchange", "return"]),
    )
    def begin(self, severity: str, way: str) -> None:
        for kind in (OfComplaint, OfProblem, OfGoods):
            kind.works = self.works  # type: ignore[attr-defined]
        self.lives: dict[str, Any] = {
            "complaint": OfComplaint(), "problem": OfProblem(), "goods": OfGoods(),
        }  # fmt: skip
        of_complaint, of_problem, of_goods = self.lives.values()
        of_complaint.begin(severity=severity)
        complaint = of_complaint.complaint
        of_problem.begin(severity=severity, path="8d")
        of_problem.complaint = complaint
        of_problem.take(
            lambda: opening.attach_case(of_problem.problem, complaint, sent=of_problem.sent(self.works.lin))
        )
        of_goods.begin(ways=[way])
        asked = wanted(line(way, "3"), claimable=Decimal(10), claimable_unit="piece")
        of_goods.record = requesting.request(
            asked, procedure_id=self.works.version, sent=of_goods.sent(self.works.mei), about=complaint
        )
        self.complaint = complaint

    @contextmanager
    def clock(self, life: Any) -> Iterator[None]:
        """All live by the same clock, which never goes back."""
        life.now = self.now = max(self.now, life.now)
        yield
        self.now = max(self.now, life.now)

    @rule(chance=st.data(), which=st.sampled_from(sorted(RULES)))
    def somebody_does_something(self, chance: st.DataObject, which: str) -> None:
        name = chance.draw(st.sampled_from(RULES[which]))
        life = self.lives[which]
        if name == "somebody_works_on_a_task" and not life.complaint.tasks.exists():
            return
        with self.clock(life):
            getattr(life, name)(chance=chance)

    @rule(chance=st.data(), which=st.sampled_from(["complaint", "problem", "goods"]))
    def anybody_tries_anything(self, chance: st.DataObject, which: str) -> None:
        steps = {"complaint": COMPLAINT_STEPS, "problem": PROBLEM_STEPS, "goods": GOODS_STEPS}[which]
        life = self.lives[which]
        with self.clock(life):
            life.anybody_tries_anything(chance=chance, verb=chance.draw(st.sampled_from(sorted(steps))))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        life = self.lives["complaint"]
        with self.clock(life):
            life.time_passes(hours=hours)

    @invariant()
    def whatever_is_owed_is_owed_by_somebody(self) -> None:
        assert not Obligation.objects.filter(OPEN, owner_person=None, owner_department=None).exists()

    @invariant()
    def what_holds_for_each_holds(self) -> None:
        for which, names in INVARIANTS.items():
            life = self.lives[which]
            with self.clock(life):
                for name in names:
                    getattr(life, name)()

    @invariant()
    def they_stay_tied(self) -> None:
        reader = self.works.sent("zong", "2026-11-16 09:00").actor
        assert reader is not None
        tied = {one.record.kind for one in tied_to(self.complaint, reader)}
        assert "replacement" in tied

    def teardown(self) -> None:
        try:
            found = verify()
            assert (found.code, found.fault) == (0, None)
        finally:
            transaction.savepoint_rollback(self.mark)


def lived(key: str, lives: int, steps: int) -> None:
    """So many random lives under one pack, each rolled back behind the next."""
    Together.works = factory(key)
    kind = type(f"Together{key}", (Together,), {})
    live(
        kind,
        settings=settings(
            max_examples=lives, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["base", "feedback"])
def test_whatever_people_do_with_all_three(key: str) -> None:
    lived(key, lives=2, steps=15)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("key", ["base", "feedback", "communication", "complaint-measures"])
def test_whatever_people_do_with_all_three_for_long(key: str) -> None:
    lived(key, lives=40, steps=80)
