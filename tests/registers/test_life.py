"""Records of declared kinds that live at random: steps by anybody, conditions that turn, rows that are tasks, signers
that are added; afterwards the journal is whole, obligations follow from it, and every page opens.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as live

from huiyin.journal.verification import verify_with_derived
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.backends import load_person
from huiyin.people.models import Person
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.registers.actions import FormInput, correct, end, hand_over, open_record, take
from huiyin.registers.approvals import approvals
from huiyin.registers.facts import is_shown
from huiyin.registers.kinds import kind_of
from huiyin.registers.models import ApprovalSigner, FormRecord, FormRow
from huiyin.registers.rows import tasks
from huiyin.registers.rows.input import RowInput
from tests.cast import Factory, at, factory
from tests.desk import Office, stopped
from tests.registers.works import PACK, a_customer

KINDS = ("visit", "request", "trial")
NAMES = ["mei", "song", "lin", "qian", "tao", "peng", "shen", "cai", "fang", "bai", "zong"]


def named(person: Person) -> dict[str, Any]:
    """A fact that names somebody."""
    return {"person": person.pk, "name": person.name, "name_en": person.name_en}


class DeclaredMachine(RuleBasedStateMachine):
    """One record of a declared kind and the people around it."""

    works: Factory

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.now = at("2026-11-16 09:00")

    @initialize(kind=st.sampled_from(KINDS), sort=st.sampled_from(["planned", "complaint"]))
    def begin(self, kind: str, sort: str) -> None:
        works = self.works
        self.customer = a_customer(works)
        self.complaint = works.complaint(when="2026-11-16 08:30")
        self.people = [works.people[name] for name in NAMES]
        facts = {"request": self.request_facts("800"), "trial": {"what": "试用"}}.get(kind) or self.visit_facts(sort)
        verb = "plan" if kind == "visit" else "draft"
        self.record = open_record(
            kind,
            verb,
            FormInput(facts),
            procedure_id=works.version,
            context=self.context(works.mei),
            about=self.customer if kind == "visit" else None,
        )

    def visit_facts(self, sort: str) -> dict[str, Any]:
        complaint = {"kind": "complaint", "number": self.complaint.number, "name": "漏油"}
        return {
            "planned_on": "2026-11-18",
            "visitor": named(self.works.lin),
            "sort": sort,
            "purpose": "回访",
            "complaint": complaint,
        }

    def request_facts(self, amount: str) -> dict[str, Any]:
        return {"what": "换一批", "amount": amount, "reviewer": named(self.works.lin)}

    def context(self, person: Person) -> StepContext:
        self.now += timedelta(minutes=7)
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return StepContext(loaded, self.now)

    def take(self, act: Callable[[], Any]) -> bool:
        """Take a step; that it is refused is an answer, anything else is a fault. A refused step leaves no trace."""
        before = self.seen()
        try:
            with transaction.atomic():
                act()
        except (Refused, ChangedMeanwhile, AlreadyDone):
            assert self.seen() == before
            taken = False
        else:
            taken = True
        self.record = FormRecord.objects.get(pk=self.record.pk)
        return taken

    def seen(self) -> Any:
        """All that a refused step must leave as it was."""
        return (
            FormRecord.objects.values().get(pk=self.record.pk),
            list(FormRow.objects.order_by("pk").values()),
            list(ApprovalSigner.objects.order_by("pk").values()),
            list(Obligation.objects.order_by("pk").values()),
        )

    # ---- what people do

    @rule(chance=st.data())
    def somebody_does_what_is_offered(self, chance: st.DataObject) -> None:
        """The likelier half of life; what the page offers is taken when its form is filled in."""
        options = [(person, verb) for person in self.people for verb in self.offered(person)]
        options = [(person, verb) for person, verb in options if verb not in ("void", "hand_over", "correct")]
        if options:
            self.does(*chance.draw(st.sampled_from(options)), chance)

    @rule(chance=st.data())
    def anybody_tries_anything(self, chance: st.DataObject) -> None:
        """A step from a state that has none of it, or by who may not take it, is refused."""
        verbs = sorted({one.verb for one in self.declared.steps if one.from_})
        person, verb = chance.draw(st.sampled_from(self.people)), chance.draw(st.sampled_from(verbs))
        may = verb in self.offered(person)
        assert not self.does(person, verb, chance) or may

    def does(self, person: Person, verb: str, chance: st.DataObject) -> bool:
        record = self.record
        if verb in ("void", "reopen") or verb.startswith("withdraw"):
            return self.take(lambda: end(record, verb, "改主意", context=self.context(person)))
        if verb == "hand_over":
            other = chance.draw(st.sampled_from(self.people))
            return self.take(lambda: hand_over(record, other, "出差", context=self.context(person)))
        if verb == "correct":
            return self.corrects(person, chance)
        given = FormInput({"summary": "顺利"}, rows=self.rows(chance)) if verb == "report" else FormInput()
        return self.take(lambda: take(record, verb, given, context=self.context(person)))

    def rows(self, chance: st.DataObject) -> dict[str, list[RowInput]]:
        there = [RowInput(row.extra, row.pk, row.owner, row.due_on) for row in self.tasks]
        day = self.now.date() + timedelta(days=2)
        new = [
            RowInput({"what": f"问题 {n}"}, None, chance.draw(st.sampled_from(self.people)), day)
            for n in range(chance.draw(st.integers(0, 2)))
        ]
        costs = [RowInput({"what": "车费", "amount": amount}) for amount in ("120.50", "300")]
        return {"findings": there + new, "costs": costs}

    def corrects(self, person: Person, chance: st.DataObject) -> bool:
        """A correction turns what others depend on: the sort of a visit, the sum of a request."""
        record = self.record
        if record.kind == "visit":
            facts = self.visit_facts(chance.draw(st.sampled_from(["planned", "complaint"])))
        elif record.kind == "request":
            facts = self.request_facts(chance.draw(st.sampled_from(["800", "5000"])))
        else:
            facts = {"what": chance.draw(st.sampled_from(["试用", "试用两台"]))}
        return self.take(lambda: correct(record, FormInput(facts), context=self.context(person)))

    @rule(chance=st.data())
    def somebody_corrects(self, chance: st.DataObject) -> None:
        self.corrects(self.works.mei, chance)

    @precondition(lambda self: self.tasks)
    @rule(chance=st.data(), what=st.sampled_from(["answer", "answer", "pass_on", "drop"]))
    def somebody_works_on_a_row(self, chance: st.DataObject, what: str) -> None:
        row = chance.draw(st.sampled_from(self.tasks))
        person = chance.draw(st.sampled_from([row.owner, self.works.mei, *self.people]))
        other = chance.draw(st.sampled_from(self.people))
        row.record = self.record
        acts: dict[str, Callable[[StepContext], Any]] = {
            "answer": lambda said: tasks.answer(row, "办妥", context=said),
            "pass_on": lambda said: tasks.pass_on(row, other, "更熟", context=said),
            "drop": lambda said: tasks.drop(row, "重复", context=said),
        }
        self.take(lambda: acts[what](self.context(person)))

    @precondition(lambda self: self.signers)
    @rule(chance=st.data(), what=st.sampled_from(["sign", "sign", "sign", "refuse", "transfer", "add"]))
    def somebody_signs(self, chance: st.DataObject, what: str) -> None:
        signer = chance.draw(st.sampled_from(self.signers))
        signer.record = self.record
        fitting = [
            one
            for one in self.people
            if one.pk == signer.person_id or (signer.person_id is None and one.department_id == signer.department_id)
        ]
        person = chance.draw(st.sampled_from([*fitting, *fitting, *self.people]))
        other = chance.draw(st.sampled_from(self.people))
        back = chance.draw(st.sampled_from(["", "request.review"])) if self.record.kind == "request" else ""
        acts: dict[str, Callable[[StepContext], Any]] = {
            "sign": lambda said: approvals.sign(signer, "可以", context=said),
            "refuse": lambda said: approvals.refuse(signer, "不行", back, True, context=said),
            "transfer": lambda said: approvals.transfer(signer, other, context=said),
            "add": lambda said: approvals.add_signer(signer, other, context=said),
        }
        self.take(lambda: acts[what](self.context(person)))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        sweep(at=self.now)

    # ---- what is there

    @property
    def declared(self) -> Any:
        """The kind of the record under its procedure."""
        return kind_of(self.works.procedure, self.record.kind)

    @property
    def tasks(self) -> list[FormRow]:
        """The rows that are tasks."""
        return list(self.record.rows.filter(part_kind="visit-finding").select_related("owner"))

    @property
    def signers(self) -> list[ApprovalSigner]:
        """The places to sign that somebody is asked for."""
        asked = ApprovalSigner.objects.filter(record=self.record, state="asked")
        return list(asked.select_related("person", "department", "round").order_by("pk"))

    def offered(self, person: Person) -> list[str]:
        """The steps that the person may take on the record now."""
        loaded = load_person(person.pk, at=self.now)
        assert loaded is not None
        return [o.verb for o in offered_steps(self.record, loaded, at=self.now) if o.may]

    # ---- what always holds

    @invariant()
    def whoever_must_act_next_owes_it(self) -> None:
        owed = Obligation.objects.filter(OPEN, kind=self.record.kind, record_id=self.record.pk)
        assert not owed.filter(owner_person=None, owner_department=None).exists()
        if self.record.phase in LAST_PHASES:
            assert list(owed.values_list("rule", flat=True)) == []
        else:
            assert owed.exists(), self.record.state

    @invariant()
    def what_is_not_shown_is_gone(self) -> None:
        hidden = [one.name for one in self.declared.fields if not is_shown(one, self.record)]
        assert [name for name in hidden if name in self.record.extra] == []

    @invariant()
    def what_repeats_in_columns_is_what_stands_in_the_facts(self) -> None:
        if self.record.kind == "visit":
            facts = self.record.extra
            assert (str(self.record.day1), self.record.person1) == (facts["planned_on"], facts["visitor"]["person"])

    def teardown(self) -> None:
        try:
            if hasattr(self, "record"):
                self.everything_opens()
            found = verify_with_derived()
            assert (found.code, found.fault) == (0, None)
        finally:
            transaction.savepoint_rollback(self.mark)

    def everything_opens(self) -> None:
        """The record's page, its print, the list and its exports, for who entered it."""
        here = f"/registers/{self.record.kind}/"
        with stopped("2026-12-31 10:00") as clock:
            client = Office(self.works, clock).desk("mei").client
            page = client.get(f"{here}{self.record.number}")
            assert (page.status_code, self.record.number in page.content.decode()) == (200, True)
            listed = client.get(here)
            assert (listed.status_code, self.record.number in listed.content.decode()) == (200, True)
            assert client.get(f"{here}?view=board").status_code == 200
            printed = client.get(f"/sheets/{self.record.kind}/{self.record.number}/{self.record.kind}.pdf")
            assert (printed.status_code, printed.headers["Content-Type"]) == (200, "application/pdf")
            for form in ("csv", "xlsx"):
                answer = client.post(here, {"do": "export", "format": form})
                assert answer.status_code == 200
                assert answer.getvalue()


def lived(lives: int, steps: int) -> None:
    """So many random lives, each rolled back behind the next."""
    DeclaredMachine.works = factory(PACK)
    live(
        DeclaredMachine,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # to make a life shorter takes minutes and explains little
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_whatever_people_do() -> None:
    lived(lives=12, steps=20)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_people_do_for_long() -> None:
    lived(lives=150, steps=50)
