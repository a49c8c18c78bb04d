"""Derivations: the reckoning of a due moment as a person reads it, and due moments moved by pauses."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.derivation import DerivationLine
from huiyin.kernel.durations import DueTime, Duration
from huiyin.kernel.pauses import resumed
from huiyin.kernel.text import t
from huiyin.kernel.worktime import CompanyDay
from tests.kernel.calendars import (
    CALENDARS,
    at,
    calendar,
    clock,
)

OFFICE = CALENDARS["office"]


def told(due: DueTime, language: str = "zh") -> list[str]:
    return [line.text.show(language) for line in due.derivation]


class TestDerivation:
    def test_half_a_working_day_before_the_spring_festival(self) -> None:
        reached = Duration.parse("0.5 workdays").due(at("2026-02-13 16:30"), OFFICE)
        assert reached.as_json("zh") == {
            "due": "2026-02-14T11:00+08:00",
            "derivation": [
                "2026-02-13 周五 16:30 起，半个工作日 = 工时 4 小时",
                "2026-02-13 周五 16:30–17:30 工作 1 小时，余 3 小时",
                "2026-02-14 周六 调休上班 08:00–11:00 工作 3 小时，期满",
                "期限：2026-02-14 周六 11:00",
            ],
            "warnings": [],
        }
        assert reached.as_json("en")["derivation"] == [
            "From Fri 2026-02-13 16:30: half a working day = 4 h of working time",
            "Fri 2026-02-13 16:30–17:30: 1 h worked, 3 h left",
            "Sat 2026-02-14 (make-up working day) 08:00–11:00: 3 h worked, none left",
            "Due: Sat 2026-02-14 11:00",
        ]
        assert [line.minutes for line in reached.derivation] == [None, 60, 180, None]

    def test_a_night_shift_says_which_hours_are_the_next_day_s(self) -> None:
        reached = Duration.parse("9 workhours").due(at("2026-11-25 03:00"), CALENDARS["night"])
        assert told(reached)[1:] == [
            "2026-11-24 周二 次日 03:00–06:00 工作 3 小时，余 6 小时",
            "2026-11-25 周三 22:00–次日 04:00 工作 6 小时，期满",
            "期限：2026-11-26 周四 04:00",
        ]
        assert told(reached, "en")[1:3] == [
            "Tue 2026-11-24 03:00–06:00 the next day: 3 h worked, 6 h left",
            "Wed 2026-11-25 22:00–04:00 the next day: 6 h worked, none left",
        ]

    def test_a_run_of_days_off_is_one_line(self) -> None:
        reached = Duration.parse("2 workdays").due(at("2026-02-14 16:30"), OFFICE)
        assert told(reached)[1:-1] == [
            "2026-02-14 周六 调休上班 16:30–17:30 工作 1 小时，余 15 小时",
            "2026-02-15 周日 至 2026-02-23 周一 春节放假，共 9 天",
            "2026-02-24 周二 08:00–12:00、13:30–17:30 工作 8 小时，余 7 小时",
            "2026-02-25 周三 08:00–12:00、13:30–16:30 工作 7 小时，期满",
        ]
        assert told(reached, "en")[2] == "Sun 2026-02-15 to Mon 2026-02-23 Spring Festival holiday, 9 days"

    def test_a_run_of_days_off_names_all_its_reasons(self) -> None:
        cal = calendar(days={date(2026, 3, 9): CompanyDay((), t("厂庆", "factory anniversary"))})
        reached = Duration.parse("2 workhours").due(at("2026-03-06 16:30"), cal)
        assert told(reached)[2] == "2026-03-07 周六 至 2026-03-09 周一 周末休息、厂庆，共 3 天"
        assert told(reached, "en")[2] == "Sat 2026-03-07 to Mon 2026-03-09 weekend, factory anniversary, 3 days"

    def test_a_start_outside_working_time_is_said(self) -> None:
        reached = Duration.parse("2 workhours").due(at("2026-03-07 10:00"), OFFICE)
        assert told(reached) == [
            "2026-03-07 周六 10:00 起，2 个工作小时",
            "不在工作时间内，从 2026-03-09 周一 08:00 起算",
            "2026-03-07 周六 至 2026-03-08 周日 周末休息，共 2 天",
            "2026-03-09 周一 08:00–10:00 工作 2 小时，期满",
            "期限：2026-03-09 周一 10:00",
        ]

    def test_a_start_a_minute_too_early_is_said_too(self) -> None:
        early = told(Duration.parse("1 workhour").due(at("2026-03-03 07:59"), OFFICE))
        assert early[1] == "不在工作时间内，从 2026-03-03 周二 08:00 起算"
        assert len(told(Duration.parse("1 workhour").due(at("2026-03-03 08:00"), OFFICE))) == 3

    def test_walking_back_is_told_in_the_order_walked(self) -> None:
        reached = Duration.parse("-1 workday").due(at("2026-03-09 09:00"), OFFICE)
        assert told(reached) == [
            "以 2026-03-09 周一 09:00 为准，到期前 1 个工作日 = 工时 8 小时",
            "2026-03-09 周一 08:00–09:00 倒推 1 小时，余 7 小时",
            "2026-03-07 周六 至 2026-03-08 周日 周末休息，共 2 天",
            "2026-03-06 周五 13:30–17:30、09:00–12:00 倒推 7 小时，到头",
            "即 2026-03-06 周五 09:00",
        ]

    def test_walking_back_from_outside_working_time(self) -> None:
        reached = Duration.parse("-1 workhour").due(at("2026-03-08 09:00"), OFFICE)
        assert told(reached, "en")[1:3] == [
            "Outside working time, so back from Fri 2026-03-06 17:30",
            "Sat 2026-03-07 to Sun 2026-03-08 weekend, 2 days",
        ]

    def test_a_night_shift_is_told_under_the_day_it_started(self) -> None:
        reached = Duration.parse("3 workhours").due(at("2026-03-06 23:00"), CALENDARS["night"])
        assert told(reached)[1:] == [
            "2026-03-06 周五 23:00–次日 02:00 工作 3 小时，期满",
            "期限：2026-03-07 周六 02:00",
        ]

    def test_a_long_walk_gathers_alike_days(self) -> None:
        lines = told(Duration.parse("15 workdays").due(at("2026-03-03 10:00"), OFFICE))
        assert lines[1:4] == [
            "2026-03-03 周二 10:00–12:00、13:30–17:30 工作 6 小时，余 114 小时",
            "2026-03-04 周三 至 2026-03-06 周五 每天 08:00–12:00、13:30–17:30 工作 24 小时，余 90 小时",
            "2026-03-07 周六 至 2026-03-08 周日 周末休息，共 2 天",
        ]
        assert lines[-2:] == ["2026-03-24 周二 08:00–10:00 工作 2 小时，期满", "期限：2026-03-24 周二 10:00"]
        assert len(lines) == 11

    def test_ten_days_are_told_one_by_one(self) -> None:
        lines = told(Duration.parse("10 workdays").due(at("2026-03-05 08:00"), OFFICE))
        assert not any("每天" in line for line in lines)
        assert len(lines) == 14

    def test_the_first_and_the_last_day_always_stand_alone(self) -> None:
        lines = told(Duration.parse("11 workdays").due(at("2026-03-04 08:00"), OFFICE))
        day = "08:00–12:00、13:30–17:30"
        assert lines == [
            "2026-03-04 周三 08:00 起，11 个工作日 = 工时 88 小时",
            f"2026-03-04 周三 {day} 工作 8 小时，余 80 小时",
            f"2026-03-05 周四 至 2026-03-06 周五 每天 {day} 工作 16 小时，余 64 小时",
            "2026-03-07 周六 至 2026-03-08 周日 周末休息，共 2 天",
            f"2026-03-09 周一 至 2026-03-13 周五 每天 {day} 工作 40 小时，余 24 小时",
            "2026-03-14 周六 至 2026-03-15 周日 周末休息，共 2 天",
            f"2026-03-16 周一 至 2026-03-17 周二 每天 {day} 工作 16 小时，余 8 小时",
            f"2026-03-18 周三 {day} 工作 8 小时，期满",
            "期限：2026-03-18 周三 17:30",
        ]

    def test_a_long_walk_back_gathers_alike_days_too(self) -> None:
        lines = told(Duration.parse("-12 workdays").due(at("2026-03-20 17:30"), OFFICE), "en")
        assert lines[3] == "Sat 2026-03-14 to Sun 2026-03-15 weekend, 2 days"
        assert lines[2] == ("Mon 2026-03-16 to Thu 2026-03-19 daily 13:30–17:30, 08:00–12:00: back 32 h, 56 h left")
        assert lines[-1] == "That is Thu 2026-03-05 08:00"

    def test_hours_on_the_clock(self) -> None:
        reached = Duration.parse("48h").due(at("2026-03-06 16:30"), OFFICE)
        assert told(reached) == [
            "2026-03-06 周五 16:30 起，48 小时（连续计时，含休息日）",
            "期限：2026-03-08 周日 16:30",
        ]
        assert told(reached, "en")[0] == "From Fri 2026-03-06 16:30: 48 hours on the clock, days off included"

    def test_a_shorter_month_is_said(self) -> None:
        reached = Duration.parse("1 month").due(at("2026-01-31 10:00"), OFFICE)
        assert told(reached)[1] == "2026-02 没有 31 日，取当月最后一天 2026-02-28"
        assert told(reached, "en")[1] == "2026-02 has no day 31; its last day 2026-02-28 counts"

    def test_the_zone_of_the_answer_may_be_chosen(self) -> None:
        reached = Duration.parse("48h").due(at("2026-03-06 16:30") + timedelta(seconds=5), OFFICE)
        assert reached.as_json("en", ZoneInfo("UTC"))["due"] == "2026-03-08T08:30:05+00:00"

    def test_a_walk_past_the_published_holidays_warns(self) -> None:
        warned = Duration.parse("1 workday").due(at("2026-12-31 10:00"), OFFICE)
        assert warned.as_json("en")["due"] == "2027-01-04T10:00+08:00"
        assert [warning[:24] for warning in warned.as_json("en")["warnings"]] == ["Public holidays are publ"]
        assert Duration.parse("48h").due(at("2026-12-31 10:00"), OFFICE).warnings == ()

    def test_it_behaves_as_the_lines_themselves(self) -> None:
        one = Duration.parse("48h").due(at("2026-03-06 16:30"), OFFICE)
        same = Duration.parse("48h").due(at("2026-03-06 16:30"), OFFICE)
        assert one == same
        assert one.derivation == tuple(same.derivation)
        assert one.derivation != Duration.parse("49h").due(at("2026-03-06 16:30"), OFFICE).derivation
        other: object = "48h"
        assert one.derivation != other
        assert hash(one.derivation) == hash(same.derivation)
        assert one.derivation[:1] == (one.derivation[0],)
        assert isinstance(one.derivation[0], DerivationLine)
        assert repr(one.derivation) == repr(tuple(same.derivation))
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301

    def test_a_promised_moment_may_have_lines_of_its_own(self) -> None:
        promised = DueTime(at("2026-03-06 16:30"), (DerivationLine(t("向客户承诺", "promised to the customer")),))
        assert promised.as_json("zh") == {
            "due": "2026-03-06T16:30+08:00",
            "derivation": ["向客户承诺"],
            "warnings": [],
        }


class TestPauses:
    def test_working_time_stands_still(self) -> None:
        before = Duration.parse("0.5 workdays").due(at("2026-03-03 09:00"), OFFICE)
        assert clock(before.at) == "2026-03-03 14:30"
        after = resumed(before, (at("2026-03-03 10:00"), at("2026-03-04 10:00")), OFFICE, counts="work")
        assert clock(after.at) == "2026-03-04 14:30"
        assert told(after)[-4:] == [
            "2026-03-03 周二 10:00 至 2026-03-04 周三 10:00 暂停，顺延 8 小时",
            "2026-03-03 周二 14:30–17:30 工作 3 小时，余 5 小时",
            "2026-03-04 周三 08:00–12:00、13:30–14:30 工作 5 小时，期满",
            "期限：2026-03-04 周三 14:30",
        ]

    def test_the_clock_stands_still(self) -> None:
        before = Duration.parse("48h").due(at("2026-03-03 09:00"), OFFICE)
        after = resumed(before, (at("2026-03-03 10:00"), at("2026-03-05 13:00")), OFFICE, counts="elapsed")
        assert clock(after.at) == "2026-03-07 12:00"
        assert told(after, "en")[-2:] == [
            "Paused from Tue 2026-03-03 10:00 to Thu 2026-03-05 13:00: 51 h later",
            "Due: Sat 2026-03-07 12:00",
        ]

    @pytest.mark.parametrize(
        ("began", "ended", "counts"),
        [
            ("2026-03-03 18:00", "2026-03-04 07:00", "work"),  # a night in which nobody works
            ("2026-03-05 09:00", "2026-03-06 09:00", "elapsed"),  # when it was already due
            ("2026-03-04 09:00", "2026-03-04 09:00", "elapsed"),
        ],
    )
    def test_a_pause_that_costs_nothing_changes_nothing(self, began: str, ended: str, counts: str) -> None:
        before = Duration.parse("48h").due(at("2026-03-03 09:00"), OFFICE)
        assert resumed(before, (at(began), at(ended)), OFFICE, counts=counts) is before  # type: ignore[arg-type]

    def test_a_pause_into_an_unpublished_year_warns_once(self) -> None:
        before = Duration.parse("1 workday").due(at("2026-12-31 10:00"), OFFICE)
        after = resumed(before, (at("2026-12-31 11:00"), at("2026-12-31 14:00")), OFFICE, counts="work")
        assert (clock(after.at), len(after.warnings)) == ("2027-01-04 11:30", 1)
