"""Days of the site are no days of lateness where lateness is counted in working time; what was charged stays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from huiyin.assessment.collect import recalculate_fine
from huiyin.assessment.models import Charge
from huiyin.kernel.text import t
from huiyin.obligations.site_days import enter_site_day, remove_site_day
from tests.assessment.weeks import AssessedWeek, late_task
from tests.cast import Factory, at, day
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage(str(Path(__file__).parent / "packs" / "workdays"))
TYPHOON = t("台风停工", "Typhoon")


def days_charged(works: Factory) -> list[tuple[datetime, datetime]]:
    """From when to when each day of lateness runs that the one fine of the week counts; ten yuan for each."""
    charge = Charge.objects.get(assessment=AssessedWeek(works).sheet)
    days = [(one.begins, one.ends) for one in recalculate_fine(charge.basis, works.procedure).days]
    assert (charge.days, charge.amount) == (len(days), 10 * len(days))
    return days


DUE, DONE = at("2026-11-18 09:40"), at("2026-11-20 10:10")
WORKED = [
    (DUE, at("2026-11-19 09:40")),
    (at("2026-11-19 09:40"), at("2026-11-20 09:40")),
    (at("2026-11-20 09:40"), DONE),
]


def test_a_working_day_that_the_site_did_not_work_is_no_day_of_lateness(works: Factory) -> None:
    late_task(works, answered="2026-11-20 10:00")
    enter_site_day(day("2026-11-19"), TYPHOON, hours=[], actor=works.root, at=at("2026-11-18 15:00"))
    assert days_charged(works) == [(DUE, at("2026-11-20 09:40")), (at("2026-11-20 09:40"), DONE)]


def test_without_it_the_day_costs(works: Factory) -> None:
    late_task(works, answered="2026-11-20 10:00")
    assert days_charged(works) == WORKED


def test_another_department_s_day_changes_nothing(works: Factory) -> None:
    late_task(works, answered="2026-11-20 10:00")
    enter_site_day(
        day("2026-11-19"), TYPHOON, hours=[], department="warehouse", actor=works.root, at=at("2026-11-18 15:00")
    )
    assert days_charged(works) == WORKED


def test_what_is_charged_is_reckoned_by_the_days_of_its_time(works: Factory) -> None:
    late_task(works, answered="2026-11-20 10:00")
    entered = enter_site_day(day("2026-11-19"), TYPHOON, hours=[], actor=works.root, at=at("2026-11-18 15:00"))
    charge = Charge.objects.get(assessment=AssessedWeek(works).sheet)
    remove_site_day(entered.pk, actor=works.root, at=at("2026-11-24 09:00"))
    again = recalculate_fine(charge.basis, works.procedure)
    assert (charge.days, len(again.days), again.amount.amount) == (2, 2, charge.amount)
