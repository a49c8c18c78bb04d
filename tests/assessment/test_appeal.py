"""An appeal against a charge: by whom it is charged to, decided by management, what is not owed is booked back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.assessment.actions import appeals
from huiyin.assessment.models import Booking
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import AssessedWeek, balances, is_balanced, late_task
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def appealed(works: Factory) -> AssessedWeek:
    late_task(works)
    week = AssessedWeek(works)
    week.until("divided", freight="0")
    appeals.appeal(week.fine(), "客户推迟了取样", context=week.context("shen"))
    return week


def test_it_waits_for_management(works: Factory) -> None:
    week = appealed(works)
    assert week.fine().state == "appealed"
    owed = Obligation.objects.get(OPEN, rule="appeal-decision")
    assert owed.owner_department is not None
    assert (owed.owner_department.key, owed.due_at) == ("management", at("2026-11-26 09:00"))
    with pytest.raises(Refused) as waits:
        week.take("carried_out")
    assert [r.show("zh") for r in waits.value.reasons] == ["还有申诉没有决定"]


def test_waived_nothing_is_owed(works: Factory) -> None:
    week = appealed(works)
    assert balances() == {"沈主任": "20.00", "考核收入": "-20.00"}
    appeals.waive(week.fine(), "确有原因", context=week.context("zong"))
    fine = week.fine()
    assert (fine.state, fine.amount, fine.counted) == ("waived", Decimal(0), Decimal(20))
    assert balances() == {}
    back = Booking.objects.get(booking="reversal")
    assert back.reverses == Booking.objects.get(booking="charge")
    assert not Obligation.objects.filter(OPEN, rule="appeal-decision").exists()
    assert verify().code == 0


def test_reduced_the_rest_is_owed(works: Factory) -> None:
    week = appealed(works)
    for amount in ("0", "20", "25", "-1"):
        with pytest.raises(Refused):
            appeals.reduce(week.fine(), Decimal(amount), "半天", context=week.context("zong"))
    appeals.reduce(week.fine(), Decimal("5"), "半天", context=week.context("zong"))
    assert (week.fine().state, week.fine().amount) == ("reduced", Decimal(5))
    assert balances() == {"沈主任": "5.00", "考核收入": "-5.00"}
    assert is_balanced()
    week.take("carried_out")
    assert balances() == {"考核收入": "-5.00", "工资扣发": "5.00"}


def test_upheld_nothing_changes(works: Factory) -> None:
    week = appealed(works)
    appeals.uphold(week.fine(), "期限是部门自己定的", context=week.context("zong"))
    assert week.fine().state == "upheld"
    assert balances() == {"沈主任": "20.00", "考核收入": "-20.00"}
    assert not Booking.objects.filter(booking="reversal").exists()
    row = week.fine().appeals.get()
    assert (row.decision, row.decided_by, row.decision_reason) == ("upheld", works.zong, "期限是部门自己定的")


def test_only_who_is_charged_appeals_and_once(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("handed_over")
    for name in ("peng", "lin", "zong"):
        with pytest.raises(Refused):
            appeals.appeal(week.fine(), "不服", context=week.context(name))
    appeals.appeal(week.fine(), "不服", context=week.context("shen"))
    with pytest.raises(Refused):
        appeals.appeal(week.fine(), "不服", context=week.context("shen"))


def test_nobody_decides_on_their_own_charge(works: Factory) -> None:
    works.shen.extra_functions = ["management"]
    works.shen.save()
    week = appealed(works)
    with pytest.raises(Refused) as own:
        appeals.waive(week.fine(), "我同意", context=week.context("shen"))
    assert [r.show("zh") for r in own.value.reasons] == ["不能决定自己的事"]


def test_with_payroll_it_is_too_late(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("carried_out", freight="0")
    with pytest.raises(Refused) as late:
        appeals.appeal(week.fine(), "不服", context=week.context("shen"))
    assert [r.show("zh") for r in late.value.reasons] == ["财务已经执行，请与财务联系"]


def test_the_only_general_manager_decides_against_themselves_alone(works: Factory) -> None:
    """Their own appeal is ended by nobody else; in their favour they cannot end it."""
    late_task(works)
    week = AssessedWeek(works)
    fine = week.fine()
    fine.person = works.zong
    fine.save()
    week.until("divided", freight="0")
    appeals.appeal(week.fine(), "出差在外", context=week.context("zong"))
    for act in (
        lambda: appeals.waive(week.fine(), "免", context=week.context("zong")),
        lambda: appeals.reduce(week.fine(), Decimal(5), "减", context=week.context("zong")),
    ):
        with pytest.raises(Refused) as own:
            act()
        assert [r.show("zh") for r in own.value.reasons] == ["不能决定自己的事"]
    appeals.uphold(week.fine(), "认", context=week.context("zong"))
    week.take("carried_out")
    assert (week.fine().state, week.sheet.state) == ("upheld", "carried_out")
