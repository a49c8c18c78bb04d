"""What the address of a list page asks for, once it is understood, and the addresses that lead on from there."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.filters import AppliedFilter
from huiyin.records.lists.keyset import Cursor, SortOrder

SIZES = (25, 50, 100)
"""Rows a page may have, the usual number first."""


@dataclass
class ListRequest:
    """What an address asks of a list page, understood; what was not understood is told in ``problems``."""

    path: str
    columns: list[ListColumn]
    order: SortOrder
    sort: str = ""
    chosen: dict[str, AppliedFilter] = field(default_factory=dict)
    size: int = SIZES[0]
    columns_chosen: bool = False
    place: Cursor | None = None
    exactly: bool = False
    totals: bool = False
    editing: bool = False
    is_steady: bool = False
    """Whether asking the same again asks the database the same, for readers of the same standing."""

    def pairs(self, *, without: str = "", only_good: bool = False) -> list[tuple[str, str]]:
        """The parameters that say what is kept, shown and in which order; ``without`` a filter's key."""
        found = [
            pair
            for key, one in self.chosen.items()
            if key != without and not (only_good and one.problem)
            for pair in one.params
        ]
        if self.sort:
            found.append(("sort", self.sort))
        if self.columns_chosen:
            found.append(("cols", ",".join(column.key for column in self.columns)))
        if self.size != SIZES[0]:
            found.append(("size", str(self.size)))
        return found

    def url(self, *more: tuple[str, str], without: str = "", drop: str = "") -> str:
        """This page with further parameters, without a filter, or without the parameter ``drop``."""
        pairs = [*(pair for pair in self.pairs(without=without) if pair[0] != drop), *more]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def query(self) -> str:
        """What a saved view keeps."""
        return urlencode(self.pairs(only_good=True))
