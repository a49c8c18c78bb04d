"""Random lives of weekly sheets: any step by anybody. The ledger balances, and nobody pays but for lateness."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as live

from huiyin.assessment import ledger
from huiyin.assessment.actions import appeals, dividing, making, rewards, signing
from huiyin.assessment.actions.making import CostInput
from huiyin.assessment.models import Allotment, Assessment, Charge, LedgerAccount
from huiyin.journal.verification import verify
from huiyin.kernel.money import Money, allocate
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.backends import load_person
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import WEEK, balances, is_balanced, late_task
from tests.cast import Factory, at, factory
from tests.chance import Deed, Dice, lived_far
from tests.holding import broken_anywhere

SIDEWAYS = {
    "withdraw",
    "recount",
    "add_costs",
    "propose_reward",
    "send_back",
    "appeal",
}
"""Steps that help nobody on, or only back."""
PEOPLE = ["lin", "qian", "ku", "zong", "fang", "shen", "peng", "cai", "mei"]

SHEET_STEPS: dict[str, Callable[[Assessment, StepContext, Any], Any]] = {
    "recount": lambda a, s, f: making.recount(a, context=s),
    "send": lambda a, s, f: making.send(a, context=s),
    "add_costs": lambda a, s, f: making.add_costs(
        a, {i.pk: CostInput(f.amount, f.amount) for i in a.items.all()}, context=s
    ),
    "return_to_quality": lambda a, s, f: making.return_to_quality(a, context=s),
    "propose_reward": lambda a, s, f: rewards.propose(a, f.works.peng, f.amount, "好", context=s),
    "sign_quality": lambda a, s, f: signing.sign_quality(a, "", context=s),
    "send_back": lambda a, s, f: signing.send_back(a, "再看", context=s),
    "sign_management": lambda a, s, f: signing.sign_management(a, "", context=s),
    "hand_over": lambda a, s, f: signing.hand_over(a, context=s),
    "carry_out": lambda a, s, f: signing.carry_out(a, "", context=s),
    "withdraw": lambda a, s, f: making.withdraw(a, "错了", context=s),
}
CHARGE_STEPS: dict[str, Callable[[Charge, StepContext, Any], Any]] = {
    "approve": lambda c, s, f: rewards.approve(c, context=s),
    "decline": lambda c, s, f: rewards.decline(c, "不", context=s),
    "appeal": lambda c, s, f: appeals.appeal(c, "不服", context=s),
    "uphold": lambda c, s, f: appeals.uphold(c, "维持", context=s),
    "reduce": lambda c, s, f: appeals.reduce(c, f.amount, "减", context=s),
    "waive": lambda c, s, f: appeals.waive(c, "免", context=s),
}
SUM_STEPS: dict[str, Callable[[Any, StepContext, Any], Any]] = {
    verb: CHARGE_STEPS[verb] for verb in ("appeal", "uphold", "reduce", "waive")
}
DIVIDED_FROM = ("opened", "upheld", "reduced")
"""States of a department's sum in which it waits to be divided."""


class AssessmentMachine(RuleBasedStateMachine):
    """One company, two weeks, everybody's steps."""

    works: Factory
    to_the_end = False
    """Whether people of goodwill have to come to an end from where chance has led; it takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-30 09:00")

    @initialize()
    def begin(self) -> None:
        self.amount = Decimal("12.34")
        late_task(self.works)
        late_task(self.works, answered=None)
        self.frozen: dict[int, list[tuple[int, Decimal]]] = {}

    def people_of_goodwill_end_it(self) -> None:
        """From wherever chance has led, every sheet comes to its end."""
        for _ in range(40):
            running = list(Assessment.objects.exclude(phase__in=LAST_PHASES))
            if not running:
                return
            for one in Charge.objects.filter(state__in=("proposed", "appealed")).select_related("assessment"):
                verb = {"proposed": "decline", "appealed": "uphold"}[one.state]
                try_(lambda: CHARGE_STEPS[verb](one, self.context("zong"), self))  # noqa: B023
            for each in Allotment.objects.filter(state="appealed").select_related("assessment"):
                try_(lambda: SUM_STEPS["uphold"](each, self.context("zong"), self))  # noqa: B023
            self.divide(weights=[1, 1], name="shen")
            self.the_next_step(which=0)
        raise AssertionError([(a.state, [(c.state, c.person) for c in a.charges.all()]) for a in running])

    def teardown(self) -> None:
        try:
            if self.to_the_end and hasattr(self, "frozen"):
                self.people_of_goodwill_end_it()
            assert verify().code == 0
            assert broken_anywhere(self.works.procedure, self.now) == []
        finally:
            transaction.savepoint_rollback(self.mark)

    def context(self, name: str) -> StepContext:
        self.now += timedelta(minutes=7)
        return StepContext(load_person(self.works.people[name].pk, at=self.now), self.now)

    @rule(week=st.sampled_from([WEEK, WEEK.next]), name=st.sampled_from(["lin", "qian", "mei"]))
    def compile(self, week: Any, name: str) -> None:
        try_(lambda: making.compile_week(week, procedure_id=self.works.version, context=self.context(name)))

    @rule(
        verb=st.sampled_from(sorted(SHEET_STEPS)),
        name=st.sampled_from(PEOPLE),
        which=st.integers(0, 3),
        amount=st.decimals(min_value=0, max_value=2000, places=2),
    )
    def step(self, verb: str, name: str, which: int, amount: Decimal) -> None:
        self.amount = amount
        sheets = list(Assessment.objects.order_by("id"))
        if sheets:
            sheet = sheets[which % len(sheets)]
            try_(lambda: SHEET_STEPS[verb](sheet, self.context(name), self))

    @rule(which=st.integers(0, 3))
    def the_next_step(self, which: int) -> None:
        """What leads on, by whom it is meant for, so that lives get anywhere."""
        onward = {
            "compiled": ("send", "lin"),
            "sent": ("return_to_quality", "ku"),
            "returned": ("sign_quality", "qian"),
            "quality_signed": ("sign_management", "zong"),
            "signed": ("hand_over", "lin"),
            "handed_over": ("carry_out", "fang"),
        }
        sheets = [a for a in Assessment.objects.order_by("id") if a.state in onward]
        if sheets:
            sheet = sheets[which % len(sheets)]
            verb, name = onward[sheet.state]
            if sheet.state == "sent":
                try_(lambda: SHEET_STEPS["add_costs"](sheet, self.context(name), self))
            try_(lambda: SHEET_STEPS[verb](sheet, self.context(name), self))

    @rule(verb=st.sampled_from(sorted(CHARGE_STEPS)), name=st.sampled_from(PEOPLE), which=st.integers(0, 9))
    def charge(self, verb: str, name: str, which: int) -> None:
        charges = list(Charge.objects.select_related("assessment").order_by("id"))
        if charges:
            one = charges[which % len(charges)]
            try_(lambda: CHARGE_STEPS[verb](one, self.context(name), self))

    @rule(
        verb=st.sampled_from(sorted(SUM_STEPS)),
        name=st.sampled_from(["shen", "zong"]),
        which=st.integers(0, 3),
    )
    def sum_(self, verb: str, name: str, which: int) -> None:
        sums = list(Allotment.objects.select_related("assessment", "department").order_by("id"))
        if sums:
            one = sums[which % len(sums)]
            try_(lambda: SUM_STEPS[verb](one, self.context(name), self))

    @rule(
        weights=st.lists(st.integers(0, 5), min_size=2, max_size=2).filter(any),
        name=st.sampled_from(["shen", "peng"]),
    )
    def divide(self, weights: list[int], name: str) -> None:
        for one in Allotment.objects.filter(state__in=DIVIDED_FROM).select_related("assessment", "department"):
            parts = allocate(Money(one.amount, one.currency), weights)
            people = (self.works.peng, self.works.shen)
            shares = [(p, m.amount) for p, m in zip(people, parts, strict=True) if m]
            try_(lambda: dividing.split(one, shares, context=self.context(name)))  # noqa: B023

    # ---- what holds whatever happens

    @invariant()
    def the_ledger_balances(self) -> None:
        assert is_balanced()
        assert ledger.sums_of(ledger.balances())[2] == 0

    @invariant()
    def a_person_owes_what_stands_on_their_charges(self) -> None:
        owed: dict[str, Decimal] = {}
        for c in Charge.objects.exclude(assessment__state="carried_out").select_related("person"):
            if c.state in ("posted", "appealed", "upheld", "reduced", "waived") and c.person is not None:
                sign = -1 if c.is_reward else 1
                owed[c.person.name] = owed.get(c.person.name, Decimal(0)) + sign * c.amount
        people = {r[0].name.show("zh"): r[3] for r in ledger.balances() if r[0].account == LedgerAccount.PERSON}
        assert {n: a for n, a in owed.items() if a} == {n: a for n, a in people.items() if a}

    @invariant()
    def a_department_owes_what_it_bears_and_what_it_has_not_divided(self) -> None:
        owed: dict[tuple[str, int], Decimal] = {}
        for c in Charge.objects.filter(charge=Charge.BORNE, person=None).exclude(state="counted"):
            key = (LedgerAccount.LOSSES, c.department_id or 0)
            owed[key] = owed.get(key, Decimal(0)) + c.amount
        for a in Allotment.objects.exclude(state__in=("reckoned", "split")):
            key = (LedgerAccount.DEPARTMENT, a.department_id)
            owed[key] = owed.get(key, Decimal(0)) + a.amount
        booked = {(r[0].account, r[0].department_id): r[3] for r in ledger.balances() if r[0].department_id is not None}
        assert {k: v for k, v in owed.items() if v} == {k: v for k, v in booked.items() if v}

    @invariant()
    def signed_sheets_do_not_change(self) -> None:
        for sheet in Assessment.objects.filter(management_at__isnull=False):
            counted = list(sheet.charges.filter(allotment=None).order_by("id").values_list("pk", "counted"))
            assert self.frozen.setdefault(sheet.pk, counted) == counted

    @invariant()
    def one_sheet_a_week(self) -> None:
        weeks = list(Assessment.objects.exclude(phase="void").values_list("period", flat=True))
        assert len(weeks) == len(set(weeks))

    @invariant()
    def whatever_is_owed_is_owed_by_somebody(self) -> None:
        assert not Obligation.objects.filter(OPEN, owner_person=None, owner_department=None).exists()

    @invariant()
    def what_has_ended_owes_only_the_next_sheet(self) -> None:
        for sheet in Assessment.objects.filter(phase__in=LAST_PHASES):
            owed = Obligation.objects.filter(OPEN, kind="assessment", record_id=sheet.pk)
            assert set(owed.values_list("rule", flat=True)) <= {"weekly-sheet"}

    @invariant()
    def there_is_a_way_on_for_somebody(self) -> None:
        for sheet in Assessment.objects.exclude(phase__in=LAST_PHASES):
            parts = [None, *sheet.charges.order_by("id"), *sheet.allotments.order_by("id")]
            ways = any(verb not in SIDEWAYS for part in parts for verb in self.offered(sheet, part))
            assert ways, (sheet.state, [(c.charge, c.state, c.person) for c in sheet.charges.all()])

    def offered(self, sheet: Assessment, part: Any) -> Iterator[str]:
        """The steps that somebody may take now on the sheet, or on a part of it."""
        if part is not None:
            part.assessment = sheet
        for name in PEOPLE:
            person = load_person(self.works.people[name].pk, at=self.now)
            assert person is not None
            yield from (one.verb for one in offered_steps(sheet, person, at=self.now, part=part) if one.may)


def try_(act: Callable[[], Any]) -> None:
    try:
        with transaction.atomic():
            act()
    except Refused:
        pass


def lived(lives: int, steps: int) -> None:
    """So many random lives, each rolled back behind the next."""
    AssessmentMachine.works = factory("feedback")
    live(
        AssessmentMachine,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert balances() == {}


@pytest.mark.django_db
def test_whatever_people_do() -> None:
    lived(lives=8, steps=25)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_people_do_for_long() -> None:
    """Most steps lead on; from wherever the lives have got people of goodwill come to an end."""
    AssessmentMachine.works = factory("feedback")
    kind = type("LifeOfSheets", (AssessmentMachine,), {"to_the_end": True})
    lived_far(kind, lambda life, dice: life.begin(), DEEDS, lives=20, steps=60)
    assert balances() == {}


def _compile(life: AssessmentMachine, dice: Dice) -> None:
    life.compile(week=dice.random.choice([WEEK, WEEK.next]), name="lin")


def _any_step(life: AssessmentMachine, dice: Dice) -> None:
    verb, name = dice.random.choice(sorted(SHEET_STEPS)), dice.random.choice(PEOPLE)
    life.step(verb=verb, name=name, which=dice.random.randint(0, 3), amount=Decimal(dice.random.randint(0, 2000)))


def _any_charge(life: AssessmentMachine, dice: Dice) -> None:
    verb, name = dice.random.choice(sorted(CHARGE_STEPS)), dice.random.choice(PEOPLE)
    life.charge(verb=verb, name=name, which=dice.random.randint(0, 9))


DEEDS: list[Deed] = [
    (2, _compile),
    (6, lambda life, dice: life.the_next_step(which=dice.random.randint(0, 3))),
    (4, _any_step),
    (3, _any_charge),
    (
        1,
        lambda life, dice: life.sum_(
            verb=dice.random.choice(sorted(SUM_STEPS)),
            name=dice.random.choice(["shen", "zong"]),
            which=dice.random.randint(0, 3),
        ),
    ),
    (2, lambda life, dice: life.divide(weights=[1, dice.random.randint(0, 5)], name="shen")),
]
