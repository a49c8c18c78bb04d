"""Scripts take turns in the order of time; one that cannot go on ends alone, and reminders come in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from huiyin.complaints.actions import intake
from huiyin.complaints.models import Complaint
from huiyin.demo.company import DemoCompany, StepUnavailable
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.demo.timeline import Timeline
from huiyin.journal.models import Entry
from huiyin.kernel.text import t
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at, factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def works() -> Factory:
    return factory("feedback")


@pytest.fixture
def timeline(works: Factory) -> Timeline:
    return Timeline(DemoCompany(1, works.version, at("2026-11-18 00:00")))


def walk(seen: list[tuple[str, datetime]], name: str, days: float) -> Callable[[Script], WorkMinutes]:
    """A script of three steps that notes when each of them came."""

    def play(script: Script) -> WorkMinutes:
        for step in range(3):
            seen.append((f"{name} {step}", script.at))
            yield days * DAY

    return play


def test_scripts_take_turns_in_the_order_of_time(timeline: Timeline) -> None:
    seen: list[tuple[str, datetime]] = []
    timeline.begin("slow", at("2026-11-10 09:00"), walk(seen, "slow", 2))
    timeline.begin("fast", at("2026-11-11 09:00"), walk(seen, "fast", 0.3))
    timeline.play()
    assert [name for name, _ in seen] == ["slow 0", "fast 0", "fast 1", "fast 2", "slow 1", "slow 2"]
    assert [moment for _, moment in seen] == sorted(moment for _, moment in seen)


def test_what_lies_after_the_end_is_never_played(timeline: Timeline) -> None:
    seen: list[tuple[str, datetime]] = []
    timeline.begin("late", at("2026-11-17 09:00"), walk(seen, "late", 1))
    timeline.play()
    assert [name for name, _ in seen] == ["late 0"]


def test_a_script_goes_on_beside_the_one_that_began_it(timeline: Timeline) -> None:
    seen: list[tuple[str, datetime]] = []

    def play(script: Script) -> WorkMinutes:
        script.alongside("beside", walk(seen, "beside", 0.2))
        yield 2 * DAY
        seen.append(("after", script.at))

    timeline.begin("first", at("2026-11-10 09:00"), play)
    timeline.play()
    assert [name for name, _ in seen] == ["beside 0", "beside 1", "beside 2", "after"]


@pytest.mark.parametrize("why", [StepUnavailable("task.accept"), Refused([t("不行", "No")])])
def test_a_script_that_cannot_go_on_ends_alone_and_leaves_nothing_half_done(
    works: Factory, timeline: Timeline, why: Exception
) -> None:
    seen: list[tuple[str, datetime]] = []

    def play(script: Script) -> WorkMinutes:
        works.complaint("mei", "2026-11-10 10:00")
        raise why
        yield 1

    timeline.begin("stuck", at("2026-11-10 09:00"), play)
    timeline.begin("other", at("2026-11-10 09:00"), walk(seen, "other", 0.1))
    timeline.play()
    assert len(seen) == 3
    assert Complaint.objects.count() == 0


def test_reminders_come_at_their_own_moments_between_two_steps(works: Factory, timeline: Timeline) -> None:
    def play(script: Script) -> WorkMinutes:
        complaint = works.complaint("mei", "2026-11-10 09:10")
        yield 3 * DAY
        intake.ask_customer(complaint, "请提供照片", context=works.context("mei", "2026-11-13 09:00"))

    timeline.begin("forgotten", at("2026-11-10 09:00"), play)
    timeline.play()
    events = list(Entry.objects.filter(kind="complaint").order_by("sequence").values_list("event", "at"))
    assert [event for event, _ in events][:2] == ["complaint.registered", "obligation.escalated"]
    assert [event for event, _ in events][-1] == "complaint.customer_asked"
    assert [moment for _, moment in events] == sorted(moment for _, moment in events)


def test_reminders_go_on_after_the_last_step_up_to_the_end(works: Factory, timeline: Timeline) -> None:
    def play(script: Script) -> WorkMinutes:
        works.complaint("mei", "2026-11-10 09:10")
        yield from ()

    timeline.begin("forgotten", at("2026-11-10 09:00"), play)
    timeline.play()
    moments = list(Entry.objects.filter(event="obligation.escalated").values_list("at", flat=True))
    assert moments
    assert max(moments) < at("2026-11-18 00:00")
    assert not Obligation.objects.filter(OPEN, next_alarm_at__lt=at("2026-11-18 00:00")).exists()
