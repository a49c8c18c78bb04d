"""What the calendar opens: each period once, whenever somebody looks, under the version that was in force then."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.assessment.actions import making
from huiyin.assessment.models import Assessment
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.kernel.periods import Period
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Notice, Obligation, Occasion
from huiyin.obligations.occasions import open_due_periods
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import Signer, adopt
from huiyin.records.steps.stepping import record_event
from tests.cast import SHANGHAI, Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

BEGUN = "2026-11-02 08:00"  # the Monday of week 45
W45, W46, W47 = (Period.parse(f"2026-W{n}") for n in (45, 46, 47))


works = stage("feedback", when=BEGUN)


def periods() -> list[str]:
    return list(Occasion.objects.order_by("base_at", "id").values_list("period", flat=True))


def owed(period: Period) -> Obligation:
    occasion = Occasion.objects.get(rule="weekly-sheet", period=period.key)
    return Obligation.objects.get(kind="occasion", record_id=occasion.pk)


def compiled(works: Factory, week: Period, when: str) -> Assessment:
    return making.compile_week(week, procedure_id=works.version, context=works.context("lin", when))


def test_nothing_comes_where_no_procedure_is_in_force() -> None:
    assert open_due_periods(at=at("2026-11-09 00:00")) == 0


def test_the_week_that_is_over_is_owed_from_the_first_moment_behind_it(works: Factory) -> None:
    assert open_due_periods(at=at("2026-11-08 23:59")) == 0
    assert open_due_periods(at=at("2026-11-09 00:00")) == 1
    assert open_due_periods(at=at("2026-11-09 00:00")) == 0
    row = owed(W45)
    assert (row.rule, row.clause, row.record_number) == ("weekly-sheet", "5.1", "2026-W45")
    assert (row.base_at, row.due_at) == (at("2026-11-09 00:00"), at("2026-11-09 17:30"))
    assert row.owner_department is not None
    assert (row.owner_department.key, row.owed_to) == ("quality", "function:management")
    assert verify().code == 0


def test_a_worker_that_was_down_catches_up(works: Factory) -> None:
    assert open_due_periods(at=at("2026-11-25 10:00")) == 3
    assert periods() == ["2026-W45", "2026-W46", "2026-W47"]
    assert [owed(week).due_at for week in (W45, W46, W47)] == [
        at("2026-11-09 17:30"),
        at("2026-11-16 17:30"),
        at("2026-11-23 17:30"),
    ]
    assert {row.opened_at for row in Obligation.objects.all()} == {at("2026-11-25 10:00")}


def test_compiling_fulfils_the_week_and_no_other(works: Factory) -> None:
    open_due_periods(at=at("2026-11-16 08:00"))
    compiled(works, W46, "2026-11-16 09:00")
    assert (owed(W45).is_open, owed(W46).fulfilled_at) == (True, at("2026-11-16 09:00"))
    said = [sentence(one, "zh") for one in Entry.objects.filter(kind="occasion").order_by("id")]
    assert said[-1] == "林志远办了“统计一周的考核”"


def test_what_is_done_before_the_worker_looks_is_opened_and_fulfilled_at_once(works: Factory) -> None:
    compiled(works, W46, "2026-11-16 09:00")
    assert periods() == ["2026-W46"]
    assert not owed(W46).is_open
    assert open_due_periods(at=at("2026-11-16 10:00")) == 1
    assert open_due_periods(at=at("2026-11-16 10:00")) == 0
    assert periods() == ["2026-W45", "2026-W46"]
    assert owed(W45).is_open
    assert verify().code == 0


def test_what_was_done_before_its_moment_is_fulfilled_when_it_comes(works: Factory) -> None:
    sheet = compiled(works, W46, "2026-11-16 09:00")
    with transaction.atomic():
        said = {"period": "2026-W47", "week": "2026-W47", "cases": 0, "fines": "0"}
        record_event(sheet, "assessment.compiled", actor=works.lin, at=at("2026-11-20 16:00"), **said)
    assert periods() == ["2026-W46"]
    open_due_periods(at=at("2026-11-23 08:00"))
    assert (owed(W47).fulfilled_at, owed(W47).next_alarm_at) == (at("2026-11-20 16:00"), None)


def test_a_withdrawn_sheet_is_owed_again_by_the_same_moment(works: Factory) -> None:
    sheet = compiled(works, W46, "2026-11-16 09:00")
    making.withdraw(sheet, "统计口径有误", context=works.context("qian", "2026-11-16 11:00"))
    row = owed(W46)
    assert (row.is_open, row.due_at, row.next_alarm_at) == (
        True,
        at("2026-11-16 17:30"),
        at("2026-11-16 17:30"),
    )
    compiled(works, W46, "2026-11-16 15:00")
    assert owed(W46).fulfilled_at == at("2026-11-16 15:00")
    assert verify().code == 0


def test_its_ladder_is_climbed_like_any_other(works: Factory) -> None:
    open_due_periods(at=at("2026-11-09 08:00"))
    assert sweep(at=at("2026-11-09 17:29")) == 0
    assert sweep(at=at("2026-11-09 17:30")) == 1
    told = Notice.objects.select_related("person").get()
    assert (told.person.username, told.kind, told.record_number) == ("qian", "occasion", "2026-W45")
    assert sweep(at=at("2026-11-10 17:30")) == 1
    assert verify().code == 0


def test_its_turn_is_held_before_the_ladder_is_climbed(works: Factory) -> None:
    open_due_periods(at=at("2026-11-09 08:00"))
    with CaptureQueriesContext(connection) as asked:
        assert sweep(at=at("2026-11-09 17:30")) == 1
    tables = [name for one in asked for name in re.findall(r'FROM "(\w+)"', one["sql"])[:1]]
    held = tables.index("obligations_occasion")
    assert tables[held + 1] == "obligations_obligation"
    assert "registers_formrecord" not in tables


# ---- versions


def other(procedure: Procedure, version: str, **changes: Any) -> Procedure:
    """The procedure with another weekly rule; without it where ``changes`` has none."""
    content = procedure.to_json()
    rules = content["obligations"]
    place = next(n for n, rule in enumerate(rules) if rule["key"] == "weekly-sheet")
    rules[place : place + 1] = [rules[place] | changes] if changes else []
    content["version"] = version
    return Procedure.from_json(content)


def in_force(procedure: Procedure, when: str) -> int:
    signers = {"drafted_by": Signer("甲"), "reviewed_by": Signer("乙"), "approved_by": Signer("丙")}
    return adopt(procedure, at=at(when), **signers).pk


def test_each_period_belongs_to_the_version_in_force_at_its_moment(works: Factory) -> None:
    second = in_force(other(works.procedure, "8.1", within="2 workdays"), "2026-11-12 10:00")
    third = in_force(other(works.procedure, "8.2"), "2026-11-18 10:00")
    assert (second, third) > (works.version, works.version)
    open_due_periods(at=at("2026-12-01 10:00"))
    assert periods() == ["2026-W45", "2026-W46"]
    assert [owed(week).procedure_id for week in (W45, W46)] == [works.version, second]
    assert owed(W46).due_at == at("2026-11-17 17:30")


def test_a_rule_that_changes_its_period_goes_on_in_the_new_one(works: Factory) -> None:
    in_force(
        other(works.procedure, "8.1", every="month", **{"from": "start"}, within="10 workdays"),
        "2026-11-12 10:00",
    )
    open_due_periods(at=at("2026-12-01 10:00"))
    assert periods() == ["2026-W45", "2026-12"]


def test_the_calendar_of_a_company_may_begin_later_than_its_procedure(works: Factory) -> None:
    assert open_due_periods(at=at("2026-11-25 10:00"), since=at("2026-11-16 00:00")) == 2
    assert open_due_periods(at=at("2026-11-30 08:00")) == 1
    assert periods() == ["2026-W46", "2026-W47", "2026-W48"]


# ---- any sequence

HOURS = st.integers(min_value=0, max_value=24 * 50)
DOINGS = st.lists(st.tuples(HOURS, st.sampled_from(("tick", "tick", "compile", "withdraw"))), max_size=14)


@settings(max_examples=25, deadline=None)
@given(DOINGS)
def test_whatever_happens_when_each_period_is_opened_exactly_once(
    works: Factory, doings: list[tuple[int, str]]
) -> None:
    with transaction.atomic():
        now = at(BEGUN)
        for hours, what in sorted(doings):
            now = at(BEGUN) + timedelta(hours=hours)
            _do(works, what, now)
        open_due_periods(at=now)
        assert sorted(periods()) == _over_by(now)
        assert Obligation.objects.filter(kind="occasion").count() == Occasion.objects.count()
        sheets = set(Assessment.objects.exclude(phase="void").values_list("period", flat=True))
        open_ones = Obligation.objects.filter(OPEN, kind="occasion").values_list("record_number", flat=True)
        assert set(open_ones) == set(periods()) - sheets
        assert verify().code == 0
        transaction.set_rollback(True)


def _do(works: Factory, what: str, now: datetime) -> None:
    if what == "tick":
        open_due_periods(at=now)
        return
    name = "lin" if what == "compile" else "qian"
    sent = works.context(name, now.astimezone(works.procedure.zone).strftime("%Y-%m-%d %H:%M"))
    if what == "compile":
        weeks = [week for week in making.open_weeks(works.procedure, at=now) if week >= W45]
        if weeks:
            making.compile_week(weeks[0], procedure_id=works.version, context=sent)
    elif (sheet := Assessment.objects.exclude(phase="void").order_by("-period").first()) is not None:
        making.withdraw(sheet, "重来", context=sent)


def _over_by(now: datetime) -> list[str]:
    week, found = W45, []
    while week.instants(SHANGHAI)[1] <= now:
        found.append(week.key)
        week = week.next
    return found
