"""What a record hangs on: what it is about, and the records for which it was made; rooms say where ties are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from huiyin.journal import kinds

Tie = tuple[str, int]
"""A record by its kind and id."""

_tied: list[Callable[[Any], Iterable[Tie]]] = []
_hanging: list[Callable[[Any], Iterable[Any]]] = []
FAR = 4
"""A record is about another, that one about a third, and no further than this."""


def register_ties(find: Callable[[Any], Iterable[Tie]]) -> None:
    """``find(record)`` gives the records for which this one was made."""
    _tied.append(find)


def register_hanging(find: Callable[[Any], Iterable[Any]]) -> None:
    """``find(record)`` gives the records, not yet ended, that are about this one."""
    _hanging.append(find)


def made_for(record: Any) -> list[Tie]:
    """The records for which this one was made or which it is about, in the order in which they are locked."""
    found = {tie for find in _tied for tie in find(record)}
    about_kind, about_id = getattr(record, "about_kind", ""), getattr(record, "about_id", None)
    if about_kind and about_id:
        found.add((about_kind, about_id))
    return sorted(found - {(record.kind, record.pk)})


def hanging_on(record: Any) -> list[Any]:
    """The records, not yet ended, that are about this one, in the order in which they are locked."""
    found = {(one.kind, one.pk): one for find in _hanging for one in find(record)}
    return [found[key] for key in sorted(found)]


def about(record: Any, kind: str) -> Any:
    """What a record is about, of one kind: itself, what it names, or what that is about; None where it is nothing such.

    An occasion is about its subject.
    """
    for _ in range(FAR):
        if record is None or getattr(record, "kind", "") == kind:
            return record
        named = getattr(record, kind.replace("-", "_"), None)
        if named is not None and getattr(named, "kind", "") == kind:
            return named
        record = _next(record)
    return None


def _next(record: Any) -> Any:
    about_kind, about_id = getattr(record, "about_kind", ""), getattr(record, "about_id", None)
    if not about_kind or not about_id:
        return getattr(record, "about_record", None)
    return kinds.records_of(about_kind).filter(pk=about_id).first()
