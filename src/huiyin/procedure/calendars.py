"""The working time of a company and of its departments, as the kernel counts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from huiyin.kernel.holidays import holiday_table
from huiyin.kernel.worktime import CompanyDay, Interval, WorkCalendar
from huiyin.procedure.entries import Calendar, CalendarDay, DepartmentCalendar


def work_calendars(
    calendar: Calendar, days: Sequence[CalendarDay], departments: Sequence[DepartmentCalendar], zone: ZoneInfo
) -> dict[str | None, WorkCalendar]:
    """The company's calendar under None, and that of each department which works otherwise under its key."""
    company = WorkCalendar(
        timezone=zone,
        week=calendar.week.pattern(),
        holidays=holiday_table(calendar.holidays),
        days=_days_of(None, days),
    )
    found: dict[str | None, WorkCalendar] = {None: company}
    own = {each.department: each for each in departments}
    for key in own.keys() | {day.department for day in days if day.department}:
        entry = own.get(key)
        found[key] = company.for_department(
            week=entry.week.pattern() if entry and entry.week else None,
            holidays=holiday_table(entry.holidays) if entry and entry.holidays else None,
            days=_days_of(key, days),
        )
    return found


def _days_of(department: str | None, days: Sequence[CalendarDay]) -> dict[date, CompanyDay]:
    return {day.date: _company_day(day) for day in days if day.department == department}


def _company_day(day: CalendarDay) -> CompanyDay:
    hours = None if day.hours is None else tuple(Interval.parse(each) for each in day.hours)
    return CompanyDay(hours, day.label)
