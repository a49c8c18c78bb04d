"""What hangs on the page of every record: its files and its comments; no writes."""

from __future__ import annotations

from huiyin.people.models import Person
from huiyin.people.prepared import Prepared
from huiyin.records.models import Attachment, Comment, Signature

_BESIDES_NAMES = [
    f"author__{column.name}"
    for column in Person._meta.concrete_fields
    if column.name not in ("id", "name", "name_en", "department")
]
_files = Prepared(
    lambda kind, pk: Attachment.objects.filter(kind=kind, record_id=pk, removed_at=None).order_by("id"),
    str,
    int,
)
_comments = Prepared(
    lambda kind, pk: (
        Comment.objects.filter(kind=kind, record_id=pk).select_related("author").defer(*_BESIDES_NAMES).order_by("id")
    ),
    str,
    int,
)


_signatures = Prepared(
    lambda kind, pk: (
        Signature.objects.filter(kind=kind, record_id=pk)
        .select_related("author", "department")
        .defer(*_BESIDES_NAMES)
        .order_by("id")
    ),
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
