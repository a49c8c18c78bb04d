"""The worker tells, once a day, whose targets were missed, are endangered or have passed their limit; each once.

Nothing is owed by it: where a missed target shall be answered, the procedure has a recurring obligation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft, digest
from huiyin.journal.phrases import register_sentence
from huiyin.kernel.periods import Period, period_of
from huiyin.kernel.text import t
from huiyin.obligations.models import FinishedRound
from huiyin.obligations.notices import notify
from huiyin.obligations.owners import Owner, StaffDirectory, resolve
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.review.measuring import KnownTarget, known_targets, turns_of
from huiyin.review.models import ENDANGERED, EXCEEDED, MISSED, TargetReport
from huiyin.review.targets import Standing, TargetTurn, is_running

EVERY_TARGET = "*targets"
"""The rule under which a day is remembered on which targets were looked at."""
MOST_MISSED = 60
"""So many ended periods of one target are told of at most when nobody looked for long."""

register_sentence(
    f"target.{MISSED}",
    t(
        "{period}指标“{what}”未达成：{figure}（{limit}），已告知：{told}",
        "{period}: “{what}” was missed: {figure} ({limit}); told: {told}",
    ),
)
register_sentence(
    f"target.{ENDANGERED}",
    t(
        "{period}指标“{what}”有风险：到现在 {figure}（{limit}），已告知：{told}",
        "{period}: “{what}” is endangered: {figure} so far ({limit}); told: {told}",
    ),
)
register_sentence(
    f"target.{EXCEEDED}",
    t(
        "{period}指标“{what}”已超出：{figure}（{limit}），已告知：{told}",
        "{period}: “{what}” is past its limit: {figure} ({limit}); told: {told}",
    ),
)


def tell_of_targets(*, at: datetime) -> int:
    """Once for each day at the site; returns how much was told. What was cut short is done again, and told once."""
    version = versions.active_version(at)
    if version is None:
        return 0
    today = period_of("day", at.astimezone(versions.procedure_of(version.pk).zone).date())
    rounds = FinishedRound.objects.filter(rule=EVERY_TARGET)
    if rounds.filter(period=today.key).exists():
        return 0
    looked = rounds.order_by("-base_at").values_list("base_at", flat=True).first()
    asked = [(known, each) for known in known_targets(at) for each in _periods(known, looked, at)]
    staff = StaffDirectory()
    told = sum(_tell(turn, staff, at=at) for turn in turns_of(asked, at=at))
    FinishedRound.objects.get_or_create(
        rule=EVERY_TARGET, period=today.key, defaults={"every": "day", "base_at": at, "done_at": at}
    )
    return told


def _periods(known: KnownTarget, looked: datetime | None, at: datetime) -> Iterable[Period]:
    """The running period, and those that ended since somebody looked; where nobody ever did, the last one."""
    target, procedure = known.newest
    period = period_of(target.every, at.astimezone(procedure.zone).date())
    yield period
    for _ in range(MOST_MISSED if looked is not None else 1):
        period = period.previous
        if looked is not None and period.instants(procedure.zone)[1] <= looked:
            return
        yield period


def _tell(turn: TargetTurn, staff: StaffDirectory, *, at: datetime) -> int:
    told = _what(turn, at)
    if told is None:
        return 0
    known = TargetReport.objects.filter(target=turn.target.key, period=turn.period.key)
    before = set(known.values_list("told", flat=True))
    if told in before or (told == MISSED and EXCEEDED in before):
        return 0
    try:
        with transaction.atomic():
            _told(turn, told, staff, at=at)
    except IntegrityError:  # somebody else told it in the same moment
        return 0
    return 1


def _what(turn: TargetTurn, at: datetime) -> str | None:
    """What there is to be told of a period; of a share nothing before it is over, for it may still change."""
    if not is_running(turn.period, turn.procedure, at):
        return MISSED if turn.standing is Standing.MISSED else None
    if turn.target.measure != "records":
        return None
    return {Standing.MISSED: EXCEEDED, Standing.ENDANGERED: ENDANGERED}.get(turn.standing)


def _told(turn: TargetTurn, told: str, staff: StaffDirectory, *, at: datetime) -> None:
    row = TargetReport.objects.create(
        target=turn.target.key,
        period=turn.period.key,
        told=told,
        number=turn.number,
        procedure_id=turn.version,
        figure=turn.figure.written,
        at=at,
    )
    people = staff.with_deputies(owners_of(turn, staff, at=at), at=at)
    entry = append(
        EntryDraft(
            kind=TargetReport.kind,
            record_id=row.pk,
            number=row.number,
            event=f"target.{told}",
            at=at,
            clause=turn.target.clause,
            procedure_id=turn.version,
            digests={"": digest(row)},
            particulars={
                "what": turn.target.label,
                "period": turn.period.label,
                "key": turn.period.key,
                "figure": turn.figure.written,
                "limit": turn.limit,
                "told": [person.display_name for person in people],
            },
        )
    )
    notify(people, entry, urgent=told != ENDANGERED)


def owners_of(turn: TargetTurn, staff: StaffDirectory, *, at: datetime) -> list[Person]:
    """Who answers for a target: the head of the department that its owner names; management where nobody does."""
    owner = turn.target.owner
    function = turn.procedure.vocabulary.function_in(owner) if owner else None
    if function is not None:
        found = staff.people_of(Owner(staff.with_function(function), heads_only=True))
    else:
        of = resolve(owner, record=None, part=None, actor=None, staff=staff, at=at) if owner else Owner()
        found = staff.people_of(of)
    return found or staff.people_of(Owner(staff.with_function("management")))
