"""What stands around the complaints of a demonstration: every scene as far as it should go, whole, the same for a seed."""

from __future__ import annotations

import contextlib
import io
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from huiyin.assessment.models import Allotment, Assessment, Posting
from huiyin.channels import demo
from huiyin.complaints.models import Complaint
from huiyin.improvement.models import Problem
from huiyin.improvement.queries import load_details
from huiyin.improvement.report.lint import weaknesses
from huiyin.improvement.suppliers.links import request_for_secret
from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.journal.chain import row_values
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.models import Link, Signature
from huiyin.returns.models import Replacement, StockTake

AT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)  # a Wednesday morning at the site
MODELS = (Problem, SupplierRequest, Replacement, StockTake, Assessment)

pytestmark = pytest.mark.django_db


def wish(**more: Any) -> Namespace:
    given = {"complaints": 60, "seed": 1, "pack": "feedback", "at": AT, "language": "en"}
    return Namespace(**(given | more))


# ---- before the module's own company is made


def everything() -> list[Any]:
    """What the rooms hold, without ids and without the secret of the link, which nobody may foretell."""
    rows = []
    for model in MODELS:
        for row in model.objects.order_by("number"):
            values = row_values(row)
            rows.append({name: value for name, value in values.items() if name[-2:] != "id" and "link" not in name})
    entries = Entry.objects.filter(kind__in=[model.kind for model in MODELS]).order_by("kind", "number", "sequence")
    return [*rows, *entries.values_list("kind", "number", "sequence", "event", "at", "actor_name")]


def made(**more: Any) -> list[Any]:
    with transaction.atomic():
        assert demo.command(wish(**more)) == 0
        found = everything()
        transaction.set_rollback(True)
    return found


def test_equal_seeds_give_equal_scenes() -> None:
    first = made(complaints=20, seed=5)
    assert made(complaints=20, seed=5) == first
    assert made(complaints=20, seed=6) != first


@pytest.mark.parametrize("pack", ["base", "communication", "complaint-measures", "service-process"])
def test_other_procedures_play_what_they_know(pack: str) -> None:
    with transaction.atomic():
        assert demo.command(wish(pack=pack, complaints=12)) == 0
        assert Problem.objects.filter(state="closed").exists()
        assert len({problem.state for problem in Problem.objects.all()}) >= 4
        assert Replacement.objects.filter(state="closed").exists()
        assert (Assessment.objects.count(), verify().code) == (0, 0)
        transaction.set_rollback(True)


def test_a_company_with_one_complaint_has_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.command(wish(complaints=1)) == 0
    assert Complaint.objects.count() == 1
    assert len(states(Problem)) == 6
    assert verify().code == 0


# ---- one company for all that follows


@pytest.fixture(scope="module")
def said(django_db_setup: Any, django_db_blocker: Any) -> Iterator[str]:
    """A demonstration under the feedback procedure, and what its maker printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            assert demo.command(wish()) == 0
        yield printed.getvalue()
        transaction.set_rollback(True)


def states(model: Any) -> list[str]:
    return sorted(model.objects.values_list("state", flat=True))


def owed(rule: str) -> Obligation:
    return Obligation.objects.filter(OPEN, rule=rule).order_by("due_at")[0]


def test_there_are_a_few_of_each_in_different_states(said: str) -> None:
    assert states(Problem) == ["closed", "closed", "contained", "implemented", "open", "prevented"]
    assert states(SupplierRequest) == ["answered", "closed", "issued"]
    assert states(Replacement) == [
        "ahead",
        "closed",
        "closed",
        "requested",
        "signed",
        "signed",
        "signed",
        "signed",
    ]
    assert states(StockTake) == ["opened", "opened", "settled"]
    assert states(Assessment) == ["carried_out", "carried_out", "handed_over", "sent"]
    assert verify().code == 0


def test_one_report_is_finished_with_everything_in_it(said: str) -> None:
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


def test_one_report_is_late_and_people_were_told(said: str) -> None:
    late = owed("problem-causes")
    assert (late.due_at < AT, late.alarms_given > 0) == (True, True)
    assert Problem.objects.get(pk=late.record_id).state == "contained"


def test_goods_went_ahead_of_the_signature_that_is_owed_since(said: str) -> None:
    ahead = Replacement.objects.get(state="ahead")
    assert (ahead.urgent, ahead.responsible_id, ahead.shipments.count()) == (True, None, 1)
    assert owed("late-signature").record_id == ahead.pk


def test_a_return_was_inspected_and_disposed_of(said: str) -> None:
    lots = [lot for one in Replacement.objects.order_by("id") for lot in one.lots.order_by("id")]
    assert Counter(lot.state for lot in lots) == {"disposed": 2, "inspected": 1}
    assert all(lot.good + lot.bad == lot.quantity for lot in lots)


def test_a_stock_take_is_signed_by_three_people(said: str) -> None:
    record = StockTake.objects.get(state="settled")
    rows = Signature.objects.filter(kind="stock-take", record_id=record.pk)
    assert (record.verdict, len({row.author_id for row in rows})) == ("quality", 3)


def test_a_weekly_sheet_is_with_finance_and_being_divided(said: str) -> None:
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


def test_the_link_that_is_printed_opens_the_suppliers_page(said: str) -> None:
    secret = said.strip().rpartition("/supplier/")[2]
    found = request_for_secret(secret, at=AT)
    assert (found is not None and found.state) == "issued"


def test_most_stand_on_complaints_that_say_so_too(said: str) -> None:
    ties = Link.objects.filter(to_kind="complaint")
    assert ties.count() >= 5
    for tie in ties:
        assert Entry.objects.filter(kind="complaint", record_id=tie.to_id, event="record.linked").exists()
