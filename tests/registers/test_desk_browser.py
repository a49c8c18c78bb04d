"""In a real browser: articles stand beside the form while a matter is typed, open matters come when a button is
pressed.
"""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.registers import actions
from huiyin.registers.actions import FormInput
from huiyin.registers.approvals import approvals
from huiyin.registers.models import FormRecord
from tests.browser import TELEPHONE
from tests.cast import Factory, factory

HEATER = {"heading": "热水器报 E07", "question": "面板显示 E07 不出热水", "answer_text": "断电一分钟再开机"}


@pytest.fixture
def works(transactional_db: Any) -> Factory:
    """A company of its own for each test: what a browser sees must stand in the database."""
    return factory("service-desk")


def opened(works: Factory, step: str, **facts: str) -> FormRecord:
    kind, _, verb = step.partition(".")
    context = works.context("mei", "2026-11-16 09:00")
    return actions.open_record(kind, verb, FormInput(facts), procedure_id=works.version, context=context)


@pytest.mark.browser
def test_an_article_stands_beside_the_form_while_the_question_is_typed(works: Factory, open_page: Any) -> None:
    article = opened(works, "article.draft", **HEATER)
    actions.take(article, "submit", FormInput(), context=works.context("mei", "2026-11-16 10:00"))
    approvals.sign(article.signers.get(), context=works.context("song", "2026-11-16 10:05"))
    page = open_page(works.mei, "/registers/enquiry/new/register", screen=TELEPHONE)
    page.get_by_label("问题").press_sequentially("热水器报 E07")
    hit = page.locator("#knowledge .knowledge-hit")
    hit.wait_for()
    assert hit.locator("a").get_attribute("href") == f"/registers/article/{article.number}"
    assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"]


@pytest.mark.browser
def test_a_form_with_a_child_table_takes_the_width_that_nothing_beside_it_needs(works: Factory, open_page: Any) -> None:
    wide = {"width": 1600, "height": 900}
    page = open_page(works.mei, "/registers/duty-roster/new/draft", screen=wide)
    assert page.locator(".form-main").bounding_box()["width"] == 1120
    for path, width in (("article/new/draft", 760), ("enquiry/new/register", 760)):
        page.goto(page.url.partition("/registers/")[0] + f"/registers/{path}")
        assert page.locator(".form-main").bounding_box()["width"] == width


@pytest.mark.browser
def test_what_is_open_comes_into_the_sheet_and_what_was_typed_stays(works: Factory, open_page: Any) -> None:
    page = open_page(works.mei, "/registers/handover/new/prepare")
    rows = page.locator("#rows-matters [data-row]")
    assert rows.count() == 2
    rows.first.locator("[name$=-what]").fill("钥匙在抽屉")
    made = opened(works, "enquiry.register", caller="周厂长", question="保修几年")
    page.get_by_role("button", name="重新带入未了结的事项").click()
    page.locator(f"#rows-matters a[href='/registers/enquiry/{made.number}']").wait_for()
    said = [box.input_value().partition(" · ")[0] for box in page.locator("#rows-matters [name$=-what]").all()]
    assert said == ["钥匙在抽屉", made.number]
    page.locator("#rows-matters [data-drop-row]").nth(1).click()
    assert rows.count() == 1
