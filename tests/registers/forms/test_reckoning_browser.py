"""In a real browser: what follows from other boxes stands on the form while one writes, and is what is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huiyin.registers.models import FormRecord
from tests.browser import DESK, TELEPHONE
from tests.cast import Factory, factory

PACK = str(Path(__file__).parent.parent / "packs" / "reckons")
OPEN = "/registers/offer/new/open"
NOT_YET = "—"


@pytest.fixture
def works(transactional_db: Any) -> Factory:
    """A company of its own: what a browser sees must stand in the database."""
    return factory(PACK)


def sums(page: Any) -> dict[str, str]:
    """What stands for each computed field of the record."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-declared] > .declared > .reckoned")]
            .map((one) => [one.parentElement.dataset.field, one.querySelector("output").value]))"""
    )
    return found


def write(page: Any, **boxes: str) -> None:
    for name, value in boxes.items():
        page.locator(f"[name='{name.replace('__', '-')}']").fill(value)


@pytest.mark.browser
@pytest.mark.parametrize(("screen", "language"), [(DESK, "zh-CN"), (TELEPHONE, "en")])
def test_sums_stand_there_while_one_writes_and_are_kept(
    works: Factory, open_page: Any, screen: dict[str, int], language: str
) -> None:
    page = open_page(works.mei, OPEN, screen=screen, language=language)
    assert set(sums(page)) == {"lines_n", "whole", "to_pay", "days", "hours"}
    assert set(sums(page).values()) == {NOT_YET}
    write(page, title_line="两行", lines__0__price="1,250.50", lines__0__many="3")
    assert page.locator("[data-cell=sum] output").first.inner_text() == "3751.5"
    write(page, lines__1__price="0.1", lines__1__many="3")
    assert sums(page) | {"days": "", "hours": ""} == {
        "lines_n": "2", "whole": "3751.8", "to_pay": NOT_YET, "days": "", "hours": ""
    }  # fmt: skip
    why = page.locator("[data-field=why_dear]")
    assert not why.is_visible()
    write(page, rebate="51.8")
    assert why.is_visible()
    write(page, rebate="3,000.00")
    assert not why.is_visible()
    write(page, from_day="2026-02-27", to_day="2026-03-02")
    write(page, began_at="2026-11-16T22:10", ended_at="2026-11-17T01:25")
    shown = sums(page)
    assert shown == {"lines_n": "2", "whole": "3751.8", "to_pay": "751.8", "days": "3", "hours": "3.25"}
    page.locator("main form button.is-primary").last.click()
    page.wait_for_url("**/registers/offer/BJ*")
    kept = FormRecord.objects.get(kind="offer")
    assert {name: kept.extra[name] for name in shown} == shown
    assert [row.extra["sum"] for row in kept.rows.order_by("position")] == ["3751.5", "0.3"]


@pytest.mark.browser
def test_a_later_step_reckons_with_what_stands_on_the_record(works: Factory, open_page: Any) -> None:
    """The beginning is written by the site's clock, as its box would hold it."""
    page = open_page(works.mei, OPEN)
    write(page, title_line="一件", lines__0__price="2", lines__0__many="2", began_at="2026-11-16T08:00")
    page.locator("main form button.is-primary").last.click()
    page.wait_for_url("**/registers/offer/BJ*")
    page.goto(f"{page.url}/close")
    assert set(sums(page)) == {"hours"}
    write(page, ended_at="2026-11-16T09:40")
    assert sums(page) == {"hours": "1.67"}
    page.locator("main form button.is-primary").last.click()
    page.wait_for_url("**/registers/offer/BJ*")
    assert FormRecord.objects.get(kind="offer").extra["hours"] == "1.67"
