"""Public holidays with their make-up working days, and up to which day they are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from chinese_calendar import constants as published
from chinese_calendar import get_solar_terms
from lunardate import LunarDate

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t

HOLIDAY_TABLES = ("CN", "none")
"""The tables a pack may name in ``[calendar] holidays``."""

_NAMES = {
    "New Year's Day": t("元旦", "New Year's Day"),
    "Spring Festival": t("春节", "Spring Festival"),
    "Tomb-sweeping Day": t("清明节", "Qingming Festival"),
    "Labour Day": t("劳动节", "Labour Day"),
    "Dragon Boat Festival": t("端午节", "Dragon Boat Festival"),
    "Mid-autumn Festival": t("中秋节", "Mid-Autumn Festival"),
    "National Day": t("国庆节", "National Day"),
    "Anti-Fascist 70th Day": t("抗战胜利70周年纪念日", "70th Victory Day"),
}


class HolidayTableUnknown(Invalid):
    """A pack names a holiday table that the product does not have."""


@dataclass(frozen=True, slots=True)
class PublicDay:
    """One day on which the state changes the week: a day off, or (``works``) a working day made up for one.

    Not ``announced`` is a day that the law makes a holiday while the year's arrangement is not published yet.
    """

    day: date
    name: Text
    works: bool
    announced: bool = True

    @property
    def label(self) -> Text:
        """Why this day is as it is, in one short phrase."""
        if self.works:
            return t("调休上班", "make-up working day")
        if not self.announced:
            return t("{name}（法定，安排尚未公布）", "{name} (by law; not arranged yet)", name=self.name)
        return t("{name}放假", "{name} holiday", name=self.name)


@dataclass(frozen=True)
class HolidayTable:
    """The public days; outside ``known_from``…``known_until`` no arrangement is published and walks carry a warning."""

    days: Mapping[date, PublicDay] = field(repr=False)
    known_from: date
    known_until: date

    def get(self, day: date) -> PublicDay | None:
        """What the state says about ``day``; None means an ordinary day of the week."""
        return self.days.get(day)

    def with_days(self, days: Iterable[PublicDay], *, known_until: date | None = None) -> HolidayTable:
        """The table with further days, for a company that enters a new year's announcement itself."""
        until = known_until or self.known_until
        kept = {day: public for day, public in self.days.items() if public.announced or day > until}
        merged = {**kept, **{public.day: public for public in days}}
        return HolidayTable(MappingProxyType(merged), self.known_from, until)


NO_HOLIDAYS = HolidayTable(MappingProxyType({}), date.min, date.max)
"""For a calendar that knows no public holidays at all, such as a desk manned round the clock."""


@lru_cache(maxsize=1)
def china() -> HolidayTable:
    """The holidays of the People's Republic of China as announced by the State Council, every published year; of the
    years to come those that the law itself fixes.
    """
    days = {day: PublicDay(day, _name(name), works=False) for day, name in published.holidays.items()}
    days |= {day: PublicDay(day, _name(name), works=True) for day, name in published.workdays.items()}
    # An announcement covers a whole year, though its last entry is usually some day in October.
    years = [day.year for day in days]
    coming = (public for year in range(max(years) + 1, LAST_YEAR + 1) for public in statutory_days(year))
    days |= {public.day: public for public in coming}
    return HolidayTable(MappingProxyType(days), date(min(years), 1, 1), date(max(years), 12, 31))


LAST_YEAR = 2050
"""Up to which year the law's own holidays are reckoned."""


def statutory_days(year: int) -> Iterator[PublicDay]:
    """The thirteen days off that the law fixes for everybody (全国年节及纪念日放假办法, as revised in 2024), in no order.

    Which weekdays are exchanged around them is announced year by year and not guessed here.
    """
    eve = LunarDate(year, 1, 1).to_solar_date() - timedelta(days=1)
    (qingming,) = (day for day, name in get_solar_terms(date(year, 4, 1), date(year, 4, 10)) if name == "清明")
    fixed = {
        "New Year's Day": [date(year, 1, 1)],
        "Spring Festival": [eve + timedelta(days=count) for count in range(4)],
        "Tomb-sweeping Day": [qingming],
        "Labour Day": [date(year, 5, 1), date(year, 5, 2)],
        "Dragon Boat Festival": [LunarDate(year, 5, 5).to_solar_date()],
        "Mid-autumn Festival": [LunarDate(year, 8, 15).to_solar_date()],
        "National Day": [date(year, 10, 1), date(year, 10, 2), date(year, 10, 3)],
    }
    for name, days in fixed.items():
        yield from (PublicDay(day, _name(name), works=False, announced=False) for day in days)


def _name(name: str) -> Text:
    # A festival the library adds later is shown by the library's own word until it is named here.
    return _NAMES.get(name, t(name, name))


def cn_holidays(year: int) -> tuple[PublicDay, ...]:
    """The Chinese public days of ``year`` in order of date; LookupError when the year is not published."""
    table = china()
    if not table.known_from.year <= year <= table.known_until.year:
        raise LookupError(f"no Chinese public holidays are published for {year}")
    return tuple(table.days[day] for day in sorted(table.days) if day.year == year)


def holiday_table(key: str) -> HolidayTable:
    """The table a pack names: ``CN`` or ``none``; raises HolidayTableUnknown for any other name."""
    if key == "CN":
        return china()
    if key == "none":
        return NO_HOLIDAYS
    raise HolidayTableUnknown(
        t("没有名为「{key}」的节假日表", "There is no holiday table “{key}”.", key=key),
        t("请写 {known}", "Write one of {known}.", known=", ".join(HOLIDAY_TABLES)),
    )
