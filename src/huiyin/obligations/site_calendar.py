"""The working time of the site: what its procedure says, with the days laid over it that were entered since."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from huiyin.kernel.hours import Interval
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import CompanyDay, WorkCalendar
from huiyin.obligations.models import SiteDay
from huiyin.procedure.schema import Procedure

Special = tuple[date, str, tuple[str, ...] | None, str, str]
"""A day, the department it is for, its hours, and what it is called in both languages."""


def special_days() -> tuple[Special, ...]:
    """The days that are in force now."""
    return tuple(special(row) for row in SiteDay.objects.filter(removed_at=None).order_by("date", "id"))


def special(row: SiteDay) -> Special:
    """A day as calendars take it."""
    return row.date, row.department, None if row.hours is None else tuple(row.hours), row.label_zh, row.label_en


def department_of_row(row: Any) -> str | None:
    """The department by whose calendar an obligation's time is counted; None for the company's."""
    return row.owner_department.key if row.owner_department else None


def calendar_at_site(
    procedure: Procedure, department: str | None, days: tuple[Special, ...] | None = None
) -> WorkCalendar:
    """The working time of a department, or of the company, with the days of the site laid over its procedure's."""
    days = special_days() if days is None else days
    usual = procedure.calendar_for(department)
    mine = tuple(day for day in days if day[1] in ("", department or ""))
    return _laid_over(usual, mine) if mine else usual


def calendar_words(
    procedure: Procedure, department: str | None, days: tuple[Special, ...] | None, span: tuple[datetime, datetime]
) -> Text:
    """By which calendar something was reckoned that lies in ``span``: whose hours, and which days of the site counted.

    Without ``days`` nobody could ask which were entered.
    """
    zone = procedure.zone
    first, last = (moment.astimezone(zone).date() for moment in span)
    named = next((one.name for one in procedure.departments if one.key == department), None)
    whose = named or t("公司", "the company")
    text = t(
        "所用日历：{pack} {version} 版中{whose}的工作时间和节假日",
        "Calendar: working hours and holidays of {whose} as in {pack} {version}",
        pack=procedure.title,
        version=procedure.version,
        whose=whose,
    )
    mine = [one for one in days or () if one[1] in ("", department or "") and first <= one[0] <= last]
    if days is None:
        rest = t(
            "；没有数据库，现场登记的日子未计入", "; there is no database, so days entered at the site are not counted"
        )
    elif not mine:
        rest = t("；其间现场没有登记别的日子", "; no other days are entered at the site in between")
    else:
        zh = "、".join(f"{day:%Y-%m-%d} {label}" for day, _, _, label, _ in mine)
        en = ", ".join(f"{day:%Y-%m-%d} {label}" for day, _, _, _, label in mine)
        rest = t("；计入现场登记的日子：{days}", "; with the days entered at the site: {days}", days=Text(zh, en))
    return Text(text.show("zh") + rest.show("zh"), text.show("en") + rest.show("en"))


@lru_cache(maxsize=64)
def _laid_over(usual: WorkCalendar, days: tuple[Special, ...]) -> WorkCalendar:
    found = {}
    for day, _, hours, zh, en in sorted(days, key=lambda one: one[1] != ""):
        worked = None if hours is None else tuple(Interval.parse(each) for each in hours)
        found[day] = CompanyDay(worked, Text(zh, en))
    return usual.for_department(days=found)
