"""A complaint, the 8D that owns its cause, the goods sent for it, a stock-take about it and the weekly sheet that
counts its lateness, lived through at once: random steps by anybody on any of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as live

from huiyin.improvement.actions import opening
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.relations.relations import linked_records
from huiyin.returns.actions import requesting
from tests.assessment.test_life import CHARGE_STEPS, SHEET_STEPS
from tests.assessment.test_life import PEOPLE as OFFICE
from tests.assessment.test_life import AssessmentMachine as OfSheet
from tests.assessment.weeks import WEEK
from tests.cast import Factory, at, factory
from tests.chance import Deed, Dice, lived_far
from tests.complaints.test_life import COMPLAINT_STEPS, PACKS, TASK_STEPS, moved_on
from tests.complaints.test_life import ComplaintMachine as OfComplaint
from tests.improvement.test_life import STEPS as PROBLEM_STEPS
from tests.improvement.test_life import ProblemMachine as OfProblem
from tests.returns.goods import line, wanted
from tests.returns.test_life import STEPS as GOODS_STEPS
from tests.returns.test_life import ReplacementMachine as OfGoods
from tests.returns.test_take_life import ROLES
from tests.returns.test_take_life import STEPS as COUNT_STEPS
from tests.returns.test_take_life import StockTakeMachine as OfCount

RULES: dict[str, tuple[str, ...]] = {
    "complaint": ("somebody_does_what_is_offered", "somebody_does_what_is_offered", "somebody_works_on_a_task"),
    "problem": ("somebody_does_what_is_offered", "somebody_does_what_is_offered", "the_owner_fills_in_what_is_missing"),
    "goods": ("somebody_does_what_is_offered", "somebody_works_on_a_part"),
    "count": ("somebody_does_what_is_offered", "somebody_signs"),
}
INVARIANTS: dict[str, tuple[str, ...]] = {
    "complaint": ("what_has_ended_owes_nothing_but_measures", "there_is_a_way_on_for_somebody"),
    "problem": (
        "what_has_ended_owes_nothing_but_the_customers_word",
        "what_has_not_ended_is_owed",
        "there_is_a_way_on_for_somebody",
    ),
    "goods": ("goods_conserve", "what_has_ended_owes_nothing", "there_is_a_way_on_for_somebody"),
    "count": ("the_verdict_follows_from_the_figures", "what_has_ended_owes_nothing", "there_is_a_way_on_for_somebody"),
    "sheet": (
        "the_ledger_balances",
        "a_person_owes_what_stands_on_their_charges",
        "signed_sheets_do_not_change",
        "one_sheet_a_week",
        "what_has_ended_owes_only_the_next_sheet",
        "there_is_a_way_on_for_somebody",
    ),
}


STEPS = {
    "complaint": COMPLAINT_STEPS,
    "problem": PROBLEM_STEPS,
    "goods": GOODS_STEPS,
    "count": COUNT_STEPS,
}
ENDED = ("problem", "goods", "complaint", "sheet")
"""In which order people of goodwill come to an end with them."""
names = st.sampled_from(OFFICE)
amounts = st.decimals(min_value=0, max_value=2000, places=2)


class Together(RuleBasedStateMachine):
    """All records of one matter under one clock; weekly sheets where the procedure has them."""

    works: Factory
    to_the_end = False

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-16 09:00")

    @initialize(
        severity=st.sampled_from(["function", "safety"]),
        way=st.sampled_from(["resupply", "exchange", "return"]),
    )
    def begin(self, severity: str, way: str) -> None:
        for kind in (OfComplaint, OfProblem, OfGoods, OfCount, OfSheet):
            kind.works = self.works  # type: ignore[attr-defined]
        self.lives: dict[str, Any] = {
            "complaint": OfComplaint(),
            "problem": OfProblem(),
            "goods": OfGoods(),
        }
        of_complaint, of_problem, of_goods = self.lives.values()
        of_complaint.fault = severity == "safety" or way != "resupply"
        of_complaint.begin(severity=severity)
        complaint = of_complaint.complaint
        paths = [option.key for option in self.works.procedure.catalogue("path")]
        of_problem.begin(severity=severity, path="8d" if "8d" in paths else paths[0])
        of_problem.complaint = complaint
        of_problem.take(
            lambda: opening.attach_case(of_problem.problem, complaint, context=of_problem.context(self.works.lin))
        )
        of_goods.begin(ways=[way])
        asked = wanted(line(way, "3"), claimable=Decimal(10), claimable_unit="piece")
        of_goods.record = requesting.request(
            asked, procedure_id=self.works.version, context=of_goods.context(self.works.mei), about=complaint
        )
        if self.works.procedure.step_table("stock-take").transition(None, "open"):
            self.lives["count"] = OfCount()
            self.lives["count"].begin(claimed=Decimal(3))
        if self.works.procedure.states_of("assessment"):
            sheets = self.lives["sheet"] = OfSheet()
            sheets.now = self.now
            sheets.begin()
        self.complaint = complaint

    @contextmanager
    def clock(self, life: Any) -> Iterator[None]:
        """All live by the same clock, which never goes back."""
        life.now = self.now = max(self.now, life.now)
        yield
        self.now = max(self.now, life.now)

    @rule(chance=st.data(), which=st.sampled_from(sorted(RULES)))
    def somebody_does_something(self, chance: st.DataObject, which: str) -> None:
        if which not in self.lives:
            return
        name = chance.draw(st.sampled_from(RULES[which]))
        life = self.lives[which]
        if name == "somebody_works_on_a_task" and not life.complaint.tasks.exists():
            return
        wants = {"somebody_signs": ("role", ROLES), "somebody_works_on_a_task": ("verb", sorted(TASK_STEPS))}
        more = {wants[name][0]: chance.draw(st.sampled_from(wants[name][1]))} if name in wants else {}
        with self.clock(life):
            getattr(life, name)(chance=chance, **more)

    @rule(chance=st.data(), which=st.sampled_from(sorted(STEPS)))
    def anybody_tries_anything(self, chance: st.DataObject, which: str) -> None:
        if which not in self.lives:
            return
        steps, life = STEPS[which], self.lives[which]
        with self.clock(life):
            life.anybody_tries_anything(chance=chance, verb=chance.draw(st.sampled_from(sorted(steps))))

    @precondition(lambda self: "sheet" in self.lives)
    @rule(
        chance=st.data(),
        what=st.sampled_from(["compile", "the_next_step", "the_next_step", "charge", "divide", "step"]),
    )
    def somebody_works_on_a_weekly_sheet(self, chance: st.DataObject, what: str) -> None:
        which, name = chance.draw(st.integers(0, 9)), chance.draw(names)
        given: dict[str, dict[str, Any]] = {
            "compile": {"week": chance.draw(st.sampled_from([WEEK, WEEK.next])), "name": "lin"},
            "the_next_step": {"which": which},
            "charge": {"which": which, "name": name, "verb": chance.draw(st.sampled_from(sorted(CHARGE_STEPS)))},
            "divide": {"name": "shen", "weights": [1, chance.draw(st.integers(0, 3))]},
            "step": {
                "which": which,
                "name": name,
                "verb": chance.draw(st.sampled_from(sorted(SHEET_STEPS))),
                "amount": chance.draw(amounts),
            },
        }
        life = self.lives["sheet"]
        with self.clock(life):
            getattr(life, what)(**given[what])

    @rule()
    def a_week_passes(self) -> None:
        self.time_passes(hours=7 * 24)

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
        for which, life in self.lives.items():
            with self.clock(life):
                for name in INVARIANTS[which]:
                    getattr(life, name)()

    @invariant()
    def they_stay_tied(self) -> None:
        reader = self.works.context("zong", "2026-11-16 09:00").actor
        assert reader is not None
        tied = {one.record.kind for one in linked_records(self.complaint, reader)}
        assert "replacement" in tied

    def teardown(self) -> None:
        try:
            for which in ENDED if self.to_the_end and hasattr(self, "lives") else ():
                if which in self.lives:
                    with self.clock(self.lives[which]):
                        self.lives[which].people_of_goodwill_end_it()
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
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["base", "feedback", "service-process"])
def test_whatever_people_do_with_all_of_them(key: str) -> None:
    lived(key, lives=2, steps=15)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("key", PACKS)
def test_whatever_people_do_with_all_of_them_for_long(key: str) -> None:
    """Most steps lead on, so that the lives get far; from wherever they have got people of goodwill come to an end."""
    Together.works = factory(key)
    kind = type(f"Together{key}", (Together,), {"to_the_end": True})

    def begin(life: Together, dice: Dice) -> None:
        life.begin(
            severity=dice.random.choice(["function", "safety"]),
            way=dice.random.choice(["resupply", "exchange", "return"]),
        )

    lived_far(kind, begin, DEEDS, lives=10, steps=120)


def _on_with(which: str) -> Any:
    return lambda life, dice: life.somebody_does_something(chance=dice, which=which)


def _the_complaint_moves_on(life: Together, dice: Dice) -> None:
    one = life.lives["complaint"]
    with life.clock(one):
        moved_on(one, dice)


def _sheets(life: Together, dice: Dice) -> None:
    if "sheet" in life.lives:
        what = dice.random.choice(["compile", "the_next_step", "the_next_step", "charge", "divide", "step"])
        life.somebody_works_on_a_weekly_sheet(chance=dice, what=what)


DEEDS: list[Deed] = [
    (2, _on_with("complaint")),
    (6, _the_complaint_moves_on),
    (7, _on_with("problem")),
    (5, _on_with("goods")),
    (2, _on_with("count")),
    (5, _sheets),
    (3, lambda life, dice: life.anybody_tries_anything(chance=dice, which=dice.random.choice(sorted(STEPS)))),
    (2, lambda life, dice: life.time_passes(hours=dice.random.randint(1, 60))),
    (1, lambda life, dice: life.a_week_passes()),
]
