"""A repairer without a network: orders taken along, the line cut, checklist, photograph, signature, sent when it is
back; the server stopped; an answer lost and the sheet changed since.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.models import Attachment
from huiyin.registers.models import FormRecord, KeptSheet
from tests.browser import TELEPHONE
from tests.cast import Factory, factory
from tests.records.office import picture
from tests.registers.offline import an_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAKEN = "带走我的单子"


@pytest.fixture
def works(transactional_db: Any) -> Factory:
    return factory("property-services")


@pytest.fixture
def telephone(works: Factory, open_page: Callable[..., Any]) -> Page:
    """Peng's telephone with his order on it."""
    an_order(works)
    page: Page = open_page(works.peng, "/registers/offline/", screen=TELEPHONE)
    page.complaints.expected += ["ERR_INTERNET_DISCONNECTED", "net::ERR", "Failed to fetch"]
    page.get_by_role("button", name=TAKEN).click()
    expect(page.get_by_text("已带走 1 张单")).to_be_visible()
    return page


def ticks(page: Page, name: str, value: str) -> None:
    """Choose one of the segments of a field."""
    page.locator(f"label:has([name='{name}'][value='{value}'])").click()


def arrive(page: Page) -> None:
    """Open the order and say that one is there."""
    page.get_by_role("link", name="厨房水管漏水").click()
    page.get_by_role("link", name="到达现场").click()
    page.get_by_role("button", name="保存：到达现场").click()
    expect(page.get_by_text("已保存在这台手机上").last).to_be_visible()


def finish(page: Page, result: str = "更换角阀，试压不漏") -> None:
    """Tick the checklist, photograph, let the customer sign, save."""
    page.get_by_role("link", name="厨房水管漏水").click()
    page.get_by_role("link", name="完成维修").click()
    for place in range(5):
        ticks(page, f"checks-{place}-verdict", "pass")
    page.locator("[name=photos]").set_input_files({"name": "tap.png", "mimeType": "image/png", "buffer": picture()})
    ticks(page, "outcome", "fixed")
    page.locator("[name=result]").fill(result)
    ticks(page, "told", "yes")
    page.locator("[name=content]").select_option("satisfied")
    page.locator("[name=customer_signature]").fill("周敏")
    pad = page.locator("[data-field=customer_signature] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="保存：完成维修").click()
    expect(page.get_by_text("已保存在这台手机上").last).to_be_visible()


def events() -> list[str]:
    return list(Entry.objects.filter(kind="repair").order_by("sequence").values_list("event", flat=True))


def test_an_order_is_carried_out_with_the_network_cut(telephone: Page) -> None:
    telephone.context.set_offline(True)
    telephone.goto("/obligations/")
    expect(telephone).to_have_url(re.compile(r"/registers/offline/$"))
    arrive(telephone)
    finish(telephone)
    expect(telephone.locator(".outbox-count")).to_have_text("待发送 2")
    assert events() == ["repair.order"]
    telephone.context.set_offline(False)
    expect(telephone.get_by_text("已办理")).to_have_count(2)
    expect(telephone.locator(".outbox-count")).to_have_count(0)
    assert events() == ["repair.order", "repair.arrive", "repair.finish"]
    record = FormRecord.objects.get(kind="repair")
    assert (record.state, record.extra["result"]) == ("finished", "更换角阀，试压不漏")
    assert record.extra["customer_signature"]["name"] == "周敏"
    assert Attachment.objects.filter(part="field:photos").count() == 1
    assert (verify().code, KeptSheet.objects.count()) == (0, 0)
