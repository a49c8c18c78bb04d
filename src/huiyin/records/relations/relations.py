"""Records that belong together though their rooms do not know one another: which is tied to which, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from huiyin.journal.kinds import records_of
from huiyin.journal.record_urls import kind_name, record_url
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.models import Link, Record
from huiyin.records.search.search import visible_ids_of
from huiyin.records.steps.stepping import StepRun, record_event

_relations: dict[str, tuple[Text, Text | None]] = {}


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A record tied to the one whose page is shown, in the words that stand on that page."""

    relation: str
    label: Text
    record: Any
    link_id: int

    @property
    def kind_name(self) -> Text:
        """What people call such a record."""
        return kind_name(self.record.kind, versions.procedure_of(self.record.procedure_id))

    @property
    def url(self) -> str:
        """The record's page."""
        return record_url(self.record.kind, self.record.number)

    @property
    def state_label(self) -> Text:
        """Where the record stands, in the company's words."""
        procedure = versions.procedure_of(self.record.procedure_id)
        return procedure.state(self.record.kind, self.record.state).label


def declare_relation(relation: str, *, here: Text, there: Text | None = None) -> None:
    """A relation's words: ``here`` on the page of the record that is tied, ``there`` on that of the record it is tied
    to.

    Without ``there`` the tied record is called what the company calls its kind.
    """
    _relations[relation] = (here, there)


def link_records(record: Record, other: Record, relation: str, *, run: StepRun) -> Link:
    """Within a step of ``record``: tie it to ``other``, whose time-line says so as well."""
    if relation not in _relations:
        raise LookupError(f"relation {relation!r} is not declared")
    tie = {
        "kind": record.kind,
        "record_id": record.pk,
        "relation": relation,
        "to_kind": other.kind,
        "to_id": other.pk,
    }
    found = Link.objects.filter(**tie, ended_at=None).first()
    if found is not None:
        return found
    row = Link.objects.create(**tie, to_number=other.number, author=run.actor, at=run.at)
    run.touched(row)
    record_event(
        other,
        "record.linked",
        actor=run.actor,
        at=run.at,
        relation=relation,
        kind=record.kind,
        number=record.number,
        what=kind_name(record.kind, run.procedure),
    )
    return row


def end_link(row: Link, other: Record, *, run: StepRun) -> None:
    """Within a step: the tie was a mistake or has ended; it stays on record."""
    row.ended_at = run.at
    row.save()
    run.touched(row)
    record_event(
        other,
        "record.unlinked",
        actor=run.actor,
        at=run.at,
        relation=row.relation,
        kind=row.kind,
        number=run.record.number,
        what=kind_name(row.kind, run.procedure),
    )


MADE_FOR = "made-for"
"""The relation of a record of a declared kind to the one for which it was made."""
_made_for: dict[str, list[str]] = {}


def declare_made_for(kind: str, relation: str) -> None:
    """Records of a kind of the product are tied by ``relation`` to those for which they were made."""
    _made_for.setdefault(kind, []).append(relation)


def made_for(record: Record) -> list[tuple[str, int]]:
    """The records for which this one was made, by kind and id."""
    relations = _made_for.get(record.kind, [MADE_FOR])
    rows = Link.objects.filter(kind=record.kind, record_id=record.pk, relation__in=relations, ended_at=None)
    return list(rows.values_list("to_kind", "to_id"))


def ids_linked_from(kind: str, relation: str, to: Record) -> list[int]:
    """Ids of the records of ``kind`` that stand in ``relation`` to a record."""
    rows = Link.objects.filter(kind=kind, relation=relation, to_kind=to.kind, to_id=to.pk, ended_at=None)
    return list(rows.order_by("id").values_list("record_id", flat=True))


def ids_linked_to(record: Record, relation: str, kind: str) -> list[int]:
    """Ids of the records of ``kind`` to which this record stands in ``relation``."""
    rows = Link.objects.filter(kind=record.kind, record_id=record.pk, relation=relation, to_kind=kind, ended_at=None)
    return list(rows.order_by("id").values_list("to_id", flat=True))


def linked_records(record: Record, person: Person, *, relations: Iterable[str] = ()) -> list[LinkedRecord]:
    """Everything tied to a record in either direction as far as the person may see it, oldest first;
    one query for each kind.
    """
    wanted = set(relations)
    own = Q(kind=record.kind, record_id=record.pk) | Q(to_kind=record.kind, to_id=record.pk)
    rows = [
        row for row in Link.objects.filter(own, ended_at=None).order_by("id") if not wanted or row.relation in wanted
    ]
    ends = [_other_end(row, record) for row in rows]
    seen = _seen(person, ends)
    return [
        LinkedRecord(row.relation, _said(row.relation, seen[kind, pk], outward=outward), seen[kind, pk], row.pk)
        for row, (kind, pk, outward) in zip(rows, ends, strict=True)
        if (kind, pk) in seen
    ]


def _said(relation: str, record: Any, *, outward: bool) -> Text:
    here, there = _relations[relation]
    said = here if outward else there
    return said or kind_name(record.kind, versions.procedure_of(record.procedure_id))


def _other_end(row: Link, record: Record) -> tuple[str, int, bool]:
    """Kind and id of the record at the other end, and whether the tie starts here."""
    if row.kind == record.kind and row.record_id == record.pk:
        return row.to_kind, row.to_id, True
    return row.kind, row.record_id, False


def _seen(person: Person, ends: Iterable[tuple[str, int, bool]]) -> dict[tuple[str, int], Any]:
    """The records among these that the person may see."""
    ids: dict[str, set[int]] = {}
    for kind, pk, _ in ends:
        ids.setdefault(kind, set()).add(pk)
    found: dict[tuple[str, int], Any] = {}
    for kind, wanted in ids.items():
        rows = records_of(kind).filter(pk__in=wanted)
        visible = visible_ids_of(kind, person)
        for one in rows if visible is None else rows.filter(pk__in=visible):
            found[kind, one.pk] = one
    return found
