"""From draft to superseded: how a version of the procedure comes into force, and how records find theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction

from huiyin.kernel.text import Text, t
from huiyin.procedure.content import digest_of
from huiyin.procedure.models import APPROVED, DRAFT, EFFECTIVE, REVIEWED, SUPERSEDED, ProcedureVersion
from huiyin.procedure.schema import Procedure

Follower = Callable[[Procedure], object]

_procedures: dict[int, Procedure] = {}
_followers: list[Follower] = []
_witnesses: list[Callable[[VersionEvent], object]] = []


@dataclass(frozen=True, slots=True)
class Signer:
    """Who drafts, reviews or approves: the name as it shall be read later, and the account if there is one."""

    name: str
    person_id: int | None = None

    def is_same(self, name: str, person_id: int | None) -> bool:
        """Whether this is the person of that name or account."""
        both = self.person_id is not None and person_id is not None
        return self.person_id == person_id if both else self.name == name


@dataclass(frozen=True, slots=True)
class VersionEvent:
    """A version took a step: which one, who took it (None: its day came), when, and what is to be said of it."""

    version: ProcedureVersion
    verb: str
    at: datetime
    by: Signer | None = None
    said: dict[str, object] = field(default_factory=dict)


class VersionRefused(Exception):
    """A version may not take this step; ``reasons`` says why."""

    def __init__(self, *reasons: Text) -> None:
        super().__init__("; ".join(reason.show("en") for reason in reasons))
        self.reasons = list(reasons)


class NoProcedure(LookupError):
    """No procedure is in force, or none of this id is stored."""


class ContentChanged(Exception):
    """The stored content of a version is not what was reviewed: its digest differs."""


def on_effective(follower: Follower) -> Follower:
    """Have ``follower`` called with the procedure, in the same transaction, whenever a version comes into force."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def on_version_event(witness: Callable[[VersionEvent], object]) -> None:
    """Have ``witness`` called at each step of a version, in the same transaction."""
    if witness not in _witnesses:
        _witnesses.append(witness)


def _tell(version: ProcedureVersion, verb: str, *, at: datetime, by: Signer | None = None, **said: object) -> None:
    for witness in _witnesses:
        witness(VersionEvent(version, verb, at, by, said))


# ---- finding


def active_version(at: datetime) -> ProcedureVersion | None:
    """The version in force at ``at``, now or in the past, without its content; None before the first."""
    in_force = ProcedureVersion.objects.filter(state__in=[EFFECTIVE, SUPERSEDED], effective_from__lte=at)
    return in_force.defer("content").order_by("-effective_from", "-id").first()


def procedure_of(version_id: int | None) -> Procedure:
    """The procedure of a version; from memory after the first time once it has come into force, for then it never
    changes.

    Raises NoProcedure for None or an unknown id, ContentChanged when the stored content was tampered with.
    """
    procedure = _procedures.get(version_id) if version_id is not None else None
    if procedure is None:
        procedure = _load(version_id)
    return procedure


def _load(version_id: int | None) -> Procedure:
    row = ProcedureVersion.objects.filter(pk=version_id).first() if version_id is not None else None
    if row is None:
        raise NoProcedure(f"no procedure version {version_id!r}")
    if digest_of(row.content) != row.digest:
        raise ContentChanged(f"procedure version {row.pk} ({row}) does not match its digest")
    procedure = Procedure.from_json(row.content)
    if row.state in (EFFECTIVE, SUPERSEDED):
        _procedures[row.pk] = procedure
    return procedure


# ---- steps


def draft(procedure: Procedure, *, by: Signer, at: datetime, reason: str = "") -> ProcedureVersion:
    """A new draft with this content."""
    row = ProcedureVersion(drafted_by=by.name, drafted_by_person=by.person_id, drafted_at=at, reason=reason)
    _fill(row, procedure)
    with transaction.atomic():
        row.save(force_insert=True)
        _tell(row, "drafted", at=at, by=by, reason=reason)
    _procedures.pop(row.pk, None)  # an id that a rolled-back transaction had used before
    return row


def redraft(version: ProcedureVersion, procedure: Procedure, *, by: Signer, at: datetime) -> ProcedureVersion:
    """Replace the content of a draft; whoever changes it becomes its drafter."""
    with transaction.atomic():
        row = _fetched(version, DRAFT)
        row.drafted_by, row.drafted_by_person, row.drafted_at = by.name, by.person_id, at
        _fill(row, procedure)
        row.save()
        _tell(row, "redrafted", at=at, by=by, reason=row.reason)
    return row


def review(version: ProcedureVersion, *, by: Signer, at: datetime) -> ProcedureVersion:
    """Confirm that a draft is right; not by its drafter. Its content is fixed from here on."""
    with transaction.atomic():
        row = _fetched(version, DRAFT)
        _not_the_drafter(row, by)
        if ProcedureVersion.objects.filter(key=row.key, version=row.version).exclude(state=DRAFT).exists():
            raise VersionRefused(
                t(
                    "{key} 的 {version} 版已经有了，请换一个版本号",
                    "{key} already has a version {version}; give this one another number",
                    key=row.key,
                    version=row.version,
                )
            )
        _advance(row, REVIEWED, reviewed_by=by.name, reviewed_by_person=by.person_id, reviewed_at=at)
        _tell(row, "reviewed", at=at, by=by)
        return row


def send_back(version: ProcedureVersion, *, by: Signer, at: datetime) -> ProcedureVersion:
    """Make a draft again of what is reviewed or approved but not yet in force; signatures fall away."""
    with transaction.atomic():
        row = _fetched(version, REVIEWED, APPROVED)
        _advance(
            row,
            DRAFT,
            reviewed_by="",
            reviewed_by_person=None,
            reviewed_at=None,
            approved_by="",
            approved_by_person=None,
            approved_at=None,
            effective_from=None,
        )
        _tell(row, "sent_back", at=at, by=by)
        return row


def approve(
    version: ProcedureVersion, *, by: Signer, at: datetime, effective_on: date | None = None
) -> ProcedureVersion:
    """Approve a reviewed version, not by its drafter.

    It holds from the start of ``effective_on`` (site time), else at once.
    """
    with transaction.atomic():
        row = _fetched(version, REVIEWED)
        _not_the_drafter(row, by)
        zone = Procedure.from_json(row.content).zone
        start = datetime.combine(effective_on, time(0), zone) if effective_on else at
        if effective_on and start < at and effective_on != at.astimezone(zone).date():
            raise VersionRefused(t("生效日期不能早于今天", "It cannot take effect before today"))
        row = _advance(
            row,
            APPROVED,
            approved_by=by.name,
            approved_by_person=by.person_id,
            approved_at=at,
            effective_from=max(start, at),
        )
        begins = max(start, at).astimezone(zone).strftime("%Y-%m-%d %H:%M")
        _tell(row, "approved", at=at, by=by, effective_from=begins)
        bring_into_force(at=at)
        row.refresh_from_db()
        return row


def bring_into_force(*, at: datetime) -> ProcedureVersion | None:
    """Put the approved version whose day has come into force and supersede the one before; the version, or None."""
    due = ProcedureVersion.objects.filter(state=APPROVED, effective_from__lte=at)
    if not due.exists():
        return None
    with transaction.atomic():
        rows = list(due.select_for_update().order_by("effective_from", "approved_at", "id"))
        if not rows:
            return None
        *overtaken, row = rows
        for each in [*ProcedureVersion.objects.filter(state=EFFECTIVE), *overtaken]:
            _advance(each, SUPERSEDED, superseded_at=at)
            _tell(each, "superseded", at=at, by_version=str(row))
        _advance(row, EFFECTIVE)
        procedure = Procedure.from_json(row.content)
        for follower in _followers:
            follower(procedure)
        _tell(row, "in_force", at=at)
        return row


def adopt(
    procedure: Procedure,
    *,
    drafted_by: Signer,
    reviewed_by: Signer,
    approved_by: Signer,
    at: datetime,
    effective_on: date | None = None,
) -> ProcedureVersion:
    """Take a procedure from draft to approved in one go, and into force when its day has come.

    The version that is in force already is simply given back. Raises VersionRefused.
    """
    with transaction.atomic():
        current = ProcedureVersion.objects.filter(state=EFFECTIVE).first()
        if current is not None and procedure_of(current.pk).digest == procedure.digest:
            return current
        row = review(draft(procedure, by=drafted_by, at=at), by=reviewed_by, at=at)
        return approve(row, by=approved_by, at=at, effective_on=effective_on)


def _fill(row: ProcedureVersion, procedure: Procedure) -> None:
    row.key, row.version = procedure.key, procedure.version
    row.title_zh, row.title_en = procedure.title.zh, procedure.title.en
    row.content, row.digest = procedure.to_json(), procedure.digest


def _fetched(version: ProcedureVersion, *states: str) -> ProcedureVersion:
    row = ProcedureVersion.objects.get(pk=version.pk)
    if row.state not in states:
        raise VersionRefused(t("这一版现在的状态不允许这一步", "The version is not in a state that allows this step"))
    return row


def _advance(row: ProcedureVersion, state: str, **values: object) -> ProcedureVersion:
    """Compare-and-set the state, so that of two people at once only one succeeds."""
    done = ProcedureVersion.objects.filter(pk=row.pk, state=row.state).update(state=state, **values)
    if not done:
        raise VersionRefused(t("别人刚刚改过这一版", "Somebody has just changed this version"))
    row.refresh_from_db()
    return row


def _not_the_drafter(row: ProcedureVersion, by: Signer) -> None:
    if by.is_same(row.drafted_by, row.drafted_by_person):
        raise VersionRefused(t("审核人和批准人不能是起草人", "Reviewer and approver must be others than the drafter"))
