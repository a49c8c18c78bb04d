"""In a real browser: what a box of a row hangs on is shown and hidden while the row is typed, without a trip."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Factory, factory
from tests.registers.everything import OPEN, PACK


@pytest.fixture
def works(transactional_db: Any) -> Factory:
    """A company of its own: what a browser sees must stand in the database."""
    return factory(PACK)


@pytest.mark.browser
def test_each_row_shows_what_it_asks(works: Factory, open_page: Any) -> None:
    page = open_page(works.mei, OPEN)

    def box(row: int, name: str) -> Any:
        return page.locator(f"[name='lines-{row}-{name}']")

    assert [box(row, "why_many").is_visible() for row in (0, 1)] == [False, False]
    box(1, "many").fill("9")
    assert [box(row, "why_many").is_visible() for row in (0, 1)] == [False, True]
    assert not box(1, "spare").is_visible()
    box(1, "why_many").fill("备货")
    assert box(1, "spare").is_visible()
    box(1, "many").fill("2")
    assert not box(1, "why_many").is_visible()
    assert not box(1, "spare").is_visible()
    page.locator("[data-child-table=lines] [data-add-row]").click()
    box(2, "many").fill("6")
    assert box(2, "why_many").is_visible()
