"""Answering the customer, their acceptance, and round after round until they are satisfied."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import answering
from huiyin.complaints.models import Answer, Complaint
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-17 10:00")


def open_rules(story: Story) -> list[str]:
    rows = Obligation.objects.filter(OPEN, record_id=story.complaint.pk).exclude(rule="carry-out")
    return sorted(rows.values_list("rule", flat=True))


def test_the_answer_is_kept_as_it_was_given_and_ends_what_was_owed(works: Factory) -> None:
    story = told(works, "decided")
    assert open_rules(story) == ["answer"]
    story.answer()
    row = Answer.objects.get()
    assert (row.round, row.text, row.channel, row.at, row.by, row.accepted) == (
        1,
        "已更换工装并补发十件",
        "telephone",
        story.now,
        works.mei,
        None,
    )
    assert (story.complaint.state, story.complaint.answered_at) == ("answered", story.now)
    assert open_rules(story) == ["customer-opinion"]


def test_an_answer_needs_words(works: Factory) -> None:
    story = told(works, "decided")
    with pytest.raises(Refused) as refused:
        answering.answer(story.complaint, "", "telephone", context=story.context("mei"))
    assert {k: v.show("zh") for k, v in refused.value.fields.items()} == {"answer_text": "请填写“答复内容”"}
    assert Answer.objects.count() == 0


def test_the_customer_accepts(works: Factory) -> None:
    story = told(works, "accepted")
    row = Answer.objects.get()
    assert (row.accepted, row.decided_by_name, row.reason, row.decided_at) == (
        True,
        "周厂长",
        "可以",
        story.now,
    )
    assert (story.complaint.state, story.complaint.accepted_at) == ("accepted", story.now)
    assert open_rules(story) == ["call-back"]
    assert timeline("complaint", story.complaint.pk)[0].text.zh == "客户接受了答复（周厂长），由王晓梅记录"


def test_the_customer_refuses_and_a_new_round_begins(works: Factory) -> None:
    story = told(works, "answered")
    story.refuse()
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.round, now.answered_at, now.refusal_reason) == ("handling", 2, None, "还在漏")
    assert open_rules(story) == ["answer-again", "conclude-again"]
    owed = Obligation.objects.get(record_id=now.pk, rule="answer-again")
    assert owed.due_at == at("2026-11-19 10:40")
    told_of = Notice.objects.filter(text_zh="客户没有接受答复（周厂长）：还在漏")
    assert sorted(told_of.values_list("person__username", flat=True)) == ["lin", "qian", "song"]


def test_a_refusal_needs_its_reason(works: Factory) -> None:
    story = told(works, "answered")
    with pytest.raises(Refused) as refused:
        answering.refuse(story.complaint, "周厂长", "", context=story.context("mei"))
    assert list(refused.value.fields) == ["refusal_reason"]


def test_three_rounds_are_three_answers_and_the_last_one_counts(works: Factory) -> None:
    story = told(works, "answered")
    for _ in range(2):
        story.refuse()
        story.conclude()
        story.approve_verdict()
        story.answer()
    story.accept()
    assert list(Answer.objects.order_by("round").values_list("round", "accepted")) == [
        (1, False),
        (2, False),
        (3, True),
    ]
    assert Complaint.objects.get(pk=story.complaint.pk).round == 3
    assert verify().code == 0


def test_the_page_says_which_round_and_what_the_customer_said(office: Office) -> None:
    story = told(office.works, "answered")
    story.refuse()
    text = office.desk("mei").get(f"/complaints/{story.complaint.number}").text
    assert ["第 2 轮" in text, "客户不接受" in text, "周厂长：还在漏" in text] == [True, True, True]


def test_the_answer_page_keeps_the_words_when_it_is_too_early(office: Office) -> None:
    story = told(office.works, "concluded")
    path, mei = f"/complaints/{story.complaint.number}/answer", office.desk("mei")
    assert [form.action for form in mei.get(path).forms if form.action == path] == []
    written = {"answer_text": "已换工装", "channel": "email", "version": story.complaint.version}
    page = ParsedPage(mei.post(path, written))  # the form was open before it became too early
    assert (page.status, "结论还没有批准" in page.text) == (422, True)
    assert page.form(path).values["answer_text"] == ["已换工装"]


def test_nobody_can_accept_what_was_not_answered(works: Factory) -> None:
    story = told(works, "decided")
    with pytest.raises(Refused) as refused:
        story.accept()
    assert [r.show("zh") for r in refused.value.reasons] == ["现在处于“待答复”，不能“客户认可”"]
