"""From two signatures to finance: everything is booked, every booking balances, and the sheet changes no more."""

from __future__ import annotations

import pytest

from huiyin.assessment.actions import making, signing
from huiyin.assessment.models import Booking, Posting
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import AssessedWeek, balances, is_balanced, late_task
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def test_the_whole_way_from_a_late_task_to_finance(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("handed_over")
    assert week.sheet.state == "handed_over"
    assert balances() == {"沈主任": "63.33", "生产车间（待分解）": "173.34", "考核收入": "-236.67"}
    assert is_balanced()
    week.take("divided")
    assert balances() == {"沈主任": "63.33", "彭师傅": "173.34", "考核收入": "-236.67"}
    week.take("carried_out")
    assert balances() == {"考核收入": "-236.67", "工资扣发": "236.67"}
    assert is_balanced()
    assert week.sheet.phase == "closed"
    assert not Obligation.objects.filter(OPEN, kind="assessment").exists()
    assert verify().code == 0


def test_handing_over_opens_the_departments_three_working_days(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("handed_over")
    owed = Obligation.objects.get(rule="split")
    assert owed.due_at == at("2026-11-26 09:00")
    assert owed.heads_only
    assert owed.owner_department is not None
    assert owed.owner_department.key == "production"
    week.take("divided")
    owed.refresh_from_db()
    assert owed.fulfilled_at == at("2026-11-23 09:00")


def test_both_sign_who_must_not_be_the_same(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("returned")
    for name in ("lin", "zong", "fang", "ku"):
        with pytest.raises(Refused):
            signing.sign_quality(week.sheet, "", context=week.context(name))
    week.take("quality_signed")
    assert week.sheet.quality_by == works.qian
    with pytest.raises(Refused):
        signing.sign_management(week.sheet, "", context=week.context("qian"))
    works.qian.extra_functions = ["management"]
    works.qian.save()
    with pytest.raises(Refused) as same:
        signing.sign_management(week.sheet, "", context=week.context("qian"))
    assert [r.show("zh") for r in same.value.reasons] == ["两处签字须由不同的人作出"]
    week.take("signed")
    assert (week.sheet.state, week.sheet.management_by) == ("signed", works.zong)


def test_sent_back_by_the_general_manager_it_is_signed_again(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("quality_signed")
    signing.send_back(week.sheet, "运费核对一下", context=week.context("zong"))
    assert (week.sheet.state, week.sheet.quality_by) == ("returned", None)
    assert list(
        Obligation.objects.filter(OPEN, kind="assessment", rule__contains="second").values_list("rule", flat=True)
    ) == ["assessment-second-look"]
    week.take("quality_signed")
    week.take("signed")
    assert week.sheet.state == "signed"


def test_signed_nothing_is_counted_again(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("quality_signed")
    for act in (making.recount, making.send, making.return_to_quality):
        with pytest.raises(Refused):
            act(week.sheet, context=week.context("lin"))


def test_a_charge_without_a_person_is_not_signed(works: Factory) -> None:
    late_task(works)
    works.shen.is_head = False
    works.shen.save()
    week = AssessedWeek(works)
    week.until("returned")
    with pytest.raises(Refused) as unnamed:
        week.take("quality_signed")
    assert [r.show("zh") for r in unnamed.value.reasons] == [
        "还有部门没有负责人，考核项没有承担人；请先任命，再重新统计"
    ]


def test_finance_carries_out_when_everything_is_divided(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("handed_over")
    with pytest.raises(Refused) as undivided:
        week.take("carried_out")
    assert [r.show("zh") for r in undivided.value.reasons] == ["还有部门没有分解到人"]


def test_the_ledger_is_never_changed(works: Factory) -> None:
    late_task(works)
    AssessedWeek(works).until("handed_over")
    for row in (Posting.objects.first(), Booking.objects.first()):
        assert row is not None
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


def test_a_posting_changed_behind_the_ledgers_back_is_found(works: Factory) -> None:
    late_task(works)
    AssessedWeek(works).until("handed_over")
    assert verify().code == 0
    Posting.objects.filter(amount__gt=0).update(amount=1)
    assert verify().code == 1
