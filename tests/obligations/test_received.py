"""What counts from the moment of receipt follows that moment when it is corrected, whichever way it goes."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.complaints.actions import intake
from huiyin.complaints.actions.values import ComplaintFacts
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify_with_derived
from huiyin.obligations.models import OPEN, Obligation
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("feedback")


def received(works: Factory, complaint: Complaint, moment: datetime, when: str, **facts: str) -> None:
    given = ComplaintFacts(received_at=moment, channel=complaint.channel, problem=complaint.problem, **facts)
    intake.supplement(complaint, given, context=works.context("mei", when))


def forward(complaint: Complaint) -> Obligation:
    return Obligation.objects.get(OPEN, rule="forward", kind="complaint", record_id=complaint.pk)


def test_earlier_it_is_due_earlier_and_says_why_in_both_languages(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    first = forward(complaint).due_at
    received(works, complaint, at("2026-11-16 08:00"), "2026-11-16 10:00")
    now = forward(complaint)
    assert (first, now.due_at) == (at("2026-11-16 14:30"), at("2026-11-16 12:00"))
    assert (now.original_due_at, now.base_at) == (first, at("2026-11-16 08:00"))
    entry = Entry.objects.get(event="obligation.brought_forward")
    assert sentence(entry, "zh").endswith("因为“接到时间”有变。")
    assert sentence(entry, "en").endswith("Because this changed: Received at.")
    assert verify_with_derived().code == 0


def test_later_it_is_put_off_and_what_was_late_stays_late(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    received(works, complaint, at("2026-11-17 09:00"), "2026-11-17 10:00")
    old = Obligation.objects.get(rule="forward", put_off=True)
    assert old.is_late(at("2026-11-17 10:00"))
    assert forward(complaint).due_at == at("2026-11-17 14:30")
    assert verify_with_derived().code == 0


def test_what_does_not_count_from_it_stays(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    others = Obligation.objects.filter(kind="complaint").exclude(rule="forward").order_by("id")
    before = list(others.values("rule", "due_at", "cancelled_at"))
    received(works, complaint, at("2026-11-16 08:00"), "2026-11-16 10:00")
    assert list(others.values("rule", "due_at", "cancelled_at")) == before
    received(works, complaint, at("2026-11-16 08:00"), "2026-11-16 11:00", model="HY-41")
    assert Obligation.objects.filter(rule="forward").count() == 2


def test_while_the_clock_stands_still_it_moves_and_goes_on_standing_still(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(complaint, "批号？", context=works.context("mei", "2026-11-16 10:00"))
    received(works, complaint, at("2026-11-16 08:00"), "2026-11-16 11:00")
    assert forward(complaint).paused_at == at("2026-11-16 11:00")
    intake.record_reply(complaint, "B1", context=works.context("mei", "2026-11-17 10:00"))
    assert (forward(complaint).paused_at, forward(complaint).due_at) == (None, at("2026-11-17 12:00"))
    assert verify_with_derived().code == 0
