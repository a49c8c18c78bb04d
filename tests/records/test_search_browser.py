"""What is meant appears under the search box while somebody types; the keyboard is enough, and script is not needed."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.customers.actions import register_customer
from huiyin.customers.values import CustomerFacts
from huiyin.records.steps.context import StepContext
from tests.browser import DESK, TELEPHONE
from tests.cast import Factory, at, factory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def company(transactional_db: None) -> Factory:
    works = factory("base")
    for name, code in (("宁波海川机电有限公司", "C-1"), ("海川液压件（上海）有限公司", "C-2")):
        register_customer(
            CustomerFacts(name=name, code=code),
            procedure_id=works.version,
            context=StepContext(works.mei, at("2026-11-16 08:30")),
        )
    works.complaint(problem="海川泵接头处漏油，油箱上全是油")
    return works


def offered(page: Any, typed: str) -> Any:
    box = page.get_by_role("combobox", name="搜索")
    box.press_sequentially(typed)
    page.locator("#search-list [role=option]").first.wait_for()
    return box


@pytest.mark.parametrize("screen", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_suggestions_appear_and_the_keyboard_chooses(company: Factory, open_page: Any, screen: dict[str, int]) -> None:
    page = open_page(company.mei, "/complaints/", screen=screen)
    box = page.get_by_role("combobox", name="搜索")
    box.press_sequentially("海")
    page.wait_for_timeout(300)
    assert box.get_attribute("aria-expanded") == "false"
    offered(page, "川")
    rows = page.locator("#search-list [role=option]")
    assert (box.get_attribute("aria-expanded"), box.get_attribute("aria-controls")) == ("true", "search-list")
    assert (rows.count() >= 3, box.get_attribute("aria-activedescendant")) == (True, None)
    assert page.evaluate("document.documentElement.scrollWidth") == screen["width"]
    frame = page.locator("#search-list").bounding_box()
    assert (frame["x"] >= 0, frame["x"] + frame["width"] <= screen["width"]) == (True, True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "search-list-1"
    assert [row.get_attribute("aria-selected") for row in rows.all()][:2] == ["false", "true"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "海川")
    page.keyboard.press("ArrowDown")
    rows.first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search" not in url and not url.endswith("/complaints/"))


def test_enter_alone_searches(company: Factory, open_page: Any) -> None:
    page = open_page(company.mei, "/")
    offered(page, "海川")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")


def test_a_press_opens_what_is_meant(company: Factory, open_page: Any) -> None:
    page = open_page(company.mei, "/")
    offered(page, "c-2")
    page.locator("#search-list [role=option]", has_text="海川液压件").click()
    page.wait_for_url("**/customers/C-2")


def test_what_is_not_there_is_said(company: Factory, open_page: Any) -> None:
    page = open_page(company.mei, "/")
    offered(page, "没有的东西")
    assert page.locator("#search-list").inner_text() == "没有找到"


def test_without_script_it_is_a_plain_search(company: Factory, open_page: Any) -> None:
    page = open_page(company.mei, "/", scripts=False)
    box = page.get_by_role("searchbox", name="搜索")
    box.fill("海川")
    box.press("Enter")
    page.wait_for_url("**/search?q=*")
