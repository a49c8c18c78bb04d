"""What tests of faults share: a company on a real database that several threads and processes meet on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from huiyin.journal.verification import verify
from tests.cast import Factory, factory


@pytest.fixture
def works(transactional_db: Any, settings: Any, tmp_path: Path) -> Iterator[Factory]:
    """The company of the default procedure; whatever the fault, its journal is whole afterwards."""
    settings.KEYS, settings.SEALS = tmp_path / "keys", tmp_path / "seals"
    yield factory("base")
    found = verify()
    assert (found.code, found.fault) == (0, None)
    connections.close_all()


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What ``act(n)`` gives, or the exception it ends with, for ``count`` threads that begin in the same moment."""
    results: list[Any] = [None] * count
    start = Barrier(count)

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = act(number)
        except BaseException as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
