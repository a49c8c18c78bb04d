"""The working time of the site: what its procedure says, with the days laid over it that were entered since."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from huiyin.kernel.hours import Interval
from huiyin.kernel.text import Text
from huiyin.kernel.worktime import CompanyDay, WorkCalendar
from huiyin.obligations.models import SiteDay
from huiyin.procedure.schema import Procedure

Special = tuple[date, str, tuple[str, ...] | None, str, str]
"""A day, the department it is for, its hours, and what it is called in both languages."""


def special_days() -> tuple[Special, ...]:
    """The days that are in force now."""
    rows = SiteDay.objects.filter(removed_at=None).order_by("date", "id")
    return tuple(
        (
            row.date,
            row.department,
            None if row.hours is None else tuple(row.hours),
            row.label_zh,
            row.label_en,
        )
        for row in rows
    )


def calendar_at_site(
    procedure: Procedure, department: str | None, days: tuple[Special, ...] | None = None
) -> WorkCalendar:
    """The working time of a department, or of the company, with the days of the site laid over its procedure's."""
    days = special_days() if days is None else days
    usual = procedure.calendar_for(department)
    mine = tuple(day for day in days if day[1] in ("", department or ""))
    return _laid_over(usual, mine) if mine else usual


@lru_cache(maxsize=64)
def _laid_over(usual: WorkCalendar, days: tuple[Special, ...]) -> WorkCalendar:
    found = {}
    for day, _, hours, zh, en in sorted(days, key=lambda one: one[1] != ""):
        worked = None if hours is None else tuple(Interval.parse(each) for each in hours)
        found[day] = CompanyDay(worked, Text(zh, en))
    return usual.for_department(days=found)
