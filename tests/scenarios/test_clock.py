"""The worker driven along a clock: alarms at the right moments over lunch,
make-up Saturdays and the National Day holiday.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from huiyin.complaints.actions import intake
from huiyin.config.health import worker_alive
from huiyin.config.worker import SEAL_SECONDS, Worker
from huiyin.journal.models import Entry, Seal
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.versions import Signer, approve, draft, review
from tests.cast import SHANGHAI, Factory, at, day, pack
from tests.stage import stage
from tests.story import Story

pytestmark = pytest.mark.django_db


works = stage("feedback")


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> None:
    settings.DATA, settings.KEYS, settings.SEALS = tmp_path, tmp_path / "keys", tmp_path / "seals"


def driven(worker: Worker, start: str, end: str, *, minutes: int = 1) -> None:
    """The worker's ticks from ``start`` to ``end``."""
    now, last = at(start), at(end)
    while now <= last:
        worker.tick(at=now)
        now += timedelta(minutes=minutes)


def alarms(rule: str) -> list[tuple[str, str]]:
    """Each alarm of a rule: site time and rung."""
    pks = set(Obligation.objects.filter(rule=rule).values_list("pk", flat=True))
    rows = Entry.objects.filter(event="obligation.escalated").order_by("id")
    return [
        (f"{e.at.astimezone(SHANGHAI):%m-%d %H:%M}", e.particulars["rung"])
        for e in rows
        if e.particulars["obligation"] in pks
    ]


def due(rule: str = "forward") -> datetime:
    return Obligation.objects.get(rule=rule).due_at


@pytest.mark.parametrize(
    ("received", "until"),
    [
        ("2026-11-16 10:00", "2026-11-16 15:30"),  # over lunch
        ("2026-11-16 12:30", "2026-11-16 17:30"),  # at lunch: begins at half past one
        ("2026-11-20 16:30", "2026-11-23 11:00"),  # over a weekend
        ("2026-11-21 10:00", "2026-11-23 12:00"),  # on a day off
        ("2026-10-09 16:00", "2026-10-10 10:30"),  # into a make-up Saturday
        ("2026-09-30 16:00", "2026-10-08 10:30"),  # over the National Day holiday
        ("2026-02-14 08:00", "2026-02-14 12:00"),  # a make-up Saturday before the Spring Festival
        ("2026-02-14 16:00", "2026-02-24 10:30"),  # over the Spring Festival
    ],
)
def test_half_a_working_day(works: Factory, received: str, until: str) -> None:
    works.complaint(when=received)
    assert due() == at(until)


def test_a_make_up_saturday_rings_on_the_saturday(works: Factory) -> None:
    works.complaint(when="2026-10-09 16:00")  # a Friday; the Saturday after it is worked
    driven(Worker(), "2026-10-09 16:00", "2026-10-10 17:30", minutes=30)
    assert alarms("forward") == [
        ("10-10 09:30", "owner"),
        ("10-10 10:30", "head"),
        ("10-10 16:00", "management"),
    ]


def test_over_the_national_day_holiday_nobody_is_rung_up(works: Factory) -> None:
    works.complaint(when="2026-09-30 16:00")
    worker = Worker()
    driven(worker, "2026-09-30 16:00", "2026-10-08 07:30", minutes=90)
    assert alarms("forward") == []
    driven(worker, "2026-10-08 08:00", "2026-10-08 11:00", minutes=5)
    assert alarms("forward") == [("10-08 09:30", "owner"), ("10-08 10:30", "head")]


def test_over_lunch_the_reminder_waits_for_the_afternoon(works: Factory) -> None:
    works.complaint(when="2026-11-16 09:30")
    driven(Worker(), "2026-11-16 09:30", "2026-11-16 15:00", minutes=5)
    assert alarms("forward") == [("11-16 14:00", "owner"), ("11-16 15:00", "head")]


def test_48_hours_ring_on_a_day_off_too(works: Factory) -> None:
    story = Story(works, "2026-11-20 14:10")
    for chapter in (story.verify, story.forward, story.judge, story.assign):
        chapter()
    driven(Worker(), "2026-11-22 02:20", "2026-11-23 17:30", minutes=10)
    assert alarms("measures") == [
        ("11-22 02:50", "owner"),
        ("11-22 14:50", "head"),
        ("11-23 17:30", "management"),
    ]


def test_an_alarm_is_never_more_than_a_minute_late(works: Factory) -> None:
    works.complaint(when="2026-11-16 09:00")
    worker, now = Worker(), at("2026-11-16 14:00")
    while now <= at("2026-11-16 15:00"):
        worker.tick(at=now)
        now += timedelta(seconds=40)
    row = Entry.objects.filter(event="obligation.escalated", particulars__rung="head").get()
    assert timedelta(0) <= row.at - due() < timedelta(seconds=60)


def test_what_happens_between_the_ticks_is_not_rung(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    worker = Worker()
    driven(worker, "2026-11-16 09:00", "2026-11-16 13:45", minutes=5)
    intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 13:46"))
    intake.forward(complaint, "", context=works.context("mei", "2026-11-16 14:29"))
    driven(worker, "2026-11-16 14:30", "2026-11-17 09:00", minutes=5)
    assert alarms("forward") == [("11-16 12:00", "owner")]


def test_seals_are_laid_within_the_minute_and_the_journal_holds(works: Factory) -> None:
    worker = Worker()
    works.complaint(when="2026-11-16 09:00")
    worker.tick(at=at("2026-11-16 09:00"))
    assert Seal.objects.count() == 1
    works.complaint(when="2026-11-16 09:00")
    worker.tick(at=at("2026-11-16 09:00") + timedelta(seconds=SEAL_SECONDS - 1))
    assert Seal.objects.count() == 1
    worker.tick(at=at("2026-11-16 09:00") + timedelta(seconds=SEAL_SECONDS))
    assert (Seal.objects.count(), Seal.objects.latest("id").last_entry) == (2, Entry.objects.latest("id").pk)
    assert verify().code == 0


def test_a_worker_that_was_away_catches_up_at_once(works: Factory) -> None:
    for minute in range(3):
        works.complaint(when=f"2026-11-16 09:0{minute}")
    Worker().tick(at=at("2026-11-18 09:00"))
    assert alarms("forward") == [("11-18 09:00", "management")] * 3


def test_the_worker_says_that_it_lives(works: Factory) -> None:
    Worker().tick(at=at("2026-11-16 09:00"))
    assert worker_alive(at=at("2026-11-16 09:00") + timedelta(seconds=59))
    assert not worker_alive(at=at("2026-11-16 09:02"))


def test_an_approved_version_comes_into_force_with_its_day(works: Factory) -> None:
    row = draft(pack("communication"), by=Signer("钱卫东"), at=at("2026-11-16 09:00"))
    review(row, by=Signer("白办公"), at=at("2026-11-16 10:00"))
    approve(row, by=Signer("总经理赵"), at=at("2026-11-16 11:00"), effective_on=day("2026-12-01"))
    worker = Worker()
    worker.tick(at=at("2026-11-30 23:59"))
    assert ProcedureVersion.objects.get(state="effective").key == "feedback"
    worker.tick(at=at("2026-12-01 00:00"))
    assert ProcedureVersion.objects.get(state="effective").key == "communication"
