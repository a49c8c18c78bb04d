"""The values of a list as they are shown: words made here once, so that the template only writes them down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.columns import Column
from huiyin.ui import words

YES, NO = t("是", "yes"), t("否", "no")
DRAWN = frozenset({"moment", "day", "due", "phase", "badge"})
"""Kinds that have a component of their own; all others are words."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: plain ``words``, or a ``value`` for the component of its ``kind``."""

    kind: str
    css: str
    words: str
    value: Any
    href: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    row: Any
    cells: tuple[Cell, ...]


def line(row: Any, columns: list[Column], language: str) -> Line:
    """The row's cells under ``columns``."""
    return Line(row, tuple(_cell(row, column, language) for column in columns))


def _cell(row: Any, column: Column, language: str) -> Cell:
    value = column.read(row)
    href = column.link(row) if column.link is not None else None
    css = (
        "number"
        if column.is_number
        else "is-main"
        if column.main
        else "is-narrow"
        if column.is_narrow
        else ""
    )
    if value is None or value == "" or column.kind not in DRAWN:
        return Cell("", css, in_words(value, column.kind, language), None, href)
    if column.kind == "due":
        value = value if isinstance(value, tuple) else (value, None, False)
    elif column.kind == "badge":
        value = value if isinstance(value, tuple) else (value, "neutral")
    return Cell(column.kind, css, "", value, href)


def in_words(value: Any, kind: str, language: str) -> str:
    """A value of a kind without a component, in words; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return value.show(language)
    match kind:
        case "number":
            return words.number_words(value)
        case "money":
            return words.money_words(value)
        case "quantity":
            return words.quantity_words(value, language=language)
        case "yesno":
            return (YES if value else NO).show(language)
    return value.display_name.show(language) if isinstance(value, Person) else str(value)
