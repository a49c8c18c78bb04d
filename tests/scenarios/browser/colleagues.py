"""Colleagues at their screens: they open pages, read what is next, fill in what the page asks for and send it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import DESK, TELEPHONE
from tests.cast import Factory
from tests.desk import Clock

SHOTS = os.environ.get("HUIYIN_SHOTS", "")
LOOKS = [
    (screen, language, theme)
    for screen in (DESK, TELEPHONE)
    for language in ("zh-hans", "en")
    for theme in ("light", "dark")
]


class BrowserColleague:
    """One person with one open page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name

    def goes(self, path: str) -> BrowserColleague:
        """Open an address."""
        self.page.goto(path)
        return self

    def path(self) -> str:
        """Where they are."""
        return "/" + self.page.url.split("/", 3)[3]

    def next(self) -> str:
        """The heading of what is next on a record."""
        return words(self.page.locator("#next h2").first)

    def reads(self, selector: str) -> list[str]:
        """What stands in each element, in one line."""
        return [words(one) for one in self.page.locator(selector).all()]

    def toast(self) -> str:
        """What the page says happened."""
        return words(self.page.locator("#toasts .toast p").last)

    def fills(self, **values: Any) -> BrowserColleague:
        """Fill fields by name: text as typed, choices by their words, ticks as a list of words."""
        for name, value in values.items():
            boxes = self.page.locator(f"main [name='{name}']:not([type=hidden])")
            kind = boxes.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
            if kind == "select":
                boxes.first.select_option(label=value)
            elif kind in ("radio", "checkbox"):
                for one in value if isinstance(value, list) else [value]:
                    self.page.locator("main label", has=self.page.locator(f"[name='{name}']")).filter(
                        has_text=one
                    ).first.click()
            else:
                boxes.first.fill(value)
        return self

    def grants(self) -> BrowserColleague:
        """Choose for everything that the customer demands that it is granted."""
        for one in self.page.locator("main [name^='demand_outcome__'][value='granted']").all():
            self.fills(**{one.get_attribute("name") or "": "满足"})
        return self

    def looks_up(self, name: str, typed: str) -> list[str]:
        """Type into a type-ahead box and take the first thing offered by Enter; returns what was offered."""
        box = self.page.locator(f"main input[name='{name}']")
        box.press_sequentially(typed, delay=15)
        offered = self.page.locator(f"#{box.get_attribute('aria-controls')} [role=option]")
        offered.first.wait_for()
        found = [words(one) for one in offered.all()]
        box.press("Enter")
        return found

    def presses(self, label: str) -> BrowserColleague:
        """Press the button or link with exactly these words and wait for the page it leads to."""
        one = (
            self.page.locator("main").locator("button, a").filter(has_text=re.compile(f"^\\s*{re.escape(label)}\\s*$"))
        )
        with self.page.expect_navigation():
            one.first.click()
        return self

    def takes(self, step: str, **values: Any) -> str:
        """Do the step whose form stands under “next” on the page; returns what the page then says."""
        assert self.next() in (f"下一步：{step}", f"Next: {step}")
        self.fills(**values)
        return self.presses(step).toast()

    def refuses(self, label: str) -> list[str]:
        """Press a button that must not go through; returns the mistakes the page names."""
        self.page.locator("main form .form-actions button", has_text=label).first.click()
        summary = self.page.locator(".error-summary")
        summary.wait_for()
        return [words(one) for one in summary.locator("li").all()]


class BrowserStaff:
    """The people of the factory, each at their own screen, and one clock on the wall."""

    def __init__(self, works: Factory, open_page: Callable[..., Any], clock: Clock) -> None:
        self.works, self.clock, self._open = works, clock, open_page
        self._at_work: dict[str, BrowserColleague] = {}

    def __call__(self, name: str, path: str | None = None, **look: Any) -> BrowserColleague:
        """The colleague ``name`` (screen and theme count when they first come), at ``path`` if given."""
        if name not in self._at_work:
            self._at_work[name] = BrowserColleague(self._open(self.works.people[name], path or "/", **look), name)
        elif path is not None:
            self._at_work[name].goes(path)
        return self._at_work[name]

    def photographs(self, name: str, path: str, label: str) -> None:
        """Pictures of a page in every look, when a folder is given for them."""
        if not SHOTS:
            return
        person = self.works.people[name]
        for screen, language, theme in LOOKS:
            type(person).objects.filter(pk=person.pk).update(language=language)
            page = self._open(person, path, screen=screen, theme=theme)
            page.wait_for_timeout(200)
            file = f"{label}-{screen['width']}-{language[:2]}-{theme}.png"
            page.screenshot(path=Path(SHOTS) / file, full_page=True)
            page.context.close()
        type(person).objects.filter(pk=person.pk).update(language="zh-hans")


def words(element: Locator) -> str:
    """The element's text as read: spaces as one."""
    return re.sub(r"\s+", " ", element.inner_text()).strip()


def sees(element: Locator, text: str) -> None:
    """The element comes to say exactly this."""
    expect(element).to_have_text(text)
