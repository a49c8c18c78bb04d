"""What a record hangs on: what it is about, and the records for which it was made; rooms say where ties are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huiyin.journal import kinds
from huiyin.procedure.vocabulary import LAST_PHASES

Tie = tuple[str, int]
"""A record by its kind and id."""
InHand = Mapping[Tie, Any]
"""Records that were read already, so that nobody asks for them one by one."""
DirectlyAbout = Callable[[str, Any], QuerySet[Any] | None]
"""Gives the records of one table that are directly about those of a kind with these ids (a list, or a query)."""

_tied: list[Callable[[Any], Iterable[Tie]]] = []
_hanging: list[DirectlyAbout] = []
FAR = 4
"""A record is about another, that one about a third, and no further than this."""


@dataclass(frozen=True, slots=True, order=True)
class Hanging:
    """A record that has not ended and is about another, directly or by way of a third."""

    kind: str
    pk: int
    procedure_id: int


def register_ties(find: Callable[[Any], Iterable[Tie]]) -> None:
    """``find(record)`` gives the records for which this one was made."""
    _tied.append(find)


def register_hanging(find: DirectlyAbout) -> None:
    """``find(kind, ids)`` gives the records of one table, ended or not, that are about those; None where none can."""
    _hanging.append(find)


def made_for(record: Any) -> list[Tie]:
    """The records for which this one was made or which it is about, in the order in which they are locked."""
    found = {tie for find in _tied for tie in find(record)}
    about_kind, about_id = getattr(record, "about_kind", ""), getattr(record, "about_id", None)
    if about_kind and about_id:
        found.add((about_kind, about_id))
    return sorted(found - {(record.kind, record.pk)})


def hanging_on(record: Any) -> list[Hanging]:
    """The records, not yet ended, that are about this one, near or far, in the order in which they are locked.

    Each table is asked once for every kind that it may be about; what has ended is passed through and left out.
    """
    passed: set[Tie] = {(record.kind, record.pk)}
    open_: set[Hanging] = set()
    level: dict[str, Any] = {record.kind: [record.pk]}
    for _ in range(FAR):
        below: dict[str, Any] = {}
        for kind, ids in level.items():
            for find in _hanging:
                rows = find(kind, ids)
                if rows is not None:
                    _take(rows, open_, passed, below)
        level = below
    return sorted(open_)


def _take(rows: QuerySet[Any], open_: set[Hanging], passed: set[Tie], below: dict[str, Any]) -> None:
    """Note which of the rows have not ended, and under ``below`` all of them, for what may be about them in turn."""
    if not rows.model.is_of_packs:  # there may be thousands that have ended: the database keeps them
        kind = rows.model.kind
        found = rows.exclude(phase__in=LAST_PHASES).values_list("pk", "procedure_id")
        open_ |= {Hanging(kind, pk, version) for pk, version in found}
        below[kind] = rows.order_by().values("pk")
        return
    for kind, pk, version, phase in rows.values_list("kind", "pk", "procedure_id", "phase"):
        if (kind, pk) in passed:
            continue
        passed.add((kind, pk))
        below.setdefault(kind, []).append(pk)
        if phase not in LAST_PHASES:
            open_.add(Hanging(kind, pk, version))


def about(record: Any, kind: str, in_hand: InHand | None = None) -> Any:
    """What a record is about, of one kind: itself, what it names, or what that is about; None where it is nothing such.

    An occasion is about its subject.
    """
    for _ in range(FAR):
        if record is None or getattr(record, "kind", "") == kind:
            return record
        named = _named(record, kind, in_hand or {})
        if named is not None and getattr(named, "kind", "") == kind:
            return named
        record = _next(record, in_hand or {})
    return None


def _named(record: Any, kind: str, in_hand: InHand) -> Any:
    column = kind.replace("-", "_")
    found = in_hand.get((kind, getattr(record, f"{column}_id", None) or 0))
    return found if found is not None else getattr(record, column, None)


def _next(record: Any, in_hand: InHand) -> Any:
    about_kind, about_id = getattr(record, "about_kind", ""), getattr(record, "about_id", None)
    if not about_kind or not about_id:
        return getattr(record, "about_record", None)
    found = in_hand.get((about_kind, about_id))
    return found if found is not None else kinds.records_of(about_kind).filter(pk=about_id).first()


def read_what_they_are_about(records: Collection[Any], known: Any) -> dict[Tie, Any]:
    """What the records are about, near or far, and ``known``: each table is asked once for every step away."""
    in_hand: dict[Tie, Any] = {(known.kind, known.pk): known}
    for _ in range(FAR):
        wanted: dict[str, set[int]] = {}
        for one in records:
            tie = (getattr(one, "about_kind", ""), getattr(one, "about_id", None) or 0)
            if all(tie) and tie not in in_hand:
                wanted.setdefault(tie[0], set()).add(tie[1])
        records = [one for kind, ids in wanted.items() for one in kinds.records_of(kind).filter(pk__in=ids)]
        in_hand |= {(one.kind, one.pk): one for one in records}
    return in_hand
