"""While somebody registers: possible doubles of what they type, and past cases with what solved them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from huiyin.complaints.access import visible_to
from huiyin.complaints.actions import ending
from huiyin.complaints.models import Complaint
from huiyin.complaints.queries import DuplicateCriteria, possible_duplicates, similar_cases
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 15:00")
NOW = at("2026-11-16 15:00")
KNOWN = DuplicateCriteria(phone="13900001111", model="HY-40", batch="B2611")


def doubles(known: DuplicateCriteria = KNOWN) -> list[str]:
    return [row.number for row in possible_duplicates(Complaint.objects.all(), known, at=NOW)]


def test_the_same_caller_about_the_same_product_may_be_a_double(works: Factory) -> None:
    complaint = works.complaint()
    works.complaint(caller_phone="13800000000")
    works.complaint(model="HY-80", batch="B1")
    assert doubles() == [complaint.number]
    assert doubles(replace(KNOWN, model="", batch="")) == []
    assert doubles(replace(KNOWN, phone="")) == []


def test_the_likeliest_come_first(works: Factory) -> None:
    only_model = works.complaint(batch="B9999")
    both = works.complaint()
    only_batch = works.complaint(model="HY-80")
    assert doubles() == [both.number, only_batch.number, only_model.number]


def test_what_is_older_than_two_months_or_void_is_none(works: Factory) -> None:
    works.complaint(received_at=NOW - timedelta(days=61))
    gone = works.complaint()
    ending.withdraw(gone, "装错了", context=works.context("mei", "2026-11-16 10:00"))
    assert doubles() == []


def test_similar_cases_are_found_by_their_words_and_only_among_what_one_sees(works: Factory) -> None:
    story = told(works, "closed", problem="液压接头处渗油，油封唇口划伤")
    works.complaint(problem="标签贴反了")
    typed = "油封唇口划伤漏油"
    everything = visible_to(works.context("mei", "2026-11-16 15:00").actor, works.procedure)
    assert [row.number for row in similar_cases(everything, typed)] == [story.complaint.number]
    assert similar_cases(everything, typed, exclude=story.complaint.pk) == []
    nothing = visible_to(works.context("fang", "2026-11-16 15:00").actor, works.procedure)
    assert similar_cases(nothing, typed) == []


def test_the_page_shows_doubles_and_past_cases_with_what_solved_them(office: Office) -> None:
    story = told(office.works, "closed", problem="液压接头处渗油，油封唇口划伤", caller_phone="13700000000")
    double = office.works.complaint(problem="标签贴反了")
    typed = {"caller_phone": "13900001111", "model": "HY-40", "problem": "油封唇口划伤漏油"}
    page = office.desk("mei").get("/complaints/resembling", **typed)
    assert f"/complaints/{double.number}" in page.links
    assert f"/complaints/{story.complaint.number}" in page.links
    assert "已更换工装" in page.text


def test_who_may_not_see_them_is_told_of_none(office: Office) -> None:
    office.works.complaint(problem="液压接头处渗油，油封唇口划伤")
    typed = {"caller_phone": "13900001111", "model": "HY-40", "problem": "油封唇口划伤漏油"}
    assert office.desk("fang").get("/complaints/resembling", **typed).links == []


def test_complaints_to_merge_with_are_looked_up_by_number_or_customer(office: Office) -> None:
    complaint = office.works.complaint()
    assert complaint.number in office.desk("mei").get("/complaints/lookup", q="KS2026").html
    assert complaint.number not in office.desk("fang").get("/complaints/lookup", q="KS2026").html
    assert complaint.number not in office.desk("mei").get("/complaints/lookup", q="").html
