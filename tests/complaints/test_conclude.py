"""Merging the departments' answers into a verdict, and somebody else standing for it."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import judging, tasks
from huiyin.complaints.models import Complaint
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-17 10:00")


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.show("zh") for r in [*refused.value.reasons, *refused.value.fields.values()]]


def open_rules(story: Story) -> list[str]:
    rows = Obligation.objects.filter(OPEN, record_id=story.complaint.pk)
    return sorted(rows.values_list("rule", flat=True))


def test_without_a_task_there_is_nothing_to_merge(works: Factory) -> None:
    story = told(works, "judged")
    task = story.assign("production")[0]
    tasks.cancel(task, "重复", context=story.context("lin"))
    with pytest.raises(Refused) as refused:
        story.conclude()
    assert reasons(refused) == ["请先给部门分派任务"]


def test_every_department_still_out_is_named(works: Factory) -> None:
    story = told(works, "judged")
    one, _, _ = story.assign("production", "purchasing", "warehouse")
    story.finish(one)
    with pytest.raises(Refused) as refused:
        story.conclude()
    assert reasons(refused) == ["采购部的任务还没有审核通过", "仓储物流部的任务还没有审核通过"]


def test_the_verdict_is_proposed_with_its_reason_and_owed_an_approval(works: Factory) -> None:
    story = told(works, "concluded")
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.verdict, now.verdict_reason, now.verdict_by, now.verdict_approved_at) == (
        "concluded",
        "justified",
        "实物确认",
        works.lin,
        None,
    )
    assert open_rules(story) == ["answer", "carry-out", "verdict-approval"]
    row = Obligation.objects.get(record_id=now.pk, rule="verdict-approval")
    assert (row.heads_only, row.owner_department) == (True, works.qian.department)


@pytest.mark.parametrize(("verdict", "reason", "field"), [("", "实物", "verdict"), ("justified", "", "verdict_reason")])
def test_a_verdict_without_reason_or_a_reason_without_verdict_is_refused(
    works: Factory, verdict: str, reason: str, field: str
) -> None:
    story = told(works, "approved_tasks")
    with pytest.raises(Refused) as refused:
        judging.conclude(story.complaint, verdict, reason, "汇总", context=story.context("lin"))
    assert list(refused.value.fields) == [field]


def test_nobody_approves_their_own_verdict(works: Factory) -> None:
    story = told(works, "approved_tasks")
    judging.conclude(story.complaint, "justified", "实物", "汇总", context=story.context("qian"))
    with pytest.raises(Refused) as refused:
        judging.approve_verdict(story.complaint, "", context=story.context("qian"))
    assert reasons(refused) == ["批准须由提出人以外的人作出"]
    judging.approve_verdict(story.complaint, "", context=story.context("zong"))
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.verdict_approved_by, now.verdict_approved_at) == (works.zong, story.now)


def test_an_approved_verdict_is_not_approved_again(works: Factory) -> None:
    story = told(works, "decided")
    for again in (judging.approve_verdict, judging.return_verdict):
        with pytest.raises(Refused) as refused:
            again(story.complaint, "", context=story.context("qian"))
        assert reasons(refused) == ["没有待批准的结论"]


def test_no_answer_goes_out_before_the_verdict_is_approved(works: Factory) -> None:
    story = told(works, "concluded")
    with pytest.raises(Refused) as refused:
        story.answer()
    assert reasons(refused) == ["结论还没有批准"]


def test_a_returned_verdict_leads_back_to_handling_and_its_approval_is_done_with(works: Factory) -> None:
    story = told(works, "concluded")
    judging.return_verdict(story.complaint, "依据不足", context=story.context("qian"))
    assert (story.complaint.state, open_rules(story)) == ("handling", ["answer", "carry-out", "conclude-returned"])
    row = Obligation.objects.get(record_id=story.complaint.pk, rule="verdict-approval")
    assert row.fulfilled_at == story.now
    story.conclude()
    assert (story.complaint.state, story.complaint.verdict_approved_at) == ("concluded", None)


def test_a_refused_answer_needs_a_new_verdict(works: Factory) -> None:
    story = told(works, "answered")
    story.refuse()
    assert (story.complaint.state, story.complaint.round, story.complaint.verdict_approved_at) == (
        "handling",
        2,
        None,
    )
    story.conclude()
    with pytest.raises(Refused) as refused:
        story.answer()
    assert reasons(refused) == ["结论还没有批准"]


def test_the_page_offers_the_departments_answers_as_a_first_draft(office: Office) -> None:
    story = told(office.works, "approved_tasks")
    sheet = office.desk("lin").sheet(f"/complaints/{story.complaint.number}/conclusion")
    assert sheet.values["statement"] == ["生产部：工装划伤油封唇口 → 库存隔离全检；更换导向套"]


def test_the_verdict_stands_on_the_page_as_waiting_until_it_is_approved(office: Office) -> None:
    story = told(office.works, "concluded")
    page = f"/complaints/{story.complaint.number}"
    assert "待批准" in office.desk("mei").get(page).text
    assert office.desk("qian").send(f"{page}/verdict-approval", note="同意").status_code == 302
    assert "待批准" not in office.desk("mei").get(page).text


def test_what_is_owed_after_the_lighter_path_too_is_an_approval(works: Factory) -> None:
    story = told(works, "judged")
    judging.settle(story.complaint, "当场换了标签", "justified", context=story.context("lin"))
    row = Obligation.objects.get(record_id=story.complaint.pk, rule="statement-approval")
    assert row.due_at == at("2026-11-16 11:30")
    judging.approve_verdict(story.complaint, "", context=story.context("qian"))
    assert Obligation.objects.get(pk=row.pk).fulfilled_at == story.now


def test_departments_asked_later_put_the_conclusion_off(works: Factory) -> None:
    story = told(works, "judged")
    story.assign("production")
    story.assign("technical")
    rows = Obligation.objects.filter(record_id=story.complaint.pk, rule="conclude").order_by("id")
    first, second = rows
    assert (first.put_off, first.cancelled_at, first.fulfilled_at) == (True, second.opened_at, None)
    assert (second.is_open, second.due_at > first.due_at) == (True, True)
