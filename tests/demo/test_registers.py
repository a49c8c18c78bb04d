"""A company with a past: what is more than can be played stands on old registers, brought in by the ordinary import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from huiyin.channels.imports import store
from huiyin.channels.models import ImportRun
from huiyin.complaints.models import Answer, Complaint
from huiyin.demo import people
from huiyin.demo.company import DemoCompany, last_midnight
from huiyin.demo.schedule import schedule_complaints
from huiyin.demo.scripts.registers import HEADINGS
from huiyin.demo.timeline import Timeline
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.records.search import search
from tests.cast import pack
from tests.demo.made import AT

PLAYED, BEFORE = 4, 150

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def company(django_db_setup: Any, django_db_blocker: Any) -> Iterator[DemoCompany]:
    """A company that has played a few complaints and carried the others over; nothing around them."""
    with django_db_blocker.unblock(), transaction.atomic():
        procedure, signer = pack("feedback"), versions.Signer
        ends = last_midnight(AT, procedure.calendar_for(None))
        version = versions.adopt(
            procedure,
            drafted_by=signer("甲"),
            reviewed_by=signer("乙"),
            approved_by=signer("丙"),
            at=ends - timedelta(days=600),
        )
        found = DemoCompany(4, version.pk, ends)
        people.seat(list(Department.objects.filter(active=True)), at=found.begins)
        timeline = Timeline(found)
        schedule_complaints(timeline, PLAYED, before=BEFORE)
        timeline.play()
        yield found
        transaction.set_rollback(True)


def carried_over() -> list[Complaint]:
    ids = Entry.objects.filter(event="complaint.imported").values("record_id")
    return list(Complaint.objects.filter(pk__in=ids).order_by("pk"))


def test_every_complaint_is_there_and_every_chain_whole(company: DemoCompany) -> None:
    assert (len(carried_over()), Complaint.objects.count()) == (BEFORE, PLAYED + BEFORE)
    found = verify()
    assert (found.code, found.fault, found.entries) == (0, None, Entry.objects.count())


def test_they_came_in_by_the_import_before_the_first_that_was_played(company: DemoCompany) -> None:
    run = ImportRun.objects.get()
    head = Person.objects.get(username="reception-head")
    assert (run.state, run.rows, run.started_by, run.file_name) == (
        ImportRun.DONE,
        BEFORE,
        head,
        "客户投诉台账 2024.csv",
    )
    lines = store.file_of(run.pk, "file").read_bytes().decode("gb18030").splitlines()
    assert (lines[0], len(lines)) == (",".join(HEADINGS), BEFORE + 1)
    old = carried_over()
    played = Complaint.objects.exclude(pk__in=[one.pk for one in old])
    assert {one.opened_at for one in old} == {run.at}
    assert run.at < min(one.opened_at for one in played)


def test_all_of_it_was_over_and_owes_nothing(company: DemoCompany) -> None:
    old = carried_over()
    assert Counter(one.phase for one in old) == {"closed": BEFORE}
    assert all(one.received_at < one.closed_at < one.opened_at for one in old if one.closed_at)
    assert not Obligation.objects.filter(kind="complaint", record_id__in=[one.pk for one in old]).exists()
    assert Answer.objects.filter(complaint__in=old).exclude(text="").count() == BEFORE
    assert [one.number for one in old] == [f"2024-{k:05}" for k in range(1, BEFORE + 1)]
    assert all(one.customer and one.model and one.batch and one.problem and one.verdict for one in old)


def test_goods_are_shipped_before_anybody_complains_of_them(company: DemoCompany) -> None:
    """Of all complaints on the old registers, and of those that were played as far as they tell."""
    assert [one.number for one in carried_over() if one.ship_date is None] == []
    told = Complaint.objects.exclude(ship_date=None)
    days = {one.number: (one.ship_date, one.received_at.astimezone(company.procedure.zone).date()) for one in told}
    assert {number: each for number, each in days.items() if each[0] >= each[1]} == {}


def test_it_is_found_below_what_is_newer(company: DemoCompany) -> None:
    assert [hit.number for hit in search.search(None, "2024-00007")] == ["2024-00007"]
    old = {one.number for one in carried_over()}
    order = [hit.number in old for hit in search.search(None, "批次", kinds=["complaint"], limit=200)]
    assert order == sorted(order)
    assert True in order


def test_the_run_has_its_page_with_the_way_back(company: DemoCompany, client: Client) -> None:
    client.force_login(Person.objects.get(username="reception-head"))
    run = ImportRun.objects.get()
    page = client.get(f"/imports/{run.pk}")
    assert page.status_code == 200
    assert f"/imports/{run.pk}/undo" in page.content.decode()
