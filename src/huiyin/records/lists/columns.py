"""Columns of list pages: where a value comes from, how it is shown, sorted, added up and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.text import Text

KINDS = frozenset({"text", "number", "money", "quantity", "moment", "day", "due", "phase", "person", "yesno", "badge"})
NUMERIC = frozenset({"number", "money", "quantity"})
SHORT = frozenset({"moment", "day", "due", "person", "yesno", "badge"})


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """One column: ``value`` is an attribute path (``customer.name``) or a function of the row; ``sort`` a path for
    ORDER BY.

    ``kind`` says how it is shown and exported. What a ``phase`` column's value gives: ``(phase, label)``; a ``due``
    one's: the moment, or ``(moment, done, paused)``; a ``badge`` one's: the words, or ``(words, tone)``. ``main``
    columns take a line of their own on a telephone. Words longer than ``shown`` are cut on the page, and only there.
    """

    key: str
    label: Text
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    sort: str = ""
    link: Callable[[Any], str | None] | None = None
    default: bool = True
    main: bool = False
    narrow: bool = False
    total: bool = False
    number_format: str = ""
    shown: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind in NUMERIC

    @property
    def is_narrow(self) -> bool:
        """Whether its cells stay on one line."""
        return self.narrow or self.kind in SHORT

    def read(self, row: Any) -> Any:
        """The value of one row."""
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = getattr(row, name) if row is not None else None
        return row
