"""Kinds of which there is one record for each period, and for each record they are about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.http import urlencode

from huiyin.journal.record_urls import record_url
from huiyin.kernel.periods import Period, PeriodInvalid, period_of
from huiyin.kernel.text import Text, t
from huiyin.obligations.places import ObligationLink
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.refusals import Refused
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import FormRecord


def of_whom(kind: DataKind, person: Person | None) -> str:
    """Whose record of its period it is, where there is one for each person or department; else nobody's."""
    pk = {"person": getattr(person, "pk", None), "department": getattr(person, "department_id", None)}
    each = kind.entry.for_each or ""
    return f"{each}:{pk[each]}" if pk.get(each) is not None else ""


def checked_period(kind: DataKind, period: str, about: Any, whose: str) -> str:
    """The period of a new record; Refused where the kind needs another, or there is a record of it already."""
    wanted = kind.entry.period
    if wanted is None:
        return ""
    try:
        found = Period.parse(period)
    except PeriodInvalid as error:
        raise Refused([error.problem]) from None
    if found.kind != wanted:
        said = t(
            "{kind}每 {wanted} 一份，「{period}」不是",
            "There is one {kind} for each {wanted}; “{period}” is none.",
            kind=kind.label,
            wanted=wanted,
            period=period,
        )
        raise Refused([said])
    there = record_of_period(kind.key, found.key, about.kind if about else "", about.pk if about else None, whose)
    if there is not None:
        raise Refused([already(kind, there)])
    return found.key


def already(kind: DataKind, there: FormRecord) -> Text:
    """That the period has its record, and which it is."""
    return t(
        "{period}的{kind}已有 {number}，请在那里办理",
        "{kind} {number} is that of {period} already; go on there.",
        period=Period.parse(there.period).label,
        kind=kind.label,
        number=there.number,
    )


@contextmanager
def only_one_of(record: FormRecord, about: Any) -> Iterator[None]:
    """Of two that open the record of one period in the same moment one is Refused with the other's number."""
    try:
        yield
    except IntegrityError:
        there = (
            record_of_period(record.kind, record.period, record.about_kind, record.about_id, record.of_whom)
            if record.period
            else None
        )
        if there is None:
            raise
        raise Refused([already(kind_of(versions.procedure_of(record.procedure_id), record.kind), there)]) from None


def record_of_period(
    kind: str, period: str, about_kind: str, about_id: int | None, whose: str = ""
) -> FormRecord | None:
    """The record of a period that is not void; about nothing, or about one record; one person's or department's."""
    on = {"about_kind": about_kind, "about_id": about_id, "of_whom": whose}
    of = FormRecord.objects.filter(kind=kind, period=period, **on)
    return of.exclude(phase="void").first()


def period_asked(kind: DataKind, asked: str | None, *, at: datetime) -> str:
    """The period that an address names; where it names none that there is, the one that holds this moment."""
    wanted = kind.entry.period
    if wanted is None:
        return ""
    try:
        found = Period.parse(asked or "")
    except PeriodInvalid:
        found = None
    today = at.astimezone(kind.procedure.zone).date()
    return (found if found is not None and found.kind == wanted else period_of(wanted, today)).key


def told_period(record: FormRecord) -> dict[str, str]:
    """The period of which the record speaks, as every step of a period kind tells it."""
    return {"period": record.period} if record.period else {}


def place_of(procedure: Procedure, event: str, period: Period, subject: tuple[str, int, str]) -> ObligationLink | None:
    """Where what is owed for a period is done: on the record of the period, else on the form that opens it.

    ``subject``: kind, id and number of the one for whom it is owed; empty where for none.
    """
    key = procedure.vocabulary.chain_of(event.partition(".")[0])
    if key not in procedure.vocabulary.declared:
        return None
    kind = kind_of(procedure, key)
    subject_kind, subject_id, subject_number = subject
    is_about = subject_kind in kind.entry.about
    if kind.entry.period is not None:
        whose = f"{subject_kind}:{subject_id}" if subject_kind == kind.entry.for_each else ""
        about_kind, about_id = (subject_kind, subject_id) if is_about else ("", None)
        there = record_of_period(key, period.key, about_kind, about_id, whose)
        if there is not None:
            return ObligationLink(kind.label, record_url(key, there.number))
    asked = {"period": period.key} if kind.entry.period is not None else {}
    if is_about:
        asked[subject_kind] = subject_number
    openings = kind.openings
    if not openings:
        return None
    verb = f"/{openings[0].verb}" if len(openings) > 1 else ""
    return ObligationLink(kind.label, f"/registers/{key}/new{verb}?{urlencode(asked)}")


def about_these(kind: str, ids: Any) -> QuerySet[FormRecord]:
    """The records of declared kinds that are directly about those of a kind."""
    return FormRecord.objects.filter(about_kind=kind, about_id__in=ids)
