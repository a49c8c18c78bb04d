"""Targets as evidence and on their pages, and how often the database is asked for them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.procedure.loader import load_pack
from huiyin.review.counting import evidence
from huiyin.review.evidence import TimeSpan
from huiyin.review.measuring import known_targets, last_turns, turns_within
from huiyin.review.targets import Standing
from huiyin.review.telling import tell_of_targets
from tests.cast import Factory, at, day
from tests.desk import Office
from tests.review.aims import AIMS, changed, go, put_into_force
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows

works = stage(str(AIMS))
office = desks("2026-11-16 09:00")


# ---- evidence


def test_a_target_is_evidence_of_the_clause_it_names_and_of_one_that_names_it(works: Factory) -> None:
    go(works, "2026-11-10 09:00", far="yes")
    span = TimeSpan.of_days(day("2026-10-01"), day("2026-12-31"), works.procedure)
    tree = evidence(works.procedure, span, at=at("2026-12-02 10:00"))
    shown = {
        (one.node.clause.key, f.evidence.key): [
            (each.period.key, each.figure.written, each.standing) for each in f.turns
        ]
        for one in tree
        for f in one.found
        if f.evidence.kind == "target"
    }
    assert shown[("A1", "trips")] == [
        ("2026-10", "0", Standing.MISSED),
        ("2026-11", "1", Standing.MISSED),
        ("2026-12", "0", Standing.NOT_YET),
    ]
    assert [one[0] for one in shown[("A3", "far-trips")]] == ["2026-10", "2026-11", "2026-12"]
    assert {one.node.clause.key: one.is_shown for one in tree} == {"A1": True, "A2": False, "A3": True}


def test_the_page_of_a_clause_shows_its_targets(office: Office) -> None:
    go(office.works, "2026-11-10 09:00")
    page = office.desk("zong").get("/clauses/A1", kind="month", day="2026-11-16")
    assert "指标 走访次数 公司自定 至少 3 2026年11月 1 尚未达成" in page.text
    assert "/clauses/targets/2026-11/trips" in page.links


# ---- pages


def test_the_page_of_targets_shows_each_with_its_last_twelve_periods(office: Office) -> None:
    works = office.works
    for when in ("2026-10-10 09:00", "2026-10-11 09:00", "2026-10-12 09:00", "2026-11-10 09:00"):
        go(works, when)
    desk = office.desk("zong")
    page = desk.get("/clauses/targets")
    assert "走访次数 尚未达成 “走访”的数量：每月至少 3 公司自定 2026年11月 1 / 3" in page.text
    assert "2026年9月 0 未达成 2026年10月 3 达成" in page.text
    assert "2026年1月 0 不满一期" in page.text
    assert "2025年11月 0 未施行 2025年12月 0 未施行" in page.text
    assert {"/clauses/A1", "/clauses/targets/2026-10/trips"} <= set(page.links)
    assert "/clauses/targets" in desk.get("/clauses/").links


def test_the_page_speaks_english(office: Office) -> None:
    zong = office.desk("zong")
    zong.person.language = "en"
    zong.person.save(update_fields=["language"])
    page = zong.get("/clauses/targets")
    assert "number of records: Trip, each month at least 3" in page.text
    assert "Not yet met" in page.text
    assert "Missed" in page.text


def test_a_period_lists_what_it_counts(office: Office) -> None:
    works = office.works
    trip, other = go(works, "2026-11-10 09:00", far="yes"), go(works, "2026-11-11 09:00", far="no")
    before = go(works, "2026-10-31 09:00", far="yes")
    desk = office.desk("song")
    page = desk.get("/clauses/targets/2026-11/far-trips")
    assert f"/registers/trip/{trip.number}" in page.links
    assert not {f"/registers/trip/{one.number}" for one in (other, before)} & set(page.links)
    office.clock.at("2026-11-16 09:00")
    page = desk.get("/clauses/targets/2026-11/same-day")
    assert f"/registers/trip/{trip.number}" in page.links
    assert "按时率 0% 至少 75%" in page.text


def test_what_was_told_stands_on_the_page_to_which_the_notice_leads(office: Office) -> None:
    tell_of_targets(at=at("2026-11-02 00:10"))
    song = office.desk("song")
    assert "/clauses/targets/2026-10/trips" in song.get("/notices").links
    page = song.get("/clauses/targets/2026-10/trips")
    assert "2026年10月指标“走访次数”未达成：0（至少 3），已告知：宋建国" in page.text


def test_without_targets_the_page_says_so(office: Office) -> None:
    put_into_force(load_pack("base"), "2026-11-15 00:00")
    desk = office.desk("zong")
    page = desk.get("/clauses/targets")
    assert "程序里还没有写明指标，所以还没有可统计的" in page.text
    assert "写了指标的程序版本一生效，这里就逐期统计。" in page.text
    assert "/procedure/" in page.links
    assert "/clauses/targets" not in desk.get("/clauses/").links
    desk.person.language = "en"
    desk.person.save(update_fields=["language"])
    page = desk.get("/clauses/targets")
    assert "The procedure declares no targets yet, so nothing is measured" in page.text
    assert "is in force, each period is measured here." in page.text


def test_pages_are_for_those_who_look_over_the_whole_and_one_for_who_answers_for_it(office: Office) -> None:
    names = ("lin", "zong", "bai", "mei", "song", "fang")
    found = {
        path: [office.desk(name).get(path).status for name in names]
        for path in ("/clauses/targets", "/clauses/targets/2026-11/trips", "/clauses/targets/2026-11/few-complaints")
    }
    assert found == {
        "/clauses/targets": [200, 200, 200, 404, 404, 404],
        "/clauses/targets/2026-11/trips": [200, 200, 200, 200, 200, 404],
        "/clauses/targets/2026-11/few-complaints": [200, 200, 200, 404, 404, 404],
    }


@pytest.mark.parametrize(
    "path", ["2026-W46/trips", "2026-13/trips", "yesterday/trips", "2026-11/none", "9999-12/trips"]
)
def test_there_is_no_such_period_of_a_target(office: Office, path: str) -> None:
    assert office.desk("zong").get(f"/clauses/targets/{path}").status == 404


def test_fifty_targets_ask_the_database_as_often_as_one(works: Factory, tmp_path: Path) -> None:
    more = "".join(
        f'\n[[target]]\nkey = "more-{n}"\nlabel = {{ zh = "另{n}", en = "More {n}" }}\nmeasure = "{measure}"\n'
        f'of = "{of}"\nat_least = "{least}"\nevery = "{every}"\n'
        for n, (measure, of, least, every) in enumerate(
            [
                ("records", "trip", "3", "month"),
                ("records", "complaint", "5", "quarter"),
                ("on-time", "trip-return", "90%", "week"),
                ("records", "customer", "1", "year"),
                ("records", "summary", "1", "half"),
            ]
            * 9
        )
    )
    last = 'of = "trip-return"\nat_least = "75%"\nowner = "head:reception"\nclause = "A1"\n'
    procedure = changed(tmp_path, "1.1", (last, last + more))
    put_into_force(procedure, "2026-11-15 00:00")
    go(works, "2026-11-10 09:00")
    keys = [each.key for each in procedure.targets]
    assert len(keys) == 50
    asked = []
    for some in (["trips"], keys):
        last_turns(at("2026-11-16 09:00"), some)
        with CaptureQueriesContext(connection) as queries:
            found = last_turns(at("2026-11-16 09:00"), some)
        assert [len(turns) for turns in found.values()] == [13] * len(some)
        asked.append(len(queries))
    assert asked == [3, 5]


def test_a_year_of_days_is_measured_in_a_few_queries(works: Factory, tmp_path: Path) -> None:
    daily = changed(
        tmp_path, "1.1", ('at_least = "3"\n', 'at_least = "3"\nevery = "day"\n'), ('guards = ["quota:trips"]\n', "")
    )
    put_into_force(daily, "2026-01-06 00:00")
    newest = known_targets(at("2026-12-31 23:00"), ["trips"])[0]
    go(works, "2026-11-10 09:00", version=newest.last.version)
    span = TimeSpan.of_days(day("2026-01-01"), day("2026-12-31"), works.procedure)
    with CaptureQueriesContext(connection) as queries:
        found = turns_within(span, ["trips"], at=at("2026-12-31 23:00"))["trips"]
    assert [each.period.key for each in found if each.figure.count] == ["2026-11-10"]
    assert found[-1].period.end - found[0].period.start == timedelta(days=359)
    assert len(queries) < 8
    standing = {each.period.key: each.standing for each in found}
    assert (standing["2026-11-13"], standing["2026-11-14"]) == (Standing.MISSED, Standing.NOTHING)  # a Saturday
