"""What the scripts do, in a real browser, on sample pages under the product's content policy;
no server, no database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from jinja2 import Environment

from huiyin.ui.formats import format_time_left
from tests.ui import sample, shots
from tests.ui.test_formats import LEFT

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def pages() -> dict[str, dict[str, str]]:
    environment: Environment = shots.make_environment()
    return {
        language: {name: shots.page(environment, name, language) for name in shots.contexts()}
        for language in ("zh", "en")
    }


@pytest.fixture
def opened(chromium: Any, pages: dict[str, dict[str, str]]) -> Iterator[Open]:
    """``opened("list", width=390)``; a page that complains or scrolls sideways fails its test."""
    contexts: list[Any] = []
    said: list[str] = []

    def go(name: str, *, language: str = "zh", width: int = 1280, scripts: bool = True, context: Any = None) -> Any:
        if context is None:
            context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
            context.route("**/*", shots.answering(pages[language]))
            contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(5000)
        tab.on("console", lambda m: said.append(m.text) if m.type == "error" and "422" not in m.text else None)
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(f"{shots.ORIGIN}/{name}")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than {width} px"
        return tab

    yield go
    complaints = list(said)  # what is still on its way when the window closes is no complaint
    for context in contexts:
        context.unroute_all(behavior="ignoreErrors")
        context.close()
    assert complaints == []


def until(tab: Any, condition: str) -> None:
    """Waits until ``condition`` holds (Playwright's own way of waiting evaluates strings, which the policy forbids)."""
    for _ in range(50):
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_the_screen(opened: Open, language: str) -> None:
    tab = opened("404", language=language)
    for name in shots.contexts():
        tab.goto(f"{shots.ORIGIN}/{name}")
        for width in (360, 768, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            until(tab, "document.documentElement.scrollWidth <= innerWidth")


def test_pages_work_without_script(opened: Open) -> None:
    tab = opened("form-refused", scripts=False)
    assert tab.locator("input[type=file]").is_visible()
    assert tab.locator("a[href='#id_model']").is_visible()
    small = opened("list", scripts=False, width=390)
    small.locator(".bottom a[href='#navigation']").click()
    small.locator("#navigation").wait_for(state="visible")


def test_keys(opened: Open) -> None:
    tab = opened("list")
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.name") == "q"
    tab.keyboard.press("j")
    assert tab.locator("[data-search] input").input_value() == "j"
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.textContent") == "202611-024"
    tab.keyboard.press("k")
    assert tab.locator("tr.is-here a").first.inner_text() == "202611-025"
    tab.keyboard.press("c")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "/complaints/new"
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    assert tab.locator("#keys").is_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("g")
    tab.keyboard.press("k")
    tab.wait_for_url("**/customers/")


def test_enter_opens_the_row(opened: Open) -> None:
    tab = opened("list")
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/complaints/202611-025")


def test_type_ahead(opened: Open) -> None:
    tab = opened("form")
    box = tab.get_by_label("客户*", exact=True)
    box.fill("nbht")
    tab.locator("[role=option]").wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("Enter")
    assert box.input_value() == "宁波海天液压件厂"
    assert tab.locator("[name=customer_key]").input_value() == "7"
    assert tab.locator("[name=model]").input_value() == "CYZ-65"
    box.press_sequentially("x")
    assert tab.locator("[name=customer_key]").input_value() == ""


def test_a_draft_comes_back_and_can_be_thrown_away(opened: Open) -> None:
    tab = opened("form")
    tab.locator("[name=problem]").fill("主轴端漏油，停机两小时")
    tab.locator("[name=demands][value=repair]").check()
    until(tab, "Object.keys(localStorage).includes('huiyin.draft.7.complaint-new')")
    again = opened("form", context=tab.context)
    assert again.locator("[name=problem]").input_value() == "主轴端漏油，停机两小时"
    assert again.locator("[name=demands][value=repair]").is_checked()
    assert again.locator(".draft-note").is_visible()
    again.get_by_text("放弃草稿").click()
    assert again.locator("[name=problem]").input_value() == ""
    assert again.evaluate("localStorage.length") == 0


def test_an_accepted_form_throws_its_draft_away_and_no_other(opened: Open) -> None:
    tab = opened("form")
    for key, token in (("a", "accepted1"), ("b", "other2")):
        draft = json.dumps({"at": 0, "token": token, "values": []})
        tab.evaluate(
            "([k, d]) => localStorage.setItem(k, JSON.stringify({...JSON.parse(d), at: Date.now()}))",
            [f"huiyin.draft.7.{key}", draft],
        )
    tab.evaluate("document.cookie = 'huiyin_saved=accepted1; Path=/'")
    after = opened("list", context=tab.context)
    assert after.evaluate("Object.keys(localStorage)") == ["huiyin.draft.7.b"]
    assert after.evaluate("document.cookie") == ""


def test_a_refused_form_keeps_what_was_typed_and_points_at_the_mistake(opened: Open) -> None:
    tab = opened("form-refused")
    assert tab.evaluate("document.activeElement.classList.contains('error-summary')")
    assert tab.locator("[name=problem]").input_value() == "漏油"
    assert tab.locator(".draft-note").count() == 0


def test_a_form_is_sent_once(opened: Open) -> None:
    tab = opened("form")
    sent: list[str] = []
    tab.route("**/form", lambda route: sent.append(route.request.method) or route.fulfill(status=204))
    tab.locator("[name=problem]").fill("漏油")
    tab.locator("[name=problem]").press("Control+Enter")
    tab.locator("[name=problem]").press("Control+Enter")
    tab.wait_for_timeout(200)
    assert sent == ["POST"]


def test_theme_is_chosen_at_once_and_sent(opened: Open) -> None:
    tab = opened("list")
    tab.locator(".person-button").click()
    tab.route("**/preferences", lambda route: route.fulfill(status=204))
    with tab.expect_request("**/preferences") as request:
        tab.get_by_role("button", name="深色").click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    assert 'name="theme"\r\n\r\ndark' in request.value.post_data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_browser_says_time_left_in_the_same_words(opened: Open, language: str) -> None:
    tab = opened("list", language=language)
    at = sample.AT
    spans = [span for span, _, _ in LEFT] + [
        timedelta(minutes=m) for m in (59, 60, 61, 1439, 1440, 14399, 14400, -61, -20000)
    ]
    for short in (False, True):
        ours = [format_time_left(at + span, at, short=short).show(language) for span in spans]
        theirs = tab.evaluate(
            "([spans, now, short]) => spans.map(s => huiyin.left(now + s, now, short))",
            [[span.total_seconds() * 1000 for span in spans], at.timestamp() * 1000, short],
        )
        assert theirs == ours


def test_files_are_shown_before_they_are_sent(opened: Open) -> None:
    tab = opened("form")
    one = {"name": "照片.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    tab.locator("#id_photos").set_input_files([one])
    tab.locator("#id_photos").set_input_files([{"name": "函.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}])
    assert tab.locator(".drop-files .thumb-name").all_inner_texts() == ["照片.png", "函.pdf"]
    tab.locator(".drop-remove").first.click()
    assert tab.evaluate("[...document.querySelector('#id_photos').files].map(f => f.name)") == ["函.pdf"]


def test_a_dangerous_step_asks_first(opened: Open) -> None:
    tab = opened("styleguide")
    tab.get_by_role("button", name="危险").click()
    assert tab.locator("dialog[open]").inner_text().startswith("确定吗？")
    tab.get_by_role("button", name="取消").click()
    assert tab.locator("dialog[open]").count() == 0


def test_choosing_rows_shows_what_can_be_done_with_them(opened: Open) -> None:
    tab = opened("list")
    assert tab.locator("[data-bulk]").is_hidden()
    tab.locator("[data-check]").nth(2).check()
    assert tab.locator("[data-bulk-count]").inner_text() == "1"
    tab.locator("[data-check-all]").check()
    assert tab.locator("[data-bulk-count]").inner_text() == "25"


def test_the_drawer_of_a_telephone(opened: Open) -> None:
    tab = opened("list", width=390)
    assert tab.locator("#navigation").is_hidden()
    tab.locator(".bottom a[href='#navigation']").click()
    tab.locator("#navigation a[href='/people/']").wait_for()
    tab.keyboard.press("Escape")
    until(tab, "getComputedStyle(document.getElementById('navigation')).visibility === 'hidden'")


def test_similar_cases_are_asked_for_while_somebody_types(opened: Open) -> None:
    tab = opened("form")
    tab.route("**/similar*", lambda route: route.fulfill(body="<p>202611-009</p>", content_type="text/html"))
    with tab.expect_request("**/similar*") as request:
        tab.locator("[name=problem]").press_sequentially("漏油")
    assert request.value.headers["hx-request"] == "true"
    assert "problem=%E6%BC%8F%E6%B2%B9" in request.value.url
    tab.locator("#similar", has_text="202611-009").wait_for()


def test_a_refused_form_replaces_itself_when_htmx_sent_it(opened: Open) -> None:
    tab = opened("list")
    tab.evaluate(
        """() => { const box = document.createElement("div");
        box.innerHTML =
          '<form id="f" hx-post="/refused" hx-target="this" hx-swap="outerHTML"><button>x</button></form>';
        document.querySelector("main").prepend(box); htmx.process(box); }"""
    )
    tab.route(
        "**/refused",
        lambda route: route.fulfill(status=422, body="<p id='again'>?</p>", content_type="text/html"),
    )
    tab.locator("#f button").click()
    tab.locator("#again").wait_for()
