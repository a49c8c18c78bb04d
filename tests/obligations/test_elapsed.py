"""Deadlines on the clock, days off included: the 48 hours of the feedback procedure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.complaints.actions import intake
from huiyin.obligations.models import Obligation
from huiyin.obligations.settling import alarm_times, explain, pauses_of
from tests.cast import Factory, at
from tests.stage import stage
from tests.story import Story

pytestmark = pytest.mark.django_db

works = stage("feedback")


def given(works: Factory) -> tuple[Story, Obligation]:
    """A complaint given to production on a Friday at 14:50."""
    story = Story(works, "2026-11-20 14:10")
    for chapter in (story.verify, story.forward, story.judge, story.assign):
        chapter()
    return story, Obligation.objects.select_related("owner_department").get(rule="measures")


def test_48_hours_from_friday_end_on_sunday(works: Factory) -> None:
    _, row = given(works)
    assert (row.opened_at, row.due_at) == (at("2026-11-20 14:50"), at("2026-11-22 14:50"))


def test_reminders_are_shares_of_the_same_clock(works: Factory) -> None:
    _, row = given(works)
    rule, calendar = works.procedure.rule("measures"), works.procedure.calendar_for("production")
    assert alarm_times(row, rule, calendar) == [
        at("2026-11-22 02:50"),
        at("2026-11-22 14:50"),
        at("2026-11-23 17:30"),
    ]


def test_a_pause_gives_its_time_back_on_the_clock_and_to_the_reminders(works: Factory) -> None:
    story, row = given(works)
    intake.ask_customer(story.complaint, "样品？", context=works.context("mei", "2026-11-20 16:00"))
    intake.record_reply(story.complaint, "已寄", context=works.context("mei", "2026-11-23 16:00"))
    row.refresh_from_db()
    rule, calendar = works.procedure.rule("measures"), works.procedure.calendar_for("production")
    assert row.due_at == row.original_due_at + timedelta(days=3)
    assert explain(row, rule, pauses_of(row, rule), calendar).at == row.due_at
    assert row.next_alarm_at == at("2026-11-25 02:50")
