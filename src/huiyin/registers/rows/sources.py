"""Rows that come into a child table by themselves: what somebody owes, or is in charge of, on records still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.journal import kinds as tables
from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Person
from huiyin.procedure.kind_views import RowSource
from huiyin.procedure.schema import Procedure
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.search import search
from huiyin.ui.language import localise

SOURCE = "of_record"
"""Under which a row keeps the record that it came from."""
MOST, LONGEST = 50, 300


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A record on which somebody owes something or which they are in charge of: in words, and by when at the latest."""

    kind: str
    pk: int
    number: str
    name: str
    owed: tuple[Text, ...] = ()
    due_on: date | None = None

    @property
    def key(self) -> str:
        """As a form says which record it is."""
        return f"{self.kind}:{self.pk}"

    @property
    def words(self) -> str:
        """What the row says in the language of the page: the record, and what is owed on it."""
        owed = "；".join(localise(one) for one in self.owed)
        return " · ".join(word for word in (self.number, self.name, owed) if word)[:LONGEST]


def open_matters(
    source: RowSource, whose: int, *, reader: Person, at: datetime, procedure: Procedure, record: Any
) -> list[OpenMatter]:
    """What a person owes on open records of the source's kinds, and those they are in charge of, as far as the reader
    may see them; the soonest due first. Nothing of ``record``, into whose rows it comes.
    """
    today = at.astimezone(procedure.zone).date()
    found: dict[tuple[str, int], OpenMatter] = {}
    for kind, rows in _owed(source, whose, record).items():
        for pk, duties in rows.items():
            days = [max(duty.due_at.astimezone(procedure.zone).date(), today) for duty in duties]
            labels = tuple(dict.fromkeys(duty.label for duty in duties))
            first = duties[0]
            found[kind, pk] = OpenMatter(kind, pk, first.record_number, first.subject, labels, min(days))
    for one in _in_charge(source, whose, record):
        found.setdefault((one.kind, one.pk), OpenMatter(one.kind, one.pk, one.number, str(one.subject)))
    seen = [one for one in found.values() if search.can_see(reader, one.kind, one.pk)]
    return sorted(seen, key=lambda one: (one.due_on is None, one.due_on or today, one.kind, one.pk))[:MOST]


def _owed(source: RowSource, whose: int, record: Any) -> Mapping[str, Mapping[int, list[Obligation]]]:
    """The open duties of the person, by kind and record; of the kind into which they come only those on rows."""
    rows = Obligation.objects.filter(OPEN, kind__in=source.kinds, owner_person_id=whose).order_by("due_at", "id")
    found: dict[str, dict[int, list[Obligation]]] = {}
    for row in rows:
        if row.kind != record.kind or (row.part and row.record_id != record.pk):
            found.setdefault(row.kind, {}).setdefault(row.record_id, []).append(row)
    return found


def _in_charge(source: RowSource, whose: int, record: Any) -> Iterable[Any]:
    """The open records of which the person is in charge."""
    for kind in source.kinds:
        rows = tables.records_of(kind)
        if kind != record.kind and any(field.name == "owner" for field in rows.model._meta.get_fields()):
            yield from rows.filter(owner_id=whose).exclude(phase__in=LAST_PHASES).order_by("-opened_at")[:MOST]


def source_of(key: str, reader: Person) -> dict[str, Any] | None:
    """The record that a form names as ``kind:id``, as a row keeps it; None where the reader may not see one."""
    kind, _, pk = key.partition(":")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19) or not search.can_see(reader, kind, int(pk)):
        return None
    row = tables.records_of(kind).filter(pk=int(pk)).first()
    return (
        {"kind": kind, "id": row.pk, "number": row.number, "name": str(row.subject)[:160]} if row is not None else None
    )


def source_key(kept: Any) -> str:
    """The record that a row keeps, as a form says it; empty where it came from none."""
    return f"{kept['kind']}:{kept['id']}" if isinstance(kept, Mapping) else ""


def source_link(kept: Any, reader: Person) -> tuple[str, str] | None:
    """Number and address of the record that a row came from; None where there is none that the reader may see."""
    if not isinstance(kept, Mapping) or not search.can_see(reader, kept["kind"], kept["id"]):
        return None
    return kept["number"], record_url(kept["kind"], kept["number"]) or ""
