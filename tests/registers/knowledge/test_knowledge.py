"""The knowledge base: an answered enquiry becomes an article, is put in force, found while a matter is entered, and
takes a new edition.
"""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.models import Link
from huiyin.registers.models import FormRecord
from tests.desk import Office, ParsedPage
from tests.registers.approvals.signing import place_to, signs
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("service-desk")
office = desks()
HEATER = {"heading": "热水器报 E07", "question": "热水器面板显示 E07 不出热水", "answer_text": "关阀、断电一分钟再开机"}


def taken(answer: Any) -> None:
    assert answer.status_code == 302, ParsedPage(answer).text[-600:]


def article(heading: str) -> FormRecord:
    return FormRecord.objects.filter(kind="article", extra__heading=heading).latest("pk")


def in_force(office: Office, **facts: str) -> FormRecord:
    """An article that mei wrote and song put in force."""
    given = {**HEATER, **facts}
    taken(office.desk("mei").send("/registers/article/new/draft", **given))
    found = article(given["heading"])
    released(office, found.number)
    found.refresh_from_db()
    return found


def released(office: Office, number: str) -> None:
    """Mei submits an article and song signs it."""
    here = f"/registers/article/{number}"
    taken(office.desk("mei").send(f"{here}/submit"))
    signs(office.desk("song"), here)


def titles(page: ParsedPage) -> list[str]:
    """The numbers of the articles on the page, in their order."""
    numbers = [link.rpartition("/")[2] for link in page.links if link.startswith("/registers/article/ZS")]
    return list(dict.fromkeys(numbers))


def test_an_answered_enquiry_becomes_an_article_prefilled_and_tied_to_it(office: Office) -> None:
    mei = office.desk("mei")
    taken(mei.send("/registers/enquiry/new/register", caller="周厂长", question="热水器报 E07", details="不出热水"))
    enquiry = FormRecord.objects.get(kind="enquiry")
    taken(mei.send(f"/registers/enquiry/{enquiry.number}/answer", answer_text="断电一分钟再开机", board="yes"))
    offered = f"/registers/article/new/draft?enquiry={enquiry.number}"
    assert offered in mei.get(f"/registers/enquiry/{enquiry.number}").links
    form = mei.sheet(offered, "/registers/article/new/draft")
    assert [form.values[name] for name in ("heading", "question", "answer_text")] == [
        ["热水器报 E07"],
        ["不出热水"],
        ["断电一分钟再开机"],
    ]
    taken(mei.send("/registers/article/new/draft", at_page=offered))
    made = article("热水器报 E07")
    tie = Link.objects.get(kind="article", record_id=made.pk)
    assert (made.number, tie.relation, tie.to_number) == ("ZS2026-0001", "made-for", enquiry.number)
    owed = Obligation.objects.get(OPEN, kind="article")
    assert (owed.rule, owed.owner_person) == ("article-submit", office.works.mei)


def test_each_topic_of_the_quarters_summary_proposes_an_article(office: Office) -> None:
    mei = office.desk("mei")
    topics = {
        "topics-0-topic": "怎样清洗滤网",
        "topics-0-times": "7",
        "topics-1-topic": "保修几年",
        "topics-1-times": "3",
    }
    taken(mei.send("/registers/enquiry-summary/new/draft", summary="滤网问得最多", **topics))
    summary = FormRecord.objects.get(kind="enquiry-summary")
    filters, years = summary.rows.order_by("position")
    links = mei.get(f"/registers/enquiry-summary/{summary.number}").links
    here = f"/registers/article/new/draft?enquiry-summary={summary.number}"
    assert [link for link in links if "row=" in link] == [f"{here}&row={filters.pk}", f"{here}&row={years.pk}"]
    form = mei.sheet(f"{here}&row={years.pk}", "/registers/article/new/draft")
    assert (form.values["heading"], form.values["answer_text"]) == (["保修几年"], [""])
    taken(mei.send("/registers/article/new/draft", at_page=f"{here}&row={years.pk}", answer_text="整机两年"))
    assert Link.objects.get(kind="article").to_number == summary.number
    peng = office.desk("peng").get(f"{here}&row={years.pk}")
    assert peng.status == 404


def test_only_what_is_in_force_is_found_by_its_words_newest_first(office: Office) -> None:
    peng = office.desk("peng")
    assert "知识库里还没有文章" in peng.get("/knowledge/").text
    first = in_force(office, family="HR 系列", keywords="报警 不出热水")
    office.clock.at("2026-11-16 10:00")
    second = in_force(office, heading="滤网怎样清洗", question="滤网多久洗一次", answer_text="每月一次")
    taken(office.desk("mei").send("/registers/article/new/draft", **{**HEATER, "heading": "热水器漏水"}))
    assert titles(peng.get("/knowledge/")) == [second.number, first.number]
    assert titles(peng.get("/knowledge/", q="热水器 断电")) == [first.number]
    assert titles(peng.get("/knowledge/", q="HR")) == [first.number]
    assert "没有找到" in peng.get("/knowledge/", q="漏水").text
    taken(office.desk("song").send(f"/registers/article/{second.number}/retire"))
    assert titles(peng.get("/knowledge/")) == [first.number]


def test_a_correction_is_a_new_edition_and_the_earlier_one_stays_readable(office: Office) -> None:
    old = in_force(office)
    mei = office.desk("mei")
    assert f"/registers/article/{old.number}/facts" not in mei.get(f"/registers/article/{old.number}").links
    taken(mei.send(f"/registers/article/{old.number}/revise", why_revised="新机型要等两分钟"))
    new = article(HEATER["heading"])
    assert (new.number, new.state, new.about_id, new.extra["answer_text"]) == (
        "ZS2026-0002",
        "draft",
        old.pk,
        HEATER["answer_text"],
    )
    taken(mei.send(f"/registers/article/{new.number}/facts", answer_text="关阀、断电两分钟再开机"))
    assert titles(mei.get("/knowledge/")) == [old.number]
    released(office, new.number)
    old.refresh_from_db()
    assert (old.state, old.extra["answer_text"]) == ("retired", HEATER["answer_text"])
    page = mei.get("/knowledge/")
    assert titles(page) == [new.number, old.number]
    assert "第 2 版" in page.text
    assert HEATER["answer_text"] in mei.get(f"/registers/article/{old.number}").text
    assert list(Obligation.objects.filter(OPEN, kind="article").values_list("rule", "record_number")) == [
        ("article-review", new.number)
    ]


def test_of_two_editions_begun_from_the_same_one_the_first_takes_its_place(office: Office) -> None:
    old = in_force(office)
    mei, song = office.desk("mei"), office.desk("song")
    for why in ("新机型", "错别字"):
        taken(mei.send(f"/registers/article/{old.number}/revise", why_revised=why))
    released(office, "ZS2026-0003")
    taken(mei.send("/registers/article/ZS2026-0002/submit"))
    refused = song.send(place_to(song, "/registers/article/ZS2026-0002"))
    assert "ZS2026-0001 已由 ZS2026-0003 取代，请在 ZS2026-0003 上修订" in ParsedPage(refused).text
    states = FormRecord.objects.filter(kind="article").order_by("number").values_list("state", flat=True)
    assert list(states) == ["retired", "submitted", "in-force"]


def test_what_fits_stands_beside_the_forms_on_which_a_matter_is_entered(office: Office) -> None:
    found = in_force(office)
    for place in range(4):
        in_force(office, heading=f"滤网清洗之{place}", question=f"滤网怎样清洗{place}", answer_text="每月一次")
    mei = office.desk("mei")
    typed = {"question": "客户说热水器面板报 E07", "details": ""}
    assert titles(mei.get("/knowledge/beside", **typed)) == [found.number]
    assert len(titles(mei.get("/knowledge/beside", problem="滤网清洗"))) == 3
    assert titles(mei.get("/knowledge/beside", problem="")) == []
    for page in ("/registers/enquiry/new/register", "/registers/first-contact/new/register", "/contacts/new"):
        assert 'hx-get="/knowledge/beside"' in mei.get(page).html, page
    assert "#opening [name='problem']" in mei.get("/complaints/new").html.partition("/knowledge/beside")[2]
    assert "/knowledge/beside" not in mei.get("/registers/cooperation/new/ask").html


def test_a_draft_that_is_not_right_goes_back_with_the_reason_and_comes_straight_back(office: Office) -> None:
    mei, song = office.desk("mei"), office.desk("song")
    taken(mei.send("/registers/article/new/draft", **HEATER))
    found = article(HEATER["heading"])
    here = f"/registers/article/{found.number}"
    taken(mei.send(f"{here}/submit"))
    assert Obligation.objects.get(OPEN, kind="article").rule == "article-release-sign"
    waits = mei.get(here).text
    assert ("由宋建国签署" in waits, "会签：全部签署" in waits) == (True, False), "one alone is asked"
    signs(song, here, "refuse", reason="要写断电多久")
    found.refresh_from_db()
    assert (found.state, "要写断电多久" in mei.get(here).text) == ("draft", True)
    assert Obligation.objects.get(OPEN, kind="article").owner_person == office.works.mei
    taken(mei.send(f"{here}/facts", answer_text="关阀、断电两分钟再开机"))
    released(office, found.number)
    assert titles(mei.get("/knowledge/")) == [found.number]
