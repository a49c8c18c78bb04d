"""Random lives of a follow-up whose duties read facts far above it: the journal played again gives what is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.complaints.actions.ending import merge, unmerge
from huiyin.complaints.actions.intake import supplement
from huiyin.complaints.actions.values import ComplaintFacts
from huiyin.complaints.models import Complaint
from huiyin.customers.actions import change_customer
from huiyin.customers.values import CustomerFacts
from huiyin.journal.verification import verify
from huiyin.kernel.text import t
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation, SiteDay
from huiyin.obligations.replay import differences
from huiyin.obligations.settling import calendar_of_row, explain, next_alarm, pauses_of
from huiyin.obligations.site_days import enter_site_day, reckon_anew, remove_site_day
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.registers.actions import FormInput, correct, end, open_record, take
from huiyin.registers.models import FormRecord
from huiyin.registers.rows.input import RowInput
from huiyin.registers.rows.tasks import answer
from tests.cast import Factory, at, day
from tests.registers.works import a_customer
from tests.stage import stage

PACK = str(Path(__file__).parent / "packs" / "far")
pytestmark = pytest.mark.django_db
works = stage(PACK, when="2026-09-01 08:00")

BEGUN = "2026-11-16 09:30"
MOVES = (
    "tier A",
    "tier B",
    "salesperson tao",
    "salesperson lin",
    "severity safety",
    "severity function",
    "other customer",
    "merge",
    "unmerge",
    "promise 2026-11-18",
    "promise 2026-11-24",
    "pressing yes",
    "pressing no",
    "helper lin",
    "helper qian",
    "task lin",
    "task qian",
    "site day",
    "site day gone",
    "sweep",
    "answer",
    "finish",
    "void",
    "reopen",
    "ended and reopened",
)
WHOLE = ("site day", "other customer", "ended and reopened")


class Life:
    """A customer with a complaint, a follow-up of it with one task, and what happens to them."""

    def __init__(self, works: Factory) -> None:
        self.works, self.now = works, at(BEGUN)
        self.customer, self.other = a_customer(works), a_customer(works, "绍兴泵业", tier="A")
        self.complaint = works.complaint(customer=self.customer, severity="function")
        self.same = works.complaint(customer=self.customer, when="2026-11-16 09:10")
        given = FormInput(
            facts={"answer_on": "2026-11-20"},
            rows={"tasks": [RowInput({"what": "换密封圈"}, owner=works.tao, due_on=day("2026-11-20"))]},
        )
        self.form = open_record(
            "follow-up", "begin", given, procedure_id=works.version, context=self.context, about=self.complaint
        )

    @property
    def context(self) -> StepContext:
        return StepContext(self.works.context("qian", BEGUN).actor, self.now)

    @property
    def reception(self) -> StepContext:
        return StepContext(self.works.context("mei", BEGUN).actor, self.now)

    def move(self, name: str, hours: int) -> None:
        """One thing happens, so many hours after the last; what may not happen now is left out."""
        self.now += timedelta(hours=hours)
        for one in (self.customer, self.complaint, self.form):
            one.refresh_from_db()
        try:
            with transaction.atomic():
                self._do(*name.rsplit(" ", 1) if name not in WHOLE else (name, ""))
        except Refused:
            pass

    def _do(self, what: str, value: str = "") -> None:
        people = self.works.people
        match what:
            case "tier":
                self._customer(tier=value)
            case "salesperson":
                self._customer(salesperson=people[value])
            case "severity":
                self._complaint(severity=value)
            case "other customer":
                self._complaint(customer=self.other)
            case "merge":
                merge(self.complaint, self.same, context=self.context)
            case "unmerge":
                unmerge(self.complaint, context=self.context)
            case "promise":
                self._correct({"answer_on": value})
            case "pressing":
                self._correct({"pressing": value})
            case "helper":
                self._correct({"helper": {"person": people[value].pk, "name": people[value].name}})
            case "task":
                self._correct({}, {"checker": {"person": people[value].pk, "name": people[value].name}})
            case "site day":
                self._site_day(value)
            case "sweep":
                sweep(at=self.now)
            case "answer":
                answer(self.form.rows.get(), "换好了", context=self.context)
            case "ended and reopened":
                end(self.form, "void", "填错", context=self.context)
                self.now += timedelta(hours=2)
                end(self.form, "reopen", "没错", context=self.context)
            case "finish":
                take(self.form, "finish", FormInput(), context=self.context)
            case _:
                end(self.form, what, "有因", context=self.context)

    def _customer(self, **facts: Any) -> None:
        change_customer(self.customer, replace(CustomerFacts.of(self.customer), **facts), context=self.reception)

    def _complaint(self, **facts: Any) -> None:
        known = {name: getattr(self.complaint, name) for name in ComplaintFacts.names()}
        supplement(self.complaint, ComplaintFacts(**known | facts), context=self.context)

    def _correct(self, facts: dict[str, Any], task: dict[str, Any] | None = None) -> None:
        rows = {}
        if task is not None:
            row = self.form.rows.get()
            rows = {"tasks": [RowInput(task, pk=row.pk, owner=row.owner, due_on=row.due_on)]}
        correct(self.form, FormInput(facts=facts, rows=rows), context=self.context)

    def _site_day(self, gone: str) -> None:
        there = SiteDay.objects.filter(removed_at=None).first()
        if gone and there is not None:
            remove_site_day(there.pk, actor=self.works.root, at=self.now)
        elif not gone and there is None:
            enter_site_day(day("2026-11-18"), t("台风", "Typhoon"), hours=[], actor=self.works.root, at=self.now)
        reckon_anew(at=self.now)


def owed(record: FormRecord | Complaint) -> list[Obligation]:
    rows = Obligation.objects.filter(OPEN, kind=record.kind, record_id=record.pk)
    return list(rows.select_related("owner_department"))


def moment_of(life: Life, row: Obligation) -> tuple[datetime, datetime | None]:
    """When it is due and rings next, reckoned from the start."""
    rule = life.works.procedure.rule(row.rule)
    calendar = calendar_of_row(row, life.works.procedure)
    return explain(row, rule, pauses_of(row, rule), calendar).at, next_alarm(row, rule, calendar)


@settings(max_examples=12, deadline=None)
@given(moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(1, 30)), min_size=1, max_size=8))
def test_what_is_owed_is_what_the_facts_and_the_journal_say(works: Factory, moves: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        life = Life(works)
        for move in moves:
            life.move(*move)
        for one in (life.customer, life.complaint, life.form):
            one.refresh_from_db()
        assert (verify().code, verify().fault) == (0, None)
        assert [bool(differences(one)) for one in (life.complaint, life.form)] == [False, False], moves
        rows = owed(life.form)
        assert [(row.rule, row.due_at, row.next_alarm_at) for row in rows] == [
            (row.rule, *moment_of(life, row)) for row in rows
        ], moves
        expected(life, {row.rule: row for row in rows if not row.part})
        transaction.set_rollback(True)


def expected(life: Life, rows: dict[str, Obligation]) -> None:
    """By the facts as they stand now, however they came to be so."""
    form, customer = life.form, life.complaint.customer
    if form.phase in LAST_PHASES:
        assert (rows, owed(form)) == ({}, [])
        return
    assert customer is not None
    held = {"follow-soon" if customer.tier == "A" else "follow", "tell-customer", "answer-promised"}
    held |= {"follow-safety"} if life.complaint.severity == "safety" else set()
    held |= {"help"} if form.extra.get("helper") else set()
    assert set(rows) == held
    if customer.salesperson is not None:
        assert rows["tell-customer"].owner_person == customer.salesperson
    if form.extra.get("helper"):
        assert rows["help"].owner_person_id == form.extra["helper"]["person"]
    assert rows["answer-promised"].due_at == at(f"{form.extra['answer_on']} 23:59")
