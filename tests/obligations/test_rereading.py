"""What is owed follows the facts: begun, released, brought forward, put off; and duties done on another record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huiyin.complaints.actions.ending import withdraw
from huiyin.customers.actions import change_customer
from huiyin.customers.values import CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify, verify_with_derived
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.nightly import read_again_daily
from huiyin.registers.actions import FormInput, correct, open_record, take
from huiyin.registers.models import FormRecord
from huiyin.registers.rows.input import RowInput
from tests.cast import Factory, at
from tests.registers.works import a_customer
from tests.stage import stage

PACK = str(Path(__file__).parent / "packs" / "duties")
pytestmark = pytest.mark.django_db

works = stage(PACK, when="2026-09-01 08:00")


def a_call(works: Factory, about: Any, when: str, **facts: Any) -> FormRecord:
    context = works.context("mei", when)
    return open_record(
        "phone-call", "plan", FormInput(facts=facts), procedure_id=works.version, context=context, about=about
    )


def open_rules(record: Any) -> list[str]:
    rows = Obligation.objects.filter(OPEN, kind=record.kind, record_id=record.pk)
    return sorted(rows.values_list("rule", flat=True))


def corrected(works: Factory, call: FormRecord, when: str, **facts: Any) -> None:
    correct(call, FormInput(facts=facts), context=works.context("mei", when))


def test_a_graver_fact_brings_the_duty_forward_and_tells_at_once(works: Factory) -> None:
    call = a_call(works, a_customer(works), "2026-11-16 09:00", urgency="usual")
    assert open_rules(call) == ["make-call"]
    first = Obligation.objects.get(OPEN, record_id=call.pk, kind="phone-call")
    corrected(works, call, "2026-11-16 10:00", urgency="grave")
    assert open_rules(call) == ["make-call-at-once"]
    now = Obligation.objects.get(OPEN, record_id=call.pk, kind="phone-call")
    assert (now.original_due_at, now.due_at) == (first.due_at, at("2026-11-16 14:30"))
    entry = Entry.objects.get(event="obligation.brought_forward")
    assert "缓急" in sentence(entry, "zh")
    assert "2026-11-19" in sentence(entry, "zh")
    sweep(at=at("2026-11-16 10:00"))
    told = Entry.objects.filter(event="obligation.escalated").order_by("id").first()
    assert told is not None
    assert told.particulars["rung"] == "management"
    assert verify().code == 0


def test_back_again_puts_it_off_and_a_late_one_stays_late(works: Factory) -> None:
    call = a_call(works, a_customer(works), "2026-11-16 09:00", urgency="grave")
    corrected(works, call, "2026-11-16 16:00", urgency="usual")
    old = Obligation.objects.get(rule="make-call-at-once")
    assert (old.put_off, old.is_late(at("2026-11-20 09:00"))) == (True, True)
    assert open_rules(call) == ["make-call"]
    assert Entry.objects.filter(event="obligation.put_off").count() == 1


def test_what_a_record_is_about_changes_what_is_owed_on_it(works: Factory) -> None:
    customer = a_customer(works)
    call = a_call(works, customer, "2026-11-16 09:00", urgency="usual")
    better = replace(CustomerFacts.of(customer), tier="A")
    change_customer(customer, better, context=works.context("mei", "2026-11-16 11:00"))
    assert open_rules(call) == ["make-call-at-once"]
    assert customer.number in sentence(Entry.objects.get(event="obligation.brought_forward"), "zh")
    assert verify().code == 0


def test_a_complaint_is_read_again_when_its_customer_s_tier_changes(works: Factory) -> None:
    customer, other = a_customer(works), a_customer(works, "绍兴泵业")
    complaint = works.complaint(customer=customer, when="2026-11-16 09:00")
    elsewhere = works.complaint(customer=other, when="2026-11-16 09:10")
    first = Obligation.objects.get(OPEN, rule="complaint-call", record_id=complaint.pk)
    better = replace(CustomerFacts.of(customer), tier="A")
    change_customer(customer, better, context=works.context("mei", "2026-11-16 11:00"))
    now = Obligation.objects.get(OPEN, rule="complaint-call-soon", record_id=complaint.pk)
    assert (now.original_due_at, now.due_at) == (first.due_at, at("2026-11-17 09:00"))
    assert "complaint-call" not in open_rules(complaint)
    assert "complaint-call" in open_rules(elsewhere)
    entry = Entry.objects.get(event="obligation.brought_forward")
    assert (entry.kind, entry.record_id) == ("complaint", complaint.pk)
    assert customer.number in sentence(entry, "zh")
    change_customer(customer, replace(better, tier="B"), context=works.context("mei", "2026-11-16 15:00"))
    assert "complaint-call" in open_rules(complaint)
    assert Obligation.objects.get(OPEN, rule="complaint-call", record_id=complaint.pk).due_at == first.due_at
    assert verify_with_derived().code == 0


def test_a_complaint_that_has_ended_is_left_as_it_is(works: Factory) -> None:
    customer = a_customer(works)
    complaint = works.complaint(customer=customer, when="2026-11-16 09:00")
    withdraw(complaint, "客户说误会", context=works.context("mei", "2026-11-16 10:00"))
    better = replace(CustomerFacts.of(customer), tier="A")
    change_customer(customer, better, context=works.context("mei", "2026-11-16 11:00"))
    assert not Entry.objects.filter(event__startswith="obligation.", kind="complaint").exists()


def test_an_age_is_read_every_night(works: Factory) -> None:
    call = a_call(works, a_customer(works), "2026-11-16 09:00", urgency="usual", held_on="2025-11-20")
    assert read_again_daily(at=at("2026-11-19 01:00")) == 0
    assert read_again_daily(at=at("2026-11-20 01:00")) == 1
    assert open_rules(call) == ["make-call", "sample-old"]
    row = Obligation.objects.get(rule="sample-old")
    assert row.opened_at == at("2026-11-20 01:00")


def test_at_once_rings_on_a_holiday(works: Factory) -> None:
    call = a_call(works, a_customer(works), "2026-10-01 10:00", urgency="grave")
    row = Obligation.objects.get(OPEN, kind="phone-call", record_id=call.pk)
    assert row.next_alarm_at == at("2026-10-01 10:00")
    sweep(at=at("2026-10-01 10:01"))
    row.refresh_from_db()
    assert row.alarms_given == 1
    assert row.next_alarm_at is not None
    assert (row.next_alarm_at - row.due_at).total_seconds() == 2 * 3600


def test_a_complaint_s_duty_is_done_on_the_call_made_for_it(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    other = works.complaint(when="2026-11-16 09:30")
    assert "complaint-call" in open_rules(complaint)
    call = open_record(
        "phone-call",
        "plan",
        FormInput(),
        procedure_id=works.version,
        context=works.context("mei", "2026-11-16 10:00"),
        about=a_customer(works),
        tied_to=complaint,
    )
    assert "complaint-call" in open_rules(complaint)
    take(call, "make", FormInput(), context=works.context("mei", "2026-11-17 10:00"))
    assert "complaint-call" not in open_rules(complaint)
    assert "complaint-call" in open_rules(other)
    done = Obligation.objects.get(rule="complaint-call", record_id=complaint.pk)
    assert done.fulfilled_at == at("2026-11-17 10:00")
    entry = Entry.objects.get(event="obligation.fulfilled")
    assert sentence(entry, "zh") == f"“投诉后登门”由 {call.number} 办理"
    assert verify().code == 0


def test_what_is_owed_on_a_row_is_read_again_when_the_row_is_corrected(works: Factory) -> None:
    mei = works.context("mei", "2026-11-16 09:00")
    points = [RowInput({"point": one, "weight": "usual"}, owner=works.tao) for one in ("压力表", "密封圈")]
    call = open_record(
        "phone-call",
        "plan",
        FormInput(rows={"points": points}),
        procedure_id=works.version,
        context=mei,
        about=a_customer(works),
    )
    assert open_rules(call) == ["make-call", "point-answer", "point-answer"]
    first, second = call.rows.order_by("pk")
    points = [
        RowInput({"weight": "grave"}, pk=first.pk, owner=works.tao),
        RowInput({}, pk=second.pk, owner=works.tao),
    ]
    correct(call, FormInput(rows={"points": points}), context=works.context("mei", "2026-11-16 10:00"))
    assert open_rules(call) == ["make-call", "point-answer", "point-at-once"]
    grave = Obligation.objects.get(OPEN, rule="point-at-once")
    assert (grave.part, grave.owner_person, grave.due_at) == (first.part_key, works.tao, at("2026-11-16 14:30"))
    assert Obligation.objects.get(OPEN, rule="point-answer").part == second.part_key
    told = Entry.objects.get(record_id=call.pk, event="obligation.brought_forward")
    assert "因为“要谈的事”有变。" in sentence(told, "zh")
    assert (verify().code, verify().fault) == (0, None)
