"""A week's sheet: which cases and which lateness stand on it, what each costs, and when the next sheet is due."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.assessment.actions import making
from huiyin.assessment.models import Assessment, Charge
from huiyin.assessment.queries import recalculated
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.people.models import Person
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import WEEK, AssessedWeek, balances, late_task
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def charges(sheet: Assessment) -> list[tuple[str, str | None, int, str]]:
    rows = sheet.charges.order_by("id").select_related("person")
    return [(c.charge, c.person.username if c.person else None, c.days, str(c.amount)) for c in rows]


def test_measures_two_days_late_cost_the_head_ten_a_day(works: Factory) -> None:
    story = late_task(works)
    week = AssessedWeek(works)
    assert week.sheet.number == "KP2026-001"
    assert week.sheet.state == "compiled"
    assert charges(week.sheet) == [("fine", "shen", 2, "20.00")]
    assert [(i.case_number, i.department.key) for i in week.sheet.items.all()] == [
        (story.complaint.number, "production")
    ]
    fine = week.fine()
    assert (fine.source_number, fine.clause, fine.rate) == (story.complaint.number, "4.5-2", Decimal(10))
    assert [line.show("zh") for line in fine.lines] == [
        "期限 2026-11-18 09:40，2026-11-20 08:10 完成",
        "第 1 天：2026-11-18 09:40 至 2026-11-19 09:40，10.00",
        "第 2 天：2026-11-19 09:40 至 2026-11-20 08:10，不足一天按一天，10.00",
        "2 天 × 10.00 = 20.00",
    ]
    assert verify().code == 0
    assert balances() == {}


def test_measures_not_carried_out_in_time_cost_twenty_a_day(works: Factory) -> None:
    from huiyin.complaints.actions import tasks

    story = late_task(works, answered="2026-11-17 08:00")
    task = story.complaint.tasks.get()
    tasks.approve(task, context=works.context("lin", "2026-11-17 09:00"))
    week = AssessedWeek(works)  # planned for Friday the 20th, 17:30, and not done by the end of Sunday
    assert charges(week.sheet) == [("fine", "shen", 3, "60.00")]
    assert week.fine().lines[0].show("zh") == "期限 2026-11-20 17:30，到 2026-11-23 00:00 还没有完成"


def test_each_week_counts_its_own_days_and_together_they_are_all(works: Factory) -> None:
    late_task(works, answered="2026-11-25 08:00")
    first, second = AssessedWeek(works), AssessedWeek(works, WEEK.next, "2026-11-30 09:00")
    assert charges(first.sheet) == [("fine", "shen", 5, "50.00")]  # 18th 9:40 to the end of the 22nd: five begun days
    assert charges(second.sheet) == [("fine", "shen", 2, "20.00")]  # to the 25th, 8:10
    assert second.fine().lines[1].show("en") == "5 days before belong to earlier weeks"
    assert second.sheet.items.count() == 0  # the case was counted in the week of its judgement


def test_what_is_reckoned_again_from_the_frozen_basis_is_the_same(works: Factory) -> None:
    late_task(works)
    fine = AssessedWeek(works).fine()
    Obligation.objects.filter(pk=fine.obligation_id or 0).update(due_at=at("2026-11-01 09:00"))
    fine.refresh_from_db()
    again = recalculated(fine, works.procedure)
    assert again is not None
    assert again[0] == fine.amount
    assert [line.show("zh") for line in again[1]] == [line.show("zh") for line in fine.lines]


def test_what_was_in_time_paused_or_cancelled_costs_nothing(works: Factory) -> None:
    late_task(works, answered="2026-11-18 09:00")
    story = late_task(works, answered=None)
    from huiyin.complaints.actions import tasks

    tasks.cancel(story.complaint.tasks.get(), "改派", context=works.context("lin", "2026-11-19 09:00"))
    assert charges(AssessedWeek(works).sheet) == []


def test_only_a_week_that_is_over_is_compiled_and_only_once(works: Factory) -> None:
    with pytest.raises(Refused) as early:
        making.compile_week(WEEK, procedure_id=works.version, context=works.context("lin", "2026-11-22 23:59"))
    assert [r.show("zh") for r in early.value.reasons] == ["2026年第47周还没有结束"]
    AssessedWeek(works)
    with pytest.raises(Refused) as twice:
        AssessedWeek(works)
    assert [r.show("zh") for r in twice.value.reasons] == ["2026年第47周已经统计：KP2026-001"]
    assert Assessment.objects.count() == 1


def test_quality_compiles_and_nobody_else(works: Factory) -> None:
    for name in ("mei", "shen", "ku", "fang", "zong"):
        with pytest.raises(Refused):
            making.compile_week(WEEK, procedure_id=works.version, context=works.context(name, "2026-11-23 09:00"))
    assert Assessment.objects.count() == 0


def test_a_sheet_is_due_on_the_first_workday_behind_its_week(works: Factory) -> None:
    AssessedWeek(works)
    owed = Obligation.objects.get(rule="weekly-sheet")
    assert (owed.kind, owed.record_number, owed.due_at) == ("occasion", "2026-W47", at("2026-11-23 17:30"))
    assert owed.owner_department is not None
    assert owed.owner_department.key == "quality"
    assert owed.fulfilled_at == at("2026-11-23 09:00")
    assert verify().code == 0


def test_counting_again_takes_in_what_came_to_light_and_keeps_what_was_entered(works: Factory) -> None:
    week = AssessedWeek(works)
    assert charges(week.sheet) == []
    late_task(works)
    making.recount(week.sheet, context=week.context("lin", "2026-11-23 10:00"))
    assert charges(week.sheet) == [("fine", "shen", 2, "20.00")]
    week.until("returned")
    entered = list(week.sheet.items.values_list("freight", flat=True))
    making.recount(week.sheet, context=week.context("lin", "2026-11-23 11:00"))
    assert list(week.sheet.items.values_list("freight", flat=True)) == entered == [Decimal("333.33")]
    assert charges(week.sheet) == [("fine", "shen", 2, "20.00"), ("freight", "shen", 0, "43.33")]
    assert verify().code == 0


def test_a_withdrawn_sheet_charges_nobody_and_its_week_is_compiled_anew(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    making.withdraw(week.sheet, "选错了周", context=week.context("qian"))
    again = AssessedWeek(works)
    assert again.sheet.number == "KP2026-002"
    assert charges(again.sheet) == [("fine", "shen", 2, "20.00")]
    assert again.sheet.items.count() == 1
    assert Charge.objects.filter(assessment__phase="void").count() == 1


def test_a_head_who_has_left_pays_nothing(works: Factory) -> None:
    """What the department is late with is borne by who heads it now."""
    late_task(works)
    Person.objects.filter(pk=works.shen.pk).update(is_active=False)
    heir = Person.objects.create_person("xu", None, name="徐主任", department=works.shen.department, is_head=True)
    assert [c.person for c in AssessedWeek(works).sheet.charges.filter(charge="fine")] == [heir]
