"""Where the page of a record is, by kind; rooms register theirs so that lower rooms can link upwards."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from huiyin.kernel.text import Text, t
from huiyin.procedure.nouns import singular_of
from huiyin.procedure.schema import Procedure
from huiyin.procedure.subjects import subject_in_both

Saying = Callable[[str], Text]

DECLARED = "/registers/"
"""Under which the pages of all kinds lie that packs declare."""

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


def subject_label(kind: str, subject: str, procedure: Procedure | None = None) -> Text | str:
    """What a record is about as people read it; of a declared kind in the words of its procedure."""
    if subject and kind in _subjects:
        return _subjects[kind](subject)
    return subject if procedure is None or kind in _pages else subject_in_both(kind, subject, procedure)


def record_url(kind: str, number: str) -> str:
    """The address of a record's page."""
    path = _pages.get(kind)
    return f"{path[0]}{quote(number)}" if path else f"{DECLARED}{quote(kind)}/{quote(number)}"


def kind_name(kind: str, procedure: Procedure | None = None) -> Text:
    """What people call a record of this kind, in the company's words where its procedure has some."""
    if kind in _pages:
        return singular_of(procedure, kind, _pages[kind][1])
    declared = procedure.vocabulary.declared.get(kind) if procedure is not None else None
    return declared.label if declared is not None else _last_name_of(kind)


def register_names(last_name_of: Callable[[str], Text | None]) -> None:
    """``last_name_of(kind)`` gives what the last procedure that declared a kind called it."""
    _last_names.append(last_name_of)


_last_names: list[Callable[[str], Text | None]] = []


def _last_name_of(kind: str) -> Text:
    found = (last_name_of(kind) for last_name_of in _last_names)
    return next((name for name in found if name is not None), t("记录", "Record"))
