"""Walking working time: golden moments of the Chinese working year, shifts, other zones, company days, properties."""

from __future__ import annotations

import time as stopwatch
from datetime import UTC, date, datetime, timedelta

import pytest

from huiyin.kernel.holidays import NO_HOLIDAYS
from huiyin.kernel.text import t
from huiyin.kernel.worktime import WEEKDAYS, CompanyDay, week_pattern
from tests.kernel.calendars import (
    ADELAIDE,
    CALENDARS,
    NEW_YORK,
    NIGHT_WEEK,
    OFFICE_WEEK,
    ROUND_THE_CLOCK,
    at,
    calendar,
    clock,
    hours,
)

OFFICE = CALENDARS["office"]


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        # half a working day before the make-up Saturday of the Spring Festival
        ("2026-02-13 16:30", 240, "2026-02-14 11:00"),
        # within a morning, over lunch, begun at lunch, in the evening, before work
        ("2026-03-03 08:00", 90, "2026-03-03 09:30"),
        ("2026-03-03 11:30", 60, "2026-03-03 14:00"),
        ("2026-03-03 12:30", 30, "2026-03-03 14:00"),
        ("2026-03-03 20:00", 480, "2026-03-04 17:30"),
        ("2026-03-03 06:59", 1, "2026-03-03 08:01"),
        # used up exactly at the end of an interval: due there, not at the next start
        ("2026-03-03 11:00", 60, "2026-03-03 12:00"),
        ("2026-03-03 16:30", 60, "2026-03-03 17:30"),
        ("2026-03-03 12:00", 1, "2026-03-03 13:31"),
        # nothing to walk: where it stands, or the next start
        ("2026-03-03 10:00", 0, "2026-03-03 10:00"),
        ("2026-03-03 17:30", 0, "2026-03-03 17:30"),
        ("2026-03-03 12:30", 0, "2026-03-03 13:30"),
        # weekends
        ("2026-03-06 17:00", 60, "2026-03-09 08:30"),
        ("2026-03-07 10:00", 60, "2026-03-09 09:00"),
        # Spring Festival 15–23 February with its make-up Saturdays 14 and 28 February
        ("2026-02-14 17:00", 60, "2026-02-24 08:30"),
        ("2026-02-20 10:00", 1, "2026-02-24 08:01"),
        ("2026-02-27 17:00", 60, "2026-02-28 08:30"),
        ("2026-02-28 17:00", 60, "2026-03-02 08:30"),
        # Mid-Autumn Festival 25–27 September; National Day 1–7 October, made up on 20 September and 10 October
        ("2026-09-19 10:00", 60, "2026-09-20 09:00"),
        ("2026-09-24 17:00", 60, "2026-09-28 08:30"),
        ("2026-09-30 16:30", 240, "2026-10-08 11:00"),
        ("2026-10-04 12:00", 480, "2026-10-08 17:30"),
        ("2026-10-09 17:00", 60, "2026-10-10 08:30"),
        ("2026-10-10 17:00", 60, "2026-10-12 08:30"),
        # year end: 1–3 January off, Sunday the 4th made up
        ("2025-12-31 17:00", 60, "2026-01-04 08:30"),
        # leap day
        ("2024-02-28 17:00", 540, "2024-03-01 08:30"),
        # a whole year has 248 working days in 2026
        ("2026-01-01 00:00", 248 * 480, "2026-12-31 17:30"),
    ],
)
def test_work_is_walked_through_the_base_calendar(start: str, minutes: int, due: str) -> None:
    assert clock(OFFICE.add_work(at(start), minutes).due) == due


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-02-14 11:00", -240, "2026-02-13 16:30"),
        ("2026-03-03 14:00", -60, "2026-03-03 11:30"),
        # used up exactly at the start of an interval: there, not at the end before it
        ("2026-03-03 09:00", -60, "2026-03-03 08:00"),
        ("2026-03-03 08:00", -1, "2026-03-02 17:29"),
        # begun outside working time: from the end of the last interval
        ("2026-03-03 20:00", -30, "2026-03-03 17:00"),
        ("2026-10-05 12:00", -480, "2026-09-30 08:00"),
        ("2026-01-04 09:00", -120, "2025-12-31 16:30"),
    ],
)
def test_work_is_walked_backwards(start: str, minutes: int, due: str) -> None:
    assert clock(OFFICE.add_work(at(start), minutes).due) == due


def test_walking_back_to_the_first_start_of_a_year_ends_there() -> None:
    assert clock(CALENDARS["no holidays"].add_work(at("2026-01-01 09:00"), -60).due) == "2026-01-01 08:00"
    assert clock(CALENDARS["no holidays"].add_work(at("2026-01-01 09:00"), -61).due) == "2025-12-31 17:29"


def test_a_year_in_which_nobody_works_is_passed_over() -> None:
    closed = {date(2027, 1, 1) + timedelta(days=n): CompanyDay(()) for n in range(365)}
    idle = calendar(holidays=NO_HOLIDAYS, days=closed)
    assert clock(idle.add_work(at("2026-12-31 17:00"), 60).due) == "2028-01-03 08:30"
    assert clock(idle.add_work(at("2028-01-03 08:30"), -60).due) == "2026-12-31 17:00"
    assert idle.work_minutes_between(at("2026-12-31 17:00"), at("2028-01-03 08:30")) == 60


def test_seconds_of_a_start_are_dropped() -> None:
    start = at("2026-03-03 16:30") + timedelta(seconds=59, microseconds=5)
    assert OFFICE.add_work(start, 60).due == at("2026-03-03 17:30")


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        OFFICE.add_work(datetime(2026, 3, 3, 8), 1)  # noqa: DTZ001


def test_steps_tell_every_worked_stretch() -> None:
    walk = OFFICE.add_work(at("2026-02-13 16:30"), 540)
    told = [(s.day.isoformat(), clock(s.start)[11:], clock(s.end)[11:], s.minutes, s.note.zh) for s in walk.steps]
    assert told == [
        ("2026-02-13", "16:30", "17:30", 60, "工作日"),
        ("2026-02-14", "08:00", "12:00", 240, "调休上班"),
        ("2026-02-14", "13:30", "17:30", 240, "调休上班"),
    ]


def test_steps_of_a_walk_back_come_in_the_order_walked() -> None:
    steps = OFFICE.add_work(at("2026-03-03 14:00"), -60).steps
    assert [(clock(step.start)[11:], clock(step.end)[11:]) for step in steps] == [
        ("13:30", "14:00"),
        ("11:30", "12:00"),
    ]


class TestShiftsPastMidnight:
    night = CALENDARS["night"]

    @pytest.mark.parametrize(
        ("moment", "worked"),
        [
            ("2026-03-06 22:00", True),  # Friday's shift…
            ("2026-03-07 05:59", True),  # …ends on Saturday morning
            ("2026-03-07 06:00", False),
            ("2026-03-07 23:00", False),  # Saturday has none of its own
            ("2026-03-09 03:00", False),  # nor had Sunday
            ("2026-03-09 22:30", True),
            ("2026-10-01 05:00", True),  # begun on 30 September, before the holiday
            ("2026-10-01 22:30", False),
            ("2026-02-15 05:00", True),  # the make-up Saturday's shift runs into the holiday
            ("2026-02-28 23:00", True),
            ("2026-03-01 23:00", False),
        ],
    )
    def test_an_interval_belongs_to_the_day_it_starts(self, moment: str, worked: bool) -> None:
        assert self.night.is_work_time(at(moment)) is worked

    def test_a_walk_goes_on_after_the_weekend(self) -> None:
        assert clock(self.night.add_work(at("2026-03-06 23:00"), 480).due) == "2026-03-09 23:00"

    def test_a_shift_over_new_year_is_found_from_either_year(self) -> None:
        assert self.night.is_work_time(at("2026-01-01 03:00"))  # begun on Wednesday, 31 December
        assert clock(self.night.add_work(at("2026-01-01 03:00"), 240).due) == "2026-01-04 23:00"
        assert self.night.work_minutes_between(at("2025-12-31 21:00"), at("2026-01-01 12:00")) == 480

    def test_the_end_of_a_shift_over_new_year_is_kept(self) -> None:
        end = at("2026-01-01 06:00", NEW_YORK)
        assert CALENDARS["New York"].add_work(end, 0).due == end
        assert clock(self.night.add_work(at("2026-01-01 06:00"), 0).due) == "2026-01-01 06:00"
        assert clock(self.night.add_work(at("2026-01-01 05:00"), 60).due) == "2026-01-01 06:00"

    def test_round_the_clock_every_minute_is_worked(self) -> None:
        always = calendar(ROUND_THE_CLOCK, holidays=NO_HOLIDAYS)
        assert always.workday_minutes() == 1440
        assert clock(always.add_work(at("2026-02-13 16:30"), 3 * 1440 + 1).due) == "2026-02-16 16:31"

    def test_a_night_shift_into_an_early_shift_is_not_counted_twice(self) -> None:
        both = CALENDARS["night into early shift"]  # 05:00–09:00 and 21:30–06:15
        assert both.work_minutes_between(at("2026-03-03 21:30"), at("2026-03-04 09:00")) == 11 * 60 + 30

    def test_nor_is_it_over_new_year(self) -> None:
        both = calendar(dict.fromkeys(WEEKDAYS, ("05:00-09:00", "21:30-06:15")), holidays=NO_HOLIDAYS)
        assert both.work_minutes_between(at("2025-12-31 21:30"), at("2026-01-01 09:00")) == 11 * 60 + 30


class TestOtherZones:
    def test_the_night_of_the_change_to_summer_time_has_seven_hours(self) -> None:
        shifts = calendar(dict.fromkeys(WEEKDAYS, ("22:00-06:00",)), timezone=NEW_YORK, holidays=NO_HOLIDAYS)
        assert shifts.work_minutes_between(at("2026-03-07 22:00", NEW_YORK), at("2026-03-08 12:00", NEW_YORK)) == 420
        assert shifts.add_work(at("2026-03-07 22:00", NEW_YORK), 480).due == at("2026-03-08 23:00", NEW_YORK)

    def test_the_night_of_the_change_to_winter_time_has_nine_hours(self) -> None:
        shifts = calendar(dict.fromkeys(WEEKDAYS, ("22:00-06:00",)), timezone=NEW_YORK, holidays=NO_HOLIDAYS)
        assert shifts.work_minutes_between(at("2026-10-31 22:00", NEW_YORK), at("2026-11-01 12:00", NEW_YORK)) == 540
        assert shifts.add_work(at("2026-10-31 22:00", NEW_YORK), 480).due == at("2026-11-01 05:00", NEW_YORK)

    def test_office_hours_keep_to_the_clock_over_the_change(self) -> None:
        office = calendar(timezone=NEW_YORK, holidays=NO_HOLIDAYS)
        walk = office.add_work(at("2026-03-06 16:30", NEW_YORK), 120)
        assert walk.due == at("2026-03-09 09:00", NEW_YORK) == datetime(2026, 3, 9, 13, 0, tzinfo=UTC)

    def test_a_zone_of_half_hours(self) -> None:
        office = calendar(timezone=ADELAIDE, holidays=NO_HOLIDAYS)
        assert office.add_work(at("2026-04-02 17:00", ADELAIDE), 90).due == at("2026-04-03 09:00", ADELAIDE)

    def test_hours_that_the_change_of_the_clock_swallows_are_not_worked(self) -> None:
        short = calendar({"sun": ("02:00-03:00",)}, timezone=NEW_YORK, holidays=NO_HOLIDAYS)
        assert short.work_minutes_between(at("2026-03-08 00:00", NEW_YORK), at("2026-03-08 12:00", NEW_YORK)) == 0
        assert short.add_work(at("2026-03-08 00:00", NEW_YORK), 30).due == at("2026-03-15 02:30", NEW_YORK)


class TestCompanyDays:
    eve, audit, extra = date(2026, 12, 31), date(2026, 3, 5), date(2026, 3, 7)
    company = calendar(
        days={
            eve: CompanyDay(hours("08:00-12:00"), t("年末盘点", "stock-taking")),
            audit: CompanyDay(()),
            extra: CompanyDay(None),
            date(2026, 10, 3): CompanyDay(hours("09:00-10:00")),
        }
    )
    production = company.for_department(
        week=week_pattern(NIGHT_WEEK), days={eve: CompanyDay(hours("14:00-16:00")), audit: CompanyDay(None)}
    )

    @pytest.mark.parametrize(
        ("day", "worked", "label"),
        [
            ("2026-12-31", ["08:00-12:00"], ("年末盘点", "stock-taking")),
            ("2026-03-05", [], ("公司放假", "company day off")),
            ("2026-03-07", ["08:00-12:00", "13:30-17:30"], ("公司安排上班", "company working day")),
            ("2026-10-03", ["09:00-10:00"], ("公司安排上班", "company working day")),
            ("2026-10-04", [], ("国庆节放假", "National Day holiday")),
            ("2026-10-10", ["08:00-12:00", "13:30-17:30"], ("调休上班", "make-up working day")),
            ("2026-03-08", [], ("周末休息", "weekend")),
            ("2026-03-09", ["08:00-12:00", "13:30-17:30"], ("工作日", "working day")),
        ],
    )
    def test_the_companys_own_day_comes_before_holidays_and_week(
        self, day: str, worked: list[str], label: tuple[str, str]
    ) -> None:
        when = date.fromisoformat(day)
        assert [str(each) for each in self.company.hours(when)] == worked
        said = self.company.label(when)
        assert (said.show("zh"), said.show("en")) == label
        assert self.company.is_workday(when) is bool(worked)

    @pytest.mark.parametrize(
        ("day", "worked"),
        [
            ("2026-12-31", ["14:00-16:00"]),  # its own word before the company's
            ("2026-03-05", ["22:00-06:00"]),  # works on the company's day off, by its own week
            ("2026-03-07", ["22:00-06:00"]),  # the company's made-up day, by its own week
            ("2026-10-03", ["09:00-10:00"]),  # the company's day before its own week
            ("2026-10-04", []),
            ("2026-03-09", ["22:00-06:00"]),
        ],
    )
    def test_a_department_comes_before_the_company(self, day: str, worked: list[str]) -> None:
        assert [str(each) for each in self.production.hours(date.fromisoformat(day))] == worked

    def test_a_department_may_work_through_the_holidays(self) -> None:
        desk = self.company.for_department(week=week_pattern(ROUND_THE_CLOCK), holidays=NO_HOLIDAYS)
        assert desk.is_work_time(at("2026-02-17 03:00"))
        assert not self.company.is_work_time(at("2026-02-17 10:00"))

    def test_the_shorter_day_moves_the_due_moment(self) -> None:
        assert clock(self.company.add_work(at("2026-12-31 11:00"), 120).due) == "2027-01-04 09:00"
        assert clock(OFFICE.add_work(at("2026-12-31 11:00"), 120).due) == "2026-12-31 14:30"

    def test_a_made_up_day_has_the_hours_of_the_first_working_weekday(self) -> None:
        assert [str(each) for each in CALENDARS["Monday free"].hours(date(2026, 2, 14))] == ["10:00-20:00"]
        assert [str(each) for each in CALENDARS["short Saturday"].hours(date(2026, 2, 14))] == [
            "08:00-12:00",
            "13:30-17:30",
        ]


@pytest.mark.parametrize(
    ("week", "minutes"),
    [
        (OFFICE_WEEK, 480),
        ({**OFFICE_WEEK, "sat": ("09:00-12:00",)}, 480),
        ({"mon": ("08:00-12:00",), "tue": ("08:00-18:00",)}, 600),
        (NIGHT_WEEK, 480),
    ],
)
def test_the_nominal_workday_is_the_usual_one(week: dict[str, tuple[str, ...]], minutes: int) -> None:
    assert calendar(week).workday_minutes() == minutes


class TestUnpublishedHolidays:
    warning = (
        "只有 2004-01-01 至 2026-12-31 的放假安排已公布，此外的日子按每周作息和法定节日推算；公布后请重新核对期限",
        "Public holidays are published for 2004-01-01 to 2026-12-31 only; other days are reckoned by the week and the "
        "holidays that the law fixes. "
        "Check the due time again when they are published.",
    )

    def test_the_last_published_day_is_known(self) -> None:
        assert OFFICE.known_until == date(2026, 12, 31)
        assert OFFICE.add_work(at("2026-12-31 16:30"), 60).warnings == ()

    @pytest.mark.parametrize(
        ("start", "minutes"),
        [
            ("2026-12-31 16:30", 61),
            ("2027-03-01 08:00", 0),
            ("2027-01-04 08:30", -60),
            ("2004-01-02 08:00", -600),
        ],
    )
    def test_a_walk_beyond_what_is_published_says_so(self, start: str, minutes: int) -> None:
        (warning,) = OFFICE.add_work(at(start), minutes).warnings
        assert (warning.show("zh"), warning.show("en")) == self.warning

    def test_what_is_published_reaches_from_midnight_to_midnight(self) -> None:
        always = calendar(ROUND_THE_CLOCK)
        first, last = at("2004-01-02 00:00"), at("2026-12-31 23:59")
        assert always.add_work(last, 1).warnings == ()
        assert always.add_work(last, 2).warnings != ()
        assert always.add_work(at("2027-01-01 00:00"), -1).warnings == ()
        assert always.add_work(first, -1).warnings != ()  # over New Year's Day back into 2003
        assert always.add_work(at("2004-01-01 00:00"), 1).warnings == ()
        assert always.add_work(at("2003-12-31 23:59"), 1).warnings != ()

    def test_a_calendar_without_public_holidays_needs_no_warning(self) -> None:
        assert CALENDARS["no holidays"].known_until == date.max
        assert CALENDARS["no holidays"].add_work(at("2031-03-03 08:00"), 600).warnings == ()


def test_a_walk_is_quick() -> None:
    """Registrations and imports reckon several deadlines for each record: below 50 µs each."""
    start = at("2026-02-13 16:30")
    OFFICE.add_work(start, 1440)
    best = float("inf")
    for _ in range(3):
        began = stopwatch.perf_counter()
        for _ in range(200):
            OFFICE.add_work(start, 1440)
        best = min(best, (stopwatch.perf_counter() - began) / 200)
    assert best < 50e-6


@pytest.mark.parametrize(
    ("name", "day", "ends"),
    [
        ("office", "2026-03-03", "2026-03-03 17:30"),
        ("office", "2026-03-07", "2026-03-07 23:59"),  # a free Saturday: the end of the day itself
        ("office", "2026-02-14", "2026-02-14 17:30"),  # a make-up Saturday
        ("night", "2026-03-03", "2026-03-04 06:00"),  # the shift that begins on the day ends on the next
        ("night into early shift", "2026-03-03", "2026-03-04 06:15"),
    ],
)
def test_work_ends_with_the_last_shift_that_begins_on_the_day(name: str, day: str, ends: str) -> None:
    assert CALENDARS[name].end_of_work(date.fromisoformat(day)) == at(ends)
