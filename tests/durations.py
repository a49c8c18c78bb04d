"""How long each file of tests took when last measured; what ``--quick`` leaves out follows from it.

``bin/test --measure`` writes ``durations.json`` anew.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
STORE = TESTS / "durations.json"
BUDGET = 28.0
"""Seconds of processors that the tests of ``--quick`` may take:
with starting and collecting on two of them under a minute.
"""


@dataclass(frozen=True)
class Measured:
    """What one file took: so many tests, so many seconds of one processor for them and all that they need set up."""

    tests: int
    seconds: float


@cache
def known() -> dict[str, Measured]:
    """What was measured last, by the file's place below ``tests``."""
    stored = json.loads(STORE.read_text("utf-8"))
    return {place: Measured(**values) for place, values in stored.items()}


def quick(measured: Mapping[str, Measured], budget: float = BUDGET) -> frozenset[str]:
    """The files that fit the budget when those with the fastest tests go first; one that was never measured does not.

    So a new file cannot make ``--quick`` slow unseen: it waits for the next measure.
    """
    spent, fitting = 0.0, set()
    for place, one in sorted(measured.items(), key=lambda item: item[1].seconds / item[1].tests):
        spent += one.seconds
        if spent <= budget:
            fitting.add(place)
    return frozenset(fitting)


def place_of(path: Path) -> str:
    """A file's place below ``tests``."""
    return path.relative_to(TESTS).as_posix()


class Watch:
    """The pytest plugin that measures, in one process.

    Files that did not run keep what they took, files that are gone go.
    """

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        before = _spent()
        result = yield
        place = place_of(item.path)
        self.seconds[place] += _spent() - before
        self.tests[place] += 1
        return result

    def pytest_sessionfinish(self) -> None:
        kept = {place: one for place, one in known().items() if (TESTS / place).exists()}
        ran = {place: Measured(count, round(self.seconds[place], 2)) for place, count in self.tests.items()}
        lines = [f" {json.dumps(place)}: {json.dumps(asdict(one))}" for place, one in sorted({**kept, **ran}.items())]
        STORE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _spent() -> float:
    """Seconds of the processor, those of processes that were started and have ended included."""
    return sum(os.times()[:4])
