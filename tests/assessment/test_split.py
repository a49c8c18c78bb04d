"""The head divides the sum among the department's people: exactly, within three workdays; quality is told (P2 5.3)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.assessment.actions import dividing
from huiyin.assessment.models import Charge
from huiyin.kernel.money import Money, allocate
from huiyin.obligations.models import Notice
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import AssessedWeek, balances, is_balanced, late_task
from tests.cast import Factory
from tests.stage import prepared, stage
from tests.story import Story

pytestmark = pytest.mark.django_db

works = stage("feedback")


late = prepared(late_task)


@pytest.fixture
def week(works: Factory, late: Story, db: None) -> AssessedWeek:
    """The sheet of the week, handed over."""
    week = AssessedWeek(works)
    week.until("handed_over")
    return week


def test_each_person_is_charged_with_their_part(works: Factory, week: AssessedWeek) -> None:
    shares = [(works.peng, Decimal("123.34")), (works.shen, Decimal("50"))]
    dividing.split(week.allotment(), shares, context=week.context("shen"))
    rows = Charge.objects.filter(allotment=week.allotment()).order_by("id")
    assert [(c.person, str(c.amount), c.state, c.clause) for c in rows] == [
        (works.peng, "123.34", "posted", "5.4"),
        (works.shen, "50.00", "posted", "5.4"),
    ]
    assert rows[0].lines[-1].show("en") == "Workshop divided 173.34; this person 123.34"
    assert balances() == {"沈主任": "113.33", "彭师傅": "123.34", "考核收入": "-236.67"}


def test_quality_and_those_charged_are_told(works: Factory, week: AssessedWeek) -> None:
    week.take("divided")
    told = Notice.objects.filter(text_zh__contains="已分解到人").values_list("person__username", flat=True)
    assert sorted(told) == ["lin", "qian"]
    assert Notice.objects.filter(person=works.peng, kind="assessment").count() == 1


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"peng": "100"}, "各人合计 100.00，应为 173.34"),
        ({"peng": "173.35"}, "各人合计 173.35，应为 173.34"),
        ({"peng": "0", "shen": "173.34"}, "每人的金额须大于零"),
        ({"peng": "200", "shen": "-26.66"}, "每人的金额须大于零"),
        ({"mei": "173.34"}, "只能分给本部门的人"),
        ({}, "各人合计 0.00，应为 173.34"),
    ],
)
def test_what_does_not_add_up_is_refused(works: Factory, week: AssessedWeek, parts: dict[str, str], said: str) -> None:
    shares = [(works.people[name], Decimal(amount)) for name, amount in parts.items()]
    with pytest.raises(Refused) as refused:
        dividing.split(week.allotment(), shares, context=week.context("shen"))
    assert [r.show("zh") for r in refused.value.reasons] == [said]
    assert Charge.objects.filter(allotment=week.allotment()).count() == 0


def test_the_same_person_twice_is_refused(works: Factory, week: AssessedWeek) -> None:
    shares = [(works.peng, Decimal("100")), (works.peng, Decimal("73.34"))]
    with pytest.raises(Refused):
        dividing.split(week.allotment(), shares, context=week.context("shen"))


def test_only_the_departments_head_divides(works: Factory, week: AssessedWeek) -> None:
    for name in ("peng", "qian", "cai", "zong", "fang"):
        with pytest.raises(Refused):
            dividing.split(week.allotment(), [(works.peng, Decimal("173.34"))], context=week.context(name))


def test_it_is_divided_once(week: AssessedWeek) -> None:
    week.take("divided")
    with pytest.raises(Refused):
        week.take("divided")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.decimals(min_value="0.05", max_value=99999, places=2),
    st.lists(st.integers(1, 9), min_size=2, max_size=2),
)
def test_any_cost_divided_in_any_way_balances(works: Factory, late: Story, cost: Decimal, weights: list[int]) -> None:
    with transaction.atomic():
        week = AssessedWeek(works)
        week.until("handed_over", freight=str(cost))
        for allotment in week.sheet.allotments.all():
            parts = allocate(Money(allotment.amount, "CNY"), weights)
            people = [works.peng, works.shen]
            shares = [(p, m.amount) for p, m in zip(people, parts, strict=True) if m]
            dividing.split(allotment, shares, context=week.context("shen"))
        assert is_balanced()
        week.take("carried_out")
        left = balances()
        assert set(left) <= {"考核收入", "工资扣发"}
        assert sum((Decimal(x) for x in left.values()), Decimal(0)) == 0
        transaction.set_rollback(True)
