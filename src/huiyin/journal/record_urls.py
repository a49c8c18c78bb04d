"""Where the page of a record is, by kind; rooms register theirs so that lower rooms can link upwards."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from huiyin.kernel.text import Text, t
from huiyin.procedure.nouns import singular_of
from huiyin.procedure.schema import Procedure

Saying = Callable[[str], Text]

_pages: dict[str, tuple[str, Text]] = {}
_numbers: dict[str, Saying] = {}
_subjects: dict[str, Saying] = {}


def register(kind: str, path: str, name: Text, *, number: Saying | None = None, subject: Saying | None = None) -> None:
    """Pages of ``kind`` lie under ``path`` (``/complaints/``); ``name`` is what people call such a record.

    ``number`` and ``subject`` put into words what is stored as a key, such as the period "2026-W47".
    """
    _pages[kind] = (path, name)
    if number is not None:
        _numbers[kind] = number
    if subject is not None:
        _subjects[kind] = subject


def number_label(kind: str, number: str) -> Text | str:
    """A record's number as people read it; keys stay in addresses, exports and interfaces."""
    return _numbers[kind](number) if kind in _numbers else number


def subject_label(kind: str, subject: str) -> Text | str:
    """What a record is about as people read it."""
    return _subjects[kind](subject) if subject and kind in _subjects else subject


def record_url(kind: str, number: str) -> str:
    """The address of a record's page; the home page for a kind without pages."""
    path = _pages.get(kind)
    return f"{path[0]}{quote(number)}" if path else "/"


def kind_name(kind: str, procedure: Procedure | None = None) -> Text:
    """What people call a record of this kind, in the company's words where its procedure has some."""
    usual = _pages[kind][1] if kind in _pages else t("记录", "Record")
    return singular_of(procedure, kind, usual)
