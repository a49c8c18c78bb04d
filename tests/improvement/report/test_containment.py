"""Suspect goods by place: whatever rows are put and dropped, nothing is lost and nothing is made."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.improvement.actions import content, moving, submitting
from huiyin.improvement.models import Containment, Submission
from huiyin.improvement.queries import load_details
from huiyin.improvement.report.containment import DISPOSALS, LABELS, contradictions, totals, unfinished
from huiyin.improvement.report.lint import weaknesses
from huiyin.journal.verification import verify
from huiyin.kernel.text import t
from huiyin.records.steps.refusals import ChangedMeanwhile, Refused
from tests.cast import Factory
from tests.improvement import cases
from tests.improvement.cases import NOON
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")

AMOUNT = st.one_of(st.none(), st.integers(-2, 12).map(Decimal))
PLACE = st.sampled_from(["customer", "transit", "finished"])
PUT = st.tuples(st.just("put"), PLACE, st.dictionaries(st.sampled_from(sorted(LABELS)), AMOUNT, max_size=8))
WHOLE = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 5), st.integers(0, 9)).map(
    lambda n: (
        "put",
        "finished",
        {
            "suspect": Decimal(n[0] + n[1] + n[2]),
            "inspected": Decimal(n[0] + n[1]),
            "ok": Decimal(n[0]),
            "ng": Decimal(n[1]),
            "scrapped": Decimal(min(n[1], n[3])),
            "held": Decimal(n[1] - min(n[1], n[3])),
        },
    )
)
CHANGE = st.tuples(
    st.just("change"),
    st.integers(0, 3),
    st.dictionaries(st.sampled_from(sorted(LABELS)), AMOUNT, min_size=1, max_size=3),
)
DROP = st.tuples(st.just("drop"), st.integers(0, 3), st.just({}))


def holds(rows: list[Containment]) -> None:
    """Whatever the rows say, the sums neither lose nor make goods, and every row is either in them or marked."""
    assert all(amount >= 0 for row in rows for name in LABELS if (amount := getattr(row, name)) is not None)
    sound = [row for row in rows if contradictions(row, "piece") == []]
    whole = totals(rows)
    assert whole.apart == len(rows) - len(sound)
    assert whole.inspected == sum(row.inspected or 0 for row in sound)
    for row in sound:
        assert row.suspect is None or (row.inspected or 0) <= row.suspect
        fates = sum(getattr(row, name) or 0 for name in DISPOSALS)
        for bound in ("ng", "inspected", "suspect"):
            assert getattr(row, bound) is None or fates <= getattr(row, bound)
        if row.inspected is not None and row.ok is not None and row.ng is not None:
            assert row.ok + row.ng == row.inspected


@given(deeds=st.lists(st.one_of(PUT, WHOLE, CHANGE, DROP), max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
def test_whatever_is_put_and_dropped_nothing_is_lost(works: Factory, deeds: list[tuple[str, Any, Any]]) -> None:
    with transaction.atomic():
        problem = cases.case(works)
        for deed, which, values in deeds:
            rows = list(problem.containments.order_by("id"))
            sent = works.context("lin", NOON)
            try:
                with transaction.atomic():
                    if deed == "put":
                        content.put_row(problem, "containment", {"location": which, **values}, context=sent)
                    elif rows and deed == "change":
                        row = rows[which % len(rows)]
                        content.put_row(problem, "containment", values, pk=row.pk, version=row.version, context=sent)
                    elif rows:
                        row = rows[which % len(rows)]
                        content.drop_row(problem, "containment", row.pk, version=row.version, context=sent)
            except Refused:
                assert list(problem.containments.order_by("id")) == rows
                assert any(amount is not None and amount < 0 for name, amount in values.items())
            holds(list(problem.containments.order_by("id")))
        rows = list(problem.containments.all())
        whole = totals(rows)
        if all(unfinished(row, "piece") == [] for row in rows):
            assert whole.suspect == whole.inspected == whole.ok + whole.ng
            assert whole.ng == whole.reworked + whole.scrapped + whole.returned + whole.held
            assert whole.remaining == 0
        assert verify().code == 0
        transaction.set_rollback(True)


def test_a_place_half_inspected_may_be_entered_but_does_not_hold(works: Factory) -> None:
    problem = cases.case(works)
    row = cases.row(works, problem, "containment", location="finished", suspect=100, inspected=60)
    assert contradictions(row, "piece") == []
    assert [said.show("zh") for said in unfinished(row, "piece")] == [
        "还没有填写合格数量",
        "还没有填写不合格数量",
    ]
    assert (totals([row]).suspect, totals([row]).remaining) == (Decimal(100), Decimal(40))


def test_what_contradicts_is_kept_and_marked_and_left_out_of_the_sums(works: Factory) -> None:
    problem = cases.case(works)

    def put(**q: int) -> list[str]:
        row = cases.row(works, problem, "containment", location="finished", **q)
        return [said.show("zh") for said in contradictions(row, "piece", {"piece": t("件", "pcs")})]

    assert put(inspected=10, ok=5, ng=4) == ["合格数量、不合格数量合计 9 件，比已检数量（10 件）少 1 件"]
    assert put(ng=4, scrapped=5) == ["报废数量合计 5 件，比不合格数量（4 件）多 1 件"]
    assert put(suspect=4, ok=5) == ["合格数量合计 5 件，比可疑数量（4 件）多 1 件"]
    assert put(suspect=10, inspected=10, ok=6, ng=4, scrapped=1) == []
    whole = totals(problem.containments.all())
    assert (whole.suspect, whole.ok, whole.ng, whole.scrapped, whole.remaining, whole.apart) == (
        10,
        6,
        4,
        1,
        0,
        3,
    )
    remarks = [one.text.show("zh") for one in weaknesses(problem, load_details(problem)) if one.section == "D3"]
    assert remarks[0] == "成品库：合格数量、不合格数量合计 9 件，比已检数量（10 件）少 1 件"
    assert len(remarks) == 3


def test_a_quantity_below_nothing_cannot_be_written(works: Factory) -> None:
    problem = cases.case(works)
    assert cases.refused(lambda: cases.row(works, problem, "containment", location="finished", suspect=-1)) == [
        "可疑数量不能是负数（-1 件）"
    ]


def test_a_report_that_contradicts_itself_is_neither_submitted_nor_closed(works: Factory) -> None:
    problem = cases.case(works, path="statement")
    row = cases.row(works, problem, "containment", location="finished", suspect=4, inspected=5)
    said = ["成品库：已检数量合计 5 件，比可疑数量（4 件）多 1 件"]

    def submit() -> Submission:
        return submitting.submit(problem, "客户 SQE", "D3", "", context=works.context("lin", NOON))

    assert cases.refused(submit) == said
    moving.settle(problem, "客户误装", context=works.context("lin", NOON))
    approve = functools.partial(moving.approve, problem, "", context=works.context("qian", NOON))
    assert cases.refused(approve) == said
    moving.return_report(problem, "数量不对", context=works.context("qian", NOON))
    cases.changed(works, row, inspected=4)
    assert submit().reaches == "D3"


def test_two_people_change_one_place(works: Factory) -> None:
    problem = cases.case(works)
    row = cases.row(works, problem, "containment", location="finished", suspect=100)
    cases.changed(works, row, inspected=50)
    with pytest.raises(ChangedMeanwhile) as clash:
        cases.changed(works, row, inspected=60, by="qian")
    assert clash.value.current.inspected == 50
