"""Cause and measures of a department: answered, returned, redone, approved, carried out, verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.complaints.actions import ending, tasks
from huiyin.complaints.actions.values import PlannedMeasure
from huiyin.complaints.models import Measure, Task
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.files.files import attach
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at, day
from tests.desk import Office, ParsedPage
from tests.records.office import picture, upload
from tests.stage import desks, stage
from tests.story import PLAN, Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-17 10:00")


def accepted(works: Factory) -> tuple[Story, Task]:
    story = told(works, "judged")
    task = story.assign("production")[0]
    story.accept_task(task)
    return story, task


def owed(task: Task) -> dict[str, object]:
    rows = Obligation.objects.filter(OPEN, record_id=task.complaint_id, part=task.part_key)
    return dict(rows.values_list("rule", "due_at"))


def test_the_answer_fulfils_the_department_and_quality_owes_its_review(works: Factory) -> None:
    story, task = accepted(works)
    story.answer_task(task, "peng")
    now = Task.objects.get(pk=task.pk)
    assert (now.state, now.cause, now.answered_by) == ("answered", "工装划伤油封唇口", works.peng)
    rows = now.measures.order_by("id").values_list("measure", "text", "responsible", "planned_on")
    assert list(rows) == [(p.measure, p.text, p.responsible, p.planned_on) for p in PLAN]
    assert owed(task) == {"review-measures": at("2026-11-16 15:20")}


@pytest.mark.parametrize(
    ("cause", "plan", "said"),
    [
        ("", PLAN, ["请先写明原因"]),
        ("磨损", (), ["请先写明措施"]),
        ("", (), ["请先写明原因", "请先写明措施"]),
        ("磨损", (replace(PLAN[0], responsible=""), PLAN[1]), ["措施“库存隔离全检”没有负责人或期限"]),
        ("磨损", (PLAN[0], replace(PLAN[1], planned_on=None)), ["措施“更换导向套”没有负责人或期限"]),
    ],
)
def test_an_answer_that_is_not_complete_is_refused_with_every_reason(
    works: Factory, cause: str, plan: tuple[PlannedMeasure, ...], said: list[str]
) -> None:
    story, task = accepted(works)
    with pytest.raises(Refused) as refused:
        tasks.answer(task, cause, plan, context=story.context("peng"))
    assert [r.show("zh") for r in refused.value.reasons] == said
    assert (Task.objects.get(pk=task.pk).state, Measure.objects.count()) == ("accepted", 0)


def test_a_returned_answer_is_redone_and_its_measures_replaced(works: Factory) -> None:
    story, task = accepted(works)
    story.answer_task(task)
    tasks.return_answer(task, "原因太笼统", context=story.context("lin"))
    assert (task.state, task.return_reason, list(owed(task))) == ("accepted", "原因太笼统", ["redo-measures"])
    tasks.answer(task, "导向套磨损超限", PLAN[1:], context=story.context("shen"))
    now = Task.objects.get(pk=task.pk)
    assert (now.state, now.return_reason, now.cause) == ("answered", "", "导向套磨损超限")
    assert [m.text for m in now.measures.all()] == ["更换导向套"]
    assert list(owed(task)) == ["review-measures"]
    assert verify().code == 0


def test_an_approved_plan_is_owed_by_the_end_of_its_last_day(works: Factory) -> None:
    story, task = accepted(works)
    story.answer_task(task)
    tasks.approve(task, context=story.context("lin"))
    assert owed(task) == {"carry-out": at("2026-11-20 17:30")}


def test_a_plan_that_ends_on_a_sunday_is_owed_by_midnight_of_it(works: Factory) -> None:
    story, task = accepted(works)
    story.answer_task(task, plan=(replace(PLAN[0], planned_on=day("2026-11-22")),))
    tasks.approve(task, context=story.context("lin"))
    assert owed(task) == {"carry-out": at("2026-11-22 23:59")}


def test_measures_done_already_are_owed_no_more(works: Factory) -> None:
    story, task = accepted(works)
    done = tuple(replace(p, done_on=day("2026-11-16")) for p in PLAN)
    story.answer_task(task, plan=done)
    tasks.approve(task, context=story.context("lin"))
    assert owed(task) == {}


def test_what_is_not_done_is_not_carried_out(works: Factory) -> None:
    story, task = accepted(works)
    story.answer_task(task)
    tasks.approve(task, context=story.context("lin"))
    first = task.measures.order_by("id")[0]
    with pytest.raises(Refused) as refused:
        tasks.carry_out(task, [(first, day("2026-11-18"), "完成")], context=story.context("peng"))
    assert [r.show("zh") for r in refused.value.reasons] == ["措施“更换导向套”还没有完成"]
    assert Measure.objects.get(pk=first.pk).done_on is None


def test_somebody_else_than_who_answered_verifies_the_effect(works: Factory) -> None:
    story = told(works, "judged")
    task = story.assign("quality")[0]
    story.accept_task(task, "lin")
    story.answer_task(task, "lin")
    tasks.approve(task, context=story.context("song"))
    story.carry_out(task, "lin")
    with pytest.raises(Refused) as refused:
        tasks.verify(task, "好", context=story.context("lin"))
    assert [r.show("zh") for r in refused.value.reasons] == ["验证须由措施负责人以外的人进行"]
    tasks.verify(task, "百件无漏", context=story.context("qian"))
    assert (task.state, task.verified_by, owed(task)) == ("verified", works.qian, {})


def test_measures_without_effect_go_back_even_after_they_were_carried_out(works: Factory) -> None:
    story, task = accepted(works)
    story.answer_task(task)
    tasks.approve(task, context=story.context("lin"))
    story.carry_out(task)
    assert list(owed(task)) == ["verify-effect"]
    tasks.return_answer(task, "百件仍有三件漏", context=story.context("lin"))
    assert (task.state, list(owed(task))) == ("accepted", ["redo-measures"])


@pytest.mark.parametrize("end", ["withdraw", "reject"])
def test_of_a_complaint_that_is_void_nothing_more_is_asked_of_departments(works: Factory, end: str) -> None:
    story, task = accepted(works)
    story.answer_task(task)
    if end == "withdraw":
        ending.withdraw(story.complaint, "装错了", context=story.context("mei"))
    else:
        attach(story.complaint, upload("证.png", picture()), actor=works.lin, at=story.now)
        ending.reject(story.complaint, "not-our-product", "不是我们的", context=story.context("qian"))
    with pytest.raises(Refused) as refused:
        tasks.return_answer(task, "再查", context=story.context("lin"))
    assert [r.show("zh") for r in refused.value.reasons] == ["投诉已作废，任务随之了结"]
    assert Obligation.objects.filter(OPEN, record_id=story.complaint.pk).count() == 0


def test_measures_of_a_closed_complaint_are_still_carried_out_and_verified(works: Factory) -> None:
    story = told(works, "closed")
    task = story.complaint.tasks.get()
    assert list(owed(task)) == ["carry-out"]
    story.carry_out(task)
    tasks.verify(task, "百件无漏", context=story.context("lin"))
    assert (task.state, owed(task)) == ("verified", {})


def test_the_page_keeps_every_row_of_the_plan_when_something_is_missing(office: Office) -> None:
    story, task = accepted(office.works)
    path = f"/complaints/{story.complaint.number}/tasks/{task.pk}/answer"
    rows = {"cause": "导向套磨损", "m0_text": "全检库存", "m0_who": "彭师傅", "m0_on": "2026-11-18"}
    more = {"m1_kind": "preventive", "m1_text": "每班首件核查", "m1_who": "", "m1_on": "2026-11-25"}
    peng = office.desk("peng")
    page = ParsedPage(peng.send(path, **rows, **more))
    assert page.status == 422
    assert "请填写负责人。" in page.text
    kept = page.form(path).values
    assert {k: kept[k] for k in (rows | more)} == {k: [v] for k, v in (rows | more).items()}
    assert peng.post(path, {**kept, "m1_who": "沈主任"}).status_code == 302
    found = task.measures.order_by("id").values_list("measure", "text", "responsible")
    assert list(found) == [("interim", "全检库存", "彭师傅"), ("preventive", "每班首件核查", "沈主任")]


def test_the_page_carries_measures_out_each_on_its_day(office: Office) -> None:
    story, task = accepted(office.works)
    story.answer_task(task)
    tasks.approve(task, context=story.context("lin"))
    one, two = task.measures.order_by("id")
    path = f"/complaints/{story.complaint.number}/tasks/{task.pk}/execution"
    values = {f"on_{one.pk}": "2026-11-17", f"note_{one.pk}": "检三百件", f"on_{two.pk}": "2026年11月17日"}
    assert office.desk("peng").send(path, **values).status_code == 302
    done = task.measures.order_by("id").values_list("done_on", "done_note")
    assert list(done) == [(day("2026-11-17"), "检三百件"), (day("2026-11-17"), "")]
    assert verify().code == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"m1_who": "沈主任", "m1_on": "2026-11-25"}, "请写明措施"),
        ({"m1_text": "更换导向套", "m1_who": "沈主任"}, "请填写计划完成。"),
        ({"m1_text": "更换导向套", "m1_who": "沈主任", "m1_on": "2020-11-25"}, "计划日期早于接到投诉的日期"),
        ({"m5_on": "2026-11-25"}, "请写明措施"),
    ],
)
def test_no_half_filled_row_of_the_plan_is_passed_over(office: Office, row: dict[str, str], said: str) -> None:
    story, task = accepted(office.works)
    path = f"/complaints/{story.complaint.number}/tasks/{task.pk}/answer"
    whole = {"cause": "导向套磨损", "m0_text": "全检库存", "m0_who": "彭师傅", "m0_on": "2026-11-18"}
    page = ParsedPage(office.desk("peng").send(path, **whole, **row))
    assert (page.status, said in page.text, Measure.objects.count()) == (422, True, 0)


def test_a_note_without_the_day_it_was_done_is_not_lost(office: Office) -> None:
    story, task = accepted(office.works)
    story.answer_task(task)
    tasks.approve(task, context=story.context("lin"))
    one, two = task.measures.order_by("id")
    path = f"/complaints/{story.complaint.number}/tasks/{task.pk}/execution"
    page = ParsedPage(office.desk("peng").send(path, **{f"on_{one.pk}": "2026-11-17", f"note_{two.pk}": "已换"}))
    assert (page.status, "请填写完成日期。" in page.text) == (422, True)
    assert page.form(path).values[f"note_{two.pk}"] == ["已换"]
