"""What is owed follows facts far above it, at once and read together: of the customer of a follow-up's complaint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.actions.ending import withdraw
from huiyin.complaints.actions.intake import supplement
from huiyin.complaints.actions.values import ComplaintFacts
from huiyin.complaints.models import Complaint
from huiyin.customers.actions import change_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify_with_derived
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.registers.actions import FormInput, correct, open_record, take
from huiyin.registers.models import FormRecord
from huiyin.registers.rows.input import RowInput
from tests.cast import Factory, at
from tests.registers.works import a_customer
from tests.stage import stage

PACK = str(Path(__file__).parent / "packs" / "far")
pytestmark = pytest.mark.django_db
works = stage(PACK, when="2026-09-01 08:00")
BEGUN = "2026-11-16 09:30"


def opened(works: Factory, kind: str, verb: str, about: Any, when: str = BEGUN, **given: Any) -> FormRecord:
    context = works.context("mei", when)
    return open_record(kind, verb, FormInput(**given), procedure_id=works.version, context=context, about=about)


def a_follow_up(works: Factory, complaint: Complaint, when: str = BEGUN, **given: Any) -> FormRecord:
    return opened(works, "follow-up", "begin", complaint, when, **given)


def changed(works: Factory, customer: Customer, when: str, **facts: Any) -> None:
    customer.refresh_from_db()
    change_customer(customer, replace(CustomerFacts.of(customer), **facts), context=works.context("mei", when))


def supplemented(works: Factory, complaint: Complaint, when: str, **facts: Any) -> None:
    complaint.refresh_from_db()
    known = {name: getattr(complaint, name) for name in ComplaintFacts.names()}
    supplement(complaint, ComplaintFacts(**known | facts), context=works.context("mei", when))


def owed(record: Any) -> dict[str, Obligation]:
    rows = Obligation.objects.filter(OPEN, kind=record.kind, record_id=record.pk).select_related("owner_person")
    return {row.rule: row for row in rows}


def named(person: Any) -> dict[str, Any]:
    return {"person": person.pk, "name": person.name}


def test_the_tier_of_the_complaint_s_customer_reaches_the_follow_up_and_back(works: Factory) -> None:
    customer = a_customer(works)
    form = a_follow_up(works, works.complaint(customer=customer))
    other = a_follow_up(works, works.complaint(customer=a_customer(works, "绍兴泵业")))
    first = owed(form)["follow"]
    changed(works, customer, "2026-11-16 11:00", tier="A")
    now = owed(form)["follow-soon"]
    assert "follow" not in owed(form)
    assert (now.original_due_at, now.due_at) == (first.due_at, at("2026-11-16 15:00"))
    assert now.next_alarm_at == at("2026-11-16 11:00")
    assert "follow" in owed(other)
    entry = Entry.objects.get(event="obligation.brought_forward", kind="follow-up")
    why = f"因为 {customer.number} 的“客户等级”有变。"
    assert (entry.record_id, sentence(entry, "zh")) == (
        form.pk,
        f"“重要客户当日跟进”提前：原定 2026-11-23 09:30，现为 2026-11-16 15:00。{why}",
    )
    changed(works, customer, "2026-11-16 16:00", tier="B")
    assert owed(form)["follow"].due_at == first.due_at
    late = Obligation.objects.get(kind="follow-up", record_id=form.pk, rule="follow-soon")
    assert (late.put_off, late.is_late(at("2026-11-20 09:00"))) == (True, True)
    assert verify_with_derived().code == 0


def test_three_steps_away_and_through_a_complaint_that_has_ended(works: Factory) -> None:
    customer = a_customer(works)
    complaint = works.complaint(customer=customer)
    form = a_follow_up(works, complaint)
    remark = opened(works, "remark", "write", form)
    withdraw(complaint, "客户说误会", context=works.context("mei", "2026-11-16 10:00"))
    changed(works, customer, "2026-11-16 11:00", tier="A")
    assert list(owed(remark)) == ["remark-soon"]
    assert "follow-soon" in owed(form)
    assert not Entry.objects.filter(kind="complaint", event__startswith="obligation.").exists()
    take(form, "finish", FormInput(), context=works.context("mei", "2026-11-16 13:30"))
    changed(works, customer, "2026-11-16 14:00", tier="C")
    assert list(owed(remark)) == ["remark-read"]
    assert owed(form) == {}
    assert verify_with_derived().code == 0


def test_a_complaint_moved_to_another_customer_moves_what_hangs_on_it(works: Factory) -> None:
    usual = a_customer(works)
    great = a_customer(works, "绍兴泵业", tier="A")
    changed(works, great, "2026-11-16 08:40", salesperson=works.tao)
    complaint = works.complaint(customer=usual)
    form = a_follow_up(works, complaint)
    assert owed(form)["tell-customer"].owner_person is None
    supplemented(works, complaint, "2026-11-16 11:00", customer=great)
    now = owed(form)
    assert {"follow-soon", "tell-customer"} <= now.keys()
    assert now["tell-customer"].owner_person == works.tao
    entry = Entry.objects.get(event="obligation.handed_over", record_id=form.pk, kind="follow-up")
    assert sentence(entry, "zh").startswith("“由业务员告知客户”改由 陶工 承担。因为")
    assert Notice.objects.filter(person=works.tao, entry_id=entry.pk).count() == 1
    assert verify_with_derived().code == 0


def test_a_follow_up_put_on_another_complaint_is_read_again(works: Factory) -> None:
    great = a_customer(works, "绍兴泵业", tier="A")
    form = a_follow_up(works, works.complaint(customer=a_customer(works)))
    other = works.complaint(customer=great)
    correct(form, FormInput(), context=works.context("mei", "2026-11-16 11:00"), picked=other)
    assert "follow-soon" in owed(form)
    assert "所关的对象" in sentence(Entry.objects.get(event="obligation.brought_forward"), "zh")
    assert verify_with_derived().code == 0


def test_a_fact_of_the_complaint_reaches_the_follow_up(works: Factory) -> None:
    complaint = works.complaint(severity="function")
    form = a_follow_up(works, complaint)
    assert "follow-safety" not in owed(form)
    supplemented(works, complaint, "2026-11-16 11:00", severity="safety")
    assert owed(form)["follow-safety"].due_at == at("2026-11-17 09:30")


def test_another_salesperson_owes_what_the_salesperson_owes(works: Factory) -> None:
    customer = a_customer(works)
    changed(works, customer, "2026-11-16 08:40", salesperson=works.tao)
    form = a_follow_up(works, works.complaint(customer=customer))
    before = owed(form)["tell-customer"]
    assert before.owner_person == works.tao
    changed(works, customer, "2026-11-16 11:00", salesperson=works.lin)
    now = owed(form)["tell-customer"]
    assert (now.pk, now.owner_person, now.due_at) == (before.pk, works.lin, before.due_at)
    entry = Entry.objects.get(event="obligation.handed_over")
    assert sentence(entry, "en").startswith("“The salesperson tells the customer” is owed by 林志远 from now on.")
    changed(works, customer, "2026-11-16 12:00", telephone="0574-1")
    assert Entry.objects.filter(event="obligation.handed_over").count() == 1


def test_many_records_are_read_together(works: Factory) -> None:
    """Of records on which nothing is different none is asked by itself, and none locked."""

    def asked(customer: Customer, when: str, **facts: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            changed(works, customer, when, **facts)
        return len(seen)

    few, many = a_customer(works), a_customer(works, "绍兴泵业")
    for customer, count in ((few, 2), (many, 12)):
        changed(works, customer, "2026-11-16 08:40", salesperson=works.tao)
        for minute in range(count):
            when = f"2026-11-16 09:{minute:02}"
            a_follow_up(works, works.complaint(customer=customer, when=when), when="2026-11-16 09:30")
    assert asked(few, "2026-11-16 10:00", tier="B") == asked(many, "2026-11-16 10:10", tier="B")
    assert asked(few, "2026-11-16 10:20", remark="x") == asked(many, "2026-11-16 10:30", remark="x")


# ---- rows


def with_task(works: Factory, complaint: Complaint, *, helper: Any = None, **facts: Any) -> FormRecord:
    task = RowInput({"what": "换密封圈", **facts}, owner=works.tao, due_on=at("2026-11-20 09:00").date())
    given = {"helper": named(helper)} if helper is not None else {}
    return a_follow_up(works, complaint, facts=given, rows={"tasks": [task]})


def corrected(works: Factory, form: FormRecord, when: str, row: dict[str, Any] | None = None, **facts: Any) -> None:
    rows = {}
    if row is not None:
        owner, due_on = row.pop("owner", works.tao), row.pop("due_on", at("2026-11-20 09:00").date())
        rows = {"tasks": [RowInput(row, pk=form.rows.get().pk, owner=owner, due_on=due_on)]}
    correct(form, FormInput(facts=facts, rows=rows), context=works.context("mei", when))


def test_whoever_a_field_of_the_row_names_owes_from_then_on(works: Factory) -> None:
    form = with_task(works, works.complaint(), checker=named(works.lin))
    before = owed(form)["task-check"]
    assert before.owner_person == works.lin
    corrected(works, form, "2026-11-16 11:00", {"checker": named(works.qian)})
    now = owed(form)["task-check"]
    assert (now.pk, now.owner_person) == (before.pk, works.qian)


def test_a_row_given_anew_leaves_its_lateness_with_whoever_had_it(works: Factory) -> None:
    form = with_task(works, works.complaint(), checker=named(works.lin))
    later = {"checker": named(works.qian), "due_on": at("2026-11-27 09:00").date()}
    corrected(works, form, "2026-11-24 11:00", later)
    old = Obligation.objects.get(rule="task-check", put_off=True)
    assert (old.owner_person, old.is_late(at("2026-11-24 11:00"))) == (works.lin, True)
    assert owed(form)["task-check"].owner_person == works.qian
    assert owed(form)["task-done"].due_at == at("2026-11-27 23:59")


def test_facts_of_the_row_the_record_and_the_customer_reach_the_row(works: Factory) -> None:
    customer = a_customer(works)
    form = with_task(works, works.complaint(customer=customer), helper=works.lin, sort="usual")
    assert {"task-done"} == {rule for rule in owed(form) if rule.startswith("task-")}
    corrected(works, form, "2026-11-16 10:00", {"sort": "grave"})
    assert "task-help" not in owed(form)
    changed(works, customer, "2026-11-16 10:10", tier="A")
    assert (owed(form)["task-help"].owner_person, owed(form)["task-help"].part) == (works.lin, form.rows.get().part_key)
    corrected(works, form, "2026-11-16 10:20", helper=named(works.qian))
    assert owed(form)["task-help"].owner_person == works.qian
    assert owed(form)["help"].owner_person == works.qian
    corrected(works, form, "2026-11-16 10:30", pressing="yes")
    assert owed(form)["task-pressing"].due_at == at("2026-11-16 15:00")
    corrected(works, form, "2026-11-16 15:30", pressing="no")
    assert owed(form)["task-done"].due_at == at("2026-11-20 23:59")
    assert Obligation.objects.get(rule="task-pressing").is_late(at("2026-11-17 09:00"))
    assert verify_with_derived().code == 0


# ---- promises


def test_a_promise_that_was_written_wrong_is_owed_by_the_day_that_stands_there(works: Factory) -> None:
    form = a_follow_up(works, works.complaint(), facts={"answer_on": "2026-11-18"})
    assert owed(form)["answer-promised"].due_at == at("2026-11-18 23:59")
    corrected(works, form, "2026-11-16 10:00", answer_on="2026-11-17")
    now = owed(form)["answer-promised"]
    assert (now.due_at, now.original_due_at) == (at("2026-11-17 23:59"), at("2026-11-18 23:59"))
    entry = Entry.objects.get(event="obligation.brought_forward")
    assert sentence(entry, "zh").endswith("因为“答应的日子”有变。")
    corrected(works, form, "2026-11-19 10:00", answer_on="2026-11-25")
    assert owed(form)["answer-promised"].due_at == at("2026-11-25 23:59")
    old = Obligation.objects.get(rule="answer-promised", put_off=True)
    assert old.is_late(at("2026-11-19 10:00"))
    corrected(works, form, "2026-11-19 11:00", answer_on=None)
    assert owed(form)["answer-promised"].due_at == at("2026-11-25 23:59")
    assert verify_with_derived().code == 0
