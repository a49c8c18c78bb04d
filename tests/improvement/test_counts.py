"""The page of a full case asks the database as often for fifty rows as for one, and each editor as well."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.improvement.models import Problem
from huiyin.improvement.report.sections import SECTIONS
from tests.cast import Factory
from tests.desk import Desk, Office
from tests.improvement import cases
from tests.improvement.furnished import large
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # both are asked the same questions
works = stage("base")
office = desks("2026-11-20 09:00")
MOST, MOST_OF_EDITOR = 20, 18


def asked(desk: Desk, path: str) -> int:
    """Questions of the page when what is kept in memory is there."""
    for _ in range(2):
        desk.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(path).status == 200
    return len(queries)


def pages(problem: Problem) -> list[str]:
    base = f"/problems/{problem.number}"
    return [base, *(f"{base}/{one.key}" for one in SECTIONS)]


def test_fifty_rows_cost_no_more_than_one(works: Factory, office: Office) -> None:
    small, full = large(works, containments=1, causes=1), large(works, containments=50, causes=50)
    lin = office.desk("lin")
    few, many = ([asked(lin, path) for path in pages(one)] for one in (small, full))
    assert few == many
    assert (many[0] <= MOST, max(many[1:]) <= MOST_OF_EDITOR) == (True, True), many


def test_the_list_asks_as_often_for_many(works: Factory, office: Office) -> None:
    lin = office.desk("lin")
    counts: list[Any] = []
    for more in (1, 20):
        for _ in range(more):
            cases.case(works)
        counts.append(asked(lin, "/problems/"))
    assert (counts[0], counts[0] <= 6) == (counts[1], True)
