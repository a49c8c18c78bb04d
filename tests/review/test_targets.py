"""Targets: measured on every kind by every version, told once, asked by a guard."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.customers.models import Customer
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import Notice
from huiyin.procedure.loader import PackInvalid
from huiyin.registers.actions import FormInput, end, open_record
from huiyin.registers.models import FormRecord
from huiyin.review.models import TargetReport
from huiyin.review.targets import Standing
from huiyin.review.telling import tell_of_targets
from tests.cast import Factory, at
from tests.desk import Office
from tests.registers.works import a_customer
from tests.review.aims import AIMS, back, changed, go, notices, put_into_force, stands, turn
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage(str(AIMS))
office = desks("2026-11-16 09:00")


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


def test_the_colour_says_how_a_target_stands(works: Factory) -> None:
    tones: dict[str, set[Standing]] = {}
    for one in Standing:
        tones.setdefault(one.tone, set()).add(one)
    assert tones == {
        "good": {Standing.MET, Standing.SO_FAR},
        "warn": {Standing.ENDANGERED},
        "bad": {Standing.MISSED},
        "neutral": {Standing.NOT_YET, Standing.PARTLY, Standing.NOTHING, Standing.NOT_IN_FORCE},
    }
