"""The procedures that come with the product: wherever a record of any kind stands, somebody owes what comes next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.procedure.checks.walk import ApprovalWalk, walks
from tests.cast import pack

PACKS = [
    "base",
    "feedback",
    "communication",
    "complaint-measures",
    "service-process",
    "service-desk",
    "property-services",
]
STANDS = {
    "customer.active": "a customer is no case",
    "charge.counted": "goes on with its sheet, which somebody owes",
    "allotment.reckoned": "goes on with its sheet, which somebody owes",
}
"""States in which nothing is owed on the record itself, each with the reason."""

FAR_ENOUGH = 3_000
"""States with the duties open there; a complaint meets all of its states long before."""


@pytest.mark.parametrize("key", PACKS)
def test_somebody_owes_what_comes_next(key: str) -> None:
    found = pack(key)
    kinds = sorted({step.kind for step in found.steps})
    approvals = ApprovalWalk(found.approvals, found.levels)
    walked = walks(kinds, found.states, found.steps, found.obligations, found.vocabulary, approvals)
    found_wrong = [one for walk in walked for one in replace(walk, most=FAR_ENOUGH).findings()]
    idle = {one.key for one in found_wrong if one.section == "state"}
    assert idle == STANDS.keys() & {state.key for state in found.states}
