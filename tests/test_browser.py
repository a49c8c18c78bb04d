"""The watcher in tests/browser.py sees what a person at the developer tools would see."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import BrowserErrors, _watch

SITE = "http://site.test/"
STRICT = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html; charset=utf-8"}


def visit(chromium: Any, body: str, *, headers: dict[str, str] | None = None) -> BrowserErrors:
    """What a page with this body makes the browser complain of; no network is touched."""
    page = chromium.new_page()
    complaints = _watch(page)

    def answer(route: Any) -> None:
        if route.request.url == SITE:
            route.fulfill(status=200, headers=headers or STRICT, body=f"<!doctype html><title>t</title>{body}")
        elif route.request.url.endswith("/good.js"):
            route.fulfill(status=200, headers={"Content-Type": "text/javascript"}, body="document.title = 'ran'")
        elif route.request.url.endswith("/bad.js"):
            route.fulfill(status=200, headers={"Content-Type": "text/javascript"}, body="nothing.here()")
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)
    page.goto(SITE)
    page.close()
    return complaints


@pytest.mark.browser
def test_a_good_page_is_quiet(chromium: Any) -> None:
    assert visit(chromium, '<script src="/good.js"></script>').left() == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<script>1</script>", "Content Security Policy"),
        ('<p style="color: red">x</p>', "Content Security Policy"),
        ('<img src="http://elsewhere.test/x.png">', "Content Security Policy"),
        ('<script src="/bad.js"></script>', "nothing is not defined"),
        ('<script src="/gone.js"></script>', "404: http://site.test/gone.js"),
    ],
)
def test_a_bad_page_is_told_of(chromium: Any, body: str, said: str) -> None:
    left = visit(chromium, body).left()
    assert [message for message in left if said in message] != []


@pytest.mark.browser
def test_what_a_test_provokes_is_let_pass(chromium: Any) -> None:
    complaints = visit(chromium, '<script src="/gone.js"></script>')
    complaints.expected.append("404")
    assert complaints.left() == []
