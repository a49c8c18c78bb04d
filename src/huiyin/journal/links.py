"""Where the page of a record is, by kind; rooms register theirs so that lower rooms can link upwards."""

from __future__ import annotations

from urllib.parse import quote

from huiyin.kernel.text import Text, t
from huiyin.procedure.nouns import one_of
from huiyin.procedure.schema import Procedure

_pages: dict[str, tuple[str, Text]] = {}


def register(kind: str, path: str, name: Text) -> None:
    """Pages of ``kind`` lie under ``path`` (``/complaints/``); ``name`` is what people call such a record."""
    _pages[kind] = (path, name)


def record_url(kind: str, number: str) -> str:
    """The address of a record's page; the home page for a kind without pages."""
    path = _pages.get(kind)
    return f"{path[0]}{quote(number)}" if path else "/"


def kind_name(kind: str, procedure: Procedure | None = None) -> Text:
    """What people call a record of this kind, in the company's words where its procedure has some."""
    usual = _pages[kind][1] if kind in _pages else t("记录", "Record")
    return one_of(procedure, kind, usual)
