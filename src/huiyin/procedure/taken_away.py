"""Kinds of record that a version of the procedure takes away: which, and what becomes of their records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError

from huiyin.kernel.text import Text, t
from huiyin.procedure.describe import kind_label
from huiyin.procedure.schema import Procedure

Counter = Callable[[str], int]
_counters: list[Counter] = []

WHAT_BECOMES = t(
    "已开立的记录照旧可以查看，并按开立时的版本办完；只是不能再开立新的。",
    "Records opened before can be read as ever and are finished under the version they were opened under; no new ones "
    "can be opened.",
)


@dataclass(frozen=True, slots=True)
class TakenKind:
    """A kind of record that the other version no longer has.

    ``open`` of its records have not ended; None where there is no database to count them in.
    """

    kind: str
    label: Text
    open: int | None

    @property
    def sentence(self) -> Text:
        """Which it is, and how many records are open."""
        if self.open is None:
            return t("“{label}”（{kind}）", "{label} ({kind})", label=self.label, kind=self.kind)
        return t(
            "“{label}”（{kind}）：未办结 {n} 份",
            "{label} ({kind}): records still open: {n}",
            label=self.label,
            kind=self.kind,
            n=self.open,
        )


def count_open_by(counter: Counter) -> None:
    """Have the open records of a kind counted by ``counter``, of the room that knows their tables."""
    _counters[:] = [counter]


def record_kinds(procedure: Procedure) -> dict[str, Text]:
    """The kinds of record, not parts, that can be opened and worked on, with what they are called."""
    kinds = dict.fromkeys(state.kind for state in procedure.states)
    known = procedure.vocabulary.kinds
    return {kind: kind_label(procedure, kind) for kind in kinds if kind in known and known[kind].part_of is None}


def kinds_taken(before: Procedure, after: Procedure) -> dict[str, Text]:
    """The kinds of record of one version that the other does not have; one that is only called otherwise is none."""
    there = record_kinds(after)
    renamed = {one.was for one in after.kinds if one.key in there}
    return {kind: label for kind, label in record_kinds(before).items() if kind not in there and kind not in renamed}


def taken_away(before: Procedure, after: Procedure) -> list[TakenKind]:
    """The same with how many of their records are open, whatever version they were opened under."""
    return [TakenKind(kind, label, _open_in(kind)) for kind, label in kinds_taken(before, after).items()]


def _open_in(kind: str) -> int | None:
    """How many records of a kind are open; None without a database, as packs may be compared before there is one."""
    (counter,) = _counters
    try:
        return counter(kind)
    except DatabaseError:
        return None
