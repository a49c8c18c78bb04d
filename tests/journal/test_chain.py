"""Each record's entries are chained, each row they touch is digested, and what is hashed is what is read back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import pytest

from huiyin.complaints.actions import intake
from huiyin.complaints.actions.values import ComplaintFacts, DemandInput, PromiseInput
from huiyin.complaints.models import Complaint, Demand, Task
from huiyin.journal.chain import digest, digest_of, entry_hash, row_values, to_json_value
from huiyin.journal.models import Entry
from huiyin.journal.queries import head_hash, timeline
from huiyin.kernel.text import Text
from tests.cast import Factory, at
from tests.stage import stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")


def test_each_entry_names_the_one_before_it(works: Factory) -> None:
    story = told(works, "closed")
    entries = list(Entry.objects.filter(kind="complaint", record_id=story.complaint.pk).order_by("sequence"))
    assert [e.sequence for e in entries] == list(range(1, len(entries) + 1))
    assert [e.previous for e in entries] == ["", *(e.hash for e in entries[:-1])]
    assert [e.hash for e in entries] == [entry_hash(e) for e in entries]
    assert head_hash("complaint", story.complaint.pk) == entries[-1].hash


def test_two_records_have_two_chains(works: Factory) -> None:
    one, two = works.complaint(), works.complaint()
    intake.ask_customer(one, "照片？", context=works.context("mei", "2026-11-16 10:00"))
    found = Entry.objects.filter(kind="complaint").order_by("id").values_list("record_id", "sequence")
    assert list(found) == [(one.pk, 1), (two.pk, 1), (one.pk, 2)]


def test_an_entry_says_who_when_under_which_clause_and_procedure(works: Factory) -> None:
    complaint = works.complaint()
    entry = Entry.objects.get(kind="complaint")
    assert (entry.actor, entry.actor_name, entry.at, entry.number, entry.clause, entry.procedure_id) == (
        works.mei,
        "王晓梅",
        at("2026-11-16 09:00"),
        complaint.number,
        "B1.3",
        works.version,
    )


def test_every_row_a_step_touches_is_digested_in_its_entry(works: Factory) -> None:
    complaint = works.complaint(promise=PromiseInput("回电", at("2026-11-17 09:00")))
    first, second = Entry.objects.filter(kind="complaint").order_by("sequence")
    demand, promise = Demand.objects.get(), complaint.promises.get()
    assert first.digests == {
        "": digest(Complaint.objects.get(pk=complaint.pk)),
        demand.part_key: digest(demand),
    }
    assert second.digests == {promise.part_key: digest(promise)}


def test_a_digest_made_before_saving_holds_after_loading(works: Factory) -> None:
    story = told(works, "closed", defect_quantity=Decimal("3.5"), shipped_quantity=Decimal(100))
    last: dict[str, str | None] = {}
    for entry in Entry.objects.filter(kind="complaint", record_id=story.complaint.pk).order_by("sequence"):
        last |= entry.digests
    task = Task.objects.get()
    assert last[""] == digest(Complaint.objects.get(pk=story.complaint.pk))
    assert last[task.part_key] == digest(task)
    assert {key: last[key] for key in last if key.startswith("measure:")} == {
        m.part_key: digest(m) for m in task.measures.all()
    }


@pytest.mark.parametrize("added", ["verified_quantity", "lighter", "extra", "batch"])
def test_a_column_that_came_later_leaves_the_digests_of_older_rows_true(works: Factory, added: str) -> None:
    row = works.complaint(batch="")
    before = {name: value for name, value in row_values(row).items() if name != added}
    assert set(row_values(row)) - set(before) == {added}
    if added == "extra":
        row.extra = {}
    assert digest_of({**before}, Complaint) == digest(row)
    setattr(row, added, {"verified_quantity": 3, "lighter": True, "extra": {"x": "1"}, "batch": "B1"}[added])
    assert digest(row) != digest_of(before, Complaint)
    assert digest(row) == digest_of(row_values(row), Complaint)


def test_removed_rows_are_digested_as_gone(works: Factory) -> None:
    complaint = works.complaint()
    demand = Demand.objects.get().part_key
    facts = ComplaintFacts(at("2026-11-16 09:00"), "telephone", "漏油", caller_name="周厂长", severity="function")
    intake.supplement(
        complaint, facts, demands=[DemandInput("refund")], context=works.context("mei", "2026-11-16 10:00")
    )
    entry = Entry.objects.latest("id")
    assert entry.digests[demand] is None
    assert entry.digests[Demand.objects.get().part_key] == digest(Demand.objects.get())


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("1.50"), "1.50"),
        (date(2026, 11, 16), "2026-11-16"),
        (time(8, 30), "08:30:00"),
        (True, True),
        (None, None),
        (datetime(2026, 11, 16, 1, tzinfo=UTC), "2026-11-16T01:00:00.000000+00:00"),
        (("a", 1), ["a", 1]),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        ({1: Decimal(2)}, {"1": "2"}),
        (Text("是", "yes"), {"zh": "是", "en": "yes"}),
        (at("2026-11-16 09:00"), "2026-11-16T01:00:00.000000+00:00"),
    ],
)
def test_values_are_kept_as_they_read_for_ever(value: object, kept: object) -> None:
    assert to_json_value(value) == kept


def test_what_cannot_be_read_for_ever_is_not_kept() -> None:
    with pytest.raises(TypeError, match="cannot stand in the journal"):
        to_json_value(object())


def test_the_time_line_is_read_newest_first_with_clause_and_changes(works: Factory) -> None:
    complaint = works.complaint()
    intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 10:00"))
    lines = timeline("complaint", complaint.pk)
    assert [(x.event, x.clause, x.who.zh, x.text.en) for x in lines] == [
        ("complaint.verified", "B2.1", "王晓梅", "王晓梅 verified it: 齐全"),
        ("complaint.registered", "B1.3", "王晓梅", "王晓梅 registered the complaint of 周厂长: 接头处漏油"),
    ]
    assert lines[0].changes["findings"] == ["", "齐全"]
