"""Correcting and completing the facts: what changed stands in the journal with before and after."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from huiyin.complaints.actions import intake
from huiyin.complaints.actions.values import ComplaintFacts, DemandInput
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 10:00")
FACTS = ComplaintFacts(
    received_at=at("2026-11-16 09:00"),
    channel="telephone",
    problem="接头处漏油",
    caller_name="周厂长",
    model="HY-40",
    severity="function",
)


def taken_in(works: Factory) -> Complaint:
    return works.complaint(demands=[DemandInput("repair")])


def test_what_changed_is_said_with_before_and_after(works: Factory) -> None:
    complaint = taken_in(works)
    facts = replace(FACTS, batch="B2612", defect_quantity=Decimal(4))
    intake.supplement(complaint, facts, context=works.context("mei", "2026-11-16 09:30"))
    said = Entry.objects.get(record_id=complaint.pk, event="complaint.supplemented").changes
    assert (said["batch"], said["defect_quantity"]) == (["B2611", "B2612"], ["3.000", "4.000"])
    assert "state" not in said
    assert (complaint.state, complaint.batch) == ("registered", "B2612")
    assert verify().code == 0


def test_demands_left_out_stay_and_given_ones_replace(works: Factory) -> None:
    complaint = taken_in(works)
    intake.supplement(complaint, FACTS, context=works.context("mei", "2026-11-16 09:30"))
    assert [d.demand for d in complaint.demands.all()] == ["repair"]
    wanted = [DemandInput("refund", amount=Decimal("120.50"))]
    intake.supplement(complaint, FACTS, demands=wanted, context=works.context("mei", "2026-11-16 09:40"))
    assert [(d.demand, d.amount) for d in complaint.demands.all()] == [("refund", Decimal("120.50"))]
    last = Entry.objects.filter(kind="complaint", record_id=complaint.pk).latest("sequence")
    assert last.changes["demands"] == [["repair"], ["refund"]]
    assert verify().code == 0


def test_an_answered_complaint_is_not_corrected_any_more(works: Factory) -> None:
    complaint = told(works, "answered").complaint
    with pytest.raises(Refused) as refused:
        intake.supplement(complaint, FACTS, context=works.context("mei", "2026-11-17 09:30"))
    assert [r.show("zh") for r in refused.value.reasons] == ["现在处于“已答复”，不能“补正事实”"]


def test_the_page_shows_what_is_known_and_changes_only_what_was_changed(office: Office) -> None:
    complaint = taken_in(office.works)
    before = {f.name: getattr(complaint, f.attname) for f in Complaint._meta.concrete_fields}
    facts = f"/complaints/{complaint.number}/facts"
    assert office.desk("mei").send(facts, batch="B2612").status_code == 302
    now = Complaint.objects.get(pk=complaint.pk)
    changed = {
        f.name
        for f in Complaint._meta.concrete_fields
        if getattr(now, f.attname) != before[f.name] and f.name != "version"
    }
    assert changed == {"batch"}
    assert [d.demand for d in complaint.demands.all()] == ["repair"]


def test_whose_step_it_is_not_may_not(office: Office) -> None:
    complaint = taken_in(office.works)
    facts = f"/complaints/{complaint.number}/facts"
    page = ParsedPage(office.desk("zong").send_from(office.desk("mei"), facts, batch="B2612"))
    assert (page.status, page.form(facts).values["batch"]) == (422, ["B2612"])
    assert "这一步由首问责任人、质量部、客服部办理" in page.text
    assert office.desk("fang").get(facts).status == 404


def test_two_editors_the_second_sees_both_texts_and_chooses(office: Office) -> None:
    story = Story(office.works)
    facts = f"/complaints/{story.complaint.number}/facts"
    mei, song = office.desk("mei"), office.desk("song")
    first, second = mei.sheet(facts).values, song.sheet(facts).values
    assert mei.post(facts, {**first, "problem": "接头处漏油，滴落"}).status_code == 302
    page = ParsedPage(song.post(facts, {**second, "problem": "接头处渗油", "batch": "B2612"}))
    assert page.status == 409
    for words in ("有人同时改过这条记录", "王晓梅", "接头处渗油", "接头处漏油，滴落", "B2612", "B2611"):
        assert words in page.text
    assert Complaint.objects.get(pk=story.complaint.pk).problem == "接头处漏油，滴落"
    again = page.form(facts)
    assert (again.values["problem"], again.values["batch"]) == (["接头处渗油"], ["B2612"])
    assert song.post(facts, again.values).status_code == 302
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.problem, now.batch, now.caller_name) == ("接头处渗油", "B2612", "周厂长")
    assert verify().code == 0
