"""Signatures under a record: who, in which role, when, and on what state of the record, by the journal's hash."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from huiyin.journal.models import Entry
from huiyin.journal.queries import head_hash
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.models import Record, Signature
from huiyin.records.steps.stepping import record_event


def sign(
    record: Record | Any,
    role: str,
    *,
    actor: Person,
    at: datetime,
    statement: str = "",
    part: str = "",
    submission: UUID | None = None,
) -> Signature:
    """Sign ``record`` in ``role``; the signature names the last entry the signer can have seen (ISO 9001 7.5.3)."""
    with transaction.atomic():
        type(record)._default_manager.select_for_update().filter(pk=record.pk).values("pk").get()
        row = Signature.objects.create(
            kind=record.kind,
            record_id=record.pk,
            part=part,
            author=actor,
            at=at,
            role=role,
            department=actor.department,
            statement=statement[:300],
            journal_head=head_hash(record.kind, record.pk),
        )
        record_event(
            record,
            "record.signed",
            actor=actor,
            at=at,
            parts=[row],
            submission=submission,
            role=versions.procedure_of(record.procedure_id).role_label(role),
            statement=row.statement,
            signed_head=row.journal_head,
        )
    return row


def changes_since(signature: Signature) -> int:
    """How many steps changed the record after it was signed; comments, files, prints and signatures change nothing."""
    entries = Entry.objects.filter(kind=signature.kind, record_id=signature.record_id)
    signed = entries.filter(hash=signature.journal_head).values_list("sequence", flat=True).first() or 0
    return (
        entries.filter(sequence__gt=signed)
        .exclude(event__startswith="record.")
        .exclude(event__startswith="obligation.")
        .count()
    )
