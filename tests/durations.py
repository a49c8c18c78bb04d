"""How long each file of tests took when last measured, and whether PostgreSQL is asked by it; what ``--quick`` and
the run on PostgreSQL leave out follows from it.

``bin/test --measure`` writes ``durations.json`` anew.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import statements

TESTS = Path(__file__).resolve().parent
STORE = TESTS / "durations.json"
BUDGET = 28.0
"""Seconds of processors that the tests of ``--quick`` may take:
with starting and collecting on two of them under a minute.
"""


@dataclass(frozen=True)
class Measured:
    """What one file took: so many tests, so many seconds of one processor for them and all that they need set up;
    and which of its functions send nothing that others do not send, and have no turn under PostgreSQL.
    """

    tests: int
    seconds: float
    needless: tuple[str, ...] = ()


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


def on_postgres(place: str, function: str, measured: Mapping[str, Measured]) -> bool:
    """Whether PostgreSQL is asked by a test; by one that was never measured it is."""
    return place not in measured or function not in measured[place].needless or statements.is_always_asked(place)


def place_of(path: Path) -> str:
    """A file's place below ``tests``."""
    return path.relative_to(TESTS).as_posix()


class Watch:
    """The pytest plugin that measures, in one process.

    Files that did not run keep what they took, files that are gone go. Who is left out under PostgreSQL is chosen anew
    when every file ran; what is measured by itself has its turn there until then.
    """

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.set_up: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()
        self.sent: defaultdict[tuple[str, str], statements.Sending] = defaultdict(statements.Sending)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        before = _spent()
        result = yield
        self.set_up[place_of(item.path)] += _spent() - before
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        before = _spent()
        result = yield
        self.sent[function_of(item)].seconds += _spent() - before
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        before = _spent()
        kinds = self.sent[function_of(item)].kinds

        def note(execute: Callable[..., object], sql: str, *arguments: Any) -> object:
            kinds.add(statements.kind_of(sql))
            return execute(sql, *arguments)

        with connection.execute_wrapper(note):
            result = yield
        self.seconds[place_of(item.path)] += _spent() - before
        self.tests[place_of(item.path)] += 1
        return result

    def pytest_sessionfinish(self) -> None:
        kept = {place: one for place, one in known().items() if (TESTS / place).exists()}
        left_out = statements.needless(self.sent, self.set_up) if kept.keys() <= self.tests.keys() else set()
        ran = {
            place: Measured(
                count,
                round(self.seconds[place], 2),
                tuple(sorted(function for each, function in left_out if each == place)),
            )
            for place, count in self.tests.items()
        }
        lines = [f" {json.dumps(place)}: {json.dumps(asdict(one))}" for place, one in sorted({**kept, **ran}.items())]
        STORE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def function_of(item: pytest.Item) -> tuple[str, str]:
    """A test's file and its function, whatever it is called with."""
    return place_of(item.path), getattr(item, "originalname", item.name)


def _spent() -> float:
    """Seconds of the processor, those of processes that were started and have ended included."""
    return sum(os.times()[:4])
