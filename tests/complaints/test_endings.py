"""Ending otherwise than by closing, and beginning again: rejected with evidence, withdrawn, reopened."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.complaints.actions import ending, intake, remedies
from huiyin.complaints.actions.values import PromiseInput, RemedyInput
from huiyin.complaints.models import Complaint
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.records.files.files import attach
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.records.office import picture, upload
from tests.stage import desks, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-17 10:00")


def open_rules(story: Story) -> list[str]:
    rows = Obligation.objects.filter(OPEN, record_id=story.complaint.pk)
    return sorted(rows.values_list("rule", flat=True))


def proven(works: Factory, chapter: str = "verified", **facts: Any) -> Story:
    story = told(works, chapter, **facts)
    attach(story.complaint, upload("铭牌.png", picture()), actor=works.lin, at=story.now)
    return story


def test_without_evidence_nothing_is_rejected(works: Factory) -> None:
    story = told(works, "verified")
    with pytest.raises(Refused) as refused:
        ending.reject(story.complaint, "not-our-product", "不是我们的", context=story.context("qian"))
    assert [r.show("zh") for r in refused.value.reasons] == ["请先附上证据"]


def test_rejected_with_evidence_it_is_void_and_owes_nothing(works: Factory) -> None:
    story = proven(works)
    ending.reject(story.complaint, "not-our-product", "铭牌不符", context=story.context("qian"))
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.phase, now.reject_reason, now.closed_at) == (
        "rejected",
        "void",
        "铭牌不符",
        story.now,
    )
    assert open_rules(story) == []
    said = "钱卫东判定不成立：非本公司产品 铭牌不符"
    assert sorted(Notice.objects.filter(text_zh=said).values_list("person__username", flat=True)) == [
        "mei",
        "song",
    ]


def test_what_was_promised_is_kept_even_after_a_rejection(works: Factory) -> None:
    story = proven(works, promise=PromiseInput("给出说明", at("2026-11-18 12:00")))
    ending.reject(story.complaint, "not-our-product", "铭牌不符", context=story.context("qian"))
    assert open_rules(story) == ["customer-promise"]
    intake.keep_promise(story.complaint, story.complaint.promises.get(), "已说明", context=story.context("mei"))
    assert open_rules(story) == []


def test_only_heads_and_management_reject(works: Factory) -> None:
    story = proven(works)
    with pytest.raises(Refused) as refused:
        ending.reject(story.complaint, "not-our-product", "铭牌不符", context=story.context("lin"))
    assert [r.show("zh") for r in refused.value.reasons] == ["这一步由总经理室、质量部负责人、客服部负责人办理"]


def test_withdrawing_voids_it_with_everything_it_owed(works: Factory) -> None:
    story = told(works, "approved_tasks")
    ending.withdraw(story.complaint, "自己装错了", context=story.context("mei"))
    assert (story.complaint.state, story.complaint.phase, open_rules(story)) == ("withdrawn", "void", [])


def test_nothing_is_withdrawn_over_a_waiting_request(works: Factory) -> None:
    story = told(works, "judged")
    remedies.request(story.complaint, RemedyInput("refund"), context=story.context("mei"))
    with pytest.raises(Refused) as refused:
        ending.withdraw(story.complaint, "装错了", context=story.context("mei"))
    assert [r.show("zh") for r in refused.value.reasons] == ["还有补救申请没有批复"]


@pytest.mark.parametrize("chapter", ["accepted", "closed"])
def test_what_is_settled_cannot_be_withdrawn(works: Factory, chapter: str) -> None:
    story = told(works, chapter)
    with pytest.raises(Refused) as refused:
        ending.withdraw(story.complaint, "不投诉了", context=story.context("mei"))
    assert "客户撤回" in refused.value.reasons[0].show("zh")


def test_reopened_it_is_handled_anew_and_answered_within_three_days(works: Factory) -> None:
    story = told(works, "closed")
    ending.reopen(story.complaint, "又漏了", context=story.context("lin"))
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.phase, now.closed_at, now.round, now.reopen_reason) == (
        "handling",
        "handling",
        None,
        2,
        "又漏了",
    )
    assert open_rules(story) == ["answer-reopened", "carry-out", "conclude-reopened"]
    assert (now.answered_at, now.accepted_at, now.called_back_at, now.satisfaction) == (None, None, None, "")


def test_a_reopened_one_goes_the_whole_way_again(works: Factory) -> None:
    story = told(works, "closed")
    ending.reopen(story.complaint, "又漏了", context=story.context("lin"))
    for told_again in (
        story.conclude,
        story.approve_verdict,
        story.answer,
        story.accept,
        story.call_back,
        story.close,
    ):
        told_again()
    assert (story.complaint.state, story.complaint.closed_at) == ("closed", story.now)
    assert list(story.complaint.answers.order_by("round").values_list("round", "accepted")) == [
        (1, True),
        (2, True),
    ]
    assert verify().code == 0


def test_a_rejected_one_may_be_reopened(works: Factory) -> None:
    story = proven(works)
    ending.reject(story.complaint, "not-our-product", "铭牌不符", context=story.context("qian"))
    ending.reopen(story.complaint, "客户补了发货单", context=story.context("mei"))
    assert (story.complaint.state, open_rules(story)) == ("handling", ["answer-reopened", "conclude-reopened"])


@pytest.mark.parametrize(("noun", "field"), [("withdrawal", "withdraw_reason"), ("reopening", "reopen_reason")])
def test_the_page_wants_the_reason(office: Office, noun: str, field: str) -> None:
    story = told(office.works, "verified" if noun == "withdrawal" else "closed")
    path = f"/complaints/{story.complaint.number}/{noun}"
    page = ParsedPage(office.desk("mei").send(path, **{field: "  "}))
    assert (page.status, "请填写" in page.text) == (422, True)
