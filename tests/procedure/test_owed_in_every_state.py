"""The procedures that come with the product: wherever a record of any kind stands, somebody owes what comes next."""

from __future__ import annotations

import pytest

from huiyin.procedure.checks.walk import Walked
from huiyin.procedure.loader import load_pack, packs, warnings_of
from tests.cast import pack

PYTHON_KINDS = (
    "allotment",
    "assessment",
    "award",
    "charge",
    "complaint",
    "contact",
    "customer",
    "lot",
    "problem",
    "replacement",
    "scar",
    "shipment",
    "stock-take",
    "task",
)


@pytest.mark.parametrize("key", packs())
def test_packs_check_finds_nothing_left_undone(key: str) -> None:
    load_pack(key)
    found = [one.show("en") for one in warnings_of(key) if "owed" in one.problem.en or "alone" in one.problem.en]
    assert found == []


def test_the_walk_of_packs_check_covers_the_kinds_that_python_knows() -> None:
    found = pack("feedback")
    walked = Walked(found.states, found.steps, found.obligations, found.vocabulary, found.approvals, found.levels)
    assert sorted(walked.kinds.keys() - found.vocabulary.declared.keys()) == sorted(
        kind for kind in PYTHON_KINDS if any(state.kind == kind for state in found.states)
    )
    assert {"complaint", "task", "problem", "replacement", "stock-take", "assessment"} <= walked.kinds.keys()
