"""Words that people of the company leave on a record; the customer never sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.records.models import Comment, Record
from huiyin.records.search.grams import storable
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import record_event

LONGEST = 5000


def comment(
    record: Record | Any,
    text: str,
    *,
    actor: Person,
    at: datetime,
    part: str = "",
    submission: UUID | None = None,
) -> Comment:
    """Leave ``text`` on a record, or on one of its parts (``task:12``); raises Refused, AlreadyDone."""
    words = storable(text).strip()
    if not words:
        raise Refused(fields={"text": t("请先写下留言", "Write the comment first")})
    if len(words) > LONGEST:
        raise Refused(fields={"text": t("留言最多 {n} 字", "A comment has at most {n} characters", n=LONGEST)})
    with transaction.atomic():
        row = Comment.objects.create(kind=record.kind, record_id=record.pk, part=part, author=actor, at=at, text=words)
        record_event(record, "record.commented", actor=actor, at=at, parts=[row], submission=submission, text=words)
    return row
