"""Logistics enters freight and losses of each case; the department's part follows at once, losses stand as named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.assessment.actions import making
from huiyin.assessment.actions.making import CostInput
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Department
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import AssessedWeek, balances, is_balanced, late_task
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def shares(week: AssessedWeek) -> list[tuple[str, str, str]]:
    heads = [
        ("head", c.department.key, str(c.amount))
        for c in week.sheet.charges.filter(charge="freight").order_by("id")
        if c.department
    ]
    return heads + [("others", a.department.key, str(a.amount)) for a in week.sheet.allotments.order_by("id")]


def borne(week: AssessedWeek) -> list[tuple[str, str]]:
    rows = week.sheet.charges.filter(charge="borne").select_related("person", "department").order_by("id")
    return [(row.title.show("zh"), str(row.amount)) for row in rows]


def test_a_loss_stands_in_full_with_the_department_and_finance_receives_it(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("costed", freight="0", loss="5000")
    assert borne(week) == [("生产车间", "5000.00")]
    week.take("returned")
    making.recount(week.sheet, context=week.context("lin"))
    assert borne(week) == [("生产车间", "5000.00")]
    for state in ("quality_signed", "signed", "handed_over"):
        week.take(state)
    assert balances() == {"沈主任": "20.00", "生产车间（损失）": "5000.00", "考核收入": "-5020.00"}
    assert is_balanced()
    week.take("carried_out")
    assert balances() == {"生产车间（损失）": "5000.00", "考核收入": "-5020.00", "工资扣发": "20.00"}
    assert is_balanced()
    assert verify().code == 0


def test_logistics_may_name_another_department_or_a_person(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("sent")
    item = week.sheet.items.get()
    purchasing = Department.objects.get(key="purchasing")
    for bearer, name in ((purchasing, "采购"), (works.peng, "彭师傅"), (None, "生产车间")):
        cost = CostInput(Decimal(0), Decimal("460.50"), "返工", bearer)
        making.add_costs(week.sheet, {item.pk: cost}, context=week.context("ku"))
        assert borne(week) == [(name, "460.50")]
    cost = CostInput(Decimal(0), Decimal("460.50"), "返工", works.peng)
    making.add_costs(week.sheet, {item.pk: cost}, context=week.context("ku"))
    for state in ("returned", "quality_signed", "signed", "handed_over"):
        week.take(state)
    assert balances() == {"沈主任": "20.00", "彭师傅": "460.50", "考核收入": "-480.50"}


def test_freight_is_shared_at_once_and_losses_are_not(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("costed", freight="333.33", loss="5000")
    assert shares(week) == [("head", "production", "43.33"), ("others", "production", "173.34")]
    week.costs(freight="80", loss="5000")
    assert shares(week) == [("head", "production", "16.00"), ("others", "production", "64.00")]
    week.costs(freight="0", loss="0")
    assert shares(week) == []


def test_each_case_is_shared_by_itself_and_a_departments_cases_are_divided_together(works: Factory) -> None:
    late_task(works)
    late_task(works, answered=None)
    week = AssessedWeek(works)
    week.until("costed", freight="333.33")
    assert shares(week) == [
        ("head", "production", "43.33"),
        ("head", "production", "43.33"),
        ("others", "production", "346.68"),
    ]


def test_a_case_not_on_the_sheet_can_be_added(works: Factory) -> None:
    story = late_task(works)
    week = AssessedWeek(works)
    week.until("sent")
    purchasing = Department.objects.get(key="purchasing")
    cost = CostInput(Decimal(100), Decimal(0), "补发")
    making.add_costs(week.sheet, {}, further=[(story.complaint.number, purchasing, cost)], context=week.context("ku"))
    assert shares(week) == [("head", "purchasing", "20.00"), ("others", "purchasing", "80.00")]
    with pytest.raises(Refused) as unknown:
        making.add_costs(week.sheet, {}, further=[("FK000", purchasing, cost)], context=week.context("ku"))
    assert [r.show("zh") for r in unknown.value.reasons] == ["没有编号为 FK000 的案件"]


def test_the_sheet_goes_back_when_everything_is_entered(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("sent")
    owed = Obligation.objects.get(OPEN, rule="assessment-costs")
    assert (owed.due_at, owed.owner_department and owed.owner_department.key) == (
        at("2026-11-24 09:00"),
        "warehouse",
    )
    with pytest.raises(Refused) as missing:
        week.take("returned")
    assert [r.show("zh") for r in missing.value.reasons] == ["还有案件没有填写运费和损失，没有发生的请填 0"]
    week.take("costed")
    week.take("returned")
    assert (week.sheet.state, week.sheet.costs_by) == ("returned", works.ku)


def test_an_amount_below_nothing_is_refused(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("sent")
    with pytest.raises(Refused):
        week.costs(freight="-1")


def test_only_logistics_enters_costs(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("sent")
    for name in ("lin", "fang", "shen", "zong"):
        with pytest.raises(Refused):
            making.add_costs(week.sheet, {}, context=week.context(name))


def test_what_comes_to_light_behind_the_return_is_entered_before_it_is_signed(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("returned")
    late_task(works)
    making.recount(week.sheet, context=week.context("lin", "2026-11-23 10:00"))
    with pytest.raises(Refused) as missing:
        week.take("quality_signed")
    assert [r.show("zh") for r in missing.value.reasons] == ["还有案件没有填写运费和损失，没有发生的请填 0"]
    week.costs(freight="100")
    week.take("quality_signed")
    assert shares(week)[-1] == ("others", "production", "160.00")
