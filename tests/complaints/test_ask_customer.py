"""Asking the customer: the clock of what waits for them stands still, and goes on from where it stood."""

from __future__ import annotations

import re

import pytest

from huiyin.complaints.actions import intake, tasks
from huiyin.complaints.actions.values import PromiseInput
from huiyin.complaints.models import Complaint
from huiyin.obligations.models import Notice, Obligation
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 10:00")


def row(complaint: Complaint, rule: str) -> Obligation:
    return Obligation.objects.get(record_id=complaint.pk, rule=rule)


def test_while_the_customer_is_asked_deadlines_stand_still_and_somebody_owes_the_chasing(
    works: Factory,
) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(complaint, "请发照片", context=works.context("lin", "2026-11-16 10:00"))
    assert (complaint.state, complaint.phase) == ("asking", "verification")
    assert [row(complaint, r).paused_at for r in ("verify", "answer")] == [at("2026-11-16 10:00")] * 2
    chase = row(complaint, "chase-customer")
    assert (chase.paused_at, chase.due_at, chase.owner_person) == (None, at("2026-11-19 10:00"), works.mei)
    assert [n.text_zh for n in Notice.objects.filter(person=works.mei)] == ["林志远请客户补充：请发照片"]


def test_the_reply_gives_back_the_time_the_customer_took(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(complaint, "请发照片", context=works.context("mei", "2026-11-16 10:00"))
    intake.record_reply(complaint, "已发三张", context=works.context("mei", "2026-11-17 14:00"))
    assert (complaint.state, row(complaint, "chase-customer").fulfilled_at) == (
        "registered",
        at("2026-11-17 14:00"),
    )
    assert [(row(complaint, r).due_at, row(complaint, r).original_due_at) for r in ("verify", "answer")] == [
        (at("2026-11-17 15:00"), at("2026-11-16 11:00")),
        (at("2026-11-24 11:30"), at("2026-11-23 09:00")),  # ten and a half working hours later
    ]
    assert row(complaint, "verify").next_alarm_at == at("2026-11-17 14:30")


@pytest.mark.parametrize("chapter", ["registered", "verified", "judged"])
def test_the_complaint_goes_back_to_where_it_stood(works: Factory, chapter: str) -> None:
    story = told(works, chapter)
    intake.ask_customer(story.complaint, "请寄回样品", context=story.context("mei"))
    intake.record_reply(story.complaint, "已寄", context=story.context("mei"))
    assert story.complaint.state == chapter


def test_asked_twice_both_waits_are_given_back(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    for question, reply in (("10:00", "10:30"), ("11:00", "12:00")):
        intake.ask_customer(complaint, "请补充", context=works.context("mei", f"2026-11-16 {question}"))
        intake.record_reply(complaint, "已补充", context=works.context("mei", f"2026-11-16 {reply}"))
    assert row(complaint, "verify").due_at == at("2026-11-16 14:00")


def test_what_is_promised_while_waiting_is_not_put_off(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(complaint, "请发照片", context=works.context("mei", "2026-11-16 10:00"))
    made = PromiseInput("明天中午前回电", at("2026-11-17 12:00"))
    intake.promise(complaint, made, context=works.context("mei", "2026-11-16 10:10"))
    assert (row(complaint, "customer-promise").paused_at, row(complaint, "customer-promise").due_at) == (
        None,
        at("2026-11-17 12:00"),
    )


def test_a_returned_answer_is_redone_when_the_customer_has_replied(works: Factory) -> None:
    story = told(works, "judged")
    task = story.assign()[0]
    story.accept_task(task)
    story.answer_task(task)
    intake.ask_customer(story.complaint, "请寄回样品", context=story.context("mei"))
    tasks.return_answer(task, "原因太笼统", context=story.context("lin"))
    redo = row(story.complaint, "redo-measures")
    assert (redo.paused_at, redo.next_alarm_at) == (story.now, None)
    intake.record_reply(story.complaint, "已寄", context=works.context("mei", "2026-11-18 09:00"))
    # returned on the 16th at 10:30; the working day it gives begins with the reply
    assert row(story.complaint, "redo-measures").due_at == at("2026-11-19 09:00")


def test_the_list_shows_that_the_clock_stands_still(office: Office) -> None:
    complaint = office.works.complaint(when="2026-11-16 09:00")
    assert office.desk("mei").send(f"/complaints/{complaint.number}/question", question="请发照片").status_code == 302
    page = office.desk("mei").get("/")
    assert "等待中，暂停计时" in page.text


@pytest.mark.parametrize(
    ("chapter", "before", "here"),
    [
        ("registered", [], "已登记"),
        ("verified", ["已登记"], "已核实"),
        ("judged", ["已登记", "已核实"], "已判定"),
    ],
)
def test_while_waiting_the_way_shows_where_the_complaint_came_from(
    office: Office, chapter: str, before: list[str], here: str
) -> None:
    complaint = told(office.works, chapter).complaint
    intake.ask_customer(complaint, "请补拍照片", context=office.works.context("mei", "2026-11-17 09:30"))
    page = office.desk("mei").get(f"/complaints/{complaint.number}").html
    way = re.findall(r'<li class="is-(\w+)".*?steps-label">([^<]+)', page, re.DOTALL)
    assert [label for standing, label in way if standing == "done"] == before
    assert [label for standing, label in way if standing == "current"] == [here]
