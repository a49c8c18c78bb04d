"""Which particulars a sentence of the journal names."""

from __future__ import annotations

import string
from collections.abc import Container
from functools import cache

from huiyin.journal.phrases import SENTENCES
from huiyin.kernel.text import Text

OF_EVERY_ENTRY = frozenset({"actor", "number"})
"""What every entry knows by itself: who did it, and the record's number."""


@cache
def places(words: Text) -> frozenset[str]:
    """The particulars that a sentence names in either language."""
    found = (name for said in (words.zh, words.en) for _, name, _, _ in string.Formatter().parse(said))
    return frozenset(name for name in found if name) - OF_EVERY_ENTRY


def unfilled(event: str, particulars: Container[str]) -> list[str]:
    """The places of an event's sentence that these particulars leave empty."""
    words = SENTENCES.get(event)
    return [] if words is None else sorted(name for name in places(words) if name not in particulars)
