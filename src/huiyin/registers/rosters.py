"""Duty rosters: whether their shifts keep apart and leave no gap, and who is on duty at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from huiyin.kernel.periods import Period, period_of
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.obligations.owners import Owner, StaffDirectory
from huiyin.obligations.site_calendar import calendar_at_site
from huiyin.procedure import versions
from huiyin.procedure.computing import moment_in
from huiyin.procedure.kind_entries import KindEntry
from huiyin.procedure.kind_views import LeaveView, ShiftView
from huiyin.procedure.schema import Procedure
from huiyin.registers.catalogue import slots_of
from huiyin.registers.models import FormRecord, FormRow

MOST_ROSTERS = 4
"""Of rosters that are for no period the newest are asked who is on duty."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift: from when until when, who stands it, who was asked to in the first place."""

    row: FormRow
    place: int
    starts: datetime
    ends: datetime
    who: Mapping[str, Any]
    substitute: Mapping[str, Any] | None
    is_special: bool
    manager: Mapping[str, Any] | None

    @property
    def on_duty(self) -> Mapping[str, Any]:
        """Who stands it: whoever substitutes, where somebody does."""
        return self.substitute or self.who


@dataclass(frozen=True, slots=True)
class ShiftProblem:
    """What is wrong with a shift: the guard it concerns, the row, and the sentence."""

    guard: str
    row: FormRow
    said: Text


def problems_of(
    record: FormRecord, rows: Sequence[FormRow], entry: KindEntry, procedure: Procedure
) -> list[ShiftProblem]:
    """Everything that is wrong with the shifts of a roster, in the order of the rows' beginnings."""
    view = view_of(entry)
    shifts = sorted(_shifts(rows, view), key=lambda one: (one.starts, one.place))
    calendar = calendar_at_site(procedure, None)
    found = [*_backwards(shifts, procedure.zone), *_apart(shifts, procedure.zone)]
    found += _gaps(shifts, _span(record, procedure), procedure.zone)
    return [*found, *_managed(shifts, view, calendar, procedure.zone)]


def has_shifts(rows: Iterable[FormRow], entry: KindEntry) -> bool:
    """Whether one of the rows at least says from when until when, and who."""
    return any(True for _ in _shifts(rows, view_of(entry)))


def view_of(entry: KindEntry) -> ShiftView:
    """Which fields of the rows say what about a shift."""
    assert entry.shift is not None, "the rows are shifts"
    return entry.shift


def _shifts(rows: Iterable[FormRow], view: ShiftView) -> Iterator[Shift]:
    """The rows that say from when until when, and who."""
    for place, row in enumerate(rows, start=1):
        starts, ends = moment_in(row.extra.get(view.starts)), moment_in(row.extra.get(view.ends))
        who = row.extra.get(view.who)
        if starts is None or ends is None or not isinstance(who, Mapping):
            continue
        yield Shift(
            row,
            place,
            starts,
            ends,
            who,
            substitute=_person(row, view.substitute),
            is_special=row.extra.get(view.special or "") == "yes",
            manager=_person(row, view.manager),
        )


def _person(row: FormRow, name: str | None) -> Mapping[str, Any] | None:
    held = row.extra.get(name) if name else None
    return held if isinstance(held, Mapping) else None


def _span(record: FormRecord, procedure: Procedure) -> tuple[datetime, datetime] | None:
    """From when until when somebody must be on duty: the roster's period, of one already running what is left of it
    when the roster was drawn up. None of rosters that are for no period: only their own shifts tell.
    """
    if not record.period:
        return None
    first, end = Period.parse(record.period).instants(procedure.zone)
    return max(first, record.opened_at), end


def _backwards(shifts: Iterable[Shift], zone: ZoneInfo) -> Iterator[ShiftProblem]:
    for one in shifts:
        if one.ends <= one.starts:
            said = t(
                "第 {n} 行：结束（{b}）不晚于开始（{a}）；跨零点的班请写次日的时刻",
                "Row {n}: it ends ({b}) no later than it begins ({a}); past midnight write the next day's time",
                n=one.place,
                a=_moment(one.starts, zone),
                b=_moment(one.ends, zone),
            )
            yield ShiftProblem("covered", one.row, said)
        if one.substitute is not None and one.substitute.get("person") == one.who.get("person"):
            said = t("第 {n} 行：替班的就是本人", "Row {n}: the substitute is the same person", n=one.place)
            yield ShiftProblem("apart", one.row, said)


def _apart(shifts: Sequence[Shift], zone: ZoneInfo) -> Iterator[ShiftProblem]:
    """Nobody has a shift that begins before another of theirs has ended."""
    last: dict[Any, Shift] = {}
    for one in shifts:
        person = one.on_duty.get("person")
        before = last.get(person)
        if before is not None and one.starts < before.ends:
            said = t(
                "第 {n} 行：{who} 的班（{a} 起）与第 {m} 行（到 {b}）重叠",
                "Row {n}: the shift of {who} (from {a}) overlaps row {m} (until {b})",
                n=one.place,
                m=before.place,
                who=_name(one.on_duty),
                a=_moment(one.starts, zone),
                b=_moment(before.ends, zone),
            )
            yield ShiftProblem("apart", one.row, said)
        if before is None or one.ends > before.ends:
            last[person] = one


def _gaps(shifts: Sequence[Shift], span: tuple[datetime, datetime] | None, zone: ZoneInfo) -> Iterator[ShiftProblem]:
    """At each moment of the span somebody is on duty."""
    if not shifts:
        return
    first, end = span or (shifts[0].starts, max(one.ends for one in shifts))
    reached, last = first, shifts[0]
    for one in shifts:
        if one.starts > reached and reached < end:
            said = t(
                "第 {n} 行之前有空档：{a} 到 {b} 无人值班",
                "A gap before row {n}: nobody is on duty from {a} to {b}",
                n=one.place,
                a=_moment(reached, zone),
                b=_moment(min(one.starts, end), zone),
            )
            yield ShiftProblem("covered", one.row, said)
        if one.ends > reached:
            reached, last = one.ends, one
    if reached < end:
        said = t(
            "第 {n} 行之后有空档：{a} 到 {b} 无人值班",
            "A gap after row {n}: nobody is on duty from {a} to {b}",
            n=last.place,
            a=_moment(reached, zone),
            b=_moment(end, zone),
        )
        yield ShiftProblem("covered", last.row, said)


def _managed(
    shifts: Iterable[Shift], view: ShiftView, calendar: WorkCalendar, zone: ZoneInfo
) -> Iterator[ShiftProblem]:
    """A shift of a special day, or one that begins on a public holiday, names its manager."""
    if view.manager is None:
        return
    for one in shifts:
        day = one.starts.astimezone(zone).date()
        is_holiday = calendar.is_special(day) and not calendar.is_workday(day)
        if one.manager is None and (one.is_special or is_holiday):
            why = calendar.label(day) if is_holiday else t("特殊日子", "a special day")
            said = t(
                "第 {n} 行：{day} 是{why}，要有值班管理人员",
                "Row {n}: {day} is {why}; it needs a manager on duty",
                n=one.place,
                day=f"{day:%m-%d}",
                why=why,
            )
            yield ShiftProblem("managed", one.row, said)


def _name(person: Mapping[str, Any]) -> Text:
    name = str(person.get("name", ""))
    return Text(name, str(person.get("name_en") or name))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%m-%d %H:%M}"


def on_duty(record: Any, staff: StaffDirectory, at: datetime) -> Owner:
    """Whoever the roster in force has on duty at a moment; an empty Owner where no shift holds it."""
    procedure_id = getattr(record, "procedure_id", None)
    if procedure_id is None:
        return Owner()
    procedure = versions.procedure_of(procedure_id)
    for entry in procedure.kinds:
        if entry.shift is None or entry.part_of is None:
            continue
        rows = FormRow.objects.filter(part_kind=entry.key, record__in=_rosters(procedure, entry, at))
        for one in sorted(_shifts(rows, entry.shift), key=lambda shift: shift.starts, reverse=True):
            if not one.starts <= at < one.ends:
                continue
            named = one.on_duty["person"]
            person = staff.person(_stands_in_for(named, procedure, at)) or staff.person(named)
            if person is not None:
                return Owner(department=person.department, person_id=person.pk)
    return Owner()


def _stands_in_for(person: int, procedure: Procedure, at: datetime) -> int:
    """Who stands in for somebody at a moment, by the records that tell of leave; themselves where none does."""
    for entry in procedure.kinds:
        if (view := entry.leave) is None:
            continue
        for said in _leaves_of(person, entry.key, view, at.astimezone(procedure.zone).date()):
            starts, ends = moment_in(said.get(view.starts)), moment_in(said.get(view.ends))
            substitute = said.get(view.substitute)
            if starts is not None and ends is not None and starts <= at < ends and isinstance(substitute, Mapping):
                return int(substitute["person"])
    return person


def _leaves_of(person: int, kind: str, view: LeaveView, day: date) -> Iterable[Mapping[str, Any]]:
    """What the records say of somebody's leave on a day, the newest first; asked by the columns that repeat it.

    A record that was written before its days had columns is read all the same.
    """
    slots = slots_of(kind)
    rows = FormRecord.objects.filter(kind=kind, state__in=view.states)
    rows = rows.filter(**{slots.get(view.who, f"extra__{view.who}__person"): person})
    for name, reaches in ((view.starts, "lte"), (view.ends, "gte")):
        if (slot := slots.get(name)) is not None:
            rows = rows.filter(Q(**{f"{slot}__{reaches}": day}) | Q(**{slot: None}))
    return rows.order_by("-opened_at", "-pk").values_list("extra", flat=True)


def _rosters(procedure: Procedure, entry: KindEntry, at: datetime) -> list[int]:
    """The rosters in force that may hold the moment: of its period and, as shifts run past midnight, of the one before
    it; of kinds without a period the newest.
    """
    roster = procedure.vocabulary.declared[entry.part_of or ""]
    view = view_of(entry)
    rows = FormRecord.objects.filter(kind=roster.key, state__in=view.states)
    if roster.period is not None:
        day = at.astimezone(procedure.zone).date()
        rows = rows.filter(period__in={period_of(roster.period, one).key for one in (day, day - timedelta(days=1))})
    return list(rows.order_by("-opened_at", "-pk").values_list("pk", flat=True)[:MOST_ROSTERS])
