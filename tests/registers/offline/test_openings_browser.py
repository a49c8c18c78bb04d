"""A repairer opens an order with the network cut: it waits, is numbered when the line is back, and is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from huiyin.journal.verification import verify
from huiyin.registers.models import FormRecord, KeptSheet
from tests.browser import TELEPHONE
from tests.cast import factory
from tests.registers.offline.line import Line
from tests.registers.offline.telephone import new_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    """What lies between the telephone and the server."""
    found = Line(site)
    yield found
    found.stop()


@pytest.fixture
def telephone(transactional_db: None, open_page: Callable[..., Any], line: Line) -> Page:
    """Peng's telephone at the end of the line, with no order on it."""
    works = factory("property-services")
    first: Page = open_page(works.peng, "/registers/offline/", screen=TELEPHONE)
    first.complaints.expected += ["ERR_INTERNET_DISCONNECTED", "net::ERR", "Failed to fetch"]
    page: Page = first.context.new_page()
    page.goto(f"{line.address}/registers/offline/")
    page.get_by_role("button", name="带走我的单子").click()
    expect(page.get_by_text("已带走 0 张单")).to_be_visible()
    page.person = works.peng.pk
    return page


def write(page: Page) -> None:
    """Fill in the form of a new order and save it."""
    page.get_by_role("link", name="维修工单：派工").click()
    for name, value in new_order(page.person).items():
        box = page.locator(f"[name={name}]").first
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        elif box.get_attribute("type") == "radio":
            page.locator(f"label:has([name='{name}'][value='{value}'])").click()
        else:
            box.fill(value)
    page.get_by_role("button", name="保存：派工").click()


def test_an_order_is_opened_with_the_network_cut(telephone: Page, line: Line) -> None:
    line.stop()
    write(telephone)
    expect(telephone.get_by_text("新单，收到后编号")).to_be_visible()
    expect(telephone.locator(".outbox-count")).to_have_text("待发送 1")
    assert FormRecord.objects.count() == 0
    line.start()
    telephone.get_by_role("button", name="发送 1 张").click()
    expect(telephone.locator(".outbox-count")).to_have_count(0)
    record = FormRecord.objects.get()
    assert (record.state, record.extra["matter"]) == ("ordered", "厨房水管漏水")
    expect(telephone.get_by_text(f"维修工单 {record.number}")).to_be_visible()  # and is taken along
    telephone.get_by_role("link", name="厨房水管漏水").click()
    expect(telephone.get_by_role("link", name="到达现场")).to_be_visible()
    assert verify().code == 0


def test_its_answer_is_lost_and_it_is_changed_and_sent_again(telephone: Page, line: Line) -> None:
    line.loses = "/sheets"
    write(telephone)
    expect(telephone.get_by_text("现在连不上服务器")).to_be_visible()
    assert (line.lost, FormRecord.objects.count()) == (1, 1)
    line.stop()
    telephone.get_by_role("button", name="改一改").click()
    expect(telephone.locator("[name=matter]")).to_have_value("厨房水管漏水")
    telephone.locator("[name=matter]").fill("卫生间水管漏水")
    telephone.get_by_role("button", name="保存：派工").click()
    line.start()
    telephone.get_by_role("button", name="发送 1 张").click()
    telephone.get_by_role("button", name="把改动交给负责人").click()
    expect(telephone.get_by_text("已收到，未办理")).to_be_visible()
    sheet = KeptSheet.objects.get()
    assert (sheet.values["matter"], FormRecord.objects.get().extra["matter"]) == (["卫生间水管漏水"], "厨房水管漏水")


def test_a_sheet_that_the_server_cannot_deal_with_holds_back_no_other(telephone: Page, line: Line) -> None:
    line.stop()
    write(telephone)
    write(telephone)
    expect(telephone.locator(".outbox-count")).to_have_text("待发送 2")
    line.start()
    line.breaks = "/sheets"
    telephone.get_by_role("button", name="发送 2 张").click()
    expect(telephone.get_by_text("服务器处理不了（500）")).to_be_visible()
    expect(telephone.locator(".outbox-count")).to_have_text("待发送 1")
    assert FormRecord.objects.count() == 1
    telephone.get_by_role("button", name="再发一次").click()
    expect(telephone.locator(".outbox-count")).to_have_count(0)
    assert FormRecord.objects.count() == 2


def test_what_the_server_does_not_take_is_changed_and_sent_again(telephone: Page, line: Line) -> None:
    line.stop()
    write(telephone)
    telephone.get_by_role("button", name="改一改").click()
    telephone.locator("[name=place]").evaluate("box => { box.maxLength = 9000; box.value = '楼'.repeat(400); }")
    telephone.get_by_role("button", name="保存：派工").click()
    line.start()
    telephone.get_by_role("button", name="发送 1 张").click()
    expect(telephone.get_by_text("服务器没有收下")).to_be_visible()
    expect(telephone.locator(".outbox-count")).to_have_text("待发送 1")
    telephone.get_by_role("button", name="改一改").click()
    telephone.locator("[name=place]").fill("3 号楼 1202")
    telephone.get_by_role("button", name="保存：派工").click()
    expect(telephone.locator(".outbox-count")).to_have_count(0)
    assert FormRecord.objects.count() == 1
