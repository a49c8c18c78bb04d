"""Merging a complaint into another and taking it out again: it stands where it stood and owes what it owed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import ending, intake, remedies
from huiyin.complaints.actions.values import RemedyInput
from huiyin.complaints.models import Complaint
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 15:00")


def owed(complaint: Complaint) -> list[tuple[str, object]]:
    rows = Obligation.objects.filter(OPEN, kind="complaint", record_id=complaint.pk)
    return list(rows.order_by("rule").values_list("rule", "due_at"))


def twins(works: Factory) -> tuple[Complaint, Complaint]:
    return works.complaint(when="2026-11-16 09:00"), works.complaint(when="2026-11-16 09:20")


def test_what_is_merged_rests_in_the_other_and_owes_nothing(works: Factory) -> None:
    first, second = twins(works)
    ending.merge(second, first, context=works.context("mei", "2026-11-16 09:30"))
    assert (second.state, second.phase, second.merged_into) == ("merged", "void", first)
    assert owed(second) == []
    assert [rule for rule, _ in owed(first)] == ["answer", "verify"]


def test_what_is_taken_out_owes_again_what_it_owed_by_the_same_moments(works: Factory) -> None:
    first, second = twins(works)
    before = owed(second)
    ending.merge(second, first, context=works.context("mei", "2026-11-16 09:30"))
    ending.unmerge(second, context=works.context("lin", "2026-11-16 10:00"))
    assert (second.state, second.phase, second.merged_into, second.closed_at) == (
        "registered",
        "received",
        None,
        None,
    )
    assert owed(second) == before
    alarms = Obligation.objects.filter(OPEN, record_id=second.pk).order_by("rule")
    assert [row.next_alarm_at is not None for row in alarms] == [True, True]


def test_a_complaint_that_waited_for_the_customer_waits_again_and_goes_on_after_the_reply(
    works: Factory,
) -> None:
    first, second = twins(works)
    intake.ask_customer(second, "请发照片", context=works.context("mei", "2026-11-16 10:00"))
    ending.merge(second, first, context=works.context("mei", "2026-11-16 10:10"))
    ending.unmerge(second, context=works.context("mei", "2026-11-16 10:20"))
    assert second.state == "asking"
    rows = Obligation.objects.filter(OPEN, record_id=second.pk, rule__in=["answer", "verify"])
    assert [(row.paused_at, row.next_alarm_at) for row in rows] == [(at("2026-11-16 10:00"), None)] * 2
    intake.record_reply(second, "已发", context=works.context("mei", "2026-11-16 11:00"))
    assert second.state == "registered"
    verify = Obligation.objects.get(record_id=second.pk, rule="verify")
    assert (verify.paused_at, verify.due_at) == (None, at("2026-11-16 13:50"))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("itself", "不能并入自己"),
        ("void", "{number} 已作废或已并案"),
        ("receiver", "已有投诉并入本投诉，请先取消"),
    ],
)
def test_a_merge_that_would_lose_sight_of_a_complaint_is_refused(works: Factory, case: str, said: str) -> None:
    first, second = twins(works)
    third = works.complaint(when="2026-11-16 09:25")
    into, who = first, second
    if case == "itself":
        into = second
    elif case == "void":
        ending.withdraw(first, "不投诉了", context=works.context("mei", "2026-11-16 09:30"))
    else:
        ending.merge(third, second, context=works.context("mei", "2026-11-16 09:30"))
    with pytest.raises(Refused) as refused:
        ending.merge(who, into, context=works.context("mei", "2026-11-16 09:40"))
    reasons = [r.show("zh") for r in [*refused.value.reasons, *refused.value.fields.values()]]
    assert reasons == [said.format(number=first.number)]
    assert Complaint.objects.get(pk=second.pk).state == "registered"


def test_what_asks_for_a_remedy_is_merged_when_that_is_decided(works: Factory) -> None:
    """Nobody could decide it afterwards."""
    story, other = told(works, "judged"), works.complaint()
    row = remedies.request(story.complaint, RemedyInput("refund", amount=Decimal(3000)), context=story.context("mei"))
    with pytest.raises(Refused) as refused:
        ending.merge(story.complaint, other, context=story.context("mei"))
    assert [r.show("zh") for r in refused.value.reasons] == ["还有补救申请没有批复"]
    remedies.deny(story.complaint, row, "并案处理", context=story.context("zong"))
    ending.merge(story.complaint, other, context=story.context("mei"))
    assert owed(story.complaint) == []


def test_the_page_merges_by_number_and_the_record_says_into_which(office: Office) -> None:
    first, second = twins(office.works)
    mei, page = office.desk("mei"), f"/complaints/{second.number}"
    answer = mei.send(f"{page}/merger", into=first.number)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert f"已并入 {first.number}" in mei.get(page).text
    assert mei.send(f"{page}/merger-undone").status_code == 302
    assert Complaint.objects.get(pk=second.pk).state == "registered"


def test_only_what_one_may_see_can_be_merged_into(office: Office) -> None:
    story = Story(office.works)
    answer = office.desk("mei").send(f"/complaints/{story.complaint.number}/merger", into="KS2026-9999")
    assert answer.status_code == 422
    assert "没有编号为 KS2026-9999 的投诉" in answer.content.decode()
