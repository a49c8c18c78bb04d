"""``huiyin demo`` itself: what it refuses, and that the same wish gives the same rows."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from huiyin.channels import demo
from huiyin.channels.demo import building, people
from huiyin.channels.demo.making import Maker
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.models import ProcedureVersion
from tests.cast import pack

AT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)  # a Wednesday morning at the site

pytestmark = pytest.mark.django_db


def wish(**more: Any) -> Namespace:
    given = {"complaints": 5, "seed": 1, "pack": None, "at": AT, "language": "en"}
    return Namespace(**(given | more))


def plan(seed: int, complaints: int = 40) -> tuple[Any, list[Any]]:
    """The batches of a run with ids that do not depend on what other tests used."""
    version = ProcedureVersion.objects.get(state="effective").pk
    wanted = building.Wanted(complaints, seed, AT, version)
    with transaction.atomic():
        procedure = versions.procedure_of(version)
        spec, files = building._files(building._spec(wanted, procedure, []), procedure)
        spec, lives = building._complaints(spec, procedure)
        transaction.set_rollback(True)
    spec.bases.update({name: 1_000_000 * k for k, name in enumerate(sorted(spec.bases), 1)})
    batches = [*files, *lives]
    begins = batches[0].found
    return spec, [replace(batch, found=batch.found - begins) for batch in batches]


def adopted() -> None:
    procedure = pack("feedback")
    signer = versions.Signer
    versions.adopt(
        procedure,
        drafted_by=signer("甲"),
        reviewed_by=signer("乙"),
        approved_by=signer("丙"),
        at=building.begins(AT, procedure),
    )
    people.seat(list(Department.objects.filter(active=True)), at=AT)


def test_equal_seed_and_day_give_equal_rows() -> None:
    adopted()
    spec, batches = plan(5)
    first = [Maker(spec).make(batch) for batch in batches]
    again, same = plan(5)
    assert (again, same) == (spec, batches)
    assert [Maker(again).make(batch) for batch in same] == first
    other, others = plan(6)
    assert [Maker(other).make(batch).rows for batch in others] != [made.rows for made in first]


def test_the_hour_does_not_matter() -> None:
    adopted()
    procedure = pack("feedback")
    later = AT + timedelta(hours=9)
    assert (
        building._world(building.Wanted(9, 1, AT, 1), procedure).arrivals
        == building._world(building.Wanted(9, 1, later, 1), procedure).arrivals
    )


def test_a_company_with_data_of_its_own_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    Person.objects.create_person("boss", None, name="老板")
    assert demo.command(wish(language="zh")) == 1
    assert "已有公司的数据" in capsys.readouterr().out
    assert Complaint.objects.count() == 0


def test_the_procedure_in_force_is_the_one_demonstrated(capsys: pytest.CaptureFixture[str]) -> None:
    procedure = pack("base")
    signer = versions.Signer
    versions.adopt(procedure, drafted_by=signer("甲"), reviewed_by=signer("乙"), approved_by=signer("丙"), at=AT)
    assert demo.command(wish(pack="feedback", complaints=3)) == 1
    assert "base" in capsys.readouterr().out
    assert demo.command(wish(complaints=3)) == 0
    said = capsys.readouterr().out
    assert f"{Obligation.objects.count()} obligations, {Entry.objects.count()} entries" in said
    assert (Complaint.objects.count(), ProcedureVersion.objects.count()) == (3, 1)
    assert verify().code == 0


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_other_processes_make_the_same_rows() -> None:
    adopted()
    spec, batches = plan(5, 1200)
    assert len(batches) == 4
    here = [Maker(spec).make(batch) for batch in batches]
    with building._made(spec, batches, 2) as every:
        assert list(every) == here
