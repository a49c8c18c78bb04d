"""What hangs on the page of every record: its files and its comments; no writes."""

from __future__ import annotations

from huiyin.database.compiled import CompiledQuery
from huiyin.people.queries import with_people_named
from huiyin.records.models import Attachment, Comment, Signature

_files = CompiledQuery(
    lambda kind, pk: Attachment.objects.filter(kind=kind, record_id=pk, removed_at=None).order_by("id"), str, int
)
_comments = CompiledQuery(
    lambda kind, pk: with_people_named(Comment.objects.filter(kind=kind, record_id=pk), "author").order_by("id"),
    str,
    int,
)
_signatures = CompiledQuery(
    lambda kind, pk: with_people_named(
        Signature.objects.filter(kind=kind, record_id=pk), "author", "department"
    ).order_by("id"),
    str,
    int,
)


def signatures_on(kind: str, record_id: int) -> list[Signature]:
    """Who signed a record, oldest first."""
    return _signatures(kind, record_id)


def files_on(kind: str, record_id: int) -> list[Attachment]:
    """The files that stand on a record, oldest first."""
    return _files(kind, record_id)


def comments_on(kind: str, record_id: int) -> list[Comment]:
    """What colleagues wrote on a record, oldest first."""
    return _comments(kind, record_id)
