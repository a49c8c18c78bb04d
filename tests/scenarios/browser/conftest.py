"""The factory at work in a browser: its people, one clock that the tests set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cast import Factory, factory
from tests.desk import stopped
from tests.scenarios.browser.colleagues import BrowserStaff


@pytest.fixture
def staff(
    request: pytest.FixtureRequest, transactional_db: Any, open_page: Callable[..., Any]
) -> Iterator[BrowserStaff]:
    """The people of a company that works by the pack named in the mark ``pack`` of the test's module."""
    key: str = request.module.PACK
    with stopped("2026-11-16 08:00") as clock:
        works: Factory = factory(key)
        yield BrowserStaff(works, open_page, clock)
