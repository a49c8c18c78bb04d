"""Random lives of a complaint: legal and illegal steps by anybody, in any order; what must hold holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as live

from huiyin.complaints.actions import answering, ending, intake, judging, ownership, remedies, tasks
from huiyin.complaints.actions.values import Assignment, Judgement, PromiseInput, RemedyInput
from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.backends import load_person
from huiyin.people.models import Department, Person
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.files.files import attach
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from tests.cast import Factory, at, day, factory
from tests.chance import Deed, Dice, lived_far
from tests.complaints import goodwill
from tests.holding import broken_anywhere
from tests.records.office import picture, upload
from tests.story import PLAN, answered, granted

AFTER_THE_END = {"carry-out", "verify-effect", "redo-measures", "review-measures", "customer-promise"}
"""What may still be owed when the complaint has ended: measures of its tasks, promises made before a rejection."""
SIDEWAYS = {"supplement", "promise", "offer_transfer", "ask_customer", "merge"}
"""Steps that help nobody out of anything."""


def first(rows: Any) -> Any:
    return rows.order_by("id").first()


COMPLAINT_STEPS: dict[str, Callable[[Complaint, StepContext, Any], Any]] = {
    "ask_customer": lambda c, s, f: intake.ask_customer(c, "照片？", context=s),
    "record_reply": lambda c, s, f: intake.record_reply(c, "已发", context=s),
    "verify": lambda c, s, f: intake.verify(c, "齐全", context=s),
    "forward": lambda c, s, f: intake.forward(c, "", context=s),
    "judge": lambda c, s, f: judging.judge(c, f.judged, context=s),
    "assign": lambda c, s, f: judging.assign(c, [Assignment(f.department, "查")], context=s),
    "settle": lambda c, s, f: judging.settle(c, "换标签", "justified", context=s),
    "conclude": lambda c, s, f: judging.conclude(
        c, "justified", "实物", "汇总", context=answered(f.works, "conclude", s)
    ),
    "conclude_finally": lambda c, s, f: judging.conclude_finally(
        c, "justified", "实物", "汇总", context=answered(f.works, "conclude_finally", s)
    ),
    "approve_verdict": lambda c, s, f: judging.approve_verdict(c, "", context=s),
    "return_verdict": lambda c, s, f: judging.return_verdict(c, "不足", context=s),
    "grant_remedy": lambda c, s, f: remedies.grant(c, RemedyInput("refund", amount=f.amount), context=s),
    "request_remedy": lambda c, s, f: remedies.request(c, RemedyInput("refund", amount=f.amount), context=s),
    "approve_remedy": lambda c, s, f: remedies.approve(c, f.remedy, "", context=s),
    "deny_remedy": lambda c, s, f: remedies.deny(c, f.remedy, "", context=s),
    "promise": lambda c, s, f: intake.promise(c, PromiseInput("回电", s.at + timedelta(hours=5)), context=s),
    "keep_promise": lambda c, s, f: intake.keep_promise(c, first(c.promises), "", context=s),
    "answer": lambda c, s, f: answering.answer(c, "已办", "telephone", f.decided, context=s),
    "accept": lambda c, s, f: answering.accept(c, "周厂长", "", context=s),
    "refuse": lambda c, s, f: answering.refuse(c, "周厂长", "还漏", context=s),
    "attempt_call": lambda c, s, f: answering.attempt_call(c, "占线", context=s),
    "call_back": lambda c, s, f: answering.call_back(c, "satisfied", "", context=s),
    "close": lambda c, s, f: ending.close(c, "好", f.decided, context=s),
    "reject": lambda c, s, f: ending.reject(c, "not-our-product", "不是我们的", context=s),
    "withdraw": lambda c, s, f: ending.withdraw(c, "装错", context=s),
    "merge": lambda c, s, f: ending.merge(c, f.other, context=s),
    "unmerge": lambda c, s, f: ending.unmerge(c, context=s),
    "reopen": lambda c, s, f: ending.reopen(c, "又漏", context=s),
    "offer_transfer": lambda c, s, f: ownership.offer_transfer(c, f.somebody, "休假", context=s),
    "accept_transfer": lambda c, s, f: ownership.accept_transfer(c, context=s),
    "decline_transfer": lambda c, s, f: ownership.decline_transfer(c, "忙", context=s),
}
TASK_STEPS: dict[str, Callable[[Task, StepContext], Any]] = {
    "accept": lambda t, s: tasks.accept(t, context=s),
    "decline": lambda t, s: tasks.decline(t, "not-ours", "", context=s),
    "answer": lambda t, s: tasks.answer(t, "磨损", PLAN, context=s),
    "return": lambda t, s: tasks.return_answer(t, "再查", context=s),
    "approve": lambda t, s: tasks.approve(t, context=s),
    "carry_out": lambda t, s: tasks.carry_out(t, [(m, day("2026-11-18"), "") for m in t.measures.all()], context=s),
    "verify": lambda t, s: tasks.verify(t, "有效", context=s),
    "cancel": lambda t, s: tasks.cancel(t, "重复", context=s),
}


class StepValues:
    """What steps need that hangs on the moment."""

    def __init__(self, life: ComplaintMachine, chance: st.DataObject) -> None:
        self.works = life.works
        self.judged: Judgement = life.judged
        self.department: Department = chance.draw(st.sampled_from(life.departments))
        self.somebody: Person = chance.draw(st.sampled_from(life.people))
        self.other: Complaint = life.other
        self.amount = chance.draw(st.sampled_from([Decimal(100), Decimal(5000), None]))
        self.remedy: Remedy = first(life.complaint.remedies)
        self.decided = granted(life.complaint) if chance.draw(st.booleans()) else []


class ComplaintMachine(RuleBasedStateMachine):
    """One complaint and the people around it."""

    works: Factory
    to_the_end = False
    """Whether people of goodwill have to come to an end from where chance has led; it takes its time."""
    fault = True
    """Whether that end finds us at fault; else it is a concession without fault."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-16 09:00")

    @initialize(severity=st.sampled_from(["function", "safety"]))
    def begin(self, severity: str) -> None:
        self.complaint = self.works.complaint(when="2026-11-16 09:00", severity=severity)
        self.other = self.works.complaint(when="2026-11-16 09:00", severity=severity)
        attach(self.complaint, upload("证.png", picture()), actor=self.works.mei, at=self.now)
        catalogue = self.works.procedure.catalogue
        axes = [catalogue(name)[0].key for name in ("content", "nature")]
        self.judged = Judgement(*axes, "quality", severity, ("production",))
        self.departments = list(Department.objects.filter(active=True).order_by("id"))
        self.people = sorted(self.works.people.values(), key=lambda p: p.pk)

    def context(self, person: Person) -> StepContext:
        self.now += timedelta(minutes=7)
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return StepContext(loaded, self.now)

    def take(self, act: Callable[[], Any]) -> None:
        """Take a step; that it is refused is an answer, anything else is a fault. A refused step leaves no trace."""
        before = (Complaint.objects.values().get(pk=self.complaint.pk), Obligation.objects.count())
        try:
            with transaction.atomic():
                act()
        except (Refused, ChangedMeanwhile, AlreadyDone):
            assert (
                Complaint.objects.values().get(pk=self.complaint.pk),
                Obligation.objects.count(),
            ) == before
        self.complaint.refresh_from_db()

    @rule(chance=st.data())
    def somebody_does_what_is_offered(self, chance: st.DataObject) -> None:
        """The likelier half of life: a step that the page offers."""
        options = [
            (person, verb)
            for person in self.people
            for verb in self.offered(person)
            if verb in COMPLAINT_STEPS and verb not in ("withdraw", "merge", "reject")
        ]
        if options:
            person, verb = chance.draw(st.sampled_from(options))
            self.take(lambda: COMPLAINT_STEPS[verb](self.complaint, self.context(person), StepValues(self, chance)))

    @rule(chance=st.data(), verb=st.sampled_from(sorted(COMPLAINT_STEPS)))
    def anybody_tries_anything(self, chance: st.DataObject, verb: str) -> None:
        person = chance.draw(st.sampled_from(self.people))
        found = StepValues(self, chance)
        missing = {
            "approve_remedy": found.remedy,
            "deny_remedy": found.remedy,
            "keep_promise": first(self.complaint.promises),
        }
        if missing.get(verb, self) is not None:
            self.take(lambda: COMPLAINT_STEPS[verb](self.complaint, self.context(person), found))

    @precondition(lambda self: self.complaint.tasks.exists())
    @rule(chance=st.data(), verb=st.sampled_from(sorted(TASK_STEPS)))
    def somebody_works_on_a_task(self, chance: st.DataObject, verb: str) -> None:
        task = chance.draw(st.sampled_from(list(self.complaint.tasks.order_by("id"))))
        who = Person.objects.filter(department_id=task.department_id) | Person.objects.filter(username="lin")
        person = chance.draw(st.sampled_from([*who.order_by("id"), self.works.zong]))
        self.take(lambda: TASK_STEPS[verb](task, self.context(person)))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        sweep(at=self.now)

    def offered(self, person: Person) -> list[str]:
        """The steps that the person may take on the complaint now."""
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return [o.verb for o in offered_steps(self.complaint, loaded, at=self.now) if o.may]

    @invariant()
    def whatever_is_owed_is_owed_by_somebody(self) -> None:
        assert not Obligation.objects.filter(OPEN, owner_person=None, owner_department=None).exists()

    @invariant()
    def what_has_ended_owes_nothing_but_measures(self) -> None:
        if self.complaint.phase in LAST_PHASES:
            owed = Obligation.objects.filter(OPEN, kind="complaint", record_id=self.complaint.pk).values_list(
                "rule", flat=True
            )
            assert set(owed) - AFTER_THE_END == set()

    @invariant()
    def there_is_a_way_on_for_somebody(self) -> None:
        if self.complaint.phase not in LAST_PHASES:
            ways = (set(self.offered(person)) - SIDEWAYS for person in self.people)
            assert any(ways), self.complaint.state

    def people_of_goodwill_end_it(self) -> None:
        """From wherever chance has led, people who do what is left to do come to an end."""
        goodwill.end(self, fault=self.fault)

    def teardown(self) -> None:
        try:
            if self.to_the_end and hasattr(self, "complaint"):
                self.people_of_goodwill_end_it()
            found = verify()
            assert (found.code, found.fault) == (0, None)
            assert broken_anywhere(self.works.procedure, self.now) == []
        finally:
            transaction.savepoint_rollback(self.mark)


def lived(key: str, lives: int, steps: int) -> None:
    """So many random lives under one pack, each rolled back behind the next."""
    ComplaintMachine.works = factory(key)
    kind = type(f"Life{key}", (ComplaintMachine,), {})
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
    lived(key, lives=4, steps=20)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("key", PACKS)
def test_whatever_people_do_for_long(key: str) -> None:
    """Most steps lead on; wherever a life has got, people of goodwill come to an end, at fault or by a concession."""
    ComplaintMachine.works = factory(key)
    kind = type(f"Life{key}", (ComplaintMachine,), {"to_the_end": True})

    def begin(life: ComplaintMachine, dice: Dice) -> None:
        life.fault = dice.random.random() < 0.5
        life.begin(severity=dice.random.choice(["function", "safety"]))

    lived_far(kind, begin, DEEDS, lives=25, steps=60)


ASIDE = {
    "supplement",
    "promise",
    "offer_transfer",
    "ask_customer",
    "merge",
    "withdraw",
    "reject",
    "attempt_call",
}
"""Steps with which a complaint stays where it is, or ends before its time."""


def moved_on(life: ComplaintMachine, dice: Dice) -> None:
    """A step that leads on, or one on a task; else the lives of complaints stay with questions and promises."""
    if life.complaint.tasks.exists() and dice.random.random() < 0.6:
        return life.somebody_works_on_a_task(chance=dice, verb=dice.random.choice(sorted(TASK_STEPS)))
    options = [
        (person, verb)
        for person in life.people
        for verb in life.offered(person)
        if verb in COMPLAINT_STEPS and verb not in ASIDE
    ]
    if options:
        person, verb = dice.random.choice(options)
        life.take(lambda: COMPLAINT_STEPS[verb](life.complaint, life.context(person), StepValues(life, dice)))
    return None


DEEDS: list[Deed] = [
    (2, lambda life, dice: life.somebody_does_what_is_offered(chance=dice)),
    (6, moved_on),
    (2, lambda life, dice: life.anybody_tries_anything(chance=dice, verb=dice.random.choice(sorted(COMPLAINT_STEPS)))),
    (1, lambda life, dice: life.time_passes(hours=dice.random.randint(1, 60))),
]


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [True, False], ids=["at-fault", "concession"])
@pytest.mark.parametrize("key", PACKS)
def test_every_pack_has_a_way_from_registration_to_the_end(key: str, fault: bool) -> None:
    """No state in which people of goodwill are stuck; a customer may be met halfway although the fault is not ours."""
    ComplaintMachine.works = factory(key)
    life = ComplaintMachine()
    life.begin(severity="function")  # type: ignore[call-arg]
    goodwill.end(life, fault=fault)
    assert (life.complaint.phase, goodwill.conceded(life.complaint)) == ("closed", not fault)
    assert (life.complaint.verdict in goodwill.WITHOUT_FAULT) is not fault
    life.what_has_ended_owes_nothing_but_measures()
    assert verify().code == 0
