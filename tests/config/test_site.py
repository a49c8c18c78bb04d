"""The whole site in a real browser: every main page opens, in both languages and themes, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from tests.browser import DESK, TELEPHONE
from tests.cast import PASSWORD, Factory, factory

# A live site works on other connections than the test, so what the test makes is committed.
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [
    (DESK, "light", "zh-hans"),
    (DESK, "dark", "en"),
    (TELEPHONE, "light", "en"),
    (TELEPHONE, "dark", "zh-hans"),
]
PLACES = {
    "mei": (
        "/",
        "/complaints/",
        "/complaints/board",
        "/complaints/new",
        "/complaints/FK261116-01",
        "/customers/",
        "/contacts/",
        "/obligations/",
        "/imports/",
        "/notices",
        "/search?q=漏油",
        "/people/me",
    ),
    "qian": ("/", "/complaints/FK261116-01", "/clauses/", "/procedure/", "/people/"),
}


@pytest.fixture
def company() -> Factory:
    """The small factory with one complaint."""
    made = factory("feedback")
    made.complaint(problem="主轴箱漏油，要求本周处理")
    made.mei.set_password(PASSWORD)
    made.mei.save(update_fields=["password"])
    return made


@pytest.mark.parametrize("name", list(PLACES))
@pytest.mark.parametrize(
    ("screen", "theme", "language"), LOOKS, ids=lambda v: v if isinstance(v, str) else str(v["width"])
)
def test_every_place_opens_without_complaint(
    open_page: Callable[..., Any],
    company: Factory,
    name: str,
    screen: dict[str, int],
    theme: str,
    language: str,
) -> None:
    person = company.people[name]
    person.language = language
    person.save(update_fields=["language"])
    page = open_page(person, "/", screen=screen, theme=theme)
    too_wide = []
    for place in PLACES[name]:
        page.goto(place)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            too_wide.append(place)
    assert too_wide == []


def test_a_person_signs_in_through_the_form(open_page: Callable[..., Any], company: Factory) -> None:
    page = open_page(None, "/complaints/")
    page.locator("input[name=login]").fill(company.mei.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button").first.click()
    page.wait_for_url("**/complaints/")
    assert page.locator("a[href^='/complaints/']", has_text="FK").count() >= 1
    cookie = next(c for c in page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")


def test_a_wrong_password_opens_nothing(open_page: Callable[..., Any], company: Factory) -> None:
    page = open_page(None, "/complaints/")
    page.locator("input[name=login]").fill(company.mei.username)
    page.locator("input[name=password]").fill("guessed-phrase-1")
    page.locator("form:has(input[name=password]) button").first.click()
    page.wait_for_load_state()
    assert page.locator("input[name=password]").count() == 1
    assert settings.SESSION_COOKIE_NAME not in {c["name"] for c in page.context.cookies()}


def test_a_complaint_opens_from_the_list_without_scripts(open_page: Callable[..., Any], company: Factory) -> None:
    page = open_page(company.mei, "/complaints/", scripts=False)
    page.locator("a[href^='/complaints/FK']").first.click()
    page.wait_for_url("**/complaints/FK*")
    assert "主轴箱漏油" in page.locator("main").inner_text()
