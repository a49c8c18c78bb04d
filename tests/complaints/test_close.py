"""Closing with the customer: the gate names everything that is still missing, all at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import ending, ownership, remedies, tasks
from huiyin.complaints.actions.values import PromiseInput, RemedyInput
from huiyin.complaints.models import Complaint
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-17 10:00")
EVERYTHING = [
    "还有补救申请没有批复",
    "还有对客户的承诺没有兑现",
    "还有移交没有接收",
]


def burdened(works: Factory) -> Story:
    """Called back, with a request undecided, a promise unkept, a transfer not taken up and a second task unanswered."""
    story = told(works, "answered", promise=PromiseInput("给出报告", at("2026-11-30 12:00")))
    wanted = RemedyInput("compensation", amount=Decimal("3000"))
    remedies.request(story.complaint, wanted, context=story.context("mei"))
    story.accept()
    story.call_back()
    ownership.offer_transfer(story.complaint, works.song, "休假", context=story.context("mei"))
    return story


def test_the_gate_names_every_reason_at_once(works: Factory) -> None:
    story = burdened(works)
    with pytest.raises(Refused) as refused:
        story.close()
    assert [r.show("zh") for r in refused.value.reasons] == EVERYTHING
    assert Complaint.objects.get(pk=story.complaint.pk).state == "called_back"


def test_the_page_shows_the_same_reasons_beside_the_button(office: Office) -> None:
    story = burdened(office.works)
    mei = office.desk("mei")
    text = mei.get(f"/complaints/{story.complaint.number}").text
    assert [reason in text for reason in EVERYTHING] == [True] * 3
    path = f"/complaints/{story.complaint.number}/closure"
    asked = mei.get(path)
    assert [reason in asked.text for reason in EVERYTHING] == [True] * 3
    assert [form.action for form in asked.forms if form.action == path] == []
    written = {"closing_note": "客户满意", "version": story.complaint.version}
    page = ParsedPage(mei.post(path, written))  # the form was open before the burdens came
    assert (page.status, page.form(path).values["closing_note"]) == (422, ["客户满意"])
    assert [reason in page.text for reason in EVERYTHING] == [True] * 3


def test_the_page_marks_what_the_procedure_requires_of_the_step(office: Office) -> None:
    story = told(office.works, "called_back")
    path = f"/complaints/{story.complaint.number}/closure"
    page = ParsedPage(office.desk("mei").send(path, closing_note=""))
    assert (page.status, "请填写结案说明。" in page.text) == (422, True)


def test_an_offer_of_a_step_says_the_same_as_its_refusal(works: Factory) -> None:
    story = burdened(works)
    sent = story.context("mei")
    offer = next(o for o in offered_steps(story.complaint, sent.actor, at=sent.at) if o.verb == "close")
    assert ([r.show("zh") for r in offer.reasons], offer.may, offer.is_mine) == (EVERYTHING, False, True)


def test_a_task_reopened_by_quality_holds_the_closing(works: Factory) -> None:
    story = told(works, "called_back")
    task = story.complaint.tasks.get()
    story.carry_out(task)
    tasks.return_answer(task, "没有效果", context=story.context("lin"))
    with pytest.raises(Refused) as refused:
        story.close()
    assert [r.show("zh") for r in refused.value.reasons] == ["生产部的任务还没有审核通过"]


def test_closing_needs_its_note(works: Factory) -> None:
    story = told(works, "called_back")
    with pytest.raises(Refused) as refused:
        ending.close(story.complaint, "", context=story.context("mei"))
    assert list(refused.value.fields) == ["closing_note"]
