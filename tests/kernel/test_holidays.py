"""The published Chinese public days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.kernel.holidays import (
    LAST_YEAR,
    NO_HOLIDAYS,
    HolidayTableUnknown,
    PublicDay,
    china,
    cn_holidays,
    holiday_table,
    statutory_days,
)
from huiyin.kernel.text import t
from tests.kernel.calendars import at, calendar, clock


def days(first: str, count: int) -> list[date]:
    return [date.fromisoformat(first) + timedelta(days=n) for n in range(count)]


def test_the_year_2026_as_announced() -> None:
    off = [public.day for public in cn_holidays(2026) if not public.works]
    assert off == [
        *days("2026-01-01", 3),
        *days("2026-02-15", 9),
        *days("2026-04-04", 3),
        *days("2026-05-01", 5),
        *days("2026-06-19", 3),
        *days("2026-09-25", 3),
        *days("2026-10-01", 7),
    ]
    made_up = [f"{public.day:%m-%d}" for public in cn_holidays(2026) if public.works]
    assert made_up == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_every_public_day_has_its_name_in_both_languages() -> None:
    named = {(public.name.zh, public.name.en) for public in china().days.values()}
    assert named == {
        ("元旦", "New Year's Day"),
        ("春节", "Spring Festival"),
        ("清明节", "Qingming Festival"),
        ("劳动节", "Labour Day"),
        ("端午节", "Dragon Boat Festival"),
        ("中秋节", "Mid-Autumn Festival"),
        ("国庆节", "National Day"),
        ("抗战胜利70周年纪念日", "70th Victory Day"),
    }


@pytest.mark.parametrize("year", [2003, 2027])
def test_an_unpublished_year_is_not_guessed(year: int) -> None:
    with pytest.raises(LookupError, match=str(year)):
        cn_holidays(year)


def test_of_a_year_not_announced_yet_the_days_fixed_by_law_are_off() -> None:
    days_off = {public.day.isoformat(): public.name.show("zh") for public in statutory_days(2027)}
    assert days_off == {
        "2027-01-01": "元旦",
        "2027-02-05": "春节",
        "2027-02-06": "春节",
        "2027-02-07": "春节",
        "2027-02-08": "春节",
        "2027-04-05": "清明节",
        "2027-05-01": "劳动节",
        "2027-05-02": "劳动节",
        "2027-06-09": "端午节",
        "2027-09-15": "中秋节",
        "2027-10-01": "国庆节",
        "2027-10-02": "国庆节",
        "2027-10-03": "国庆节",
    }
    walk = calendar().add_work(at("2026-12-31 17:00"), 60)  # a Thursday; the Friday is New Year's Day
    assert (clock(walk.due), len(walk.warnings)) == ("2027-01-04 08:30", 1)
    assert calendar().label(date(2027, 1, 1)).show("zh") == "元旦（法定，安排尚未公布）"
    assert calendar().label(date(2027, 10, 1)).show("en") == "National Day (by law; not arranged yet)"


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_announcement_holds_the_days_reckoned_by_the_lunar_calendar(year: int) -> None:
    lunar = ("端午节", "中秋节", "清明节")
    named = {public.day: public.name.show("zh") for public in statutory_days(year)}
    announced = {public.day for public in cn_holidays(year) if not public.works}
    beyond = {day for day, name in named.items() if name in lunar} | {date(year, 1, 1), date(year, 10, 1)}
    left_out = {date(2012, 6, 23)}  # a Saturday, of which the published table does not speak
    assert beyond - announced == {day for day in left_out if day.year == year}


def test_every_year_has_thirteen_days_but_those_in_which_mid_autumn_falls_into_the_national_days() -> None:
    found = {year: len({public.day for public in statutory_days(year)}) for year in range(2027, LAST_YEAR + 1)}
    assert {year: count for year, count in found.items() if count != 13} == {2028: 12, 2031: 12, 2039: 12}


def test_whole_years_are_known() -> None:
    assert (china().known_from, china().known_until) == (date(2004, 1, 1), date(2026, 12, 31))


def test_tables_are_found_by_the_name_a_pack_gives() -> None:
    assert holiday_table("CN") is china()
    assert holiday_table("none") is NO_HOLIDAYS
    with pytest.raises(HolidayTableUnknown) as refused:
        holiday_table("DE")
    assert refused.value.problem.show("zh") == "没有名为「DE」的节假日表"
    assert refused.value.remedy.show("en") == "Write one of CN, none."


def test_a_company_may_enter_a_new_announcement_itself() -> None:
    new_year = t("元旦", "New Year's Day")
    table = china().with_days(
        [
            PublicDay(date(2027, 1, 1), new_year, works=False),
            PublicDay(date(2027, 1, 2), new_year, works=True),
        ],
        known_until=date(2027, 12, 31),
    )
    walk = calendar(holidays=table).add_work(at("2026-12-31 17:00"), 60)
    assert (clock(walk.due), walk.warnings) == ("2027-01-02 08:30", ())
    assert calendar(holidays=table).label(date(2027, 1, 1)).show("zh") == "元旦放假"


def test_the_first_published_year_is_there() -> None:
    assert cn_holidays(2004)[0].day == date(2004, 1, 1)
