"""Records that a clause counts: under conditions, by the step that fills a form, by every procedure of the period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huiyin.contacts.actions import register
from huiyin.contacts.values import ContactFacts
from huiyin.journal.models import Entry
from huiyin.procedure.loader import load_pack
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import Signer, adopt
from huiyin.registers.actions import FormInput, correct
from huiyin.registers.models import FormRecord
from huiyin.review.counting import evidence
from huiyin.review.documents import documents
from huiyin.review.evidence import ClauseEvidence, TimeSpan, records_showing
from tests.cast import Factory, at, day
from tests.desk import Office
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows

HOUSE = Path(__file__).parent / "packs" / "house"
works = stage(str(HOUSE))
office = desks("2026-11-16 09:00")
NOVEMBER = (day("2026-11-01"), day("2026-11-30"))


def span(works: Factory) -> TimeSpan:
    return TimeSpan.of_days(*NOVEMBER, works.procedure)


def clause(works: Factory, key: str) -> ClauseEvidence:
    tree = evidence(works.procedure, span(works), at=at("2026-11-20 10:00"))
    return next(one for top in tree for _, one in top.walk() if one.node.clause.key == key)


def call(works: Factory, channel: str, when: str, procedure_id: int | None = None) -> Any:
    facts = ContactFacts(channel=channel, happened_at=at(when), party_name="某客户", topic="询价", text="询价")
    return register(facts, procedure_id=procedure_id or works.version, context=works.context("mei", when))


def guest(office: Office, who: str, **facts: str) -> FormRecord:
    answer = office.desk("mei").send("/registers/guest/new/come", who=who, **facts)
    assert answer.status_code == 302
    return FormRecord.objects.get(number=answer.headers["Location"].rpartition("/")[2])


def later(
    version: str, *, old: str = "", new: str = "", folder: Path, without: tuple[str, str] | None = None
) -> Procedure:
    """The procedure of the house in another version."""
    text = (HOUSE / "pack.toml").read_text("utf-8").replace('version = "1.0"', f'version = "{version}"')
    if without is not None:
        text = text[: text.index(without[0])] + text[text.index(without[1]) :]
    target = folder / "house"
    target.mkdir()
    (target / "pack.toml").write_text(text.replace(old, new) if old else text, "utf-8")
    return load_pack(target)


def put_into_force(procedure: Procedure, when: str) -> int:
    signers = {"drafted_by": Signer("钱卫东"), "reviewed_by": Signer("白办公"), "approved_by": Signer("总经理赵")}
    return adopt(procedure, **signers, at=at(when)).pk


# ---- conditions and forms


def test_only_records_that_meet_the_conditions_count_and_those_are_listed(works: Factory) -> None:
    called = call(works, "telephone", "2026-11-16 09:00")
    call(works, "letter", "2026-11-16 09:10")
    one = clause(works, "H1")
    assert [(f.evidence.label.en, f.records) for f in one.found] == [("Calls registered", 1)]
    assert [entry.number for entry in records_showing(one, span(works))] == [called.number]


def test_a_record_counts_once_however_often_something_happened_to_it(office: Office) -> None:
    here = guest(office, "张三")
    for hour in ("10", "11", "12"):
        here.refresh_from_db()
        correct(here, FormInput({"who": f"张三{hour}"}), context=office.works.context("mei", f"2026-11-16 {hour}:00"))
    assert Entry.objects.filter(event="guest.correct").count() == 3
    one = clause(office.works, "H4")
    assert one.records == 1
    (entry,) = records_showing(one, span(office.works))
    assert (entry.number, entry.at) == (here.number, at("2026-11-16 12:00"))
    page = office.desk("zong").get("/clauses/H4")
    assert page.text.count(here.number) == 1


def test_a_form_counts_when_the_step_that_fills_it_was_taken(office: Office) -> None:
    here, gone = guest(office, "张三"), guest(office, "李四", important="yes")
    assert clause(office.works, "H2").records == 0
    office.desk("mei").send(f"/registers/guest/{gone.number}/leave")
    office.desk("mei").send(f"/registers/guest/{here.number}/leave")
    assert {f.evidence.identity: f.records for f in clause(office.works, "H2").found if f.evidence.kind == "form"} == {
        "form:guest-sheet": 2
    }
    one = clause(office.works, "H3")
    assert [entry.number for entry in records_showing(one, span(office.works))] == [gone.number]


# ---- gaps and limits of the company's own


def test_a_gap_stays_beside_the_evidence(works: Factory) -> None:
    call(works, "telephone", "2026-11-16 09:00")
    one = clause(works, "H1")
    assert (one.is_shown, one.gap and one.gap.en) == (True, "Recordings of calls are not kept in this system")


def test_pages_say_which_limits_the_company_set_and_what_is_aimed_at(office: Office) -> None:
    desk = office.desk("zong")
    call(office.works, "telephone", "2026-11-16 08:00")
    assert "部分有据 通话录音不在本系统" in desk.get("/clauses/").text
    assert "通话录音不在本系统" in desk.get("/clauses/H1").text
    assert "来宾当日离厂登记 公司自定" in desk.get("/clauses/H2").text
    page = desk.get("/procedure/").text
    assert "公司自定" in page
    assert "“来宾当日离厂登记”的按时率：每月至少 95%" in page


def test_clauses_of_the_pack_below_are_not_this_companys(office: Office) -> None:
    desk = office.desk("zong")
    assert "B2.1" not in desk.get("/clauses/").text
    assert desk.get("/clauses/B2.1").status == 404
    assert "base B2.1" in desk.get("/procedure/").text


# ---- every version and pack of the period


def test_each_version_counts_by_its_own_evidence(works: Factory, tmp_path: Path) -> None:
    call(works, "telephone", "2026-11-10 09:00")
    call(works, "letter", "2026-11-10 09:10")
    newer = put_into_force(
        later("1.1", old='is = ["telephone"]', new='is = ["letter"]', folder=tmp_path), "2026-11-15 00:00"
    )
    call(works, "letter", "2026-11-16 09:00", newer)
    call(works, "telephone", "2026-11-16 09:10", newer)
    (found,) = documents(span(works), at=at("2026-11-20 10:00"))
    assert [(each.version, str(each.first), str(each.last)) for each in found.in_force] == [
        ("1.0", "2026-11-01", "2026-11-14"),
        ("1.1", "2026-11-15", "2026-11-30"),
    ]
    one = found.clause("H1")
    assert one is not None
    assert one.records == 2
    assert len(records_showing(one, span(works))) == 2


def test_clauses_and_what_counts_for_them_are_called_as_the_newest_version_calls_them(
    office: Office, tmp_path: Path
) -> None:
    """One evidence under two versions: both are counted, in the words of today, on the clause's page as well."""
    works = office.works
    call(works, "telephone", "2026-11-10 09:00")
    words = ('{ zh = "电话登记", en = "Calls registered" }', '{ zh = "来电登记", en = "Calls entered" }')
    newer = put_into_force(later("1.1", old=words[0], new=words[1], folder=tmp_path), "2026-11-15 00:00")
    call(works, "telephone", "2026-11-16 08:30", newer)
    (found,) = documents(span(works), at=at("2026-11-20 10:00"))
    one = found.clause("H1")
    assert one is not None
    assert [(f.evidence.label.en, f.records) for f in one.found] == [("Calls entered", 2)]
    page = office.desk("zong").get("/clauses/H1", kind="month", day="2026-11-16")
    assert ("来电登记" in page.text, "电话登记" in page.text) == (True, False)


def test_a_clause_that_only_an_older_version_has_is_shown_with_it(works: Factory, tmp_path: Path) -> None:
    call(works, "telephone", "2026-11-10 09:00")
    put_into_force(
        later("1.1", folder=tmp_path, without=('[[clause]]\nkey = "H1"', '[[clause]]\nkey = "H2"')), "2026-11-15 00:00"
    )
    (found,) = documents(span(works), at=at("2026-11-20 10:00"))
    assert [(one.node.clause.key, one.records) for _, one in found.clauses()] == [
        ("H2", 0),
        ("H3", 0),
        ("H4", 0),
        ("H1", 1),
    ]


def test_a_change_of_packs_within_the_period_shows_both(office: Office) -> None:
    works = office.works
    call(works, "telephone", "2026-11-10 09:00")
    put_into_force(load_pack("base"), "2026-11-15 00:00")
    found = documents(span(works), at=at("2026-11-20 10:00"))
    assert [(each.key, [str(one.first) for one in each.in_force]) for each in found] == [
        ("base", ["2026-11-15"]),
        ("house", ["2026-11-01"]),
    ]
    desk = office.desk("zong")
    page = desk.get("/clauses/", kind="month", day="2026-11-16")
    assert "1.0 版，2026-11-01 – 2026-11-14" in page.text
    assert any("/clauses/H1?" in link and "document=house" in link for link in page.links)
    assert desk.get("/clauses/H1", kind="month", day="2026-11-16", document="house").status == 200
    assert desk.get("/clauses/H1", kind="month", day="2026-11-16", document="base").status == 404
    assert [
        each.key
        for each in documents(
            TimeSpan.of_days(day("2026-12-01"), day("2026-12-31"), works.procedure), at=at("2026-12-20 10:00")
        )
    ] == ["base"]


def test_records_that_go_on_under_a_procedure_superseded_before_are_shown_with_it(office: Office) -> None:
    here = guest(office, "张三")
    put_into_force(load_pack("base"), "2026-11-20 00:00")
    office.clock.at("2026-12-03 09:00")
    office.desk("mei").send(f"/registers/guest/{here.number}/leave")
    december = TimeSpan.of_days(day("2026-12-01"), day("2026-12-31"), office.works.procedure)
    found = documents(december, at=at("2026-12-20 10:00"))
    assert [(each.key, bool(each.in_force)) for each in found] == [("base", True), ("house", False)]
    one = found[1].clause("H2")
    assert one is not None
    assert one.records == 1


# ---- a kind that a later version dropped


def test_a_record_of_a_dropped_kind_is_listed_read_printed_and_finished(office: Office) -> None:
    here = guest(office, "张三")
    put_into_force(load_pack("base"), "2026-11-16 09:30")
    office.clock.at("2026-11-16 10:00")
    mei = office.desk("mei")
    path = f"/registers/guest/{here.number}"
    assert here.number in mei.get("/registers/guest/").text
    assert "张三" in mei.get(path).text
    assert mei.client.get(f"/sheets/guest/{here.number}/guest-sheet.pdf").status_code == 200
    assert mei.send(f"{path}/leave").status_code == 302
    here.refresh_from_db()
    assert (here.state, here.phase) == ("left", "closed")
    assert mei.get("/registers/guest/new/come").status == 404
