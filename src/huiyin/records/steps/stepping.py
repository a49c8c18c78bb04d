"""``step()``: the only way anything changes. Check, change, journal, obligations, notices, search: one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from huiyin.database.compiled import CompiledQuery
from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft, digest, digest_of, row_values
from huiyin.journal.models import Entry
from huiyin.kernel.steptable import Transition
from huiyin.obligations.notices import notify
from huiyin.obligations.owners import StaffDirectory, resolve
from huiyin.obligations.settling import settle
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Part, Record
from huiyin.records.search import search
from huiyin.records.steps.conditions import GuardContext, transition_refusals
from huiyin.records.steps.numbers import next_number
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile
from huiyin.records.steps.transitions import (
    StepRun,
    apply_required_values,
    apply_transition,
    check_after_form,
    check_required,
    checked_transition,
    entry_values,
    visible_changes,
)

__all__ = ["GuardContext", "StepRun", "locked_record", "record_event", "step", "transition_refusals"]


@contextmanager
def step(
    record: Record,
    verb: str,
    *,
    actor: Person | None,
    at: datetime,
    part: Any = None,
    version: int | None = None,
    submission: UUID | None = None,
    values: Mapping[str, Any] | None = None,
    keeps_version: bool = False,
) -> Iterator[StepRun]:
    """Take ``verb`` on ``record`` (or on its ``part``); the body changes fields and says particulars.

    A record without a primary key is opened: its number is given and its row inserted before the body runs. ``version``
    is what the reader's form was made from; ``submission`` the form's token; ``values`` fills fields that the procedure
    requires of this step and nobody has filled before. ``keeps_version`` is for steps that only change parts with
    versions of their own: the record's version stays, so that its other forms do not clash with them. Raises Refused
    with every reason, ChangedMeanwhile, AlreadyDone.
    """
    with _whole(submission):
        procedure = versions.procedure_of(record.procedure_id)
        if record.pk is not None:
            _fresh(record, part)
        _once(submission)
        if record.pk is not None:
            _unchanged(part if part is not None else record, version)
        subject: Any = part if part is not None else record
        kind = subject.part_kind if part is not None else record.kind
        transition = checked_transition(GuardContext(record, part, actor, at, procedure), kind, subject, verb)
        opening = record.pk is None
        if opening:
            _insert(record, transition, procedure, actor, at)
        stored = row_values(subject)
        taken = StepRun(record, part, actor, at, procedure, transition)
        apply_required_values(record, transition, values or {})
        yield taken
        check_required(taken, subject)
        check_after_form(GuardContext(record, part, actor, at, procedure), transition, kind)
        if not opening and not (keeps_version and transition.to is None):
            apply_transition(taken, kind, subject)
        now = _save(subject, stored)
        changes = {} if opening else visible_changes(stored, now)
        _record(taken, kind, verb, digest_of(now, type(subject)), changes, submission)


@contextmanager
def locked_record(record: Record, part: Any = None) -> Iterator[None]:
    """The record and its part as they are now, and nobody else's until the body's ``step()`` is done.

    For an act that has to read how the record stands to know which step it is, such as the last shipment of several.
    """
    with transaction.atomic():
        _fresh(record, part)
        yield


@contextmanager
def _whole(submission: UUID | None) -> Iterator[None]:
    """One transaction.

    Of the same form sent twice in one moment the journal takes the first; the other is AlreadyDone.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        _once(submission)
        raise


_entered = CompiledQuery(lambda submission: Entry.objects.filter(submission=submission).order_by("id")[:1], UUID)


def _once(submission: UUID | None) -> None:
    """The form was not sent before; asked with the record's row in hand, so that whoever had it has finished."""
    if submission is not None:
        done = _entered.first(submission)
        if done is not None:
            raise AlreadyDone(done)


def _fresh(record: Record, part: Any) -> None:
    """Lock the record's row and see it, and its part, as it is now."""
    locked = type(record)._default_manager.select_for_update().filter(pk=record.pk)
    record.refresh_from_db(from_queryset=locked)
    if part is not None and part.pk is not None:
        part.refresh_from_db()


def _unchanged(current: Any, version: int | None) -> None:
    """The form's version is still that of the record or part."""
    if version is not None and current.version != version:
        raise ChangedMeanwhile(current)


def _insert(record: Record, transition: Transition, procedure: Procedure, actor: Person | None, at: datetime) -> None:
    record.opened_at = at
    record.opened_by = actor
    record.state = transition.to or ""
    record.phase = procedure.phase(record.kind, record.state)
    if not record.number:
        record.number = next_number(record.kind, procedure, at=at)
    record.save(force_insert=True)


def _save(subject: Any, stored: dict[str, Any]) -> dict[str, Any]:
    """Compare-and-set the columns that changed; returns the row's values as they stand then."""
    now = row_values(subject)
    changed = [name for name, value in now.items() if stored[name] != value]
    if changed:
        rows = type(subject)._default_manager.filter(pk=subject.pk, version=stored["version"])
        if not rows.update(**{name: getattr(subject, name) for name in changed}):
            raise ChangedMeanwhile(subject)
    return now


def _record(
    run: StepRun, kind: str, verb: str, digested: str, changes: dict[str, Any], submission: UUID | None
) -> None:
    """Enter the step with the digests of every row it touched; then the record is found under its new words."""
    record, part = run.record, run.part
    digests: dict[str, str | None] = {part.part_key if part is not None else "": digested}
    digests |= {key: digest(p) for key, p in run.touched_parts.items()}
    digests |= dict.fromkeys(run.removed_parts)
    event = run.procedure.vocabulary.event_of(f"{kind}.{verb}")
    happened = entry_values(run, event, run.about if part is None else part, run.payload)
    clause = run.procedure.step_clause(f"{kind}.{verb}")
    changes = {**changes, **run.changes}
    _enter(run, happened, clause=clause, changes=changes, digests=digests, submission=submission)
    search.index(record, at=run.at)


def _enter(run: StepRun, happened: dict[str, Any], *, clause: str, changes: Any, digests: Any, submission: Any) -> None:
    """Append the step's entry and those of its parts; each settles obligations and tells people."""
    staff = StaffDirectory()
    entry = append(EntryDraft(**happened, clause=clause, changes=changes, digests=digests, submission=submission))
    run.entry = entry
    told = run.procedure.step_recipients(run.verb)
    part = run.part if run.part is not None else run.about
    given = {of.part_key for _, of, _, _ in run.further_events}
    settle(entry, run.record, part, procedure=run.procedure, actor=run.actor, staff=staff, given=given)
    _tell(run, entry, told, part, staff, also=run.recipients)
    for name, part, changed, said in run.further_events:
        more = entry_values(run, name, part, said)
        clause = run.procedure.event_clause(name)
        digests = {part.part_key: digest(part)}
        further = append(EntryDraft(**more, clause=clause, changes=changed, digests=digests))
        settle(further, run.record, part, procedure=run.procedure, actor=run.actor, staff=staff)
        _tell(run, further, run.procedure.event_recipients(name), part, staff)


def _tell(
    run: StepRun,
    entry: Entry,
    selectors: Sequence[str],
    part: Any,
    staff: StaffDirectory,
    *,
    also: Sequence[Person] = (),
) -> None:
    people = {p.pk: p for p in also}
    for selector in selectors:
        owner = resolve(selector, record=run.record, part=part, actor=run.actor, staff=staff, at=run.at)
        people |= {p.pk: p for p in staff.people_of(owner)}
    if people:
        entry.actor_en = run.actor.name_en if run.actor else None
        notify(staff.with_deputies(people.values(), at=run.at), entry)


def record_event(
    record: Record,
    event: str,
    *,
    actor: Person | None,
    at: datetime,
    parts: Sequence[Part] = (),
    removed: Sequence[str] = (),
    about: Part | None = None,
    submission: UUID | None = None,
    changes: Mapping[str, Any] | None = None,
    **said: Any,
) -> Entry:
    """Enter something that changes no state (a comment, a file, a print) on the record's chain;
    call in a transaction. ``about`` is the part of which it tells, so that what is owed hangs on that; ``changes`` what
    it changed of that part.
    """
    with _whole(submission):
        type(record)._default_manager.select_for_update().filter(pk=record.pk).values("pk").get()
        _once(submission)
        digests: dict[str, str | None] = {p.part_key: digest(p) for p in parts}
        digests |= dict.fromkeys(removed)
        entry = append(
            EntryDraft(
                kind=record.kind,
                record_id=record.pk,
                number=record.number,
                event=event,
                at=at,
                actor_id=actor.pk if actor else None,
                actor_name=actor.name if actor else "",
                part=about.part_key if about is not None else "",
                procedure_id=record.procedure_id,
                particulars=said,
                changes=dict(changes or {}),
                digests=digests,
                submission=submission,
            )
        )
        procedure = versions.procedure_of(record.procedure_id)
        settle(entry, record, about, procedure=procedure, actor=actor, staff=StaffDirectory())
        return entry
