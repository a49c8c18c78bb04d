"""Days of the site reach what is open, under whatever version: reckoned anew, both moments kept, the entry says why."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError

from huiyin.complaints.actions.values import PromiseInput
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.kernel.periods import Period
from huiyin.kernel.text import t
from huiyin.obligations.commands import explain_due_command
from huiyin.obligations.models import OPEN, Notice, Obligation, SiteDay
from huiyin.obligations.occasions import period_moments
from huiyin.obligations.settling import next_alarm
from huiyin.obligations.site_calendar import special_days
from huiyin.obligations.site_days import SiteDayRefused, enter_site_day, reckon_anew, remove_site_day
from huiyin.procedure.loader import load_pack
from tests.cast import Factory, at, day
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db
works = stage("base")
office = desks()
SUNDAY = at("2026-11-15 15:00")
DUTIES = str(Path(__file__).parent / "packs" / "duties")
TYPHOON = t("台风停工", "Typhoon")


def due(works: Factory, rule: str) -> Obligation:
    return Obligation.objects.get(OPEN, rule=rule)


def test_a_typhoon_day_moves_what_is_open_and_its_removal_moves_it_back(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    first = due(works, "answer")
    assert first.due_at == at("2026-11-23 09:00")
    entered = enter_site_day(day("2026-11-18"), TYPHOON, hours=[], actor=works.root, at=at("2026-11-17 15:00"))
    assert reckon_anew(at=at("2026-11-17 15:01")) > 0
    assert reckon_anew(at=at("2026-11-17 15:02")) == 0
    now = due(works, "answer")
    assert (now.original_due_at, now.due_at) == (first.due_at, at("2026-11-24 09:00"))
    assert now.next_alarm_at is not None
    assert first.next_alarm_at is not None
    assert now.next_alarm_at > first.next_alarm_at
    entry = Entry.objects.filter(event="obligation.reckoned", kind="complaint", record_id=complaint.pk).order_by("-id")[
        0
    ]
    assert "台风停工" in sentence(entry, "zh")
    assert verify().code == 0

    remove_site_day(entered.pk, actor=works.root, at=at("2026-11-17 16:00"))
    assert reckon_anew(at=at("2026-11-17 16:01")) > 0
    assert due(works, "answer").due_at == first.due_at
    assert [sentence(one, "zh") for one in Entry.objects.filter(kind="site-day").order_by("id")] == [
        "管理员 登记 2026-11-18：台风停工",
        "管理员 撤下 2026-11-18：台风停工",
    ]
    assert verify().code == 0


def test_what_is_opened_later_counts_the_day_from_the_start(works: Factory) -> None:
    enter_site_day(day("2026-11-18"), TYPHOON, hours=[], actor=works.root, at=at("2026-11-15 15:00"))
    works.complaint(when="2026-11-16 09:00")
    assert due(works, "answer").due_at == at("2026-11-24 09:00")
    assert due(works, "answer").original_due_at == at("2026-11-24 09:00")


def test_a_department_s_day_is_its_own(works: Factory) -> None:
    works.complaint(when="2026-11-16 09:00")
    before = due(works, "answer").due_at
    enter_site_day(
        day("2026-11-18"), TYPHOON, hours=[], department="warehouse", actor=works.root, at=at("2026-11-16 15:00")
    )
    assert reckon_anew(at=at("2026-11-16 15:01")) == 0
    assert due(works, "answer").due_at == before


def test_a_plan_is_promised_to_the_end_of_the_site_s_own_hours(works: Factory) -> None:
    enter_site_day(day("2026-11-20"), t("停电", "No power"), hours=["08:00-12:00"], actor=works.root, at=SUNDAY)
    told(works, "approved_tasks")
    assert due(works, "carry-out").due_at == at("2026-11-20 12:00")


def test_a_turn_begins_on_the_last_day_that_the_site_works(works: Factory) -> None:
    """The rule names the last working day of its month; the site works no more on the 30th."""
    procedure = load_pack(DUTIES)
    rule, month = procedure.rule("month-summary"), Period.parse("2026-11")
    turn = rule.turns[0]
    enter_site_day(day("2026-11-30"), TYPHOON, hours=[], actor=works.root, at=SUNDAY)
    span = at("2026-11-01 00:00"), at("2026-11-30 23:59")
    ((period, base),) = period_moments(rule, procedure, *span, turn=turn, days=special_days())
    ((_, usual),) = period_moments(rule, procedure, *span, turn=turn, days=())
    assert (period, base, usual) == (month, at("2026-11-27 00:00"), at("2026-11-30 00:00"))


def test_explain_due_reckons_as_the_site_works(works: Factory, capsys: pytest.CaptureFixture[str]) -> None:
    wish = Namespace(pack=None, rule="answer", from_="2026-11-16T09:00", json=True, language="en")
    assert explain_due_command(wish) == 0
    before = json.loads(capsys.readouterr().out)
    assert before["due"] == "2026-11-23T09:00+08:00"
    assert before["calendar"].endswith("; no other days are entered at the site in between")
    enter_site_day(day("2026-11-18"), TYPHOON, hours=[], actor=works.root, at=SUNDAY)
    assert explain_due_command(wish) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["due"] == "2026-11-24T09:00+08:00"
    assert said["calendar"].endswith("; with the days entered at the site: 2026-11-18 Typhoon")
    assert any("Typhoon" in line for line in said["derivation"])
    works.complaint(when="2026-11-16 09:00")
    assert due(works, "answer").due_at == datetime.fromisoformat(said["due"])


def test_explain_due_without_a_database_reckons_by_the_pack(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unanswered() -> None:
        raise DatabaseError

    monkeypatch.setattr("huiyin.obligations.commands.special_days", unanswered)
    wish = Namespace(pack=None, rule="answer", from_="2026-11-16T09:00", json=False, language="en")
    assert explain_due_command(wish) == 0
    said = capsys.readouterr().out
    assert "2026-11-23T09:00+08:00" in said
    assert "; there is no database, so days entered at the site are not counted\n" in said


def test_one_day_is_entered_once(works: Factory) -> None:
    enter_site_day(day("2026-11-18"), TYPHOON, hours=[], actor=works.root, at=at("2026-11-15 15:00"))
    with pytest.raises(SiteDayRefused):
        enter_site_day(day("2026-11-18"), TYPHOON, hours=None, actor=works.root, at=at("2026-11-15 15:00"))


def test_an_administrator_enters_and_removes_a_day(office: Office, settings: Any) -> None:
    settings.TWO_FACTOR = "none"
    root, mei = office.desk("root"), office.desk("mei")
    assert mei.client.get("/calendar/").status_code == 404
    assert ["/calendar/" in desk.get("/").links for desk in (mei, root)] == [False, True]
    sent = root.send("/calendar/", date="2026-11-18", sort="hours", hours="08:00-12:00", label="停电")
    assert sent.status_code == 302
    row = SiteDay.objects.get()
    assert (row.hours, row.label_zh, row.entered_by_id) == (["08:00-12:00"], "停电", office.works.root.pk)
    assert "停电" in root.get("/calendar/").text
    assert root.send("/calendar/", date="2026-11-18", sort="off", label="停水").status_code == 422
    assert root.send("/calendar/", date="2026-11-19", sort="hours", hours="8 to 12", label="停水").status_code == 422
    assert root.client.post(f"/calendar/{row.pk}/remove").status_code == 302
    row.refresh_from_db()
    assert row.removed_by_id == office.works.root.pk


def test_a_day_moves_the_alarms_of_what_is_due_before_it(works: Factory) -> None:
    """A rung a working day behind the due moment waits for the day after the storm."""
    works.complaint(when="2026-11-16 09:00")
    row = due(works, "verify")
    calendar = works.procedure.calendar_for(None)
    late = len(works.procedure.rule("verify").ladder) - 1
    Obligation.objects.filter(pk=row.pk).update(alarms_given=late)
    row.refresh_from_db()
    row.next_alarm_at = next_alarm(row, works.procedure.rule("verify"), calendar)
    row.save()
    before = row.next_alarm_at
    assert before is not None
    enter_site_day(day("2026-11-16"), t("午后停电", "No power"), hours=["08:00-12:00"], actor=works.root, at=SUNDAY)
    enter_site_day(day("2026-11-17"), TYPHOON, hours=[], actor=works.root, at=SUNDAY)
    reckon_anew(at=at("2026-11-16 10:00"))
    row.refresh_from_db()
    assert (row.due_at, row.next_alarm_at) == (at("2026-11-16 11:00"), at("2026-11-18 11:00"))
    assert before == at("2026-11-16 16:30")


# ---- promises


def promised(works: Factory, moment: str) -> Obligation:
    works.complaint(promise=PromiseInput("回电", at(moment)), when="2026-11-16 09:00")
    return due(works, "customer-promise")


def test_a_promise_stays_and_whoever_owes_it_is_told_once_that_the_day_is_off(works: Factory) -> None:
    row = promised(works, "2026-11-18 15:00")
    entered = enter_site_day(day("2026-11-18"), TYPHOON, hours=[], actor=works.root, at=at("2026-11-17 15:00"))
    reckon_anew(at=at("2026-11-17 15:01"))
    SiteDay.objects.update(reckoned_at=None)  # the worker was killed before it had noted that it was done
    reckon_anew(at=at("2026-11-17 15:02"))
    row.refresh_from_db()
    assert (row.due_at, row.original_due_at) == (at("2026-11-18 15:00"), at("2026-11-18 15:00"))
    entry = Entry.objects.get(event="obligation.promise_stands")
    assert sentence(entry, "zh") == (
        f"“{row.label_zh}”约定的 2026-11-18 15:00 不变，现在落在不上班的日子。因日历变更：2026-11-18 台风停工。"
    )
    assert Notice.objects.filter(person=works.mei, entry_id=entry.pk).count() == 1
    remove_site_day(entered.pk, actor=works.root, at=at("2026-11-17 16:00"))
    reckon_anew(at=at("2026-11-17 16:01"))
    last = Entry.objects.filter(event="obligation.promise_stands").order_by("-id")[0]
    assert "in working time" in sentence(last, "en")
    assert verify().code == 0


def test_a_promise_outside_the_hours_that_are_left_is_told_and_one_within_them_is_not(works: Factory) -> None:
    early, late = promised(works, "2026-11-18 09:00"), None
    works.complaint(promise=PromiseInput("回电", at("2026-11-18 15:00")), when="2026-11-16 09:10")
    late = Obligation.objects.filter(OPEN, rule="customer-promise").exclude(pk=early.pk).get()
    enter_site_day(day("2026-11-18"), t("停电", "No power"), hours=["08:00-12:00"], actor=works.root, at=SUNDAY)
    reckon_anew(at=at("2026-11-17 15:01"))
    told_of = Entry.objects.filter(event="obligation.promise_stands").values_list("record_id", flat=True)
    assert list(told_of) == [late.record_id]


def test_an_end_of_work_that_was_promised_is_reckoned_anew(works: Factory) -> None:
    told(works, "approved_tasks")
    row = due(works, "carry-out")
    assert row.due_at == at("2026-11-20 17:30")
    entered = enter_site_day(
        day("2026-11-20"), t("停电", "No power"), hours=["08:00-12:00"], actor=works.root, at=SUNDAY
    )
    assert reckon_anew(at=at("2026-11-17 15:01")) > 0
    assert reckon_anew(at=at("2026-11-17 15:02")) == 0
    row.refresh_from_db()
    assert (row.due_at, row.original_due_at) == (at("2026-11-20 12:00"), at("2026-11-20 17:30"))
    remove_site_day(entered.pk, actor=works.root, at=at("2026-11-17 16:00"))
    reckon_anew(at=at("2026-11-17 16:01"))
    row.refresh_from_db()
    assert row.due_at == at("2026-11-20 17:30")
    assert not Entry.objects.filter(event="obligation.promise_stands").exists()
    assert verify().code == 0
