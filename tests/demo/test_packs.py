"""The demonstration under each of the other procedures: as much of it as the procedure knows, and all of it whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiyin.complaints.models import Complaint
from huiyin.improvement.models import Problem
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.procedure.schema import Procedure
from huiyin.returns.models import Replacement
from tests.demo.made import AT, made

COMPLAINTS = 20
PACKS = ["base", "communication", "complaint-measures", "property-services", "service-desk", "service-process"]

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # PostgreSQL makes the largest of them


@pytest.fixture(scope="module", params=PACKS)
def company(request: Any, django_db_setup: Any, django_db_blocker: Any) -> Iterator[Procedure]:
    with django_db_blocker.unblock(), made(pack=request.param, complaints=COMPLAINTS) as (procedure, _):
        yield procedure


def test_there_is_an_open_complaint_in_every_state_and_closed_ones(company: Procedure) -> None:
    table = company.step_table("complaint")
    states = set(Complaint.objects.values_list("state", flat=True))
    assert set(table.states) - table.final <= states
    assert Complaint.objects.filter(phase="closed").exists()
    assert Complaint.objects.count() == COMPLAINTS


def test_verdicts_are_given_in_every_way_that_the_procedure_knows(company: Procedure) -> None:
    ways = [f"complaint.{verb}" for verb in ("conclude", "conclude_finally") if company.step(f"complaint.{verb}")]
    given = Entry.objects.filter(event__startswith="complaint.concluded").values_list("event", flat=True)
    assert set(given) == {company.vocabulary.event_of(way) for way in ways}


def test_cases_stand_in_every_state_and_goods_went_out(company: Procedure) -> None:
    table = company.step_table("problem")
    assert len(set(Problem.objects.values_list("state", flat=True))) >= len(table.states) - 3
    assert Problem.objects.filter(state="closed").exists()
    assert Replacement.objects.filter(state="closed").exists()


def test_every_chain_is_whole_and_something_is_late(company: Procedure) -> None:
    assert (verify().code, verify().fault) == (0, None)
    assert Obligation.objects.filter(OPEN, due_at__lt=AT).exists()
    assert Obligation.objects.exclude(fulfilled_at=None).exists()
