"""Random lives of a request: steps by anybody in any order.

Goods conserve, nothing is owed by nobody, no way ends dead.
"""

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
from huiyin.people.models import Department, Person
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.returns.actions import money, requesting, returning, shipping
from huiyin.returns.actions.values import (
    CustomerConsent,
    DepartmentSignature,
    DispatchLine,
    DisposalEntry,
    LossEntry,
    ReceiptInput,
    ReturnedGoods,
    ShipmentInput,
)
from huiyin.returns.balance import Balance, LotBalance, balance_of
from huiyin.returns.models import Award, Disposal, Lot, Replacement, Shipment
from tests.cast import Factory, at, day, factory
from tests.chance import lived_far
from tests.holding import broken_anywhere
from tests.returns.goods import line, wanted

SIDEWAYS = {"supplement", "award", "record_loss", "withdraw"}
"""Steps that help nobody on."""
ENDED = ("received", "disposed", "paid", "denied", "dropped")
amounts = st.integers(0, 6).map(Decimal)


class DrawnValues:
    """Quantities by chance."""

    def __init__(self, record: Replacement, chance: st.DataObject) -> None:
        self.chance, self.lines = chance, list(record.lines.order_by("id"))

    def one(self) -> Decimal:
        """Any small quantity."""
        return self.chance.draw(amounts)

    def each(self) -> tuple[Any, ...]:
        """A quantity for each line."""
        return tuple((row, self.one()) for row in self.lines)

    def dispatch(self) -> ShipmentInput:
        """Goods for a shipment."""
        return ShipmentInput(
            tuple(DispatchLine(row, quantity) for row, quantity in self.each()), "顺丰", "SF1", self.one()
        )

    def disposed(self) -> list[DisposalEntry]:
        """Some ways of disposing."""
        return [
            DisposalEntry(True, Disposal.RESTOCK, self.one()),
            DisposalEntry(False, Disposal.SCRAP, self.one()),
            DisposalEntry(False, Disposal.REWORK, self.one()),
        ]


STEPS: dict[str, Callable[[Replacement, StepContext, DrawnValues, Any], Any]] = {
    "supplement": lambda r, s, d, f: requesting.supplement(r, wanted(line("exchange", str(d.one()))), context=s),
    "sign": lambda r, s, d, f: requesting.sign(r, DepartmentSignature(f.department, "", d.each()), context=s),
    "sign_late": lambda r, s, d, f: requesting.sign_late(r, DepartmentSignature(f.department, "", d.each()), context=s),
    "deny": lambda r, s, d, f: requesting.deny(r, "不是我们的", context=s),
    "withdraw": lambda r, s, d, f: requesting.withdraw(r, "不要了", context=s),
    "ship": lambda r, s, d, f: shipping.ship(r, d.dispatch(), context=s),
    "ship_urgent": lambda r, s, d, f: shipping.ship_urgent(r, d.dispatch(), "停线", context=s),
    "record_consent": lambda r, s, d, f: returning.record_consent(
        r, CustomerConsent("周", "telephone", day("2026-11-16"), d.each()), context=s
    ),
    "take_back": lambda r, s, d, f: returning.take_back(
        r, [ReturnedGoods(row, q, "好") for row, q in d.each()], context=s
    ),
    "release_sending": lambda r, s, d, f: shipping.release_sending(r, "不要了", context=s),
    "release_return": lambda r, s, d, f: returning.release_return(r, "就地报废", context=s),
    "award": lambda r, s, d, f: money.award(r, Decimal(100) * 10 ** int(d.one() / 2), "停线", context=s),
    "record_loss": lambda r, s, d, f: money.record_loss(r, LossEntry("labour", d.one()), context=s),
    "close": lambda r, s, d, f: requesting.close(r, "", context=s),
}
PART_STEPS: dict[str, Callable[[Any, StepContext, DrawnValues], Any]] = {
    "shipment.receive": lambda p, s, d: shipping.receive(
        p, ReceiptInput("周", day("2026-11-18"), "", tuple((row.pk, d.one()) for row in p.shipped.all())), context=s
    ),
    "lot.inspect": lambda p, s, d: returning.inspect(p, p.quantity - (bad := d.one()), bad, "装反", context=s),
    "lot.dispose": lambda p, s, d: returning.dispose(p, d.disposed(), context=s),
    "award.approve": lambda p, s, d: money.approve(p, "", context=s),
    "award.endorse": lambda p, s, d: money.endorse(p, "", context=s),
    "award.deny": lambda p, s, d: money.deny(p, "多", context=s),
    "award.promise": lambda p, s, d: money.promise(p, "周", day("2026-11-18"), context=s),
    "award.pay": lambda p, s, d: money.pay(p, day("2026-11-18"), "", context=s),
    "award.drop": lambda p, s, d: money.drop(p, "不要", context=s),
}
MODELS = {"shipment": Shipment, "lot": Lot, "award": Award}


class ReplacementMachine(RuleBasedStateMachine):
    """One request of two lines and the people around it."""

    works: Factory
    to_the_end = False
    """Whether people of goodwill have to come to an end from where chance has led; it takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-16 09:00")
        self.known: dict[str, Any] | None = None
        self.loaded: dict[int, Person] = {}

    @initialize(ways=st.lists(st.sampled_from(["resupply", "exchange", "return"]), min_size=1, max_size=2))
    def begin(self, ways: list[str]) -> None:
        self.people = sorted(self.works.people.values(), key=lambda p: p.pk)
        self.department = Department.objects.get(key="production")
        complaint = self.works.complaint()
        goods = [line(way, str(3 + n), model=f"HY-{n}") for n, way in enumerate(ways)]
        sent = self.context(self.works.mei)
        asked = wanted(*goods, claimable=Decimal(10), claimable_unit="piece")
        self.record = requesting.request(asked, procedure_id=self.works.version, context=sent, about=complaint)

    def context(self, person: Person) -> StepContext:
        self.now += timedelta(minutes=7)
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return StepContext(loaded, self.now)

    def take(self, act: Callable[[], Any]) -> None:
        """That a step is refused is an answer, anything else is a fault; a refused step leaves no trace."""
        before = self.everything()
        try:
            with transaction.atomic():
                act()
        except (Refused, ChangedMeanwhile, AlreadyDone):
            assert self.everything() == before
        self.record.refresh_from_db()

    def everything(self) -> Any:
        models = (*MODELS.values(), Disposal)
        rows = [list(model.objects.order_by("id").values()) for model in models]
        return Replacement.objects.values().get(pk=self.record.pk), Obligation.objects.count(), rows

    def offered(self, person: Person, part: Any = None) -> list[str]:
        """What the page of the request offers, from what the page has read once for all its steps."""
        known = self.known if self.known is not None else self.read()
        loaded = self.loaded.get(person.pk) or load_person(person.pk, at=self.now)
        assert loaded is not None
        self.loaded[person.pk] = loaded
        return [o.verb for o in offered_steps(self.record, loaded, at=self.now, part=part, known=known) if o.may]

    def read(self) -> dict[str, Any]:
        """What the page of the request reads once for the guards of all its steps."""
        waiting = Award.objects.filter(replacement=self.record).exclude(state__in=ENDED)
        return {"balance": balance_of(self.record), "awards": list(waiting)}

    def parts(self) -> list[Any]:
        found = [row for m in MODELS.values() for row in m.objects.filter(replacement=self.record).order_by("id")]
        for part in found:
            part.replacement = self.record
        return found

    @rule(chance=st.data())
    def somebody_does_what_is_offered(self, chance: st.DataObject) -> None:
        """The likelier half of life."""
        self.known = self.read()
        found = [(p, v) for p in self.people for v in self.offered(p) if v in STEPS and v not in ("withdraw", "deny")]
        self.known = None
        if found:
            person, verb = chance.draw(st.sampled_from(found))
            self.take(lambda: STEPS[verb](self.record, self.context(person), DrawnValues(self.record, chance), self))

    @rule(chance=st.data(), verb=st.sampled_from(sorted(STEPS)))
    def anybody_tries_anything(self, chance: st.DataObject, verb: str) -> None:
        person = chance.draw(st.sampled_from(self.people))
        self.take(lambda: STEPS[verb](self.record, self.context(person), DrawnValues(self.record, chance), self))

    @rule(chance=st.data())
    def somebody_works_on_a_part(self, chance: st.DataObject) -> None:
        parts = self.parts()
        if not parts:
            return
        part = chance.draw(st.sampled_from(parts))
        verbs = [key for key in PART_STEPS if key.startswith(f"{part.part_kind}.")]
        verb = chance.draw(st.sampled_from(verbs))
        who = [p for p in self.people if verb.partition(".")[2] in self.offered(p, part)] or self.people
        person = chance.draw(st.sampled_from(who))
        self.take(lambda: PART_STEPS[verb](part, self.context(person), DrawnValues(self.record, chance)))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        sweep(at=self.now)

    @invariant()
    def goods_conserve(self) -> None:
        """Reckoned here from the rows alone, beside the product's own equations."""
        balance: Balance = balance_of(self.record)
        assert balance.mistakes() == []
        for one in balance.lines:
            asked = one.line.quantity
            assert 0 <= one.received <= one.shipped
            assert one.shipped - one.lost <= one.due <= asked
            assert 0 <= one.returned <= one.consented <= asked
            for each in one.lots:
                lot, rows = each.lot, list(each.disposed)
                inspected = (lot.good or 0) + (lot.bad or 0)
                assert inspected in (0, lot.quantity)
                assert sum(r.quantity for r in rows if r.of_good) <= (lot.good or 0)
                assert sum(r.quantity for r in rows if not r.of_good) <= (lot.bad or 0)
                assert lot.state != "disposed" or sum(r.quantity for r in rows) == lot.quantity
        if self.record.state == "closed":
            assert balance.remainders({}) == []

    @invariant()
    def whatever_is_owed_is_owed_by_somebody(self) -> None:
        assert not Obligation.objects.filter(OPEN, owner_person=None, owner_department=None).exists()

    @invariant()
    def what_has_ended_owes_nothing(self) -> None:
        if self.record.phase in LAST_PHASES:
            owed = Obligation.objects.filter(OPEN, kind="replacement", record_id=self.record.pk)
            assert list(owed.values_list("rule", flat=True)) == []

    @invariant()
    def compensation_is_promised_only_when_approved(self) -> None:
        promised = Award.objects.filter(state__in=("promised", "paid"))
        assert all(row.decided_at is not None for row in promised)

    @invariant()
    def there_is_a_way_on_for_somebody(self) -> None:
        if self.record.phase in LAST_PHASES:
            return
        self.known = self.read()
        on_record = any(set(self.offered(person)) - SIDEWAYS for person in self.people)
        parts = (part for part in self.parts() if part.state not in ENDED)
        ways = on_record or any(self.offered(person, part) for part in parts for person in self.people)
        self.known = None
        assert ways, self.record.state

    def people_of_goodwill_end_it(self) -> None:
        """From wherever chance has led, people who do what is left to do come to an end."""
        for _ in range(40):
            if self.record.phase in LAST_PHASES:
                return
            if not any(self.is_taken(*one) for one in self.left_to_do()):
                break
        raise AssertionError(f"{self.record.state}: {[r.show('zh') for r in balance_of(self.record).remainders({})]}")

    def is_taken(self, part: Any, verb: str, act: Callable[[StepContext], Any]) -> bool:
        """Whether somebody could take the step."""
        before = self.everything()
        for person in self.people:
            if verb in self.offered(person, part):
                self.take(lambda: act(self.context(person)))  # noqa: B023
                if self.everything() != before:
                    return True
        return False

    def left_to_do(self) -> list[tuple[Any, str, Callable[[StepContext], Any]]]:
        """Every step that may still be wanted, with what there is to it."""
        record, balance = self.record, balance_of(self.record)
        lines = balance.lines
        found: list[tuple[Any, str, Callable[[StepContext], Any]]] = []
        for part in self.parts():
            match part:
                case Shipment():
                    found.append(
                        (
                            part,
                            "receive",
                            lambda s, p=part: shipping.receive(p, ReceiptInput("周", day("2026-11-18")), context=s),
                        )
                    )
                case Lot():
                    found.append(
                        (
                            part,
                            "inspect",
                            lambda s, p=part: returning.inspect(p, Decimal(0), p.quantity, "", context=s),
                        )
                    )
                    rest = LotBalance(part, list(part.disposed.all()))
                    ways = [
                        DisposalEntry(True, Disposal.RESTOCK, rest.good_left),
                        DisposalEntry(False, Disposal.SCRAP, rest.bad_left),
                    ]
                    found.append((part, "dispose", lambda s, p=part, w=ways: returning.dispose(p, w, context=s)))
                case Award():
                    found.append((part, "deny", lambda s, p=part: money.deny(p, "多", context=s)))
                    found.append(
                        (part, "promise", lambda s, p=part: money.promise(p, "周", day("2026-11-18"), context=s))
                    )
                    found.append((part, "pay", lambda s, p=part: money.pay(p, day("2026-11-18"), "", context=s)))
        signed = DepartmentSignature(self.department, "", tuple((one.line, one.asked) for one in lines))
        sending = ShipmentInput(tuple(DispatchLine(one.line, one.to_ship) for one in lines), "顺丰", "SF1")
        agreed = CustomerConsent(
            "周", "telephone", day("2026-11-16"), tuple((one.line, one.to_consent) for one in lines)
        )
        back = [ReturnedGoods(one.line, one.may_return, "好") for one in lines]
        return [
            *found,
            (None, "sign", lambda s: requesting.sign(record, signed, context=s)),
            (None, "sign_late", lambda s: requesting.sign_late(record, signed, context=s)),
            (None, "ship", lambda s: shipping.ship(record, sending, context=s)),
            (None, "record_consent", lambda s: returning.record_consent(record, agreed, context=s)),
            (None, "take_back", lambda s: returning.take_back(record, back, context=s)),
            (None, "close", lambda s: requesting.close(record, "", context=s)),
        ]

    def teardown(self) -> None:
        try:
            if self.to_the_end and hasattr(self, "record"):
                self.people_of_goodwill_end_it()
            found = verify()
            assert (found.code, found.fault) == (0, None)
            assert broken_anywhere(self.works.procedure, self.now) == []
        finally:
            transaction.savepoint_rollback(self.mark)


def lived(key: str, lives: int, steps: int) -> None:
    """So many random lives under one pack, each rolled back behind the next."""
    ReplacementMachine.works = factory(key)
    kind = type(f"Life{key}", (ReplacementMachine,), {})
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


PACKS = ["base", "feedback", "communication", "complaint-measures", "service-process"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", PACKS)
def test_whatever_people_do(key: str) -> None:
    lived(key, lives=3, steps=15)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("key", PACKS)
def test_whatever_people_do_for_long(key: str) -> None:
    """Most steps lead on; from wherever the lives have got people of goodwill come to an end."""
    ReplacementMachine.works = factory(key)
    kind = type(f"Life{key}", (ReplacementMachine,), {"to_the_end": True})
    ways = ["resupply", "exchange", "return"]
    lived_far(
        kind,
        lambda life, dice: life.begin(ways=dice.random.choices(ways, k=dice.random.randint(1, 2))),
        [
            (5, lambda life, dice: life.somebody_does_what_is_offered(chance=dice)),
            (5, lambda life, dice: life.somebody_works_on_a_part(chance=dice)),
            (
                2,
                lambda life, dice: life.anybody_tries_anything(chance=dice, verb=dice.random.choice(sorted(STEPS))),
            ),
            (1, lambda life, dice: life.time_passes(hours=dice.random.randint(1, 60))),
        ],
        lives=25,
        steps=60,
    )
