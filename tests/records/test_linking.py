"""Records tied to one another: both time-lines say so, each page shows the other as far as its reader may see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.kernel.text import t
from huiyin.records.models import Link
from huiyin.records.relations import relations as linking
from huiyin.records.steps.stepping import step
from tests.cast import Factory
from tests.stage import stage

pytestmark = pytest.mark.django_db
HERE, THERE = t("参照", "Refers to"), t("被参照", "Referred to by")


works = stage("feedback")


@pytest.fixture(autouse=True)
def declared() -> None:
    linking.declare_relation("example", here=HERE, there=THERE)


def tie(works: Factory, first: Complaint, second: Complaint) -> Link:
    with step(first, "supplement", **works.context("mei", "2026-11-16 09:10").step_kwargs) as run:
        row = linking.link_records(first, second, "example", run=run)
    return row


def seen(works: Factory, name: str, record: Complaint) -> list[tuple[str, Any]]:
    person = works.context(name, "2026-11-16 10:00").actor
    assert person is not None
    return [(one.record.number, one.label) for one in linking.linked_records(record, person)]


def test_each_end_shows_the_other(works: Factory) -> None:
    first, second = works.complaint(), works.complaint()
    row = tie(works, first, second)
    assert tie(works, first, second) == row
    assert seen(works, "mei", first) == [(second.number, HERE)]
    assert seen(works, "mei", second) == [(first.number, THERE)]
    assert seen(works, "fang", first) == []
    assert linking.ids_linked_from("complaint", "example", second) == [first.pk]
    assert linking.ids_linked_to(first, "example", "complaint") == [second.pk]
    last = Entry.objects.filter(kind="complaint", record_id=second.pk).latest("sequence")
    assert (last.event, last.particulars["number"]) == ("record.linked", first.number)
    found = verify()
    assert (found.code, found.fault) == (0, None)


def test_the_oldest_tie_stands_first(works: Factory) -> None:
    first, second, third = works.complaint(), works.complaint(), works.complaint()
    tie(works, first, third)
    tie(works, second, first)
    assert seen(works, "mei", first) == [(third.number, HERE), (second.number, THERE)]


def test_a_tie_undone_stays_on_record(works: Factory) -> None:
    first, second = works.complaint(), works.complaint()
    row = tie(works, first, second)
    with step(first, "supplement", **works.context("mei", "2026-11-16 09:20").step_kwargs) as run:
        linking.end_link(row, second, run=run)
    assert (seen(works, "mei", first), seen(works, "mei", second)) == ([], [])
    assert linking.ids_linked_from("complaint", "example", second) == []
    assert linking.ids_linked_to(first, "example", "complaint") == []
    assert Link.objects.count() == 1
    assert Entry.objects.filter(record_id=second.pk, kind="complaint").latest("sequence").event == "record.unlinked"


def test_many_ties_cost_as_much_as_one(works: Factory) -> None:
    first = works.complaint()
    counts = []
    for n in (1, 9):
        for _ in range(n):
            tie(works, first, works.complaint())
        with CaptureQueriesContext(connection) as asked:
            person = works.people["mei"]
            assert len(linking.linked_records(first, works.context("mei", "2026-11-16 10:00").actor or person)) == (
                1 if n == 1 else 10
            )
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_relation_nobody_declared_is_a_mistake(works: Factory) -> None:
    first, second = works.complaint(), works.complaint()
    with (
        pytest.raises(LookupError, match="unheard-of"),
        step(first, "supplement", **works.context("mei", "2026-11-16 09:10").step_kwargs) as run,
    ):
        linking.link_records(first, second, "unheard-of", run=run)
