"""Judging on the three axes, assigning to departments, and simplified handling."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import judging, tasks
from huiyin.complaints.actions.values import Assignment
from huiyin.complaints.models import Complaint, Task
from huiyin.journal.models import Entry
from huiyin.journal.queries import timeline
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at, pack
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import department, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 10:00")


def open_rules(complaint: Complaint) -> list[str]:
    return sorted(Obligation.objects.filter(OPEN, record_id=complaint.pk).values_list("rule", flat=True))


def test_a_judgement_keeps_the_axes_and_names_the_departments(works: Factory) -> None:
    story = told(works, "verified")
    story.judge(responsible=("production", "quality"))
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.content, now.nature, now.cause_kind, now.severity, now.responsible) == (
        "judged",
        "product",
        "valid-fault",
        "quality",
        "function",
        ["production", "quality"],
    )
    said = timeline("complaint", now.pk)[0].text
    assert said.zh == "林志远判定：质量异常，功能：影响使用或停线，责任部门质量部、生产部"


@pytest.mark.parametrize("name", ["content", "nature", "cause_kind", "severity"])
def test_every_axis_the_procedure_requires_must_be_given(works: Factory, name: str) -> None:
    story = told(works, "verified")
    story.complaint.severity = ""
    with pytest.raises(Refused) as refused:
        story.judge(**{name: ""})
    assert list(refused.value.fields) == [name]
    assert Complaint.objects.get(pk=story.complaint.pk).state == "verified"


def test_assigning_gives_each_department_its_own_task_and_deadline(works: Factory) -> None:
    story = told(works, "judged")
    one, two = story.assign("production", "purchasing")
    assert [(t.department.key, t.state, t.round) for t in (one, two)] == [
        ("production", "assigned", 1),
        ("purchasing", "assigned", 1),
    ]
    rows = Obligation.objects.filter(record_id=story.complaint.pk, rule="measures").order_by("id")
    assert [(r.part, r.owner_department, r.due_at) for r in rows] == [
        (one.part_key, department("production"), at("2026-11-19 09:30")),
        (two.part_key, department("purchasing"), at("2026-11-19 09:30")),
    ]
    assert Complaint.objects.get(pk=story.complaint.pk).responsible == ["production", "purchasing"]


def test_each_department_and_its_head_are_told_of_their_own_task_only(works: Factory) -> None:
    story = told(works, "judged")
    story.assign("production")
    said = "生产部得到任务：请查production环节"
    told_of = Notice.objects.filter(text_zh=said).values_list("person__username", flat=True)
    assert sorted(told_of) == ["peng", "shen"]
    assert not Notice.objects.filter(person=works.cai).exists()


def test_more_departments_join_later_without_a_change_of_state(works: Factory) -> None:
    story = told(works, "judged")
    story.assign("production")
    later = story.assign("warehouse")
    assert (story.complaint.state, later[0].department) == ("handling", department("warehouse"))
    assert Task.objects.filter(complaint=story.complaint).count() == 2
    events = Entry.objects.filter(kind="complaint", record_id=story.complaint.pk, event="task.assigned")
    assert [e.part for e in events.order_by("sequence")] == [
        t.part_key for t in Task.objects.filter(complaint=story.complaint).order_by("id")
    ]


def test_assigning_to_nobody_is_refused(works: Factory) -> None:
    story = told(works, "judged")
    with pytest.raises(Refused):
        judging.assign(story.complaint, [], context=story.context("lin"))
    assert Complaint.objects.get(pk=story.complaint.pk).state == "judged"


def test_the_page_gives_one_question_to_all_and_another_to_one(office: Office) -> None:
    story = told(office.works, "judged")
    path = f"/complaints/{story.complaint.number}/assignment"
    sheet = office.desk("lin").sheet(path)
    assert sheet.values["departments"] == ["production"]
    answer = office.desk("lin").send(
        path, departments=["production", "purchasing"], question="查漏油", question__purchasing="查密封圈来料"
    )
    assert answer.status_code == 302
    assert set(Task.objects.values_list("department__key", "question")) == {
        ("production", "查漏油"),
        ("purchasing", "查密封圈来料"),
    }


def test_the_page_ticks_no_department_that_has_its_task_already(office: Office) -> None:
    story = told(office.works, "judged")
    path = f"/complaints/{story.complaint.number}/assignment"
    task = story.assign("production")[0]
    lin = office.desk("lin")
    assert lin.sheet(path).values.get("departments", []) == []
    tasks.cancel(task, "查错了", context=story.context("lin"))
    assert lin.sheet(path).values["departments"] == ["production"]


def test_the_page_refuses_without_a_department_and_keeps_the_question(office: Office) -> None:
    story = told(office.works, "judged")
    path = f"/complaints/{story.complaint.number}/assignment"
    lin = office.desk("lin")
    page = ParsedPage(lin.post(path, {**lin.sheet(path).values, "departments": [], "question": "查漏油"}))
    assert (page.status, page.form(path).values["question"]) == (422, ["查漏油"])
    assert "请选择分派给" in page.text


def test_the_lighter_path_needs_a_statement_and_goes_straight_to_a_verdict(works: Factory) -> None:
    story = told(works, "judged")
    judging.settle(story.complaint, "当场换了标签", "justified", context=story.context("lin"))
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.lighter, now.verdict, now.statement, now.verdict_by) == (
        "concluded",
        True,
        "justified",
        "当场换了标签",
        works.lin,
    )
    assert open_rules(now) == ["answer", "statement-approval"]
    assert Task.objects.count() == 0


def test_the_lighter_path_without_words_is_refused(works: Factory) -> None:
    story = told(works, "judged")
    with pytest.raises(Refused) as refused:
        judging.settle(story.complaint, "", "justified", context=story.context("lin"))
    assert {k: v.show("zh") for k, v in refused.value.fields.items()} == {"statement": "请填写“处理说明”"}


def test_a_procedure_without_the_lighter_path_does_not_offer_it() -> None:
    assert pack("feedback").step("complaint.settle") is None


def test_a_department_may_be_asked_twice_about_different_things(works: Factory) -> None:
    story = told(works, "judged")
    asked = [
        Assignment(department("production"), "查压装"),
        Assignment(department("production"), "查清洗"),
    ]
    tasks = judging.assign(story.complaint, asked, context=story.context("lin"))
    assert [t.question for t in tasks] == ["查压装", "查清洗"]
    assert Complaint.objects.get(pk=story.complaint.pk).responsible == ["production"]


def test_a_pack_may_ask_that_assigning_leaves_a_task(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    story = told(works, "judged")
    steps = tuple(
        one.model_copy(update={"guards": (*one.guards, "has_task")}) if one.key == "complaint.assign" else one
        for one in works.procedure.steps
    )
    strict = Procedure.from_json(works.procedure.model_copy(update={"steps": steps}).to_json())
    monkeypatch.setattr(versions, "procedure_of", lambda _: strict)
    assert [task.department.key for task in story.assign("production")] == ["production"]
