"""As test_both_ways, for problem cases and requests for goods."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.returns.actions import returning
from huiyin.returns.actions.values import DisposalEntry
from huiyin.returns.models import Lot
from tests.cast import Factory
from tests.database.both import differences, queries
from tests.improvement.furnished import large
from tests.returns.test_counts import busy
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def test_of_a_case_and_of_goods(works: Factory) -> None:
    large(works, containments=2, causes=3)
    busy(works, 1)
    lot = Lot.objects.get()
    returning.dispose(
        lot, [DisposalEntry(False, "scrap", Decimal(1))], context=works.context("lin", "2026-11-19 12:00")
    )
    differing, reached = differences()
    assert differing == {}
    assert reached >= {name for name in queries() if name.startswith(("improvement.", "returns."))}
