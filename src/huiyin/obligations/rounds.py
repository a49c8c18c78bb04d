"""What is owed for each of many in every period: opened in bulk by the worker, a chunk in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

from django.db import IntegrityError, transaction
from django.db.models import Q

from huiyin.database.bulk import BulkStatement, execute, insert_statements, reserve_ids
from huiyin.journal import kinds
from huiyin.journal.chain import EntryDraft, digest, make_entry
from huiyin.journal.models import Entry
from huiyin.journal.protection import block_sealing
from huiyin.kernel.text import Text, t
from huiyin.obligations.journaling import enter, hold_record
from huiyin.obligations.models import OPEN, FinishedRound, Obligation, Occasion
from huiyin.obligations.occasions import ATTEMPTS, DuePeriod, end_turn, subject_of
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.settling import make_obligation
from huiyin.obligations.subjects import CHUNK, is_meant, matching, subject_kind
from huiyin.procedure import versions


def open_round(due: DuePeriod, *, at: datetime) -> int:
    """Open a turn for all who are meant, then note that it is done; a worker that was killed takes it up again."""
    if FinishedRound.objects.filter(rule=due.rule.key, period=due.period.key).exists():
        return 0  # a day of the site has moved its moment since
    day = due.base.astimezone(due.procedure.zone).date()
    told = _told_before(due)
    opened = 0
    for chunk in matching(due.rule, due.turn, base=due.base, today=day):
        opened += len(open_for(due, chunk, at=at, told=told))
    FinishedRound.objects.get_or_create(
        rule=due.rule.key,
        period=due.period.key,
        defaults={"every": due.turn.every, "base_at": due.base, "done_at": at},
    )
    return opened


def open_for(
    due: DuePeriod,
    subjects: Sequence[Any],
    *,
    at: datetime,
    by_event: bool = False,
    told: Mapping[int, Entry] | None = None,
) -> dict[int, Occasion]:
    """The occasions opened just now, by the subject's id; whose turn is open already keeps it."""
    for _ in range(ATTEMPTS):
        new = _without_turn(due, subjects)
        rows, statements = _prepared(due, new, at=at, by_event=by_event)
        try:
            with transaction.atomic():
                block_sealing()
                execute(statements)
                _fulfil_told(rows, told or {})
        except IntegrityError:  # somebody else opened one of them in the meantime
            continue
        return {row.subject_id: row for row in rows}
    raise AssertionError("the same turns are opened by others again and again")


def _without_turn(due: DuePeriod, subjects: Sequence[Any]) -> list[Any]:
    """Those of the subjects whose turn is not open yet."""
    of = Occasion.objects.filter(rule=due.rule.key, period=due.period.key, subject_kind=due.rule.for_each)
    there = set(of.filter(subject_id__in=[one.pk for one in subjects]).values_list("subject_id", flat=True))
    return [one for one in subjects if one.pk not in there]


def _prepared(
    due: DuePeriod, subjects: Sequence[Any], *, at: datetime, by_event: bool
) -> tuple[list[Occasion], list[BulkStatement]]:
    """Finished rows of a turn: the transaction that keeps others from writing only inserts them (decision 0014)."""
    rows = [_occasion(due, one, at=at, by_event=by_event) for one in subjects]
    staff = StaffDirectory()
    entries, owed = [], []
    for pk, row, one in zip(reserve_ids(Occasion, len(rows)), rows, subjects, strict=True):
        row.pk = pk
        row.about_record = one
        entry = make_entry(_came(due, row, at=at), sequence=1, previous="")
        entries.append(entry)
        owed.append(make_obligation(due.rule, entry, row, None, procedure=due.procedure, actor=None, staff=staff))
    return rows, [one for many in (rows, entries, owed) for one in insert_statements(many)]


def _fulfil_told(rows: Sequence[Occasion], told: Mapping[int, Entry]) -> None:
    """What was done before the turn came is fulfilled as it is opened."""
    for row in rows:
        if row.subject_id in told:
            owed = Obligation.objects.get(kind=Occasion.kind, record_id=row.pk)
            end_turn(owed, told[row.subject_id], "fulfilled_at")


def _occasion(due: DuePeriod, one: Any, *, at: datetime, by_event: bool) -> Occasion:
    kind = subject_kind(due.rule.for_each)
    return Occasion(
        rule=due.rule.key,
        period=due.period.key,
        number=f"{due.period.key}.{crc32(due.rule.key.encode()):08x}.{one.pk}",
        procedure_id=due.version,
        base_at=due.base,
        opened_at=at,
        by_event=by_event,
        subject_kind=kind.key,
        subject_id=one.pk,
        subject_number=kind.number(one)[:40],
        subject_name=kind.name(one)[:120],
    )


def _came(due: DuePeriod, row: Occasion, *, at: datetime) -> EntryDraft:
    return EntryDraft(
        kind=Occasion.kind,
        record_id=row.pk,
        number=row.number,
        event="occasion.came",
        at=at,
        clause=due.rule.clause,
        procedure_id=due.version,
        digests={"": digest(row)},
        particulars={
            "what": due.rule.label,
            "period": due.period.label,
            "key": due.period.key,
            "subject": row.subject_name,
        },
    )


def _told_before(due: DuePeriod) -> dict[int, Entry]:
    """What fulfilled the turn before its own moment came, by the subject's id: a report written on the last day."""
    rule, begins = due.rule, due.period.instants(due.procedure.zone)[0]
    period = Q(particulars__period=due.period.key) | Q(particulars__period__isnull=True, at__gte=begins)
    entries = Entry.objects.filter(period, event__in=(*rule.closes, *rule.reopens), at__lt=due.base)
    told: dict[int, Entry] = {}
    for entry in entries.order_by("at", "id"):
        record = kinds.records_of(entry.kind).filter(pk=entry.record_id).first()
        subject = subject_of(record, rule.for_each) if record is not None else None
        if subject is not None:
            told[subject.pk] = entry
    return {pk: entry for pk, entry in told.items() if entry.event in rule.closes}


# ---- those who are meant no more


def release_unmeant(*, at: datetime, subject: tuple[str, int] | None = None) -> int:
    """Release what is owed for those whom the rule no longer means, or who are gone; of one subject, or of all."""
    occasions = Occasion.objects.filter(subject_id__gt=0)
    if subject is not None:
        occasions = occasions.filter(subject_kind=subject[0], subject_id=subject[1])
    owed = Obligation.objects.filter(OPEN, kind=Occasion.kind, record_id__in=occasions.values("pk"))
    released, last = 0, 0
    while pairs := list(owed.filter(pk__gt=last).order_by("pk").values_list("pk", "record_id")[:CHUNK]):
        last = pairs[-1][0]
        found = Occasion.objects.in_bulk([record for _, record in pairs])
        for pk, record in pairs:
            reason = _why_not(found[record])
            if reason is not None:
                released += _release(pk, found[record], reason, at=at)
    return released


def _why_not(occasion: Occasion) -> Text | None:
    """Why the occasion's subject is no longer meant; None where it still is. The turn it once had it keeps."""
    procedure = versions.procedure_of(occasion.procedure_id)
    one = occasion.about_record
    if one is None:
        return t("{name} 已不在册", "{name} is no longer there", name=occasion.subject_name)
    day = occasion.base_at.astimezone(procedure.zone).date()
    if is_meant(procedure.rule(occasion.rule), None, one, today=day):
        return None
    return t("{name} 已不符合条件", "{name} no longer meets the conditions", name=occasion.subject_name)


def _release(pk: int, occasion: Occasion, reason: Text, *, at: datetime) -> int:
    with transaction.atomic():
        hold_record(Occasion.kind, occasion.pk)
        row = Obligation.objects.select_for_update().filter(OPEN, pk=pk).first()
        if row is None:
            return 0
        row.cancelled_at, row.next_alarm_at = at, None
        row.save(update_fields=["cancelled_at", "next_alarm_at"])
        enter(row, "occasion.released", at=at, reason=reason)
    return 1
