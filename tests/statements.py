"""Which statements a file of tests sends to the database, and which files together send all there are.

PostgreSQL is asked by those files: what it refuses or answers otherwise than SQLite shows in a statement, and each
kind of statement that any test sends is sent to it. Files about what databases differ in are always among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

ALWAYS = ("scenarios/", "doors/", "database/", "faults/", "obligations/", "life", "lives", "together")
"""Parts of names of files that PostgreSQL is always asked by: scenarios, rights and sight, lives at random, what
happens at once, duties."""

_MANY = re.compile(r"\((?:%s|NULL)(?:, ?(?:%s|NULL))+\)")
_ROWS = re.compile(r"(\([^()]*(?:\([^()]*\)[^()]*)*\))(?:, \1)+")
_NUMBER = re.compile(r"\b\d+\b")
_SAVEPOINT = re.compile(r'"s\d+_x\d+"')


def shape(sql: str) -> str:
    """A statement without what changes with the number of its rows and the numbers in it."""
    return _ROWS.sub(r"\1", _MANY.sub("(%s)", _NUMBER.sub("0", _SAVEPOINT.sub("", sql))))


def is_always_asked(place: str) -> bool:
    """Whether a file belongs to those of which none is left out."""
    return any(part in place for part in ALWAYS)


def cover(sent: Mapping[str, frozenset[str]], seconds: Mapping[str, float]) -> frozenset[str]:
    """Files that together send every statement of ``sent``: those always asked, then, again and again, the one that
    adds the most statements a second; at the end, whichever proved needless goes.
    """
    kept = [place for place in sent if is_always_asked(place)]
    lacking = frozenset().union(*sent.values()).difference(*(sent[place] for place in kept))
    added: list[str] = []
    while lacking:
        best = max(sent, key=lambda place: (len(sent[place] & lacking) / max(seconds[place], 0.01), place))
        added.append(best)
        lacking -= sent[best]
    return frozenset([*kept, *_needed(added, kept, sent)])


def _needed(added: Sequence[str], kept: Sequence[str], sent: Mapping[str, frozenset[str]]) -> list[str]:
    needed = list(added)
    for place in added:
        others = frozenset().union(*(sent[one] for one in [*kept, *needed] if one != place))
        if sent[place] <= others:
            needed.remove(place)
    return needed
