"""The cells of a list as markup: each column's way of writing is settled once for the page, then every row runs through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.lists.columns import Column
from huiyin.ui import drawn, words

YES, NO = t("是", "yes"), t("否", "no")
Write = Callable[[Any], str]


def line_writer(columns: Sequence[Column], language: str, at: datetime) -> Callable[[Any], Markup]:
    """Writes the cells of one row under ``columns``; time left is counted from ``at``."""
    writers = [_cell_writer(column, language, at) for column in columns]
    return lambda row: drawn.together([write(row) for write in writers])


def _cell_writer(column: Column, language: str, at: datetime) -> Callable[[Any], Markup]:
    named = (("number", column.is_number), ("is-main", column.main), ("is-narrow", column.is_narrow))
    css = next((name for name, wanted in named if wanted), "")
    opening = f'<td class="{css}">' if css else "<td>"
    inside, link = _drawing(column, language, at), column.link

    def write(row: Any) -> Markup:
        value = column.read(row)
        shown = "" if value is None or value == "" else inside(value)
        return drawn.cell(shown, opening, link(row) if link is not None else None)

    return write


def _drawing(column: Column, language: str, at: datetime) -> Write:
    """How a value of the column's kind is shown."""
    match column.kind:
        case "moment":
            return drawn.moment
        case "day":
            return drawn.day
        case "phase":
            return lambda value: drawn.phase(value[0], value[1])
        case "badge":
            return lambda value: drawn.badge(*value) if isinstance(value, tuple) else drawn.badge(value)
        case "due":
            return lambda value: _left(value if isinstance(value, tuple) else (value, None, False), at)
    if column.shown:
        return lambda value: escape(_beginning(in_words(value, column.kind, language), column.shown))
    return lambda value: escape(in_words(value, column.kind, language))


def _beginning(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _left(value: tuple[Any, Any, bool], at: datetime) -> str:
    due, done, paused = value
    return drawn.left(due, at, done=done, paused=paused)


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
