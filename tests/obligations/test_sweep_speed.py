"""The sweep over a company's worth of open obligations: found by index, told within the minute."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from huiyin.complaints.models import Complaint
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from tests.cast import Factory, at
from tests.stage import stage

works = stage("base")
NOW = at("2026-11-16 12:00")


def filled(works: Factory, *, complaints: int, each: int, due: int) -> None:
    """``complaints`` × ``each`` open obligations, of which ``due`` have an alarm that is due."""
    owners = [works.complaint(when="2026-11-16 09:00") for _ in range(complaints)]
    Obligation.objects.all().delete()
    rows = []
    for complaint in owners:
        for n in range(each):
            number = len(rows)
            alarm = NOW - timedelta(minutes=1) if number < due else NOW + timedelta(days=1, minutes=n)
            rows.append(_row(works, complaint, alarm))
    Obligation.objects.bulk_create(rows, batch_size=5000)


def _row(works: Factory, complaint: Complaint, alarm: object) -> Obligation:
    due = NOW + timedelta(days=2)
    return Obligation(
        rule="answer",
        clause="B4.6",
        procedure_id=works.version,
        kind="complaint",
        record_id=complaint.pk,
        record_number=complaint.number,
        label_zh="答复客户",
        label_en="Answer the customer",
        owner_person=works.mei,
        owner_department=works.mei.department,
        base_at=NOW - timedelta(days=3),
        opened_at=NOW - timedelta(days=3),
        original_due_at=due,
        due_at=due,
        next_alarm_at=alarm,
    )


@pytest.mark.django_db
def test_a_sweep_that_finds_nothing_costs_one_query(works: Factory, django_assert_num_queries: object) -> None:
    filled(works, complaints=2, each=5, due=0)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert sweep(at=NOW) == 0


@pytest.mark.long
@pytest.mark.django_db
def test_a_hundred_thousand_open_obligations(works: Factory, capsys: pytest.CaptureFixture[str]) -> None:
    filled(works, complaints=100, each=1000, due=500)
    assert Obligation.objects.filter(OPEN).count() == 100_000
    began = time.perf_counter()
    climbed = sweep(at=NOW)
    busy = time.perf_counter() - began
    began = time.perf_counter()
    assert sweep(at=NOW) == 0
    idle = time.perf_counter() - began
    with capsys.disabled():
        print(  # noqa: T201
            f"\n100,000 open: {climbed} alarms in {busy:.2f} s, {idle * 1000:.1f} ms when nothing is due"
        )
    assert climbed == 500
    assert busy < 60
    assert idle < 0.1
