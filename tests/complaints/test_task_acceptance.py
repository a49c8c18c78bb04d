"""A department takes its task on, or sends it back; quality then assigns anew or drops it."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import tasks
from huiyin.complaints.models import Complaint, Task
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 11:00")


def owed(task: Task) -> list[str]:
    rows = Obligation.objects.filter(OPEN, record_id=task.complaint_id, part=task.part_key)
    return sorted(rows.values_list("rule", flat=True))


def assigned(works: Factory) -> tuple[Story, Task]:
    story = told(works, "judged")
    return story, story.assign("production")[0]


def test_whoever_accepts_answers_for_the_department(works: Factory) -> None:
    story, task = assigned(works)
    assert owed(task) == ["measures", "task-acceptance"]
    tasks.accept(task, context=story.context("peng"))
    now = Task.objects.get(pk=task.pk)
    assert (now.state, now.accepted_by, now.person) == ("accepted", works.peng, works.peng)
    assert owed(task) == ["measures"]


def test_a_declined_task_is_owed_by_those_who_assigned_it(works: Factory) -> None:
    story, task = assigned(works)
    tasks.decline(task, "not-ours", "油封归采购", context=story.context("shen"))
    assert (task.state, task.decline_reason, owed(task)) == ("declined", "油封归采购", ["reassign"])
    said = "生产部没有接受任务：不属本部门职责 油封归采购"
    told_of = Notice.objects.filter(text_zh=said).values_list("person__username", flat=True)
    assert sorted(told_of) == ["lin", "mei", "qian"]


def test_only_the_head_declines(works: Factory) -> None:
    story, task = assigned(works)
    with pytest.raises(Refused) as refused:
        tasks.decline(task, "not-ours", "", context=story.context("peng"))
    assert [r.show("zh") for r in refused.value.reasons] == ["这一步由任务所在部门负责人办理"]


def test_another_department_can_neither_accept_nor_see_a_way_to(works: Factory) -> None:
    story, task = assigned(works)
    with pytest.raises(Refused) as refused:
        tasks.accept(task, context=story.context("cai"))
    assert [r.show("zh") for r in refused.value.reasons] == ["这一步由任务所在部门的任何人办理"]


def test_a_declined_task_holds_the_conclusion_until_it_is_cancelled(works: Factory) -> None:
    story, task = assigned(works)
    tasks.decline(task, "not-ours", "", context=story.context("shen"))
    other = story.assign("purchasing")[0]
    story.finish(other, "cai")
    with pytest.raises(Refused) as refused:
        story.conclude()
    assert [r.show("zh") for r in refused.value.reasons] == ["生产部退了单，这项任务还没有取消"]
    tasks.cancel(task, "已改派采购", context=story.context("lin"))
    story.conclude()
    assert Complaint.objects.get(pk=story.complaint.pk).state == "concluded"
    assert owed(task) == []


def test_cancelling_ends_what_the_department_owed(works: Factory) -> None:
    story, task = assigned(works)
    tasks.cancel(task, "重复", context=story.context("lin"))
    assert (task.state, owed(task)) == ("cancelled", [])
    rows = Obligation.objects.filter(part=task.part_key).values_list("rule", "cancelled_at", "fulfilled_at")
    assert set(rows) == {("measures", story.now, None), ("task-acceptance", story.now, None)}


def test_one_departments_acceptance_leaves_the_others_clock_running(works: Factory) -> None:
    story = told(works, "judged")
    one, two = story.assign("production", "purchasing")
    tasks.accept(one, context=story.context("shen"))
    assert (owed(one), owed(two)) == (["measures"], ["measures", "task-acceptance"])


def test_a_task_cannot_be_accepted_twice(works: Factory) -> None:
    story, task = assigned(works)
    tasks.accept(task, context=story.context("peng"))
    with pytest.raises(Refused) as refused:
        tasks.accept(task, context=story.context("shen"))
    assert [r.show("zh") for r in refused.value.reasons] == ["现在处于“已接收”，不能“接收任务”"]
    assert Task.objects.get(pk=task.pk).person == works.peng


def test_the_department_sees_the_complaint_and_its_buttons_on_its_own_task_only(office: Office) -> None:
    story = told(office.works, "judged")
    one, two = story.assign("production", "purchasing")
    page = office.desk("peng").get(f"/complaints/{story.complaint.number}")
    assert page.status == 200
    offered = [f"/complaints/{story.complaint.number}/tasks/{t.pk}/acceptance" in page.links for t in (one, two)]
    assert offered == [True, False]
