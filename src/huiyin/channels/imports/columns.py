"""Which column of somebody's sheet is which of our fields: declared once per kind, guessed from the headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.channels.imports.cells import Reader, folded
from huiyin.kernel.text import Text

HEAD_WITHIN = 10


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A field that a sheet may fill: its key, what it is called, how a cell is read,
    and other headings people use for it.
    """

    key: str
    label: Text
    read: Reader
    required: bool = False
    others: tuple[str, ...] = ()
    example: str = ""

    def names(self) -> set[str]:
        """Every heading under which the field is recognised, as compared."""
        return {folded(name) for name in (self.label.zh, self.label.en, self.key, *self.others)}


def guess(headings: Sequence[str], columns: Sequence[ImportColumn]) -> dict[str, int]:
    """For each field the column it stands in: whole headings first, then headings that contain a known one."""
    found: dict[str, int] = {}
    free = {index: folded(heading) for index, heading in enumerate(headings) if folded(heading)}
    for column in columns:
        index = next((i for i, heading in free.items() if heading in column.names()), None)
        if index is not None:
            found[column.key] = index
            del free[index]
    near = sorted(
        (
            (-len(name), index, column.key)
            for column in columns
            if column.key not in found
            for name in column.names()
            for index, heading in free.items()
            if len(name) >= 2 and name in heading
        )
    )
    for _, index, key in near:
        if key not in found and index in free:
            found[key] = index
            del free[index]
    return found


def find_head(rows: Sequence[Sequence[str]], columns: Sequence[ImportColumn]) -> int:
    """The index of the row that holds the headings: the one of the first few in which most fields are recognised."""
    scores = [len(guess(row, columns)) for row in rows[:HEAD_WITHIN]]
    best = max(scores, default=0)
    if best:
        return scores.index(best)
    return next((index for index, row in enumerate(rows[:HEAD_WITHIN]) if any(row)), 0)
