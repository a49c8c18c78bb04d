"""Random lives of a problem case: legal and illegal steps by anybody, in any order; what must hold holds."""

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

from huiyin.improvement.actions import content, effects, moving, opening, submitting
from huiyin.improvement.models import EffectCheck, Problem
from huiyin.improvement.values import EffectPlan, NeedsDecision, ProblemFacts
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.backends import load_person
from huiyin.people.models import Department, Person
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from tests.cast import Factory, at, factory
from tests.chance import lived_far
from tests.holding import broken_anywhere
from tests.improvement.goodwill import BACK, FORWARD, leads_on

AFTER_THE_END = {"problem-customer-decision", "problem-submit-again"}
"""What may still be owed when the case has ended: the customer's word on a report that was given to them."""
SIDEWAYS = {
    "change_facts",
    "attach_case",
    "detach_case",
    "hand_over",
    "write",
    "submit",
    "decide_submission",
    "plan_effect",
    "drop_effect",
    "decide",
}
"""Steps that by themselves bring a case no further."""

Act = Callable[[Problem, StepContext, "CaseStepValues"], Any]


def words(step: Callable[..., Any]) -> Act:
    """A step that wants nothing but words."""
    return lambda p, s, f: step(p, "如此", context=s)


STEPS: dict[str, Act] = {
    "change_facts": lambda p, s, f: opening.change_facts(p, f.facts, context=s),
    "attach_case": lambda p, s, f: opening.attach_case(p, f.complaint, context=s),
    "refer": lambda p, s, f: opening.refer(p, f.other, "同一问题", context=s),
    "decide": lambda p, s, f: opening.decide(p, f.decision, context=s),
    "hand_over": lambda p, s, f: opening.hand_over(p, f.somebody, context=s),
    "contain": words(moving.contain),
    "analyse": lambda p, s, f: moving.analyse(p, "如此", context=s, stays=f.stays),
    "choose": words(moving.choose),
    "review_plan": words(moving.review_plan),
    "approve_plan": words(moving.approve_plan),
    "return_plan": words(moving.return_plan),
    "implement": words(moving.implement),
    "prove": words(moving.prove),
    "fail": words(moving.reject_effect),
    "prevent": words(moving.prevent),
    "settle": words(moving.settle),
    "approve": words(moving.approve),
    "return_report": words(moving.return_report),
    "reopen": words(moving.reopen),
    "cancel": words(moving.cancel),
    "plan_effect": lambda p, s, f: effects.plan_effect(p, f.plan, context=s),
    "drop_effect": lambda p, s, f: effects.drop_effect(p, f.effect, "不用", context=s),
    "check_effect": lambda p, s, f: effects.check_effect(p, f.effect, f.verdict, "0", "", context=s),
    "submit": lambda p, s, f: submitting.submit(p, "SQE", "D4", "", context=s),
    "decide_submission": lambda p, s, f: submitting.decide_submission(f.submission, f.opinion, None, "", context=s),
}
RARE = {"cancel", "refer", "settle", "reopen", "fail", "return_plan", "return_report"}


class CaseStepValues:
    """What steps need that hangs on the moment."""

    def __init__(self, life: ProblemMachine, chance: st.DataObject) -> None:
        self.other, self.complaint = life.other, life.complaint
        self.somebody: Person = chance.draw(st.sampled_from(life.people))
        needs = chance.draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
        self.decision = NeedsDecision(*needs, "判断", chance.draw(st.sampled_from([None, *life.departments])))
        self.facts = ProblemFacts(title="更正", severity="function", model="HY-40", path=life.problem.path)
        today = life.now.date()
        self.plan = EffectPlan("不良率", "3", "0", today, today + timedelta(days=5), self.somebody)
        self.verdict = chance.draw(st.sampled_from(["proven", "proven", "failed"]))
        self.stays = chance.draw(st.sampled_from(["", "复核了记录，还是它"]))
        self.effect = life.problem.effects.filter(verdict="").order_by("id").first()
        self.submission = life.problem.submissions.filter(decision="").order_by("id").first()
        self.opinion = chance.draw(st.sampled_from(["accepted", "conditional", "rejected"]))


class ProblemMachine(RuleBasedStateMachine):
    """One case and the people around it."""

    works: Factory
    to_the_end = False
    """Whether people of goodwill have to come to an end from where chance has led; it takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-16 09:00")

    @initialize(severity=st.sampled_from(["function", "safety"]), path=st.sampled_from(["8d", "statement", "capa"]))
    def begin(self, severity: str, path: str) -> None:
        facts = ProblemFacts(title="漏油", path=path, severity=severity, model="HY-40")
        sent = self.works.context("lin", "2026-11-16 09:00")
        self.problem = opening.open_problem(facts, procedure_id=self.works.version, context=sent)
        self.other = opening.open_problem(facts, procedure_id=self.works.version, context=sent)
        self.complaint = self.works.complaint()
        self.departments = list(Department.objects.filter(active=True).order_by("id"))
        self.people = sorted(self.works.people.values(), key=lambda p: p.pk)

    def context(self, person: Person) -> StepContext:
        self.now += timedelta(minutes=7)
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return StepContext(loaded, self.now)

    def take(self, act: Callable[[], Any]) -> None:
        """Take a step; that it is refused is an answer, anything else is a fault. A refused step leaves no trace."""
        before = (Problem.objects.values().get(pk=self.problem.pk), Obligation.objects.count())
        try:
            with transaction.atomic():
                act()
        except (Refused, ChangedMeanwhile, AlreadyDone):
            assert (Problem.objects.values().get(pk=self.problem.pk), Obligation.objects.count()) == before
        self.problem.refresh_from_db()

    def possible(self, verb: str, found: CaseStepValues) -> bool:
        """Whether there is anything for the step to be taken on."""
        missing = {
            "check_effect": found.effect,
            "drop_effect": found.effect,
            "decide_submission": found.submission,
        }
        return missing.get(verb, self) is not None

    @rule(chance=st.data())
    def somebody_does_what_is_offered(self, chance: st.DataObject) -> None:
        """The likelier half of life: a step that the page offers."""
        options = [(p, v) for p in self.people for v in self.offered(p) if v in STEPS and v not in RARE]
        found = CaseStepValues(self, chance)
        options = [(person, verb) for person, verb in options if self.possible(verb, found)]
        if options:
            person, verb = chance.draw(st.sampled_from(options))
            self.take(lambda: STEPS[verb](self.problem, self.context(person), found))

    @rule(chance=st.data(), verb=st.sampled_from(sorted(STEPS)))
    def anybody_tries_anything(self, chance: st.DataObject, verb: str) -> None:
        person, found = chance.draw(st.sampled_from(self.people)), CaseStepValues(self, chance)
        if self.possible(verb, found):
            self.take(lambda: STEPS[verb](self.problem, self.context(person), found))

    @rule(chance=st.data())
    def the_owner_fills_in_what_is_missing(self, chance: st.DataObject) -> None:
        """Whatever the gates ask for, as far as the report may be written now."""
        owner = self.problem.owner
        assert owner is not None
        for piece in (self.texts, self.team, self.places, self.tree, self.deeds, self.papers):
            self.take(lambda piece=piece: piece(owner))  # type: ignore[misc]

    def put(self, owner: Person, kind: str, pk: int | None = None, **values: Any) -> Any:
        return content.put_row(self.problem, kind, values, pk=pk, context=self.context(owner))

    def texts(self, owner: Person) -> None:
        for name in ("what", "when", "how_many", "statement"):
            content.write(self.problem, name, "写明", version=None, context=self.context(owner))

    def team(self, owner: Person) -> None:
        if not self.problem.members.exists():
            self.put(owner, "member", person=owner, role="leader")
            self.put(owner, "member", name="外部专家", role="expert")

    def places(self, owner: Person) -> None:
        if not self.problem.containments.exists():
            for option in self.works.procedure.catalogue("containment_location"):
                self.put(owner, "containment", location=option.key, suspect=2, inspected=2, ok=1, ng=1, scrapped=1)

    def tree(self, owner: Person) -> None:
        for leg in ("occurrence", "escape"):
            row = self.problem.causes.filter(leg=leg).first()
            row = row or self.put(owner, "cause", leg=leg, text=f"{leg}的原因", is_root=True)
            if not row.is_proven:
                self.put(owner, "cause", pk=row.pk, result="passed", method="开关")

    def deeds(self, owner: Person) -> None:
        for cause in self.problem.causes.filter(is_root=True):
            if not cause.actions.filter(chosen=True).exists():
                self.put(
                    owner,
                    "action",
                    measure="corrective",
                    cause=cause,
                    text="防错",
                    chosen=True,
                    responsible=self.works.peng,
                    planned_on=(self.now + timedelta(days=3)).date(),
                )
        if self.problem.state in ("planned", "approved"):
            for action in self.problem.actions.filter(chosen=True, done_on=None):
                self.put(owner, "action", pk=action.pk, done_on=self.now.date(), cut_in_batch="B1")

    def papers(self, owner: Person) -> None:
        if not self.problem.documents.exists():
            self.put(owner, "document", document="pfmea", waiver="未变")

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        sweep(at=self.now)

    def offered(self, person: Person) -> list[str]:
        """The steps that the person may take on the case now."""
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return [o.verb for o in offered_steps(self.problem, loaded, at=self.now) if o.may]

    @invariant()
    def whatever_is_owed_is_owed_by_somebody(self) -> None:
        assert not Obligation.objects.filter(OPEN, owner_person=None, owner_department=None).exists()

    @invariant()
    def what_has_ended_owes_nothing_but_the_customers_word(self) -> None:
        if self.problem.phase in LAST_PHASES:
            rows = Obligation.objects.filter(OPEN, kind="problem", record_id=self.problem.pk)
            assert set(rows.values_list("rule", flat=True)) - AFTER_THE_END == set()

    @invariant()
    def what_has_not_ended_is_owed(self) -> None:
        if self.problem.phase not in LAST_PHASES:
            assert Obligation.objects.filter(OPEN, kind="problem", record_id=self.problem.pk).exists()

    @invariant()
    def every_open_check_is_owed_by_its_checker(self) -> None:
        rows = Obligation.objects.filter(OPEN, rule="problem-effect", record_id=self.problem.pk)
        waiting = {f"effect:{pk}" for pk in self.problem.effects.filter(verdict="").values_list("pk", flat=True)}
        assert set(rows.values_list("part", flat=True)) == waiting

    @invariant()
    def what_is_held_for_proven_was_proven(self) -> None:
        if self.problem.state == "proven" and self.problem.needs_effect is not False:
            assert self.problem.effects.filter(verdict=EffectCheck.PROVEN).exists()

    @invariant()
    def there_is_a_way_on_for_somebody(self) -> None:
        if self.problem.phase in LAST_PHASES:
            return
        table = self.works.procedure.step_table("problem")
        onward = set(table.verbs_from(self.problem.state)) - SIDEWAYS
        assert onward, self.problem.state

    def people_of_goodwill_end_it(self) -> None:
        """From wherever chance has led, helpers who do what leads on and fill in what is missing come to an end."""
        for _ in range(60):
            if self.problem.phase in LAST_PHASES:
                return
            self.the_owner_fills_in_what_is_missing(None)  # type: ignore[arg-type]
            _one_step_on(self)
            self.now += timedelta(hours=5)
        reasons = {o.verb: [r.show("zh") for r in o.reasons] for p in self.people for o in self.offers(p) if o.is_mine}
        raise AssertionError(f"{self.problem.state}: {reasons}")

    def offers(self, person: Person) -> list[Any]:
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return list(offered_steps(self.problem, loaded, at=self.now))

    def teardown(self) -> None:
        try:
            if self.to_the_end and hasattr(self, "people"):
                self.people_of_goodwill_end_it()
            found = verify()
            assert (found.code, found.fault) == (0, None)
            assert broken_anywhere(self.works.procedure, self.now) == []
            quantities = self.problem.containments.values_list("suspect", flat=True)
            assert all(amount == Decimal(2) for amount in quantities)
        finally:
            transaction.savepoint_rollback(self.mark)


def lived(key: str, lives: int, steps: int) -> None:
    """So many random lives under one pack, each rolled back behind the next."""
    ProblemMachine.works = factory(key)
    kind = type(f"Life{key}", (ProblemMachine,), {})
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
    """Most steps lead on; from wherever the lives have got people of goodwill come to an end."""
    ProblemMachine.works = factory(key)
    kind = type(f"Life{key}", (ProblemMachine,), {"to_the_end": True})
    paths = [option.key for option in ProblemMachine.works.procedure.catalogue("path")]
    lived_far(
        kind,
        lambda life, dice: life.begin(
            severity=dice.random.choice(["function", "safety"]), path=dice.random.choice(paths)
        ),
        [
            (6, lambda life, dice: life.somebody_does_what_is_offered(chance=dice)),
            (4, lambda life, dice: life.the_owner_fills_in_what_is_missing(chance=dice)),
            (
                2,
                lambda life, dice: life.anybody_tries_anything(chance=dice, verb=dice.random.choice(sorted(STEPS))),
            ),
            (1, lambda life, dice: life.time_passes(hours=dice.random.randint(1, 60))),
        ],
        lives=15,
        steps=60,
    )


def straight_to_the_end(works: Factory, *, path: str) -> Problem:
    """A determined owner and helpers who take every step offered that leads on, and fill in what is missing."""
    ProblemMachine.works = works
    life = ProblemMachine()
    life.begin("function", path)  # type: ignore[call-arg]
    life.people_of_goodwill_end_it()
    return life.problem


def _one_step_on(life: ProblemMachine) -> None:
    """The first step that leads on; where there is none, one that leads back."""
    mine = {person.pk: life.offered(person) for person in life.people}
    for verb in (*FORWARD, *BACK):
        if not leads_on(life.problem, verb):
            continue
        for person in (one for one in life.people if verb in mine[one.pk]):
            found = _meant(life)
            before = life.problem.version
            if life.possible(verb, found):
                life.take(lambda: STEPS[verb](life.problem, life.context(person), found))  # noqa: B023
            if life.problem.version != before:
                return


def _meant(life: ProblemMachine) -> CaseStepValues:
    """What a step of goodwill is taken with."""
    found, problem = CaseStepValues.__new__(CaseStepValues), life.problem
    found.decision = NeedsDecision(True, True, True, "需要", life.works.peng.department)
    today = life.now.date()
    checker = life.works.lin if problem.owner_id == life.works.qian.pk else life.works.qian
    found.plan = EffectPlan("不良率", "3", "0", today, today + timedelta(days=2), checker)
    found.effect, found.verdict = problem.effects.filter(verdict="").first(), "proven"
    found.stays, found.somebody = "复核了记录，还是它", life.works.lin
    found.submission, found.opinion = problem.submissions.filter(decision="").first(), "accepted"
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("key", PACKS)
def test_every_pack_has_a_way_from_opening_to_closing(key: str) -> None:
    """No state in which people of goodwill are stuck."""
    works = factory(key)
    path = works.procedure.catalogue("path")[-1 if key == "complaint-measures" else 0].key
    problem = straight_to_the_end(works, path=path)
    assert (problem.state, problem.phase) == ("closed", "closed")
    assert not Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk).exists()
    assert verify().code == 0
