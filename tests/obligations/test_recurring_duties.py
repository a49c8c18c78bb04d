"""Duties that come round on a named day, for a period's own record, and for each customer or delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiyin.customers.actions import change_customer, retire_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations import places
from huiyin.obligations.models import OPEN, FinishedRound, Obligation, Occasion
from huiyin.obligations.nightly import read_again_daily
from huiyin.obligations.occasions import open_due_periods
from huiyin.records.steps.refusals import Refused
from huiyin.registers.actions import FormInput, open_record, take
from huiyin.registers.models import FormRecord
from tests.cast import Factory, at
from tests.desk import Office
from tests.registers.works import a_customer
from tests.stage import desks, stage

PACK = str(Path(__file__).parent / "packs" / "duties")
pytestmark = pytest.mark.django_db

works = stage(PACK, when="2026-11-01 08:00")
office = desks("2026-11-30 09:00")


def owed(rule: str) -> list[Obligation]:
    return list(Obligation.objects.filter(rule=rule).order_by("id"))


def written(works: Factory, period: str, when: str) -> FormRecord:
    given = FormInput(facts={"text": "本月三起投诉"})
    return open_record(
        "summary", "write", given, procedure_id=works.version, context=works.context("lin", when), period=period
    )


def a_call(works: Factory, customer: Any, when: str, who: str = "mei", **facts: Any) -> FormRecord:
    context = works.context(who, when)
    given = FormInput(facts=facts)
    return open_record("phone-call", "plan", given, procedure_id=works.version, context=context, about=customer)


def made(works: Factory, call: FormRecord, when: str) -> FormRecord:
    return take(call, "make", FormInput(), context=works.context("mei", when))


def tiered(works: Factory, name: str, tier: str, salesperson: str = "mei") -> Customer:
    facts: dict[str, Any] = {"tier": tier, "salesperson": works.people[salesperson]}
    return a_customer(works, name, **facts)


def test_the_last_workday_brings_the_summary_and_its_form(office: Office) -> None:
    works = office.works
    open_due_periods(at=at("2026-11-29 23:59"))
    assert not owed("month-summary")
    open_due_periods(at=at("2026-11-30 00:00"))
    (row,) = owed("month-summary")
    assert (row.base_at, row.due_at) == (at("2026-11-30 00:00"), at("2026-11-30 17:30"))
    place = places.link_for(row)
    assert place is not None
    assert place.url == "/registers/summary/new?period=2026-11"

    lin = office.desk("lin")
    assert "2026年11月" in lin.get(place.url).text
    answer = lin.send("/registers/summary/new", at_page=place.url, text="本月三起投诉")
    assert answer.status_code == 302
    record = FormRecord.objects.get()
    assert record.period == "2026-11"
    assert Entry.objects.get(event="summary.write").particulars["period"] == "2026-11"
    row.refresh_from_db()
    assert row.fulfilled_at == at("2026-11-30 09:00")
    assert sorted(Obligation.objects.filter(OPEN).values_list("rule", flat=True)) == ["summary-send"]
    assert verify().code == 0

    again = lin.send("/registers/summary/new", at_page=place.url, text="再写一份")
    assert again.status_code == 422
    assert f"已有 {record.number}" in again.text
    assert works.version


def test_one_record_for_each_period_until_it_is_void(works: Factory) -> None:
    first = written(works, "2026-11", "2026-11-25 10:00")
    with pytest.raises(Refused, match=first.number):
        written(works, "2026-11", "2026-11-25 11:00")
    with pytest.raises(Refused, match="每 month 一份"):
        written(works, "2026-W48", "2026-11-25 11:00")
    written(works, "2026-12", "2026-11-25 11:00")
    take(first, "void", FormInput(), context=works.context("lin", "2026-11-26 09:00"))
    assert written(works, "2026-11", "2026-11-26 10:00").number != first.number


def test_what_was_written_before_the_day_fulfils_it(works: Factory) -> None:
    written(works, "2026-11", "2026-11-25 10:00")
    open_due_periods(at=at("2026-11-30 00:05"))
    (row,) = owed("month-summary")
    assert row.fulfilled_at is not None


def test_each_customer_of_the_tier_and_their_salesperson(works: Factory) -> None:
    mine, other = tiered(works, "宁波海川", "A"), tiered(works, "绍兴泵业", "B")
    open_due_periods(at=at("2026-11-10 00:00"))
    (row,) = owed("call-each")
    assert (row.subject, row.owner_person_id) == (mine.subject, works.mei.pk)
    assert row.base_at == at("2026-11-10 00:00")
    occasion = Occasion.objects.get(pk=row.record_id)
    assert (occasion.period, occasion.subject_kind, occasion.subject_id) == ("2026-11", "customer", mine.pk)
    assert open_due_periods(at=at("2026-11-10 00:01")) == 0

    made(works, a_call(works, other, "2026-11-10 09:00"), "2026-11-10 09:30")
    row.refresh_from_db()
    assert row.is_open
    made(works, a_call(works, mine, "2026-11-10 10:00"), "2026-11-10 11:00")
    row.refresh_from_db()
    assert row.fulfilled_at == at("2026-11-10 11:00")
    assert verify().code == 0


def test_a_turn_whose_moment_a_site_day_moves_later_is_not_opened_again(works: Factory) -> None:
    tiered(works, "宁波海川", "A")
    assert open_due_periods(at=at("2026-11-10 00:00")) == 1
    FinishedRound.objects.filter(rule="call-each").update(base_at=at("2026-11-09 00:00"))  # what was the day then
    tiered(works, "绍兴泵业", "A")
    assert open_due_periods(at=at("2026-11-10 00:01")) == 0


def test_a_call_made_before_the_day_counts_for_the_month(works: Factory) -> None:
    mine = tiered(works, "宁波海川", "A")
    made(works, a_call(works, mine, "2026-11-04 10:00"), "2026-11-04 11:00")
    open_due_periods(at=at("2026-11-10 00:00"))
    assert [row.is_open for row in owed("call-each")] == [False]


def test_who_is_meant_no_more_is_released_with_the_reason(works: Factory) -> None:
    mine = tiered(works, "宁波海川", "A")
    open_due_periods(at=at("2026-11-10 00:00"))
    change_customer(mine, replace(CustomerFacts.of(mine), tier="C"), context=works.context("mei", "2026-11-10 15:00"))
    (row,) = owed("call-each")
    assert row.cancelled_at == at("2026-11-10 15:00")
    said = sentence(Entry.objects.get(event="occasion.released"), "zh")
    assert said == "“按期走访客户”免除：宁波海川 已不符合条件"


def test_who_is_no_longer_there_is_released(works: Factory) -> None:
    mine = tiered(works, "宁波海川", "A")
    open_due_periods(at=at("2026-11-10 00:00"))
    retire_customer(mine, "停止往来", context=works.context("zong", "2026-11-10 15:00"))
    assert [row.cancelled_at for row in owed("call-each")] == [at("2026-11-10 15:00")]
    assert "已不在册" in sentence(Entry.objects.get(event="occasion.released"), "zh")


def test_the_night_releases_whoever_ceased_to_be_meant_without_a_step(works: Factory) -> None:
    mine = tiered(works, "宁波海川", "A")
    open_due_periods(at=at("2026-11-10 00:00"))
    Customer.objects.filter(pk=mine.pk).update(tier="C")
    assert read_again_daily(at=at("2026-11-11 01:00")) == 1
    assert read_again_daily(at=at("2026-11-11 02:00")) == 0
    assert [row.cancelled_at for row in owed("call-each")] == [at("2026-11-11 01:00")]


def test_a_delivery_is_cared_for_monthly_in_its_first_year_then_quarterly(works: Factory) -> None:
    customer = a_customer(works)
    young = customer.deliveries.create(model="HY-40", ship_date=date(2026, 6, 1))
    old = customer.deliveries.create(model="HY-20", ship_date=date(2024, 6, 1))
    open_due_periods(at=at("2027-01-01 00:00"))
    periods = {
        pk: list(
            Occasion.objects.filter(rule="ship-care", subject_id=pk)
            .order_by("base_at")
            .values_list("period", flat=True)
        )
        for pk in (young.pk, old.pk)
    }
    assert periods == {young.pk: ["2026-12", "2027-01"], old.pk: ["2027-Q1"]}
    assert {row.owner_department.key for row in owed("ship-care") if row.owner_department} == {"reception"}


def test_a_round_cut_short_is_taken_up_again(works: Factory) -> None:
    for name in ("甲", "乙", "丙"):
        tiered(works, name, "A")
    open_due_periods(at=at("2026-11-10 00:00"))
    assert len(owed("call-each")) == 3
    last = owed("call-each")[-1]
    Obligation.objects.filter(pk=last.pk).delete()
    Occasion.objects.filter(pk=last.record_id).delete()
    FinishedRound.objects.all().delete()
    assert open_due_periods(at=at("2026-11-10 00:05")) == 1
    assert len(owed("call-each")) == 3
