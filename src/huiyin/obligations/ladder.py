"""The escalation ladder: the worker's sweep finds due alarms by index and climbs one rung for each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.journal.models import Entry
from huiyin.kernel.text import t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.obligations.journaling import enter, hold_record
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.notices import notify
from huiyin.obligations.owners import Owner, StaffDirectory
from huiyin.obligations.settling import alarm_times, calendar_of_row, is_at_once
from huiyin.people.models import Person
from huiyin.procedure import versions


def sweep(*, at: datetime, limit: int = 500) -> int:
    """Climb every rung reached by ``at`` (at most ``limit`` obligations a call); returns how many were climbed."""
    due = (
        Obligation.objects.filter(OPEN, next_alarm_at__lte=at)
        .order_by("next_alarm_at")
        .values_list("pk", flat=True)[:limit]
    )
    staff = StaffDirectory()
    return sum(_climb(pk, at=at, staff=staff) for pk in list(due))


def _climb(pk: int, *, at: datetime, staff: StaffDirectory) -> int:
    with transaction.atomic():
        row = _held(pk, at=at)
        if row is None:
            return 0
        _remind(row, at=at, staff=staff)
        return 1


def _held(pk: int, *, at: datetime) -> Obligation | None:
    """The obligation if its alarm is still due; its record is locked first, as a step does, so that neither spoils the
    other's place in the journal."""
    found = Obligation.objects.filter(pk=pk).values_list("kind", "record_id").first()
    if found is not None:
        hold_record(*found)
    due = Obligation.objects.select_for_update(of=("self",)).filter(OPEN, pk=pk, next_alarm_at__lte=at)
    return due.select_related("owner_department").first()


def _remind(row: Obligation, *, at: datetime, staff: StaffDirectory) -> None:
    procedure = versions.procedure_of(row.procedure_id)
    rule = procedure.rule(row.rule)
    calendar = calendar_of_row(row, procedure)
    rung = _advance(row, rule, calendar, at=at)
    people = staff.with_deputies(_people_on(rung.to, row, staff), at=at)
    entry = _tell(row, rung.to, people, at=at)
    notify(people, entry, urgent=row.due_at <= at or rung.urgent)
    row.save(update_fields=["alarms_given", "next_alarm_at"])


def _advance(row: Obligation, rule: Any, calendar: WorkCalendar, *, at: datetime) -> Any:
    """Put the obligation on the highest rung reached by ``at``, at least on its next one; returns the rung."""
    times = alarm_times(row, rule, calendar)
    reached = row.alarms_given + 1
    if not is_at_once(rule.ladder[row.alarms_given]):  # whoever is told at once is told, however late somebody looks
        reached = max(reached, sum(1 for moment in times if moment <= at))
    row.alarms_given = reached
    row.next_alarm_at = times[reached] if reached < len(times) else None
    return rule.ladder[reached - 1]


def _people_on(to: str, row: Obligation, staff: StaffDirectory) -> list[Person]:
    """Who stands on a rung: the owner, their deputy, the head of the department, management, or a named function.

    A rung nobody stands on falls to management, so that a role inbox without people escalates too.
    """
    department = row.owner_department
    name, _, function = to.partition(":")
    if name in ("owner", "record.owner"):
        people = staff.people_of(Owner(department, row.owner_person_id, row.heads_only))
    elif name == "deputy":
        people = _deputies(row)
    elif name == "head":
        people = staff.people_of(Owner(staff.with_function(function) if function else department, heads_only=True))
    else:
        people = staff.people_of(Owner(staff.with_function(function or name)))
    return people or staff.people_of(Owner(staff.with_function("management")))


def _deputies(row: Obligation) -> list[Person]:
    if row.owner_person_id is None:
        return []
    standing_in = Person.objects.filter(
        deputising__person_id=row.owner_person_id,
        deputising__starts_at__lte=row.due_at,
        deputising__ends_at__gt=row.due_at,
        is_active=True,
    )
    return list(standing_in)


def _number_of(row: Obligation) -> str:
    """The record's number as its last entry has it."""
    entries = Entry.objects.filter(kind=row.kind, record_id=row.record_id).order_by("-sequence")
    return entries.values_list("number", flat=True).first() or row.record_number


def _tell(row: Obligation, to: str, people: list[Person], *, at: datetime) -> Entry:
    """What the journal says of a rung climbed: what is owed, whether it is due, and who was told."""
    return enter(
        row,
        "obligation.escalated",
        at=at,
        number=_number_of(row),
        state=t("已到期", "is due") if row.due_at <= at else t("将到期", "is coming due"),
        rung=to,
        told=[p.display_name for p in people],
        due_at=row.due_at,
        obligation=row.pk,
    )
