"""Writing a report on the screen: opening a discipline, adding causes and measures, going back to the record."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.scenarios.browser.colleagues import BrowserColleague

CAUSES, CHOICE, DOING, STANDARD = (
    "写在 D4 根本原因",
    "写在 D5 选定纠正措施",
    "写在 D6 实施与效果验证",
    "写在 D7 预防再发",
)
"""The buttons of what is next that lead to where it is written."""


def section(colleague: BrowserColleague, key: str) -> None:
    """Open a discipline of the report by the button that stands with it, once what was written is saved."""
    colleague.page.wait_for_load_state("networkidle")
    with colleague.page.expect_navigation():
        colleague.page.locator(f"#{key} .section-tools a").click()


def saved(item: Locator) -> None:
    """The row comes to say that it is saved."""
    expect(item.locator("[data-state]").first).to_have_class("save-state is-good")


def back(colleague: BrowserColleague) -> BrowserColleague:
    """From a discipline to the record, by the link above its heading."""
    return colleague.presses(colleague.path().split("/")[2])


def root_cause(colleague: BrowserColleague, cause: str, count: int = 1) -> None:
    """One more root cause of why it occurred."""
    page = colleague.page
    page.locator("#why-occurrence").fill(cause)
    page.locator("#leg-occurrence").get_by_role("button", name="添加原因").click()
    found = page.locator("#whys-occurrence > .why")
    expect(found).to_have_count(count)
    found.last.locator("[name=is_root]").check()
    expect(found.last.locator(".mark").first).to_have_text("根本原因，还没有开/关验证")


def measure(colleague: BrowserColleague, text: str, cause: str, count: int = 1) -> None:
    """One more measure against a root cause, chosen at once."""
    page = colleague.presses(CHOICE).page
    add = page.locator("form.is-new.is-candidate")
    if not add.is_visible():
        page.locator("#sheet-candidate .sheet-add > summary").click()
    add.locator("[name=text]").fill(text)
    add.locator("[name=cause]").select_option(label=cause)
    add.locator("label", has_text="选用").first.click()
    add.get_by_role("button").click()
    expect(page.locator("#rows-candidate .sheet-item")).to_have_count(count)
    back(colleague)


def implementation(colleague: BrowserColleague, **values: str) -> None:
    """Fill in who carries the chosen measure out and when."""
    item = colleague.page.locator("#rows-implementation .sheet-item").last
    for name, value in values.items():
        item.locator(f"[name={name}]").fill(value)
    item.locator(f"[name={list(values)[-1]}]").blur()
    saved(item)
    back(colleague)
