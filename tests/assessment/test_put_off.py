"""What was put off when it was late already costs the time it was late."""

from __future__ import annotations

import pytest

from huiyin.obligations.models import Obligation
from tests.assessment.weeks import AssessedWeek, late_task
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("feedback")


@pytest.mark.parametrize(("put_off", "fines"), [(True, [(2, "20.00")]), (False, [])])
def test_only_what_is_put_off_costs_its_lateness(works: Factory, put_off: bool, fines: list[tuple[int, str]]) -> None:
    """Due on the 18th at 9:40 and ended on the 20th: two days late when put off, void when cancelled."""
    late_task(works, answered=None)
    rows = Obligation.objects.filter(rule="measures")
    assert rows.update(cancelled_at=at("2026-11-20 08:10"), put_off=put_off, next_alarm_at=None) == 1
    charges = AssessedWeek(works).sheet.charges.order_by("id")
    assert [(one.days, str(one.amount)) for one in charges] == fines
