"""Calling the customer back: by somebody other than who answered, as often as it takes, with their own words."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import answering, ending
from huiyin.complaints.models import Call, Complaint
from huiyin.obligations.models import Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-17 10:00")


def test_who_answered_does_not_call_back(works: Factory) -> None:
    story = told(works, "accepted")
    with pytest.raises(Refused) as refused:
        answering.call_back(story.complaint, "satisfied", "", context=story.context("mei"))
    assert [r.show("zh") for r in refused.value.reasons] == ["回访须由处理人以外的人进行"]


def test_an_attempt_is_kept_and_what_is_owed_stays_owed(works: Factory) -> None:
    story = told(works, "accepted")
    for words in ("占线", "无人接听"):
        answering.attempt_call(story.complaint, words, context=story.context("song"))
    assert list(Call.objects.order_by("id").values_list("reached", "words")) == [
        (False, "占线"),
        (False, "无人接听"),
    ]
    assert story.complaint.state == "accepted"
    assert Obligation.objects.get(record_id=story.complaint.pk, rule="call-back").fulfilled_at is None


def test_satisfaction_and_the_customers_own_words_are_kept(works: Factory) -> None:
    story = told(works, "called_back")
    row, now = Call.objects.get(), Complaint.objects.get(pk=story.complaint.pk)
    assert (row.reached, row.satisfaction, row.words, row.by) == (True, "satisfied", "还行", works.song)
    assert (now.state, now.satisfaction, now.called_back_at) == ("called_back", "satisfied", story.now)
    assert Obligation.objects.get(record_id=now.pk, rule="call-back").fulfilled_at == story.now


def test_satisfaction_must_be_said(works: Factory) -> None:
    story = told(works, "accepted")
    with pytest.raises(Refused):
        answering.call_back(story.complaint, "", "还行", context=story.context("song"))
    assert (Call.objects.count(), Complaint.objects.get(pk=story.complaint.pk).state) == (0, "accepted")


def test_a_dissatisfied_customer_may_be_heard_out_by_reopening(works: Factory) -> None:
    story = told(works, "accepted")
    answering.call_back(story.complaint, "dissatisfied", "又漏了", context=story.context("song"))
    ending.reopen(story.complaint, "回访不满意", context=story.context("mei"))
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.round, now.satisfaction, now.called_back_at, now.accepted_at) == (
        "handling",
        2,
        "",
        None,
        None,
    )


def test_the_page_needs_one_of_the_four_answers(office: Office) -> None:
    story = told(office.works, "accepted")
    path = f"/complaints/{story.complaint.number}/call-back"
    page = ParsedPage(office.desk("song").send(path, words="还行"))
    assert (page.status, page.form(path).values["words"]) == (422, ["还行"])
    assert office.desk("song").send(path, satisfaction="excellent", words="还行").status_code == 422
    assert office.desk("song").send(path, satisfaction="very-satisfied", words="还行").status_code == 302


def test_of_several_rounds_the_last_answer_decides_who_does_not_call_back(works: Factory, office: Office) -> None:
    story = told(works, "answered")
    story.refuse()
    task = story.assign()[0]
    story.finish(task)
    story.conclude()
    story.approve_verdict()
    story.answer("song")
    story.accept()
    with pytest.raises(Refused) as refused:
        answering.call_back(story.complaint, "satisfied", "", context=story.context("song"))
    assert [r.show("zh") for r in refused.value.reasons] == ["回访须由处理人以外的人进行"]
    path = f"/complaints/{story.complaint.number}"
    shown = {name: "回访须由处理人以外的人进行" in office.desk(name).get(path).text for name in ("mei", "song")}
    assert shown == {"mei": False, "song": True}
    answering.call_back(story.complaint, "satisfied", "", context=story.context("mei"))
    assert Call.objects.get().by == works.mei
