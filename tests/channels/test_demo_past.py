"""A demonstration company with a past: what exceeds the lives it lived under the procedure stands on old registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from huiyin.channels.demo import building
from huiyin.channels.demo.making import Maker
from huiyin.channels.demo.past import A_YEAR, HEADINGS, LIVED, LONGEST, MOST_YEARS, Past
from huiyin.channels.imports import store
from huiyin.channels.models import ImportRun
from huiyin.complaints.models import Answer, Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.search import search
from tests.cast import pack

AT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)  # a Wednesday morning at the site
LIVES, BEFORE = 30, 170

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup: Any, django_db_blocker: Any) -> Iterator[list[tuple[int, int]]]:
    """The company, and what was told while it was built."""
    heard: list[tuple[int, int]] = []
    with django_db_blocker.unblock(), transaction.atomic():
        procedure, signer = pack("feedback"), versions.Signer
        version = versions.adopt(
            procedure,
            drafted_by=signer("甲"),
            reviewed_by=signer("乙"),
            approved_by=signer("丙"),
            at=building.begins(AT, procedure),
        )
        wanted = building.Wanted(LIVES + BEFORE, 4, AT, version.pk, most_lived=LIVES)
        assert building.build(wanted, tell=lambda done, of: heard.append((done, of))) == LIVES + BEFORE
        yield heard
        transaction.set_rollback(True)


def carried_over() -> list[Complaint]:
    ids = Entry.objects.filter(event="complaint.imported").values("record_id")
    return list(Complaint.objects.filter(pk__in=ids).order_by("pk"))


def test_every_complaint_is_there_and_every_chain_whole(told: list[tuple[int, int]]) -> None:
    old = carried_over()
    assert (len(old), Complaint.objects.count()) == (BEFORE, LIVES + BEFORE)
    assert told[0] == (0, 200)
    assert told[-1] == (200, 200)
    assert sorted(told) == told
    found = verify()
    assert (found.code, found.fault, found.entries) == (0, None, Entry.objects.count())


def test_they_came_in_by_the_import_before_the_first_that_was_lived(told: list[tuple[int, int]]) -> None:
    run = ImportRun.objects.get()
    head = Person.objects.get(username="reception-head")
    assert (run.state, run.rows, run.started_by, run.file_name) == (
        ImportRun.DONE,
        BEFORE,
        head,
        "客户投诉台账 2025.csv",
    )
    lines = store.file_of(run.pk, "file").read_bytes().decode("gb18030").splitlines()
    assert (lines[0], len(lines)) == (",".join(HEADINGS), BEFORE + 1)
    old = carried_over()
    lived = Complaint.objects.exclude(pk__in=[one.pk for one in old])
    assert max(one.pk for one in old) < min(one.pk for one in lived)
    assert {one.opened_at for one in old} == {run.at}
    assert run.at < min(one.opened_at for one in lived)


def test_all_of_it_was_over_and_owes_nothing(told: list[tuple[int, int]]) -> None:
    old = carried_over()
    assert Counter(one.phase for one in old) == {"closed": BEFORE}
    assert all(one.received_at < one.closed_at < one.opened_at for one in old if one.closed_at)
    assert Obligation.objects.filter(kind="complaint", record_id__in=[one.pk for one in old]).count() == 0
    assert Answer.objects.filter(complaint__in=old).exclude(text="").count() == BEFORE
    assert [one.number for one in old] == [f"2025-{k:05}" for k in range(1, BEFORE + 1)]
    assert all(one.customer and one.model and one.batch and one.problem and one.verdict for one in old)


def test_it_is_found_below_what_is_newer(told: list[tuple[int, int]]) -> None:
    assert [hit.number for hit in search.search(None, "2025-00007")] == ["2025-00007"]
    old = {one.number for one in carried_over()}
    order = [hit.number in old for hit in search.search(None, "批次", kinds=["complaint"], limit=200)]
    assert order == sorted(order)
    assert True in order


def test_equal_seeds_write_equal_registers(told: list[tuple[int, int]]) -> None:
    procedure = versions.procedure_of(Complaint.objects.all()[0].procedure_id)

    def sheet(seed: int) -> bytes:
        wanted = building.Wanted(200, seed, AT, Complaint.objects.all()[0].procedure_id, most_lived=LIVES)
        spec, batches = building._files(building._spec(wanted, procedure, []), procedure)
        past = Past(Maker(spec), [one for batch in batches for one in batch.customers])
        past.numbers = [f"C-{k}" for k in range(len(past.numbers))]
        return past._sheet(past._days(40))

    assert sheet(4) == sheet(4)
    assert sheet(4) != sheet(5)


def test_the_registers_reach_back_by_years(told: list[tuple[int, int]]) -> None:
    version = Complaint.objects.all()[0].procedure_id
    wanted = building.Wanted(1, 4, AT, version)
    procedure = versions.procedure_of(version)
    past = Past(Maker(building._spec(wanted, procedure, [])), [])
    days = list(past._days(2 * A_YEAR))
    assert len(days) == 2 * A_YEAR
    assert sorted(days) == days
    assert set(Counter(day.year for day in days)) == {2023, 2024, 2025}
    assert 10_000 < Counter(day.year for day in days)[2024] < 20_000
    assert days[-1] < past.at.date()
    assert (past.at.date() - next(past._days(MOST_YEARS * A_YEAR * 3))).days < 366 * MOST_YEARS + LONGEST
    assert (wanted.lived, wanted.before) == (1, 0)
    assert building.Wanted(LIVED + 5, 4, AT, version).before == 5
