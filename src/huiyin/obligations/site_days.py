"""Days on which the site works otherwise than its procedure says, and what follows from them for everything open.

A holiday notice, a typhoon day, a company day belong to the site, not to a version. Whoever enters or removes one is in
the journal; the worker then reckons the open duties of every version anew, and each record says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft, digest
from huiyin.kernel.hours import Interval
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.obligations import promised_days, settling
from huiyin.obligations.journaling import enter, hold_record
from huiyin.obligations.models import OPEN, Obligation, SiteDay
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.site_calendar import Special, calendar_at_site, department_of_row, special_days
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.words import PROMISED

SITE_DAY = "site-day"
CHUNK = 200
"""So many duties are reckoned anew in one transaction."""


class SiteDayRefused(Invalid):
    """A day that cannot be entered; ``problem`` and ``remedy`` say why."""


# ---- entering and removing


def enter_site_day(
    day: date, label: Text, *, hours: Sequence[str] | None, department: str = "", actor: Person, at: datetime
) -> SiteDay:
    """From now on the site, or a department of it, works otherwise on ``day``: not at all, the hours given, or (None)
    as on a made-up working day. SiteDayRefused where the day is entered already or its hours cannot be read.
    """
    for each in hours or ():
        Interval.parse(each)
    try:
        with transaction.atomic():
            row = SiteDay.objects.create(
                date=day,
                hours=None if hours is None else list(hours),
                label_zh=label.zh,
                label_en=label.en,
                department=department,
                entered_by=actor,
                entered_at=at,
            )
            _say(row, "site-day.entered", actor=actor, at=at)
    except IntegrityError:
        raise SiteDayRefused(
            t("{day} 已登记", "{day} is entered already.", day=day.isoformat()),
            t("请先撤下原来的", "Remove the one there first."),
        ) from None
    return row


def remove_site_day(pk: int, *, actor: Person, at: datetime) -> bool:
    """The day is as the procedure says again, what hangs on it is reckoned back; False where it was so already."""
    with transaction.atomic():
        row = SiteDay.objects.select_for_update().filter(pk=pk, removed_at=None).first()
        if row is None:
            return False
        row.removed_by, row.removed_at = actor, at
        row.save(update_fields=["removed_by", "removed_at"])
        _say(row, "site-day.removed", actor=actor, at=at)
    return True


def _say(row: SiteDay, event: str, *, actor: Person, at: datetime) -> None:
    append(
        EntryDraft(
            kind=SITE_DAY,
            record_id=row.pk,
            number=f"{row.date:%Y-%m-%d}.{row.pk}",
            event=event,
            at=at,
            actor_id=actor.pk,
            actor_name=actor.name,
            digests={"": digest(row)},
            particulars={"day": row.date, "what": row.label, "hours": row.hours, "department": row.department},
        )
    )


# ---- reckoning anew


def reckon_anew(*, at: datetime) -> int:
    """After days were entered or removed: every open duty by the calendar as it is now; returns how many moved.

    The worker does it, in short transactions; cut short it is done again from the start, and moves nothing twice.
    """
    new = list(SiteDay.objects.filter(reckoned_at=None, removed_at=None))
    gone = list(SiteDay.objects.filter(taken_in_at=None, removed_at__isnull=False))
    if not new and not gone:
        return 0
    why = _because([*new, *gone])
    site = _Site(special_days(), frozenset(row.date for row in (*new, *gone)))
    moved, last, staff = 0, 0, StaffDirectory()
    earliest = datetime.combine(min(site.changed) - timedelta(days=1), time(0), UTC)
    touched = Q(due_at__gte=earliest) | Q(next_alarm_at__gte=earliest)
    owed = Obligation.objects.filter(OPEN, touched, paused_at=None)
    owed = owed.select_related("owner_department").order_by("pk")
    while rows := list(owed.filter(pk__gt=last)[:CHUNK]):
        last = rows[-1].pk
        moved += sum(_reckon(row, site, why, at=at) for row in rows if site.differs(row))
        for row in rows:
            promised_days.tell(row, site.days, [*new, *gone], why, staff, at=at)
    SiteDay.objects.filter(pk__in=[row.pk for row in new]).update(reckoned_at=at)
    SiteDay.objects.filter(pk__in=[row.pk for row in gone]).update(taken_in_at=at)
    return moved


def _because(rows: Iterable[SiteDay]) -> Text:
    said = [(row, "已撤下" if row.removed_at else "", "removed: " if row.removed_at else "") for row in rows]
    zh = "；".join(f"{row.date:%Y-%m-%d} {row.label_zh}{gone}" for row, gone, _ in said[:6])
    en = "; ".join(f"{gone}{row.date:%Y-%m-%d} {row.label_en}" for row, _, gone in said[:6])
    days = Text(zh, en)
    return t("因日历变更：{days}。", "Because the calendar changed: {days}.", days=days)


@dataclass(frozen=True, slots=True)
class _Site:
    """The days of the site as they are now, and which of them changed."""

    days: tuple[Special, ...]
    changed: frozenset[date]

    def calendar(self, row: Obligation) -> WorkCalendar:
        """The calendar by which the row's time is counted."""
        return calendar_at_site(versions.procedure_of(row.procedure_id), department_of_row(row), self.days)

    def due(self, row: Obligation) -> datetime:
        """When it is due now."""
        rule = versions.procedure_of(row.procedure_id).rule(row.rule)
        given = promised_days.given_until(row, rule, self.calendar(row), self.changed)
        if given is not None:
            row = copy(row)
            row.span_due_at = given
        return settling.explain(row, rule, settling.pauses_of(row, rule), self.calendar(row)).at

    def next_alarm(self, row: Obligation) -> datetime | None:
        """When it rings next."""
        return settling.next_alarm(row, versions.procedure_of(row.procedure_id).rule(row.rule), self.calendar(row))

    def differs(self, row: Obligation) -> bool:
        """Whether it is due, or rings, at another moment than before."""
        return self.due(row) != row.due_at or self.next_alarm(row) != row.next_alarm_at


def _reckon(row: Obligation, site: _Site, why: Text, *, at: datetime) -> int:
    """Move one duty, its record locked first as a step does; 0 where it has ended or was moved meanwhile."""
    with transaction.atomic():
        hold_record(row.kind, row.record_id)
        held = Obligation.objects.select_for_update(of=("self",)).filter(OPEN, pk=row.pk, paused_at=None)
        found = held.select_related("owner_department").first()
        if found is None or not site.differs(found):
            return 0
        if (due := site.due(found)) == found.due_at:
            found.next_alarm_at = site.next_alarm(found)
            found.save(update_fields=["next_alarm_at"])
            return 0
        _move(found, due, site, why, at=at)
    return 1


def _move(row: Obligation, due: datetime, site: _Site, why: Text, *, at: datetime) -> None:
    rule, calendar = versions.procedure_of(row.procedure_id).rule(row.rule), site.calendar(row)
    if rule.within == PROMISED:
        row.span_due_at = promised_days.given_until(row, rule, calendar, site.changed) or row.span_due_at
    else:
        row.span_due_at = settling.length_of(rule.within).moment(row.base_at, calendar)
    was, row.due_at = row.due_at, due
    row.next_alarm_at = site.next_alarm(row)
    row.save(update_fields=["due_at", "span_due_at", "next_alarm_at"])
    enter(row, "obligation.reckoned", at=at, was=was, due_at=due, why=why, obligation=row.pk)


def listed() -> Any:
    """Every day that was ever entered, the newest first."""
    return SiteDay.objects.select_related("entered_by", "removed_by").order_by("-date", "-id")
