"""Records of declared kinds on the screen: opened from their register, gone on with from their page, read back."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page

from tests.records.print.pdf import missing
from tests.scenarios.browser.colleagues import BrowserColleague, BrowserStaff, words


def opens(colleague: BrowserColleague, kind: str, step: str, *, about: str = "", **values: Any) -> str:
    """Open a record by the button of its register, perhaps about a customer found by typing; its address."""
    colleague.goes(f"/registers/{kind}/").presses(step)
    if about:
        colleague.looks_up("about-customer", about)
    colleague.fills(**values).presses(step)
    number = colleague.path().rpartition("/")[2]
    assert colleague.toast() == f"已登记 {number}"
    return f"/registers/{kind}/{number}"


def takes(colleague: BrowserColleague, here: str, step: str, **values: Any) -> None:
    """Go to a record, press the button of a step, fill in what it asks and send it."""
    colleague.goes(here).presses(step).fills(**values)
    sends(colleague, step)


def sends(colleague: BrowserColleague, step: str) -> None:
    """Send the form of a step that is filled in; the page says that it is done."""
    colleague.presses(step)
    assert colleague.toast() == f"{step}：已完成"


def facts(colleague: BrowserColleague) -> dict[str, str]:
    """What stands on a record's page, by its label."""
    return dict(zip(colleague.reads("main dl.facts dt"), colleague.reads("main dl.facts dd"), strict=True))


def rows(colleague: BrowserColleague, table: str) -> list[list[str]]:
    """The rows of a child table on the page of its record, without what may be done with them."""
    lines = colleague.page.locator(f"#table-{table} tbody tr").all()
    return [[words(cell) for cell in line.locator("td").all()] for line in lines]


def told(colleague: BrowserColleague) -> list[str]:
    """The sentences of the time-line, the oldest first."""
    return colleague.reads(".timeline .entry-line span")[::-1]


def state(colleague: BrowserColleague) -> str:
    """The step in which the record stands."""
    return colleague.reads(".steps [aria-current] .steps-label")[0]


def shown(page: Page, name: str) -> bool:
    """Whether a field of a declared form stands on the page."""
    return page.locator(f"[data-field={name}]").is_visible()


def signs(page: Page) -> str:
    """Draw a stroke on the pad; what the form will send of it begins so."""
    pad = page.locator("[data-pad] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=6)
    page.mouse.up()
    return drawn(page)


def drawn(page: Page) -> str:
    """The beginning of what stands in the pad; nothing for an empty one."""
    return page.locator("[data-drawn]").input_value()[:22]


def prints(colleague: BrowserColleague, *said: str) -> None:
    """Open the first form of the print menu: a PDF that says all this."""
    colleague.page.locator("summary", has_text="打印").click()
    href = colleague.page.locator(".heading .menu-link").first.get_attribute("href")
    answer = colleague.page.request.get(str(href))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert missing(answer.body(), *said) == []


def gaps(staff: BrowserStaff, clauses: set[str], day: str = "2026-11-01") -> set[str]:
    """Which of the clauses the page of clauses still calls a gap in the quarter."""
    zong = staff("zong", f"/clauses/?kind=quarter&day={day}")
    titles = zong.reads("table tbody tr td.is-main a")
    states = zong.reads("table tbody tr td:last-child")
    found = {re.split(r"\s", title)[0]: state for title, state in zip(titles, states, strict=True)}
    return {key for key in clauses if found[key].startswith("缺口")}


def evidence(staff: BrowserStaff, clause: str) -> dict[str, str]:
    """What the page of a clause counts, by step or duty: so many records."""
    zong = staff("zong")
    title = next(one for one in zong.reads("table tbody tr td.is-main a") if re.split(r"\s", one)[0] == clause)
    zong.presses(title)
    lines = zong.page.locator("main table").first.locator("tbody tr").all()
    cells = [[words(cell) for cell in line.locator("td").all()] for line in lines]
    zong.page.go_back()
    return {line[1]: line[2] for line in cells if line[0] == "步骤"}
