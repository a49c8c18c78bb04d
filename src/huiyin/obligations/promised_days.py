"""What a day of the site does to promised moments (decision 0030).

A promise is a promise: the moment stays, and whoever owes it is told when it now falls on a day off or outside working
time. Only what was promised for the end of work on a day is reckoned anew, for that is what was promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.obligations.journaling import enter, hold_record
from huiyin.obligations.models import Obligation, SiteDay
from huiyin.obligations.notices import notify
from huiyin.obligations.owners import Owner, StaffDirectory
from huiyin.obligations.site_calendar import Special, calendar_at_site, department_of_row, special
from huiyin.procedure import versions
from huiyin.procedure.words import PROMISED

STANDS = "obligation.promise_stands"
DAYS = {
    "off": t("不上班的日子", "a day on which nobody works"),
    "outside": t("工作时间以外", "outside working time"),
    "working": t("工作时间", "in working time"),
}


def given_until(row: Obligation, rule: Any, calendar: WorkCalendar, changed: Iterable[date]) -> datetime | None:
    """The end of work that was promised, as the calendar has it now; None where none was, or its day is as before."""
    if rule.within != PROMISED or not _is_near(row, calendar, changed):
        return None
    day = _end_of(row)
    return calendar.end_of_work(day) if day is not None else None


def _is_near(row: Obligation, calendar: WorkCalendar, changed: Iterable[date]) -> bool:
    """Whether its day is one of those that changed; a shift that runs past midnight ends on the day after."""
    due = row.given_until.astimezone(calendar.timezone).date()
    return any(timedelta(0) <= due - day <= timedelta(days=1) for day in changed)


def _end_of(row: Obligation) -> date | None:
    """The day whose end of work was promised, as the entry says by which it was owed."""
    entry = Entry.objects.filter(kind=row.kind, record_id=row.record_id, part=row.part, at=row.opened_at)
    told = entry.filter(particulars__promised_end_of__isnull=False).values_list("particulars", flat=True).first()
    return date.fromisoformat(told["promised_end_of"]) if told and told["promised_end_of"] else None


def tell(
    row: Obligation, days: tuple[Special, ...], changed: Sequence[SiteDay], why: Text, staff: StaffDirectory, *, at: Any
) -> int:
    """Tell whoever owes a promise whose day is another now that it stands all the same; once for each such change."""
    procedure = versions.procedure_of(row.procedure_id)
    day = row.due_at.astimezone(procedure.zone).date()
    touched = any(one.date == day and one.department in ("", department_of_row(row) or "") for one in changed)
    if procedure.rule(row.rule).within != PROMISED or not touched or _end_of(row) is not None:
        return 0
    new = {special(one) for one in changed if one.removed_at is None}
    gone = tuple(special(one) for one in changed if one.removed_at is not None)
    before = tuple(sorted({*(one for one in days if one not in new), *gone}, key=lambda one: (one[0], one[1])))
    now = _standing(row, calendar_at_site(procedure, department_of_row(row), days))
    if now == (_told(row) or _standing(row, calendar_at_site(procedure, department_of_row(row), before))):
        return 0
    with transaction.atomic():
        hold_record(row.kind, row.record_id)
        day_now = DAYS[now]
        entry = enter(row, STANDS, at=at, due_at=row.due_at, day=day_now, standing=now, why=why, obligation=row.pk)
        people = staff.people_of(Owner(row.owner_department, row.owner_person_id, row.heads_only))
        notify(staff.with_deputies(people, at=at), entry)
    return 1


def _standing(row: Obligation, calendar: WorkCalendar) -> str:
    """What the calendar says of the promised moment."""
    if not calendar.is_workday(row.due_at.astimezone(calendar.timezone).date()):
        return "off"
    return "working" if calendar.is_work_time(row.due_at) else "outside"


def _told(row: Obligation) -> str | None:
    """What was told last of this promise."""
    of = Entry.objects.filter(kind=row.kind, record_id=row.record_id, event=STANDS, particulars__obligation=row.pk)
    said = of.order_by("-sequence").values_list("particulars", flat=True).first()
    return str(said["standing"]) if said else None
