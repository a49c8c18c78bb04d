"""A headless Chromium for tests: a live site, people signed in, and a failure for whatever the page complains of.

    @pytest.mark.browser
    def test_reception_registers(site, open_page, cast):
        page = open_page(cast.reception, "/complaints/new")
        page.get_by_label("问题").fill("漏油")

Every page opened here fails its test when the console shows an error, a script throws, the content security policy is
broken or something the page asks for is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tools.suite import browser_program

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1440, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
PATIENCE = 10_000  # milliseconds


@dataclass
class BrowserErrors:
    """What the browser complained of while a test ran; ``expected`` are parts of messages that the test provokes."""

    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def left(self) -> list[str]:
        """Complaints nobody expected."""
        return [said for said in self.seen if not any(part in said for part in self.expected)]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for the session."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright's loop lives in the thread that also asks the database
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of a running site on the test's own database."""
    settings.ALLOWED_HOSTS = ["*"]
    address: str = live_server.url
    return address


@pytest.fixture
def open_page(site: str, chromium: Any) -> Iterator[Callable[..., Any]]:
    """``open_page(person, path, screen=DESK, theme="light", language="zh-CN")``; None as person opens it as a stranger.

    ``page.complaints.expected.append("part of a message")`` allows a complaint that the test provokes.
    """
    contexts: list[Any] = []
    watched: list[BrowserErrors] = []

    def opened(
        person: Any,
        path: str = "/",
        *,
        screen: dict[str, int] = DESK,
        theme: str = "light",
        language: str = "zh-CN",
        scripts: bool = True,
    ) -> Any:
        context = chromium.new_context(
            viewport=screen, color_scheme=theme, locale=language, java_script_enabled=scripts, base_url=site
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if person is not None:
            context.add_cookies([session_of(person, site)])
        page = context.new_page()
        page.complaints = _watch(page)
        watched.append(page.complaints)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for complaints in watched for said in complaints.left()] == []


def session_of(person: Any, site: str) -> dict[str, str]:
    """The cookie of a fresh session, as the sign-in form would have set it."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}


def _watch(page: Any) -> BrowserErrors:
    complaints = BrowserErrors()
    page.on("console", lambda m: complaints.seen.append(f"console: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.seen.append(f"script: {error}"))
    page.on(
        "requestfailed",
        lambda r: complaints.seen.append(f"request: {r.url} {r.failure}") if _matters(r) else None,
    )
    page.on("response", lambda r: complaints.seen.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    page.on("dialog", lambda dialog: dialog.accept())
    return complaints


def _matters(request: Any) -> bool:
    """A request given up because the person went on to another page is no fault."""
    return "ERR_ABORTED" not in (request.failure or "")
