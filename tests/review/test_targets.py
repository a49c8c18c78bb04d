"""Targets: measured on every kind by every version, told once, shown with their last periods, asked by a guard."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.customers.models import Customer
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.kernel.periods import Period
from huiyin.obligations.models import Notice
from huiyin.procedure.loader import PackInvalid, load_pack
from huiyin.procedure.versions import Signer, adopt
from huiyin.registers.actions import FormInput, end, open_record, take
from huiyin.registers.models import FormRecord
from huiyin.review.counting import evidence
from huiyin.review.evidence import TimeSpan
from huiyin.review.measuring import known_targets, last_turns, turns_of, turns_within
from huiyin.review.models import TargetReport
from huiyin.review.targets import Standing, TargetTurn
from huiyin.review.telling import tell_of_targets
from tests.cast import Factory, at, day
from tests.desk import Office
from tests.registers.works import a_customer
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

AIMS = Path(__file__).parent / "packs" / "aims"
works = stage(str(AIMS))
office = desks("2026-11-16 09:00")


def go(works: Factory, when: str, about: Customer | None = None, version: int = 0, **facts: str) -> FormRecord:
    """Somebody sets out on a trip."""
    return open_record(
        "trip",
        "go",
        FormInput(facts),
        procedure_id=version or works.version,
        context=works.context("mei", when),
        about=about,
    )


def back(works: Factory, trip: FormRecord, when: str) -> None:
    take(trip, "return", FormInput(), context=works.context("mei", when))


def turn(key: str, period: str, when: str) -> TargetTurn:
    """A target in a period, as it stands at a moment."""
    (known,) = known_targets(at(when), [key])
    (found,) = turns_of([(known, Period.parse(period))], at=at(when))
    return found


def stands(key: str, period: str, when: str) -> tuple[str, Standing]:
    found = turn(key, period, when)
    return found.figure.written, found.standing


def changed(folder: Path, version: str, *changes: tuple[str, str]) -> Any:
    """The procedure with some words changed, as another version."""
    text = (AIMS / "pack.toml").read_text("utf-8").replace('version = "1.0"', f'version = "{version}"')
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    target = folder / version / "aims"
    target.mkdir(parents=True)
    (target / "pack.toml").write_text(text, "utf-8")
    return load_pack(target)


def put_into_force(procedure: Any, when: str) -> int:
    signers = {"drafted_by": Signer("钱卫东"), "reviewed_by": Signer("白办公"), "approved_by": Signer("总经理赵")}
    return adopt(procedure, **signers, at=at(when)).pk


def notices(works: Factory, name: str) -> list[str]:
    return list(Notice.objects.filter(person=works.people[name]).order_by("id").values_list("text_zh", flat=True))


# ---- measuring


def test_records_of_a_declared_kind_count_in_the_period_in_which_they_are_opened(works: Factory) -> None:
    go(works, "2026-10-31 23:59")
    for when in ("2026-11-01 00:00", "2026-11-30 23:59"):
        go(works, when)
    go(works, "2026-12-01 00:00")
    now = "2026-12-02 09:00"
    assert stands("trips", "2026-10", now) == ("1", Standing.MISSED)
    assert stands("trips", "2026-11", now) == ("2", Standing.MISSED)
    assert stands("trips", "2026-12", now) == ("1", Standing.NOT_YET)


def test_a_void_record_does_not_count(works: Factory) -> None:
    trips = [go(works, f"2026-11-{n} 09:00") for n in (10, 11, 12)]
    assert stands("trips", "2026-11", "2026-11-13 09:00") == ("3", Standing.MET)
    end(trips[0], "void", "误开", context=works.context("song", "2026-11-13 10:00"))
    assert stands("trips", "2026-11", "2026-11-13 11:00") == ("2", Standing.NOT_YET)


def test_records_of_a_kind_of_the_product_count_too(works: Factory) -> None:
    works.complaint(when="2026-11-10 09:00")
    assert stands("few-complaints", "2026-11", "2026-11-10 10:00") == ("1", Standing.SO_FAR)
    assert stands("few-complaints", "2026-11", "2026-12-01 10:00") == ("1", Standing.MET)
    works.complaint(when="2026-11-30 23:59")
    assert stands("few-complaints", "2026-11", "2026-11-30 23:59") == ("2", Standing.MISSED)


def test_only_records_that_meet_the_conditions_count(works: Factory) -> None:
    go(works, "2026-11-10 09:00", far="no")
    assert stands("far-trips", "2026-11", "2026-11-11 09:00") == ("0", Standing.NOT_YET)
    go(works, "2026-11-10 10:00", far="yes")
    assert stands("far-trips", "2026-11", "2026-11-11 09:00") == ("1", Standing.MET)
    assert stands("far-trips", "2026-10", "2026-11-11 09:00") == ("0", Standing.MISSED)
    assert stands("trips", "2026-11", "2026-11-11 09:00") == ("2", Standing.NOT_YET)


def test_conditions_may_speak_of_what_the_record_is_about(works: Factory) -> None:
    key, other = a_customer(works), a_customer(works, "杭州某厂")
    Customer.objects.filter(pk=key.pk).update(tier="A")
    go(works, "2026-11-17 09:00", about=key)
    go(works, "2026-11-17 10:00", about=other)
    assert stands("key-trips", "2026-Q4", "2026-11-18 09:00") == ("1", Standing.MET)


def test_a_share_counts_the_duties_that_came_due_in_the_period(works: Factory) -> None:
    trips = [go(works, f"2026-11-{n} 09:00") for n in (10, 11, 12)]
    go(works, "2026-11-30 16:00")  # due in December
    for trip, when in zip(trips, ("2026-11-10 16:00", "2026-11-11 16:00", "2026-11-20 16:00"), strict=True):
        back(works, trip, when)
    assert stands("same-day", "2026-11", "2026-11-13 09:00") == ("66.6%", Standing.ENDANGERED)
    assert stands("same-day", "2026-11", "2026-12-01 00:00") == ("66.6%", Standing.MISSED)
    assert stands("same-day", "2026-12", "2026-12-01 00:00") == ("—", Standing.NOTHING)
    assert stands("same-day", "2026-12", "2026-12-05 09:00") == ("0%", Standing.ENDANGERED)


def test_a_share_that_is_kept_may_still_change_until_its_period_is_over(works: Factory) -> None:
    back(works, go(works, "2026-11-10 09:00"), "2026-11-10 12:00")
    assert stands("same-day", "2026-11", "2026-11-12 09:00") == ("100%", Standing.SO_FAR)
    assert stands("same-day", "2026-11", "2026-12-01 09:00") == ("100%", Standing.MET)


def test_a_count_is_endangered_when_three_quarters_of_the_working_time_are_gone(works: Factory) -> None:
    go(works, "2026-11-10 09:00")
    go(works, "2026-11-10 10:00")
    assert stands("trips", "2026-11", "2026-11-20 09:00") == ("2", Standing.NOT_YET)
    assert stands("trips", "2026-11", "2026-11-24 09:00") == ("2", Standing.ENDANGERED)
    go(works, "2026-11-24 10:00")
    assert stands("trips", "2026-11", "2026-11-24 11:00") == ("3", Standing.MET)


def test_a_count_of_which_three_quarters_are_there_is_not_endangered(works: Factory, tmp_path: Path) -> None:
    version = put_into_force(changed(tmp_path, "1.1", ('at_least = "3"', 'at_least = "4"')), "2026-10-01 00:00")
    for n in (10, 11, 12):
        go(works, f"2026-11-{n} 09:00", version=version)
    assert stands("trips", "2026-11", "2026-11-27 09:00") == ("3", Standing.NOT_YET)


# ---- versions


def test_all_versions_of_the_period_count_and_the_limit_is_that_in_force_at_its_end(
    works: Factory, tmp_path: Path
) -> None:
    go(works, "2026-11-10 09:00")
    newer = put_into_force(changed(tmp_path, "1.1", ('at_least = "3"', 'at_least = "2"')), "2026-11-15 00:00")
    go(works, "2026-11-16 09:00", version=newer)
    go(works, "2026-11-16 09:00")  # of the version before, whose records still go on
    assert (
        turn("trips", "2026-11", "2026-12-01 09:00").target.at_least,
        *stands("trips", "2026-11", "2026-12-01 09:00"),
    ) == (
        "2",
        "3",
        Standing.MET,
    )
    assert turn("trips", "2026-10", "2026-12-01 09:00").target.at_least == "3"


def test_each_version_counts_by_its_own_conditions(works: Factory, tmp_path: Path) -> None:
    go(works, "2026-11-10 09:00", far="no")
    newer = put_into_force(changed(tmp_path, "1.1", ('"far", is = ["yes"]', '"far", is = ["no"]')), "2026-11-15 00:00")
    go(works, "2026-11-16 09:00", version=newer, far="no")
    go(works, "2026-11-16 10:00", version=newer, far="yes")
    assert stands("far-trips", "2026-11", "2026-11-17 09:00") == ("1", Standing.MET)


def test_a_period_that_began_before_its_target_is_not_called_missed(works: Factory) -> None:
    go(works, "2026-01-20 09:00")  # in force since 5 January
    assert stands("trips", "2026-01", "2026-02-02 09:00") == ("1", Standing.PARTLY)
    assert stands("trips", "2026-02", "2026-03-02 09:00") == ("0", Standing.MISSED)
    assert stands("trips", "2025-12", "2026-02-02 09:00") == ("0", Standing.NOT_IN_FORCE)


def test_a_target_that_a_version_dropped_is_not_judged_from_then_on(works: Factory, tmp_path: Path) -> None:
    dropped = ('[[target]]\nkey = "trips"', '[[target]]\nkey = "outings"'), ("quota:trips", "quota:outings")
    put_into_force(changed(tmp_path, "1.1", *dropped), "2026-11-15 00:00")
    assert stands("trips", "2026-10", "2026-12-01 09:00") == ("0", Standing.MISSED)
    assert stands("trips", "2026-11", "2026-12-01 09:00") == ("0", Standing.NOT_IN_FORCE)
    assert stands("outings", "2026-11", "2026-12-01 09:00") == ("0", Standing.PARTLY)


# ---- told


def test_a_missed_target_is_told_once_to_the_head_who_answers_for_it(works: Factory) -> None:
    assert tell_of_targets(at=at("2026-11-02 00:10")) > 0
    Notice.objects.all().delete()
    works.complaint(when="2026-11-10 09:00")
    go(works, "2026-11-20 09:00", far="yes")
    for when in ("2026-12-01 00:10", "2026-12-01 00:20", "2026-12-02 00:10"):
        tell_of_targets(at=at(when))
    assert [text for text in notices(works, "song") if "走访次数" in text] == [
        "2026年11月指标“走访次数”未达成：1（至少 3），已告知：宋建国"
    ]
    assert notices(works, "mei") == []
    row = TargetReport.objects.get(target="trips", period="2026-11", told="missed")
    entry = Entry.objects.get(kind="target-report", record_id=row.pk)
    assert (row.number, row.figure, entry.event, entry.clause, entry.number) == (
        "2026-11/trips",
        "1",
        "target.missed",
        "A1",
        "2026-11/trips",
    )
    assert verify().code == 0


def test_an_endangered_count_and_a_limit_passed_are_told_once_while_the_period_runs(works: Factory) -> None:
    tell_of_targets(at=at("2026-11-02 00:10"))
    Notice.objects.all().delete()
    for n in (10, 11):
        works.complaint(when=f"2026-11-{n} 09:00")
    for n in (12, 13, 24, 25):
        tell_of_targets(at=at(f"2026-11-{n} 00:10"))
    assert [text for text in notices(works, "qian") if "指标" in text] == [
        "2026年11月指标“投诉件数”已超出：2（至多 1），已告知：钱卫东"
    ]
    told = [text for text in notices(works, "song") if "指标" in text]
    assert told == [
        "2026年11月指标“走访次数”有风险：到现在 0（至少 3），已告知：宋建国",
        "2026年11月指标“远途走访”有风险：到现在 0（至少 1），已告知：宋建国",
    ]
    tell_of_targets(at=at("2026-12-01 00:10"))
    assert [text for text in notices(works, "qian") if "指标" in text] == [
        "2026年11月指标“投诉件数”已超出：2（至多 1），已告知：钱卫东"
    ]


def test_periods_that_ended_while_nobody_looked_are_told_when_somebody_does(works: Factory) -> None:
    tell_of_targets(at=at("2026-08-31 12:00"))
    Notice.objects.all().delete()
    tell_of_targets(at=at("2026-11-02 00:10"))
    told = TargetReport.objects.filter(target="trips", told="missed", at=at("2026-11-02 00:10"))
    assert sorted(told.values_list("period", flat=True)) == ["2026-08", "2026-09", "2026-10"]


def test_of_a_target_without_owner_management_is_told(works: Factory) -> None:
    tell_of_targets(at=at("2026-12-17 00:10"))
    assert [text for text in notices(works, "zong") if "重点客户走访" in text] == [
        "2026年第4季度指标“重点客户走访”有风险：到现在 0（至少 1），已告知：总经理赵",
        "2026年第3季度指标“重点客户走访”未达成：0（至少 1），已告知：总经理赵",
    ]


# ---- the guard


def summary(works: Factory, when: str, period: str = "") -> FormRecord:
    return open_record(
        "summary",
        "begin",
        FormInput(),
        procedure_id=works.version,
        context=works.context("mei", when),
        period=period,
    )


def test_a_summary_waits_until_the_quota_of_its_month_is_reached(office: Office) -> None:
    works = office.works
    go(works, "2026-10-12 09:00")
    go(works, "2026-10-13 09:00")
    for n in (2, 3, 4):
        go(works, f"2026-11-0{n} 09:00")
    october = summary(works, "2026-11-16 09:00", "2026-10")
    november = summary(works, "2026-11-16 09:10", "2026-11")
    mei = office.desk("mei")
    assert "2026年10月“走访次数”只有 2，应有 3" in mei.get(f"/registers/summary/{october.number}").text
    answer = mei.send_from(mei, f"/registers/summary/{november.number}/close")
    assert answer.status_code == 302
    november.refresh_from_db()
    assert november.state == "done"


def test_only_a_count_to_be_reached_in_the_same_period_may_be_a_guard(tmp_path: Path) -> None:
    found = []
    for number, key in enumerate(("few-complaints", "same-day", "key-trips", "nothing")):
        with pytest.raises(PackInvalid) as invalid:
            changed(tmp_path, f"2.{number}", ("quota:trips", f"quota:{key}"))
        found.append([mistake.problem.show("en") for mistake in invalid.value.mistakes])
    assert found == [
        [f"There is no guard “quota:{key}”."] for key in ("few-complaints", "same-day", "key-trips", "nothing")
    ]


def test_what_a_target_cannot_be_is_said(tmp_path: Path) -> None:
    long = "a" * 29
    cases = [
        (('key = "same-day"', f'key = "{long}"'), "The key of a target is too long."),
        (
            ('of = "trip-return"', 'of = "trip-return"\nwhere = [{ field = "far", is = ["yes"] }]'),
            "A share kept in time has no conditions.",
        ),
        (('field = "far", is', 'field = "fur", is'), "There is no field “fur”."),
        (("target:far-trips", "target:fur-trips"), "There is no evidence “target:fur-trips”."),
    ]
    for number, (change, said) in enumerate(cases):
        with pytest.raises(PackInvalid) as invalid:
            changed(tmp_path, f"3.{number}", change)
        assert [mistake.problem.show("en") for mistake in invalid.value.mistakes] == [said]


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
    assert "没有指标" in desk.get("/clauses/targets").text
    assert "/clauses/targets" not in desk.get("/clauses/").links


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
