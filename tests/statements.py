"""Which kinds of statement each test sends to the database, and which tests together send all there are.

PostgreSQL is asked by those tests: what it refuses or answers otherwise than SQLite lies in the tables, operators and
functions of a statement, and every kind of statement that any test sends is sent to it. Tests about what two databases
may differ in are always among them, whatever they send.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

ALWAYS = ("scenarios/", "doors/", "database/", "faults/", "life", "lives", "together")
"""Parts of names of files that PostgreSQL is always asked by: scenarios, rights and sight, lives at random, what
happens at once."""

_TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')
_WORD = re.compile(r"\b[A-Z][A-Z_]+\b|\b[a-z_]+(?=\()|<=|>=|<>|[<>|]")


def kind_of(sql: str) -> str:
    """Its verb, its tables, its operators and functions; not its columns, values, or how many rows it is about."""
    tables = sorted(set(_TABLE.findall(sql)))
    return " ".join([sql.partition(" ")[0], *tables, *sorted(set(_WORD.findall(sql)))])


@dataclass
class Sending:
    """What one test costs, in seconds of one processor, and the kinds of statement that it sends."""

    seconds: float = 0.0
    kinds: set[str] = field(default_factory=set)


def is_always_asked(place: str) -> bool:
    """Whether a file belongs to those of which no test is left out."""
    return any(part in place for part in ALWAYS)


def needless(tests: Mapping[tuple[str, str], Sending], set_up: Mapping[str, float]) -> set[tuple[str, str]]:
    """Tests (file, function) that send something, but no kind of statement which the others do not send.

    Kept are those always asked; then, again and again, the test that adds the most kinds a second, what its file needs
    set up counted with its first.
    """
    kept = {test for test in tests if is_always_asked(test[0])}
    begun = {place for place, _ in kept}
    lacking = {kind for sending in tests.values() for kind in sending.kinds}
    lacking -= {kind for test in kept for kind in tests[test].kinds}

    def worth(test: tuple[str, str]) -> tuple[float, tuple[str, str]]:
        seconds = tests[test].seconds + (0 if test[0] in begun else set_up.get(test[0], 0))
        return len(tests[test].kinds & lacking) / (seconds + 0.01), test

    while lacking:
        best = max(tests.keys() - kept, key=worth)
        kept.add(best)
        begun.add(best[0])
        lacking -= tests[best].kinds
    return {test for test, sending in tests.items() if sending.kinds} - kept
