"""What the calendar brings: each period that comes round opens what its rule says, once, however late somebody looks.

A rule with ``every`` is owed for each period of that kind. Its obligation hangs on an ``Occasion``, the period's turn,
which has a chain of its own; it is fulfilled by an event that tells the same period, on whatever record that happens.
Opening, ladder, explanation and lists are those of every other obligation (decision 0018). A rule ``for_each`` has an
occasion for each subject and period (``rounds``), fulfilled by an event on a record that is about the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft, digest
from huiyin.journal.models import Entry
from huiyin.kernel.periods import Period, period_of
from huiyin.obligations import ties
from huiyin.obligations.journaling import enter
from huiyin.obligations.models import OPEN, FinishedRound, Obligation, Occasion
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.settling import calendar_of_row, make_obligation, next_alarm
from huiyin.obligations.site_calendar import Special, calendar_at_site, special_days
from huiyin.obligations.subjects import is_meant, subject_kind
from huiyin.procedure import versions
from huiyin.procedure.explain import department_of, moment_of
from huiyin.procedure.models import EFFECTIVE, SUPERSEDED, ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.turn_entries import Turn

ATTEMPTS = 3
"""How often an occasion is opened anew when somebody else takes its number in the same moment."""


@dataclass(frozen=True, slots=True)
class DuePeriod:
    """A period whose moment has come: under which version, by which rule and turn, and the moment."""

    version: int
    procedure: Procedure
    rule: Any
    period: Period
    base: datetime
    turn: Turn


def open_due_periods(*, at: datetime, since: datetime | None = None) -> int:
    """Open what every period that has come by ``at`` owes and nobody opened yet; returns how many were opened.

    Each period belongs to the version of the procedure that was in force at its moment; what lies before the first
    version is owed by nobody. ``since``: a rule that has never come round begins no earlier than this.
    """
    from huiyin.obligations.rounds import open_round  # which opens by what stands here

    opened = 0
    for due in list(_coming(at, since)):
        opened += open_round(due, at=at) if due.rule.for_each else int(_open(due, at=at)[1])
    return opened


def _coming(at: datetime, since: datetime | None) -> Iterator[DuePeriod]:
    """The periods behind the last one the calendar opened, oldest first, each rule by itself."""
    in_force = list(_in_force(at))
    if not any(_recurring(procedure) for _, _, _, procedure in in_force):
        return
    rows = Occasion.objects.filter(by_event=False, subject_id=0).order_by().values_list("rule")
    reached: dict[tuple[str, str], datetime] = {(rule, ""): last for rule, last in rows.annotate(Max("base_at"))}
    rounds = FinishedRound.objects.order_by().values_list("rule", "every").annotate(Max("base_at"))
    reached |= {(rule, every): last for rule, every, last in rounds}
    days = special_days()
    for version, begins, ends, procedure in in_force:
        for rule, turn in _recurring(procedure):
            last = reached.get((rule.key, turn.every if rule.for_each else ""))
            start = begins if last is None else max(begins, last + timedelta(microseconds=1))
            if last is None and since is not None:
                start = max(start, since)
            for period, base in period_moments(rule, procedure, start, min(ends, at), turn=turn, days=days):
                yield DuePeriod(version, procedure, rule, period, base, turn)


def _recurring(procedure: Procedure) -> list[tuple[Any, Turn]]:
    """The rules that the calendar opens, with each of their turns."""
    return [(rule, turn) for rule in procedure.obligations for turn in rule.turns]


def _in_force(at: datetime) -> Iterator[tuple[int, datetime, datetime, Procedure]]:
    """Each version that has been in force by ``at``, from when until before when, oldest first."""
    rows = ProcedureVersion.objects.filter(state__in=(EFFECTIVE, SUPERSEDED), effective_from__lte=at)
    found = rows.order_by("effective_from", "id").values_list("pk", "effective_from")
    spans = [(pk, begins) for pk, begins in found if begins is not None]
    after = [begins for _, begins in spans[1:]] + [at + timedelta(days=1)] * bool(spans)
    for (pk, begins), next_begins in zip(spans, after, strict=True):
        if begins < next_begins:
            yield pk, begins, next_begins - timedelta(microseconds=1), versions.procedure_of(pk)


def period_moments(
    rule: Any, procedure: Procedure, first: datetime, last: datetime, *, turn: Turn, days: tuple[Special, ...]
) -> Iterator[tuple[Period, datetime]]:
    """The periods whose moment lies from ``first`` to ``last``, both included, each with its moment."""
    period = period_of(turn.every, first.astimezone(procedure.zone).date()).previous
    calendar = calendar_at_site(procedure, department_of(procedure, rule), days)
    while (base := moment_of(rule, period, calendar)) <= last:
        if base >= first:
            yield period, base
        period = period.next


# ---- opening


def _open(due: DuePeriod, *, at: datetime, by_event: bool = False) -> tuple[Occasion, bool]:
    """The period's occasion and whether it was opened just now; of two at the same moment one opens it."""
    for attempt in range(ATTEMPTS):
        found = Occasion.objects.filter(rule=due.rule.key, period=due.period.key, subject_id=0).first()
        if found is not None:
            return found, False
        try:
            with transaction.atomic():
                return _opened(due, at=at, by_event=by_event), True
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _opened(due: DuePeriod, *, at: datetime, by_event: bool) -> Occasion:
    rule, key = due.rule, due.period.key
    others = Occasion.objects.filter(period=key, subject_id=0).count()
    occasion = Occasion.objects.create(
        rule=rule.key,
        period=key,
        number=f"{key}.{others + 1}" if others else key,
        procedure_id=due.version,
        base_at=due.base,
        opened_at=at,
        by_event=by_event,
    )
    entry = append(
        EntryDraft(
            kind=Occasion.kind,
            record_id=occasion.pk,
            number=occasion.number,
            event="occasion.came",
            at=at,
            clause=rule.clause,
            procedure_id=due.version,
            digests={"": digest(occasion)},
            particulars={"what": rule.label, "period": due.period.label, "key": key},
        )
    )
    row = make_obligation(rule, entry, occasion, None, procedure=due.procedure, actor=None, staff=StaffDirectory())
    row.save(force_insert=True)
    if not by_event:
        before = _told_before(due)
        if before is not None:
            end_turn(row, before, "fulfilled_at")
    return occasion


def _told_before(due: DuePeriod) -> Entry | None:
    """What fulfilled the period before its own moment came: a month's report written on its last day."""
    rule = due.rule
    told = Entry.objects.filter(
        event__in=(*rule.closes, *rule.reopens), particulars__period=due.period.key, at__lt=due.base
    )
    last = told.order_by("-at", "-id").first()
    return last if last is not None and last.event in rule.closes else None


# ---- ending


def settle_period(entry: Entry, record: Any) -> None:
    """An event told a period, or happened to a record about a subject: what is owed for that period and subject is
    fulfilled, cancelled or owed again; in its transaction.
    """
    told = entry.particulars.get("period")
    for due in _asked_by(entry, Period.parse(told) if told else None):
        if due.rule.for_each:
            _settle_subject(entry, record, due)
            continue
        occasion, _ = _open(due, at=entry.at, by_event=True)
        _settle(_rows_of(occasion).get(), due.rule, entry)


def _rows_of(occasion: Occasion) -> Any:
    rows = Obligation.objects.select_for_update(of=("self",)).filter(kind=Occasion.kind, record_id=occasion.pk)
    return rows.select_related("owner_department")


def _settle(row: Obligation, rule: Any, entry: Entry) -> None:
    if entry.event in rule.reopens:
        _again(row, entry)
    elif row.is_open:
        end_turn(row, entry, "fulfilled_at" if entry.event in rule.closes else "cancelled_at")


def _settle_subject(entry: Entry, record: Any, due: DuePeriod) -> None:
    """What is owed for the subject that the record is about: for the period told, else the oldest that is open."""
    from huiyin.obligations.rounds import open_for  # which opens by what stands here

    subject = subject_of(record, due.rule.for_each)
    if subject is None:
        return
    of = Occasion.objects.filter(rule=due.rule.key, subject_kind=due.rule.for_each, subject_id=subject.pk)
    if not entry.particulars.get("period") and entry.event not in due.rule.reopens:
        held = Obligation.objects.filter(OPEN, kind=Occasion.kind, record_id__in=of.values("pk")).order_by("base_at")
        oldest = held.values_list("record_id", flat=True).first()
        found = of.filter(pk=oldest).first() if oldest is not None else None
    else:
        found = of.filter(period=due.period.key).first()
    day = due.base.astimezone(due.procedure.zone).date()
    if found is None and due.base <= entry.at and is_meant(due.rule, due.turn, subject, today=day):
        found = open_for(due, [subject], at=entry.at, by_event=True).get(subject.pk)
        found = found or of.filter(period=due.period.key).first()
    if found is not None:
        _settle(_rows_of(found).get(), due.rule, entry)


def subject_of(record: Any, kind: str) -> Any:
    """The customer, delivery, department or person that a record is about; None where it is about none."""
    if kind in ("customer", "delivery"):
        return ties.about(record, kind)
    named, _, of = getattr(record, "of_whom", "").partition(":")
    if named == kind:
        return subject_kind(kind).find(int(of))
    pk = getattr(record, "department_id" if kind == "department" else "owner_id", None)
    return subject_kind(kind).find(pk) if pk is not None else None


def _asked_by(entry: Entry, told: Period | None) -> Iterator[DuePeriod]:
    """The rules that the event concerns, each with its period whose moment has come."""
    event, at = entry.event, entry.at
    for version, begins, ends, procedure in _in_force(at):
        for rule, turn in _recurring(procedure):
            if event not in (*rule.closes, *rule.cancels, *rule.reopens):
                continue
            if told is None and not rule.for_each:
                continue
            period = told or period_of(turn.every, at.astimezone(procedure.zone).date())
            if turn.every != period.kind:
                continue
            base = moment_of(rule, period, calendar_at_site(procedure, department_of(procedure, rule)))
            if begins <= base <= min(ends, at) or (told is None and begins <= at <= ends):
                yield DuePeriod(version, procedure, rule, period, base, turn)


def end_turn(row: Obligation, entry: Entry, column: str) -> None:
    """A period's obligation ends by an event on another record, and says so on its own chain."""
    setattr(row, column, entry.at)
    row.next_alarm_at = None
    row.save(update_fields=[column, "next_alarm_at"])
    _say(row, entry, "occasion.fulfilled" if column == "fulfilled_at" else "occasion.cancelled")


def _again(row: Obligation, entry: Entry) -> None:
    """What had fulfilled it is void: it is owed as before, by the same moment."""
    if row.is_open:
        return
    procedure = versions.procedure_of(row.procedure_id)
    row.fulfilled_at = row.cancelled_at = None
    calendar = calendar_of_row(row, procedure)
    row.next_alarm_at = next_alarm(row, procedure.rule(row.rule), calendar)
    row.save(update_fields=["fulfilled_at", "cancelled_at", "next_alarm_at"])
    _say(row, entry, "occasion.reopened")


def _say(row: Obligation, entry: Entry, event: str) -> None:
    enter(row, event, at=entry.at, because_of=entry, by_kind=entry.kind, by_number=entry.number)
