"""What is planned for a day is due when the site stops working on it, whatever its procedure says of the day."""

from __future__ import annotations

import pytest

from huiyin.kernel.text import t
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.site_days import enter_site_day
from tests.cast import Factory, at, day
from tests.scenarios.test_service_process import Feedback
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("service-process")


def test_measures_and_the_check_of_their_effect(works: Factory) -> None:
    for short in ("2026-11-30", "2026-12-10"):
        label = t("停电", "No power")
        enter_site_day(day(short), label, hours=["08:00-12:00"], actor=works.root, at=at("2026-11-15 15:00"))
    one = Feedback(works)
    one.decide(cause=True, action=True, effect=True)
    action = one.measures(one.cause())
    one.reviewed_and_approved()
    assert Obligation.objects.get(OPEN, rule="problem-carry-out").due_at == at("2026-11-30 12:00")
    one.carried_out(action)
    assert Obligation.objects.get(OPEN, rule="problem-effect").due_at == at("2026-12-10 12:00")
