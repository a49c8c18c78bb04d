"""Random lives of a joint stock-take: any step and any signature by anybody; the verdict follows from the figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as live

from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.backends import load_person
from huiyin.people.models import Person
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.signatures import sign
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.returns.models import StockTake
from tests.cast import Factory, at, factory
from tests.holding import broken_anywhere

COUNTS = ("book", "card", "goods")
ROLES = ("finance", "warehouse", "quality")
amounts = st.integers(95, 105).map(Decimal)

STEPS: dict[str, Callable[[StockTake, StepContext, Decimal], Any]] = {
    **{
        f"count_{what}": lambda r, s, q, what=what: stocktaking.count(r, what, q, context=s)  # type: ignore[misc]
        for what in COUNTS
    },
    "settle": lambda r, s, q: stocktaking.settle(r, "三方在场", context=s),
    "cancel": lambda r, s, q: stocktaking.cancel(r, "说清了", context=s),
}


def expected(take: StockTake) -> str:
    """The verdict as clause 4.5-4 words it, reckoned here by itself."""
    if take.book is None or take.card is None or take.goods is None:
        return ""
    if take.goods - take.book == take.claimed:
        return "quality"
    return "customer" if take.goods == take.book else "warehouse"


class StockTakeMachine(RuleBasedStateMachine):
    """One stock-take and the people around it."""

    works: Factory

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-16 09:00")

    @initialize(claimed=st.sampled_from([-2, 3]).map(Decimal))
    def begin(self, claimed: Decimal) -> None:
        self.people = sorted(self.works.people.values(), key=lambda p: p.pk)
        wanted = StockTakeFacts("密封圈", "piece", "少发三件", claimed, "秦川传动")
        self.record = stocktaking.open_take(
            wanted, procedure_id=self.works.version, context=self.context(self.works.lin)
        )

    def context(self, person: Person) -> StepContext:
        self.now += timedelta(minutes=7)
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return StepContext(loaded, self.now)

    def take(self, act: Callable[[], Any]) -> None:
        """That a step is refused is an answer, anything else is a fault; a refused step leaves no trace."""
        before = (StockTake.objects.values().get(pk=self.record.pk), Obligation.objects.count())
        try:
            with transaction.atomic():
                act()
        except (Refused, ChangedMeanwhile, AlreadyDone):
            after = (StockTake.objects.values().get(pk=self.record.pk), Obligation.objects.count())
            assert after == before
        self.record.refresh_from_db()

    def offered(self, person: Person) -> list[str]:
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return [one.verb for one in offered_steps(self.record, loaded, at=self.now) if one.may]

    @rule(chance=st.data())
    def somebody_does_what_is_offered(self, chance: st.DataObject) -> None:
        """The likelier half of life."""
        found = [(p, v) for p in self.people for v in self.offered(p) if v in STEPS and v != "cancel"]
        if found:
            person, verb = chance.draw(st.sampled_from(found))
            self.take(lambda: STEPS[verb](self.record, self.context(person), chance.draw(amounts)))

    @rule(chance=st.data(), verb=st.sampled_from(sorted(STEPS)))
    def anybody_tries_anything(self, chance: st.DataObject, verb: str) -> None:
        person = chance.draw(st.sampled_from(self.people))
        self.take(lambda: STEPS[verb](self.record, self.context(person), chance.draw(amounts)))

    @rule(chance=st.data(), role=st.sampled_from(ROLES))
    def somebody_signs(self, chance: st.DataObject, role: str) -> None:
        sent = self.context(chance.draw(st.sampled_from(self.people)))
        assert sent.actor is not None
        self.take(lambda: sign(self.record, role, actor=sent.actor, at=sent.at))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        sweep(at=self.now)

    @invariant()
    def the_verdict_follows_from_the_figures(self) -> None:
        assert self.record.verdict == expected(self.record)

    @invariant()
    def what_is_settled_is_counted(self) -> None:
        assert self.record.state != "settled" or self.record.verdict

    @invariant()
    def whatever_is_owed_is_owed_by_somebody(self) -> None:
        assert not Obligation.objects.filter(OPEN, owner_person=None, owner_department=None).exists()

    @invariant()
    def what_has_ended_owes_nothing(self) -> None:
        owed = Obligation.objects.filter(OPEN, kind="stock-take", record_id=self.record.pk)
        if self.record.phase in LAST_PHASES:
            assert list(owed.values_list("rule", flat=True)) == []
        else:
            assert owed.exists()

    @invariant()
    def there_is_a_way_on_for_somebody(self) -> None:
        if self.record.phase not in LAST_PHASES:
            assert any(set(self.offered(person)) - {"cancel"} for person in self.people)

    def teardown(self) -> None:
        try:
            found = verify()
            assert (found.code, found.fault) == (0, None)
            assert broken_anywhere(self.works.procedure, self.now) == []
        finally:
            transaction.savepoint_rollback(self.mark)


def lived(key: str, lives: int, steps: int) -> None:
    """So many random lives under one pack, each rolled back behind the next."""
    StockTakeMachine.works = factory(key)
    kind = type(f"Life{key}", (StockTakeMachine,), {})
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


PACKS = ["base", "feedback"]  # the others have no stock-takes


@pytest.mark.django_db
@pytest.mark.parametrize("key", PACKS)
def test_whatever_people_do(key: str) -> None:
    lived(key, lives=4, steps=20)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("key", PACKS)
def test_whatever_people_do_for_long(key: str) -> None:
    lived(key, lives=40, steps=40)
