"""How long each file of tests took when last measured; what ``--quick`` leaves out follows from it.

``bin/test --measure`` writes ``durations.json`` anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent
STORE = TESTS / "durations.json"
BUDGET = 40.0
"""Seconds that the tests of ``--quick`` may take together: with starting and collecting on two cores under a minute."""


@dataclass(frozen=True)
class Measured:
    """What one file took: so many tests, so many seconds for all of them with all that they need set up."""

    tests: int
    seconds: float


def known() -> dict[str, Measured]:
    """What was measured last, by the file's place below ``tests``."""
    stored = json.loads(STORE.read_text("utf-8"))
    return {place: Measured(**values) for place, values in stored.items()}


def slow(measured: Mapping[str, Measured], budget: float = BUDGET) -> frozenset[str]:
    """The files that no longer fit the budget when those with the fastest tests go first."""
    spent, left_out = 0.0, set()
    for place, one in sorted(measured.items(), key=lambda item: item[1].seconds / item[1].tests):
        spent += one.seconds
        if spent > budget:
            left_out.add(place)
    return frozenset(left_out)


def place_of(path: Path) -> str:
    """A file's place below ``tests``."""
    return path.relative_to(TESTS).as_posix()


class Watch:
    """The pytest plugin that measures; files that did not run keep what they took before, files that are gone go."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: Any) -> None:
        place = place_of(TESTS.parent / report.nodeid.partition("::")[0])
        self.seconds[place] += report.duration
        self.tests[place] += report.when == "call"

    def pytest_sessionfinish(self) -> None:
        kept = {place: one for place, one in known().items() if (TESTS / place).exists()}
        ran = {place: Measured(n, round(self.seconds[place], 2)) for place, n in self.tests.items() if n}
        lines = [f" {json.dumps(place)}: {json.dumps(asdict(one))}" for place, one in sorted({**kept, **ran}.items())]
        STORE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
