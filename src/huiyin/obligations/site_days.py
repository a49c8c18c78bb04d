"""Days on which the site works otherwise than its procedure says, and what follows from them for everything open.

A holiday notice, a typhoon day, a company day belong to the site, not to a version. Whoever enters or removes one is in
the journal; the worker then reckons the open duties of every version anew, and each record says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.journal import kinds
from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft, digest
from huiyin.kernel.hours import Interval
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t
from huiyin.obligations import settling
from huiyin.obligations.models import OPEN, Obligation, Occasion, SiteDay
from huiyin.obligations.site_calendar import Special, calendar_at_site, special_days
from huiyin.people.models import Person
from huiyin.procedure import versions

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
    days, moved, last = special_days(), 0, 0
    earliest = min(row.date for row in (*new, *gone)) - timedelta(days=1)
    owed = Obligation.objects.filter(OPEN, paused_at=None, due_at__gte=datetime.combine(earliest, time(0), UTC))
    owed = owed.select_related("owner_department").order_by("pk")
    while rows := list(owed.filter(pk__gt=last)[:CHUNK]):
        last = rows[-1].pk
        moved += sum(_reckon(row, days, why, at=at) for row in rows if _due(row, days) != row.due_at)
    SiteDay.objects.filter(pk__in=[row.pk for row in new]).update(reckoned_at=at)
    SiteDay.objects.filter(pk__in=[row.pk for row in gone]).update(taken_in_at=at)
    return moved


def _because(rows: Iterable[SiteDay]) -> Text:
    said = [(row, "已撤下" if row.removed_at else "", "removed: " if row.removed_at else "") for row in rows]
    zh = "；".join(f"{row.date:%Y-%m-%d} {row.label_zh}{gone}" for row, gone, _ in said[:6])
    en = "; ".join(f"{gone}{row.date:%Y-%m-%d} {row.label_en}" for row, _, gone in said[:6])
    days = Text(zh, en)
    return t("因日历变更：{days}。", "Because the calendar changed: {days}.", days=days)


def _reckon(row: Obligation, days: tuple[Special, ...], why: Text, *, at: datetime) -> int:
    """Move one duty, its record locked first as a step does; 0 where it has ended or was moved meanwhile."""
    with transaction.atomic():
        model = kinds.record_model(row.kind) if row.kind != Occasion.kind else Occasion
        if model is not None:
            model._default_manager.select_for_update().filter(pk=row.record_id).values("pk").first()
        held = Obligation.objects.select_for_update(of=("self",)).filter(OPEN, pk=row.pk, paused_at=None)
        found = held.select_related("owner_department").first()
        if found is None or (due := _due(found, days)) == found.due_at:
            return 0
        _move(found, due, days, why, at=at)
    return 1


def _due(row: Obligation, days: tuple[Special, ...]) -> datetime:
    procedure = versions.procedure_of(row.procedure_id)
    rule = procedure.rule(row.rule)
    calendar = calendar_at_site(procedure, _department(row), days)
    return settling.explain(row, rule, settling.pauses_of(row, rule), calendar).at


def _department(row: Obligation) -> str | None:
    return row.owner_department.key if row.owner_department else None


def _move(row: Obligation, due: datetime, days: tuple[Special, ...], why: Text, *, at: datetime) -> None:
    procedure = versions.procedure_of(row.procedure_id)
    rule, calendar = procedure.rule(row.rule), calendar_at_site(procedure, _department(row), days)
    was, row.due_at = row.due_at, due
    if rule.within != "promised":
        row.span_due_at = settling.length_of(rule.within).moment(row.base_at, calendar)
    row.next_alarm_at = settling.next_alarm(row, rule, calendar)
    row.save(update_fields=["due_at", "span_due_at", "next_alarm_at"])
    append(
        EntryDraft(
            kind=row.kind,
            record_id=row.record_id,
            number=row.record_number,
            event="obligation.reckoned",
            at=max(at, row.opened_at),
            part=row.part,
            clause=row.clause,
            procedure_id=row.procedure_id,
            particulars={"what": row.label, "was": was, "due_at": due, "why": why, "obligation": row.pk},
        )
    )


def listed() -> Any:
    """Every day that was ever entered, the newest first."""
    return SiteDay.objects.select_related("entered_by", "removed_by").order_by("-date", "-id")
