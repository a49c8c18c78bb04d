"""The search page, what is offered while somebody types, and the command."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import Complaint
from huiyin.records.search import commands, suggestions
from huiyin.records.search.suggestions import Suggestion
from tests.cast import Factory
from tests.records.office import browser_of, seen
from tests.stage import stage

pytestmark = pytest.mark.django_db
company = stage("feedback")


@pytest.fixture
def initials(monkeypatch: Any) -> None:
    """Another room that finds customers by the initials of their pinyin."""

    def suggest(person: Any, text: str, limit: int) -> list[Suggestion]:
        return [Suggestion("/customers/C1", "华东泵业", "C1", "客户")][:limit] if text == "hdby" else []

    monkeypatch.setattr(suggestions, "_suggesters", [suggest])


def test_words_lead_to_records_with_the_words_marked(company: Factory) -> None:
    complaint = company.complaint(problem="接头处漏油")
    page = browser_of(company.mei).get("/search?q=漏油").content.decode()
    assert f'href="/complaints/{complaint.number}"' in page
    assert "<mark>漏油</mark>" in page
    assert 'value="漏油"' in page
    assert "没有找到" not in page


def test_a_number_leads_straight_to_its_record(company: Factory) -> None:
    complaint = company.complaint()
    company.complaint(problem=f"同 {complaint.number}")
    browser = browser_of(company.mei)
    assert browser.get(f"/search?q={complaint.number.lower()}")["Location"] == f"/complaints/{complaint.number}"
    assert browser.get(f"/search?q={complaint.number[:-1]}").status_code == 200
    assert browser_of(company.ku).get(f"/search?q={complaint.number}").status_code == 200


def test_nothing_foreign_shows_in_any_way(company: Factory) -> None:
    complaint = company.complaint(problem="接头处漏油")
    for address in ("/search?q=漏油", f"/search?q={complaint.number}", "/search/suggest?q=漏油"):
        page = browser_of(company.ku).get(address).content.decode()
        assert f"/complaints/{complaint.number}" not in page
        assert "接头" not in page


def test_typed_markup_stays_words(company: Factory) -> None:
    company.complaint(problem="<script>alert(1)</script>漏油")
    for address in ("/search?q=<script>alert", "/search?q=漏油", "/search/suggest?q=<script>"):
        page = browser_of(company.mei).get(address).content.decode()
        assert "<script>alert" not in page


def test_an_empty_question_and_an_empty_answer(company: Factory) -> None:
    browser = browser_of(company.mei)
    assert "找什么？" in browser.get("/search").content.decode()
    assert "没有找到" in browser.get("/search?q=无此物").content.decode()
    assert browser.get("/search/suggest?q=").content.decode().strip() == ""
    assert browser.get("/search?q=漏油&kind=nothing").status_code == 200


def test_one_kind_alone(company: Factory) -> None:
    complaint = company.complaint()
    browser = browser_of(company.mei)
    assert complaint.number in browser.get("/search?q=漏油&kind=complaint").content.decode()
    assert complaint.number not in browser.get("/search?q=漏油&kind=contact").content.decode()


def test_other_rooms_add_what_words_do_not_find(company: Factory, initials: None) -> None:
    browser = browser_of(company.mei)
    page = browser.get("/search?q=hdby").content.decode()
    assert ('href="/customers/C1"' in page, "没有找到" in page) == (True, False)
    assert 'href="/customers/C1"' in browser.get("/search/suggest?q=hdby").content.decode()


def test_suggestions_put_the_number_first_and_name_each_page_once(company: Factory, initials: None) -> None:
    first = company.complaint(problem="接头处漏油")
    second = company.complaint(problem=f"同 {first.number}")
    found = suggestions.suggestions(seen(company.mei), first.number)
    assert [one.hint for one in found] == [first.number, second.number]
    assert suggestions.suggestions(seen(company.mei), "漏") == []


def test_a_search_page_asks_few_queries(company: Factory) -> None:
    for _ in range(30):
        company.complaint()
    browser = browser_of(company.mei)
    browser.get("/search?q=漏油")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/search?q=漏油")
    assert len([q for q in queries if "searchtext" in q["sql"]]) == 2


def test_english(company: Factory) -> None:
    company.complaint(problem="leak at the joint")
    company.mei.language = "en"
    company.mei.save()
    page = browser_of(company.mei).get("/search?q=leak").content.decode()
    assert "Complaint" in page
    assert "<mark>leak</mark>" in page


def test_the_command_finds_everything(company: Factory, capsys: Any) -> None:
    complaint = company.complaint(problem="接头处漏油")
    assert commands.search(Namespace(text=["接头", "漏油"], json=False, language="zh")) == 0
    assert complaint.number in capsys.readouterr().out
    assert commands.search(Namespace(text=["漏油"], json=True, language="en")) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["kind"], row["number"], row["url"]) == (
        "complaint",
        complaint.number,
        f"/complaints/{complaint.number}",
    )
    assert row["title"] == Complaint.objects.get().subject
    assert commands.search(Namespace(text=["无此物"], json=False, language="en")) == 1
    assert capsys.readouterr().out == "Nothing found\n"
