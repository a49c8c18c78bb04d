"""Putting lines into people's bells; inserted with the change that causes them, so none is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.kernel.text import Text
from huiyin.obligations.models import Notice
from huiyin.people.models import Person


def notify(people: Iterable[Person], entry: Entry, *, text: Text | None = None, urgent: bool = False) -> int:
    """Tell each person once (not the one who did it) what ``entry`` says; returns how many were told."""
    ids = {p.pk for p in people} - {entry.actor_id}
    zh = (text.show("zh") if text else sentence(entry, "zh"))[:300]
    en = (text.show("en") if text else sentence(entry, "en"))[:300]
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=pk,
                kind=entry.kind,
                record_number=entry.number,
                entry_id=entry.pk,
                text_zh=zh,
                text_en=en,
                urgent=urgent,
                at=entry.at,
            )
            for pk in sorted(ids)
        ]
    )
    if ids:
        Person.objects.filter(pk__in=ids).update(unread_notices=F("unread_notices") + 1)
    return len(ids)


def mark_read(person: Person, *, at: datetime, until: datetime | None = None) -> None:
    """The person has seen their bell; with ``until`` only what rang before then."""
    unread = Notice.objects.filter(person=person, read_at=None)
    seen = unread if until is None else unread.filter(at__lt=until)
    seen.update(read_at=at)
    left = 0 if until is None else unread.count()
    Person.objects.filter(pk=person.pk).update(unread_notices=left)
