"""A team on one report in the same moment: every field and row of its own gets through,
and one field has one winner.
"""

from __future__ import annotations

from typing import Any

from huiyin.improvement.actions import content, moving
from huiyin.improvement.models import Problem
from huiyin.improvement.report.sections import FIELDS
from huiyin.journal.models import Entry
from huiyin.records.steps.refusals import ChangedMeanwhile, Refused
from tests.cast import Factory
from tests.faults.conftest import at_once
from tests.improvement import cases
from tests.improvement.cases import NOON

NAMES = tuple(FIELDS)[:8]


def mine(problem: Problem) -> Problem:
    """The case as another request would load it."""
    return Problem.objects.get(pk=problem.pk)


def test_eight_writers_in_eight_fields_all_get_through(works: Factory) -> None:
    problem = cases.case(works)

    def act(n: int) -> int:
        one = mine(problem)
        for version in range(4):
            content.write(one, NAMES[n], f"{n}-{version}", version=version, context=works.context("lin", NOON))
        return 4

    assert at_once(8, act) == [4] * 8
    rows = problem.contents.order_by("name").values_list("name", "text", "version")
    assert list(rows) == sorted((name, f"{n}-3", 4) for n, name in enumerate(NAMES))
    assert Entry.objects.filter(event="problem.written").count() == 32


def test_one_field_has_one_winner(works: Factory) -> None:
    problem = cases.case(works)

    def act(n: int) -> Any:
        return content.write(
            mine(problem), "symptom", f"第 {n} 种说法", version=0, context=works.context("lin", NOON)
        ).text

    found = at_once(6, act)
    won = [one for one in found if isinstance(one, str)]
    lost = [one for one in found if isinstance(one, ChangedMeanwhile)]
    assert (len(won), len(lost)) == (1, 5)
    assert {one.current.text for one in lost} == {won[0]} == {problem.contents.get().text}


def test_rows_are_put_while_the_case_moves_on(works: Factory) -> None:
    """Steps and rows meet: nobody loses a row, and what comes after the report was closed to writing is refused."""
    problem = cases.described(works, cases.case(works))

    def act(n: int) -> Any:
        if n == 0:
            return moving.contain(mine(problem), "", context=works.context("lin", NOON)).state
        row = content.put_row(
            mine(problem), "cost", {"cost": "scrap", "planned": n}, context=works.context("qian", NOON)
        )
        return row.pk is not None

    assert at_once(6, act) == ["contained", *[True] * 5]
    assert sorted(problem.costs.values_list("planned", flat=True)) == [1, 2, 3, 4, 5]
    moving.cancel(mine(problem), "重复", context=works.context("qian", NOON))
    late = at_once(2, lambda n: act(n + 1))
    assert [type(one) for one in late] == [Refused, Refused]
