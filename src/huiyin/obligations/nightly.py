"""What depends on the day alone is read again once a day: ages of dates, and for whom something is owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.journal import kinds
from huiyin.kernel.periods import period_of
from huiyin.obligations.models import FinishedRound
from huiyin.obligations.owners import StaffDirectory
from huiyin.obligations.rereading import AGED, Rereading, lock
from huiyin.obligations.rounds import release_unmeant
from huiyin.obligations.subjects import CHUNK
from huiyin.procedure import versions
from huiyin.procedure.models import EFFECTIVE, SUPERSEDED, ProcedureVersion
from huiyin.procedure.vocabulary import LAST_PHASES

EVERY_RULE = "*"


def read_again_daily(*, at: datetime) -> int:
    """Once for each day at the site; returns how many obligations changed. What was cut short is done again."""
    version = versions.active_version(at)
    if version is None:
        return 0
    today = period_of("day", at.astimezone(versions.procedure_of(version.pk).zone).date())
    if FinishedRound.objects.filter(rule=EVERY_RULE, period=today.key).exists():
        return 0
    changed = read_ages(at=at) + release_unmeant(at=at)
    FinishedRound.objects.get_or_create(
        rule=EVERY_RULE, period=today.key, defaults={"every": "day", "base_at": at, "done_at": at}
    )
    return changed


def read_ages(*, at: datetime) -> int:
    """Hold every record that has not ended against the rules that ask how long ago a day is."""
    staff, changed = StaffDirectory(), 0
    for pk in ProcedureVersion.objects.filter(state__in=(EFFECTIVE, SUPERSEDED)).values_list("pk", flat=True):
        procedure = versions.procedure_of(pk)
        for kind in procedure.vocabulary.kinds:
            rules = [rule for rule in procedure.reach.conditional_on(kind) if asks_age(rule.when)]
            for record in _open_records(kind, pk) if rules else ():
                with transaction.atomic():
                    held = lock(record)
                    if held is not None:
                        changed += Rereading(held, procedure, at, AGED, staff).apply(rules)
    return changed


def asks_age(conditions: Any) -> bool:
    """Whether one of the conditions changes with the day."""
    return any(one.older_than is not None or asks_age(one.any) for one in conditions)


def _open_records(kind: str, version: int) -> Iterator[Any]:
    last = 0
    of = kinds.records_of(kind).filter(procedure_id=version).exclude(phase__in=LAST_PHASES)
    while rows := list(of.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        yield from rows
