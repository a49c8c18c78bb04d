"""The cells of a list as markup: each column's way of writing is settled once for the page,
for every row to run through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.lists.columns import ListColumn
from huiyin.ui import formats, python_components

YES, NO = t("是", "yes"), t("否", "no")
WORD = 12
"""What is no longer than this needs no shortening."""
Show = Callable[[Any], Markup]


def row_renderer(columns: Sequence[ListColumn], language: str, at: datetime) -> Callable[[Any], Markup]:
    """Writes the cells of one row under ``columns``; time left is counted from ``at``."""
    writers = [_cell_writer(column, language, at) for column in columns]
    return lambda row: python_components.line([write(row) for write in writers])


def _cell_writer(column: ListColumn, language: str, at: datetime) -> Callable[[Any], str]:
    named = (("number", column.is_number), ("is-main", column.main), ("is-narrow", column.is_narrow))
    css = next((name for name, wanted in named if wanted), "")
    opening = f'<td class="{css}">' if css else "<td>"
    show, link = _way_of_showing(column, language, at), column.link

    def write(row: Any) -> str:
        value = column.read(row)
        shown = python_components.NOTHING if value is None or value == "" else show(value)
        return python_components.cell(opening, shown, link(row) if link is not None else None)

    return write


def _way_of_showing(column: ListColumn, language: str, at: datetime) -> Show:
    """How a value of the column's kind is shown."""
    match column.kind:
        case "moment":
            return python_components.moment
        case "day":
            return python_components.day
        case "phase":
            return lambda value: python_components.phase(value[0], value[1])
        case "badge":
            return lambda value: python_components.badge(*(value if isinstance(value, tuple) else (value,)))
        case "due":
            return lambda value: _left(value if isinstance(value, tuple) else (value, None, False), at)
    if column.shown:
        return lambda value: _beginning(as_words(value, column.kind, language), column.shown)
    return lambda value: escape(as_words(value, column.kind, language))


def _beginning(text: str, most: int) -> Markup:
    """The text, or its beginning, two lines of it at most; the whole of it is read by pointing at it."""
    if len(text) <= WORD:
        return escape(text)
    shown = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    return Markup('<span class="cut" title="{}">{}</span>').format(text, shown)


def _left(value: tuple[Any, Any, bool], at: datetime) -> Markup:
    due, done, paused = value
    return python_components.left(due, at, done=done, paused=paused)


def as_words(value: Any, kind: str, language: str) -> str:
    """A value of a kind without a component, in words; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return value.show(language)
    match kind:
        case "number":
            return formats.format_number(value)
        case "money":
            return formats.format_money(value)
        case "quantity":
            return formats.format_quantity(value, language=language)
        case "yesno":
            return (YES if value else NO).show(language)
    return value.display_name.show(language) if isinstance(value, Person) else str(value)
