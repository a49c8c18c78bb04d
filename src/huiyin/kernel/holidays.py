"""Public holidays with their make-up working days, and up to which day they are published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from chinese_calendar import constants as published

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
    """One day on which the state changes the week: a day off, or (``works``) a working day made up for one."""

    day: date
    name: Text
    works: bool

    @property
    def label(self) -> Text:
        """Why this day is as it is, in one short phrase."""
        if self.works:
            return t("调休上班", "make-up working day")
        return t("{name}放假", "{name} holiday", name=self.name)


@dataclass(frozen=True)
class HolidayTable:
    """The published public days; outside ``known_from``…``known_until`` nothing is known and walks carry a warning."""

    days: Mapping[date, PublicDay] = field(repr=False)
    known_from: date
    known_until: date

    def get(self, day: date) -> PublicDay | None:
        """What the state says about ``day``; None means an ordinary day of the week."""
        return self.days.get(day)

    def with_days(self, days: Iterable[PublicDay], *, known_until: date | None = None) -> HolidayTable:
        """The table with further days, for a company that enters a new year's announcement itself."""
        merged = {**self.days, **{public.day: public for public in days}}
        return HolidayTable(MappingProxyType(merged), self.known_from, known_until or self.known_until)


NO_HOLIDAYS = HolidayTable(MappingProxyType({}), date.min, date.max)
"""For a calendar that knows no public holidays at all, such as a desk manned round the clock."""


@lru_cache(maxsize=1)
def china() -> HolidayTable:
    """The holidays of the People's Republic of China as announced by the State Council, every published year."""
    days = {day: PublicDay(day, _name(name), works=False) for day, name in published.holidays.items()}
    days |= {day: PublicDay(day, _name(name), works=True) for day, name in published.workdays.items()}
    # An announcement covers a whole year, though its last entry is usually some day in October.
    years = [day.year for day in days]
    return HolidayTable(MappingProxyType(days), date(min(years), 1, 1), date(max(years), 12, 31))


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
