"""What stands around the complaints of a demonstration: cases, suppliers, returns, stock-takes, sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from huiyin.assessment.models import Allotment, Assessment, Posting
from huiyin.complaints.models import Complaint
from huiyin.improvement.models import Problem
from huiyin.improvement.queries import load_details
from huiyin.improvement.report.lint import weaknesses
from huiyin.improvement.suppliers.links import request_for_secret
from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Link, Signature
from huiyin.returns.models import Replacement, StockTake
from tests.demo.made import AT, made

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # PostgreSQL makes the largest of them


@pytest.fixture(scope="module")
def company(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[Procedure, str]]:
    """A company with few complaints under the feedback procedure, and what was printed when it was made."""
    with django_db_blocker.unblock(), made(complaints=8, seed=2) as found:
        yield found


@pytest.fixture
def procedure(company: tuple[Procedure, str]) -> Procedure:
    return company[0]


def states(model: Any) -> list[str]:
    return sorted(model.objects.values_list("state", flat=True))


def owed(rule: str) -> Obligation:
    return Obligation.objects.filter(OPEN, rule=rule).order_by("due_at")[0]


@pytest.mark.parametrize("model", [Problem, SupplierRequest, Replacement, StockTake, Assessment])
def test_there_is_one_in_every_state_of_the_procedure(procedure: Procedure, model: Any) -> None:
    assert set(states(model)) == set(procedure.step_table(model.kind).states)


def test_a_company_with_few_complaints_has_them_and_is_whole(procedure: Procedure) -> None:
    assert Complaint.objects.count() == 8
    found = verify()
    assert (found.code, found.fault) == (0, None)


def test_one_report_is_finished_with_everything_in_it(procedure: Procedure) -> None:
    problem = Problem.objects.get(path="8d", state="closed")
    whys = list(problem.causes.filter(leg="occurrence", ruled_out=False).order_by("id"))
    assert [one.parent_id for one in whys] == [None, *(one.pk for one in whys[:-1])]
    assert len(whys) == 5
    assert [one.is_proven for one in problem.causes.filter(is_root=True)] == [True, True, True]
    assert weaknesses(problem, load_details(problem)) == []
    assert {row.location for row in problem.containments.all()} == {"shop-floor", "finished"}
    assert all(row.suspect == row.inspected == row.ok + row.ng for row in problem.containments.all())
    assert [one.verdict for one in problem.effects.all()] == ["proven"]
    assert [one.is_settled for one in problem.documents.all()] == [True] * 5
    assert [(one.decision, one.score) for one in problem.submissions.all()] == [("accepted", 92)]
    assert not Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk).exists()


def test_one_report_is_late_and_people_were_told(procedure: Procedure) -> None:
    late = owed("problem-causes")
    assert (late.due_at < AT, late.alarms_given > 0) == (True, True)
    assert Problem.objects.get(pk=late.record_id).state == "contained"


def test_one_case_refers_to_the_report_that_is_finished(procedure: Procedure) -> None:
    assert Problem.objects.get(state="referred").refers_to == Problem.objects.get(path="8d", state="closed")


def test_goods_went_ahead_of_the_signature_that_is_owed_since(procedure: Procedure) -> None:
    ahead = Replacement.objects.get(state="ahead")
    assert (ahead.urgent, ahead.responsible_id, ahead.shipments.count()) == (True, None, 1)
    assert owed("late-signature").record_id == ahead.pk


def test_of_what_came_back_some_is_disposed_of_some_inspected_some_just_arrived(procedure: Procedure) -> None:
    lots = [lot for one in Replacement.objects.order_by("id") for lot in one.lots.order_by("id")]
    assert Counter(lot.state for lot in lots) == {"disposed": 2, "inspected": 1, "arrived": 1}
    assert all(lot.good + lot.bad == lot.quantity for lot in lots if lot.state != "arrived")


def test_a_stock_take_is_signed_by_three_people(procedure: Procedure) -> None:
    record = StockTake.objects.get(state="settled")
    rows = Signature.objects.filter(kind="stock-take", record_id=record.pk)
    assert (record.verdict, len({row.author_id for row in rows})) == ("quality", 3)


def test_a_weekly_sheet_is_with_finance_and_being_divided(procedure: Procedure) -> None:
    sheet = Assessment.objects.get(state="handed_over")
    divided = Counter(sheet.allotments.values_list("state", flat=True))
    assert divided["split"] == 1
    assert divided["opened"] >= 1
    for allotment in Allotment.objects.filter(state="split"):
        assert sum(share.amount for share in allotment.shares.all()) == allotment.amount
    bookings: dict[int, Decimal] = {}
    for row in Posting.objects.all():
        bookings[row.booking_id] = bookings.get(row.booking_id, Decimal(0)) + row.amount
    assert set(bookings.values()) == {Decimal(0)}


def test_a_sheet_that_was_withdrawn_was_compiled_anew(procedure: Procedure) -> None:
    withdrawn = Assessment.objects.get(state="withdrawn")
    assert sorted(Assessment.objects.filter(period=withdrawn.period).values_list("state", flat=True)) == [
        "carried_out",
        "withdrawn",
    ]


def test_the_link_that_is_printed_opens_the_suppliers_page(company: tuple[Procedure, str]) -> None:
    secret = company[1].strip().rpartition("/supplier/")[2]
    found = request_for_secret(secret, at=AT)
    assert (found is not None and found.state) == "issued"


def test_those_about_complaints_stand_on_them_too(procedure: Procedure) -> None:
    ties = Link.objects.filter(to_kind="complaint")
    assert ties.count() >= 3
    for tie in ties:
        assert Entry.objects.filter(kind="complaint", record_id=tie.to_id, event="record.linked").exists()
