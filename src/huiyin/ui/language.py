"""The language of the page being made, and words shown in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import get_language

from huiyin.kernel.text import Text

_making: ContextVar[str | None] = ContextVar("language of the page being made", default=None)


def language() -> str:
    """The language of the page being made: 'zh' or 'en'."""
    return _making.get() or ("en" if (get_language() or "zh").startswith("en") else "zh")


@contextmanager
def fixed_language() -> Iterator[None]:
    """While a page is made the language is asked for once, not at each of its words."""
    mark = _making.set(language())
    try:
        yield
    finally:
        _making.reset(mark)


def translate(zh: str, en: str, **values: Any) -> str:
    """One of two texts by the language of the page, its ``{places}`` filled; a Text among the values is shown too."""
    chosen = language()
    pattern = en if chosen == "en" else zh
    if not values:
        return pattern
    return pattern.format(**{k: v.show(chosen) if isinstance(v, Text) else v for k, v in values.items()})


def localise(words_or_text: Any) -> Any:
    """A Text in the language of the page; None as an empty string; anything else as it is."""
    if isinstance(words_or_text, Text):
        return words_or_text.show(language())
    return "" if words_or_text is None else words_or_text
