"""How a due moment was reached: the same figures as the kernel's, with every pause that held the obligation."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import intake
from huiyin.complaints.actions.values import PromiseInput
from huiyin.complaints.models import Complaint
from huiyin.kernel.durations import DueTime, Duration
from huiyin.kernel.pauses import resumed
from huiyin.obligations.models import Obligation
from huiyin.obligations.settling import explain, pauses_of
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-18 10:00")


def explained(works: Factory, row: Obligation) -> DueTime:
    rule = works.procedure.rule(row.rule)
    calendar = works.procedure.calendar_for(row.owner_department.key if row.owner_department else None)
    return explain(row, rule, pauses_of(row, rule), calendar)


def row_of(complaint: Complaint, rule: str) -> Obligation:
    return Obligation.objects.select_related("owner_department").get(record_id=complaint.pk, rule=rule)


def test_without_a_pause_it_is_what_the_kernel_says(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 16:45")
    calendar = works.procedure.calendar_for(None)
    for rule, within in (("verify", "2 workhours"), ("answer", "5 workdays")):
        row = row_of(complaint, rule)
        found, expected = explained(works, row), Duration.parse(within).due(row.base_at, calendar)
        assert (found.at, found.as_json("zh")) == (expected.at, expected.as_json("zh"))
        assert found.at == row.due_at


def test_over_a_weekend_a_pause_gives_back_working_time_only(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-20 16:00")  # a Friday
    intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-20 17:00"))
    intake.record_reply(complaint, "已发", context=works.context("mei", "2026-11-23 09:00"))
    row = row_of(complaint, "verify")
    # half an hour of Friday and an hour of Monday were lost of the two hours that were due on Monday at 08:30
    assert (row.original_due_at, row.due_at) == (at("2026-11-23 08:30"), at("2026-11-23 10:00"))
    assert explained(works, row).at == row.due_at


def test_the_pause_of_another_complaint_holds_nothing(works: Factory) -> None:
    held, other = (works.complaint(when="2026-11-20 16:00") for _ in range(2))
    intake.ask_customer(held, "照片？", context=works.context("mei", "2026-11-20 17:00"))
    intake.record_reply(held, "已发", context=works.context("mei", "2026-11-23 09:00"))
    row = row_of(other, "verify")
    assert pauses_of(row, works.procedure.rule(row.rule)) == []
    assert explained(works, row).at == row.due_at == at("2026-11-23 08:30")


def test_a_pause_over_days_off_costs_nothing(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-20 16:00")
    intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-20 17:30"))
    intake.record_reply(complaint, "已发", context=works.context("mei", "2026-11-23 08:00"))
    row = row_of(complaint, "verify")
    assert row.due_at == row.original_due_at == at("2026-11-23 08:30")


def test_two_pauses_are_both_named_and_both_given_back(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    for asked, replied in (("09:30", "10:00"), ("10:30", "11:30")):
        intake.ask_customer(complaint, "照片？", context=works.context("mei", f"2026-11-16 {asked}"))
        intake.record_reply(complaint, "已发", context=works.context("mei", f"2026-11-16 {replied}"))
    row = row_of(complaint, "verify")
    calendar = works.procedure.calendar_for(None)
    due = Duration.parse("2 workhours").due(row.base_at, calendar)
    for asked, replied in (("09:30", "10:00"), ("10:30", "11:30")):
        span = (at(f"2026-11-16 {asked}"), at(f"2026-11-16 {replied}"))
        due = resumed(due, span, calendar, counts="work")
    found = explained(works, row)
    assert (found.at, found.as_json("zh")) == (due.at, due.as_json("zh"))
    assert row.due_at == due.at == at("2026-11-16 14:00")


def test_a_pause_after_it_was_kept_moves_nothing(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 09:30"))
    intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-16 10:00"))
    intake.record_reply(complaint, "已发", context=works.context("mei", "2026-11-16 10:30"))
    row = row_of(complaint, "verify")
    assert pauses_of(row, works.procedure.rule("verify")) == []
    assert explained(works, row).at == row.due_at == at("2026-11-16 11:00")


def test_what_knows_no_pause_is_not_explained_by_one(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-16 10:00"))
    intake.record_reply(complaint, "已发", context=works.context("mei", "2026-11-17 10:00"))
    row = row_of(complaint, "chase-customer")
    assert explained(works, row).at == row.due_at == at("2026-11-19 10:00")


def test_the_page_derives_it_day_by_day(office: Office) -> None:
    complaint = office.works.complaint(when="2026-11-20 16:00")
    row = row_of(complaint, "verify")
    page = office.desk("mei").get(f"/obligations/{row.pk}")
    for line in explained(office.works, row).as_json("zh")["derivation"]:
        assert line in page.text
    assert "的工作时间和节假日；其间现场没有登记别的日子" in page.text
    assert ["B2.1" in page.text, "2 个工作小时" in page.text, "王晓梅" in page.text] == [True] * 3


def test_a_promise_has_nothing_to_derive(office: Office) -> None:
    complaint = office.works.complaint(promise=PromiseInput("回电", at("2026-11-17 09:00")))
    page = office.desk("mei").get(f"/obligations/{row_of(complaint, 'customer-promise').pk}")
    assert (page.status, "约定的时间" in page.text) == (200, True)


def test_whoever_sees_the_record_sees_what_is_owed_on_it_and_nobody_else(office: Office) -> None:
    story = told(office.works, "judged")
    story.assign("production")
    rows = {r.rule: r for r in Obligation.objects.filter(record_id=story.complaint.pk)}
    seen = {
        name: [office.desk(name).get(f"/obligations/{rows[rule].pk}").status for rule in ("measures", "answer")]
        for name in ("mei", "peng", "zong", "cai", "fang")
    }
    assert seen == {
        "mei": [200, 200],
        "peng": [200, 200],
        "zong": [200, 200],
        "cai": [404, 404],
        "fang": [404, 404],
    }
    assert office.desk("mei").get("/obligations/999999").status == 404
