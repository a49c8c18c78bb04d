"""The ladder: reminders at their moments, to those the procedure names, each once, in the journal and in the bell."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from huiyin.complaints.actions import intake
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import Notice, Obligation
from huiyin.obligations.notices import mark_read
from huiyin.people.actions import go_on_leave
from huiyin.people.models import Person
from tests.cast import Factory, at
from tests.stage import stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")


def alarms(complaint: Complaint, rule: str) -> list[tuple[datetime, str, list[str]]]:
    """Each reminder of one rule: when, which rung, who was told."""
    pks = list(Obligation.objects.filter(record_id=complaint.pk, rule=rule).values_list("pk", flat=True))
    rows = Entry.objects.filter(event="obligation.escalated", record_id=complaint.pk).order_by("sequence")
    return [
        (e.at, e.particulars["rung"], [p["zh"] for p in e.particulars["told"]])
        for e in rows
        if e.particulars["obligation"] in pks
    ]


def swept(start: str, end: str, minutes: int = 1) -> None:
    """The worker's sweep once a minute."""
    now, last = at(start), at(end)
    while now <= last:
        sweep(at=now)
        now += timedelta(minutes=minutes)


def test_each_rung_is_climbed_at_its_moment_by_those_who_stand_on_it(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    swept("2026-11-16 10:00", "2026-11-16 16:30")
    assert alarms(complaint, "verify") == [
        (at("2026-11-16 10:30"), "owner", ["王晓梅"]),
        (at("2026-11-16 11:00"), "head", ["宋建国"]),
        (at("2026-11-16 16:30"), "management", ["总经理赵"]),
    ]
    assert Obligation.objects.get(rule="verify").next_alarm_at is None
    assert verify().code == 0


def test_within_the_minute_after_it_is_due_those_concerned_know(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    sweep(at=at("2026-11-16 10:31"))
    sweep(at=at("2026-11-16 11:00") + timedelta(seconds=59))
    found = [(rung, when - at("2026-11-16 11:00")) for when, rung, _ in alarms(complaint, "verify")]
    assert found == [("owner", -timedelta(minutes=29)), ("head", timedelta(seconds=59))]


def test_what_was_missed_while_nothing_swept_is_told_once_on_the_highest_rung(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    assert sweep(at=at("2026-11-17 09:00")) == 1
    assert alarms(complaint, "verify") == [(at("2026-11-17 09:00"), "management", ["总经理赵"])]
    assert sweep(at=at("2026-11-17 09:01")) == 0


def test_the_notice_says_what_is_due_and_that_it_is_urgent(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    swept("2026-11-16 10:30", "2026-11-16 11:00", 30)
    reminders = Entry.objects.filter(event="obligation.escalated").values("pk")
    rows = Notice.objects.filter(record_number=complaint.number, entry_id__in=reminders)
    assert list(rows.order_by("id").values_list("person__username", "text_zh", "urgent")) == [
        ("mei", "“核实客户身份与投诉内容”将到期，已提醒：王晓梅", False),
        ("song", "“核实客户身份与投诉内容”已到期，已提醒：宋建国", True),
    ]


def test_the_bell_counts_what_is_unread_until_it_is_read(works: Factory) -> None:
    works.complaint(when="2026-11-16 09:00")
    swept("2026-11-16 10:30", "2026-11-16 11:00", 30)
    song = Person.objects.get(username="song")
    assert (song.unread_notices, Notice.objects.filter(person=song).count()) == (2, 2)
    mark_read(song, at=at("2026-11-16 11:05"))
    assert Person.objects.get(username="song").unread_notices == 0
    assert not Notice.objects.filter(person=song, read_at=None).exists()


def test_what_is_kept_reminds_nobody_any_more(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 10:00"))
    swept("2026-11-16 10:00", "2026-11-16 12:00", 5)
    assert alarms(complaint, "verify") == []


def test_what_waits_for_the_customer_reminds_nobody_of_itself(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-16 10:00"))
    swept("2026-11-16 10:00", "2026-11-18 17:00", 60)
    assert (alarms(complaint, "verify"), alarms(complaint, "answer")) == ([], [])


def test_a_reminder_given_before_the_pause_is_not_given_again(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    swept("2026-11-16 10:30", "2026-11-16 10:30")
    intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-16 10:40"))
    intake.record_reply(complaint, "已发", context=works.context("mei", "2026-11-16 15:00"))
    swept("2026-11-16 15:00", "2026-11-16 15:30")
    assert [(when, rung) for when, rung, _ in alarms(complaint, "verify")] == [
        (at("2026-11-16 10:30"), "owner"),
        (at("2026-11-16 15:20"), "head"),
    ]


def test_a_role_inbox_reminds_the_whole_department_and_then_its_head(works: Factory) -> None:
    story = told(works, "judged")
    story.assign("production")
    swept("2026-11-16 10:00", "2026-11-16 15:30", 10)
    assert [(rung, who) for _, rung, who in alarms(story.complaint, "task-acceptance")] == [
        ("owner", ["彭师傅", "沈主任"]),
        ("head", ["沈主任"]),
    ]


def test_an_inbox_without_people_reminds_management(works: Factory) -> None:
    Person.objects.filter(department__key="production").update(is_active=False)
    story = told(works, "judged")
    story.assign("production")
    swept("2026-11-16 10:00", "2026-11-16 15:30", 10)
    assert [(rung, who) for _, rung, who in alarms(story.complaint, "task-acceptance")] == [
        ("owner", ["总经理赵"]),
        ("head", ["总经理赵"]),
    ]


def test_an_owner_who_has_left_is_replaced_by_management(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    Person.objects.filter(username="mei").update(is_active=False)
    sweep(at=at("2026-11-16 10:30"))
    assert [(rung, who) for _, rung, who in alarms(complaint, "verify")] == [("owner", ["总经理赵"])]


def test_whoever_stands_in_is_reminded_with_whom_they_stand_in_for(works: Factory) -> None:
    go_on_leave(works.mei, works.fang, starts_at=at("2026-11-16 08:00"), ends_at=at("2026-11-20 18:00"), reason="休假")
    complaint = works.complaint("song", when="2026-11-16 09:00")
    own = works.complaint("mei", when="2026-11-16 09:00")
    sweep(at=at("2026-11-16 10:30"))
    assert alarms(complaint, "verify")[0][2] == ["宋建国"]
    assert alarms(own, "verify")[0][2] == ["王晓梅", "方会计"]
    told_fang = Notice.objects.filter(person=works.fang).order_by("id").values_list("record_number", "text_zh")
    assert list(told_fang) == [
        (complaint.number, "宋建国登记了周厂长的投诉：接头处漏油"),
        (own.number, "王晓梅登记了周厂长的投诉：接头处漏油"),
        (own.number, "“核实客户身份与投诉内容”将到期，已提醒：王晓梅、方会计"),
    ]


def test_whoever_was_to_stand_in_and_has_left_is_reminded_no_more(works: Factory) -> None:
    go_on_leave(works.mei, works.fang, starts_at=at("2026-11-16 08:00"), ends_at=at("2026-11-20 18:00"), reason="休假")
    Person.objects.filter(username="fang").update(is_active=False)
    complaint = works.complaint("mei", when="2026-11-16 09:00")
    sweep(at=at("2026-11-16 10:30"))
    assert alarms(complaint, "verify")[0][2] == ["王晓梅"]
    assert not Notice.objects.filter(person=works.fang).exists()


def test_the_planned_day_of_measures_reminds_a_working_day_before_it(works: Factory) -> None:
    story = told(works, "judged")
    task = story.assign()[0]
    story.finish(task)
    assert Obligation.objects.get(rule="carry-out").due_at == at("2026-11-20 17:30")
    swept("2026-11-19 17:00", "2026-11-25 17:30", 30)
    # the working day before the end of the 20th is the 20th itself, from its morning
    assert [(when, rung) for when, rung, _ in alarms(story.complaint, "carry-out")] == [
        (at("2026-11-20 08:00"), "owner"),
        (at("2026-11-20 17:30"), "head"),
        (at("2026-11-25 17:30"), "management"),
    ]


def test_a_sweep_takes_the_oldest_first_and_as_many_as_it_is_told(works: Factory) -> None:
    for minute in range(5):
        works.complaint(when=f"2026-11-16 09:0{minute}")
    assert [sweep(at=at("2026-11-16 11:00"), limit=2) for _ in range(3)] == [2, 2, 1]
    numbers = Entry.objects.filter(event="obligation.escalated").order_by("id").values_list("number", flat=True)
    assert list(numbers) == [f"KS2026-000{n}" for n in range(1, 6)]
