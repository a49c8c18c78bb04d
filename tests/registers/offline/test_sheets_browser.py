"""A repairer without a network: orders taken along, the line cut, checklist, photograph, signature, sent when it is
back; the server stopped; an answer lost and the sheet changed since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.models import Attachment
from huiyin.registers.models import FormRecord, KeptSheet
from tests.browser import TELEPHONE, session_of
from tests.cast import Factory, factory
from tests.records.office import picture
from tests.registers.offline.line import Line
from tests.registers.offline.telephone import an_order

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
    """Fill in the form that finishes the repair, and save it."""
    fill_in(page, result, photograph=picture())
    page.get_by_role("button", name="保存：完成维修").click()
    expect(page.get_by_text("已保存在这台手机上").last).to_be_visible()


def fill_in(page: Page, result: str, *, photograph: bytes) -> None:
    """Tick the checklist, photograph, let the customer sign."""
    page.get_by_role("link", name="厨房水管漏水").click()
    page.get_by_role("link", name="完成维修").click()
    for place in range(5):
        ticks(page, f"checks-{place}-verdict", "pass")
    page.locator("[name=photos]").set_input_files({"name": "tap.png", "mimeType": "image/png", "buffer": photograph})
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
    expect(telephone.get_by_text("已办理")).to_have_count(2, timeout=30_000)  # the clock of the page sends them
    expect(telephone.locator(".outbox-count")).to_have_count(0)
    assert events() == ["repair.order", "repair.arrive", "repair.finish"]
    record = FormRecord.objects.get(kind="repair")
    assert (record.state, record.extra["result"]) == ("finished", "更换角阀，试压不漏")
    assert record.extra["customer_signature"]["name"] == "周敏"
    assert Attachment.objects.filter(part="field:photos").count() == 1
    assert (verify().code, KeptSheet.objects.count()) == (0, 0)


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    """What lies between the telephone and the server."""
    found = Line(site)
    yield found
    found.stop()


def at_the_end_of(line: Line, telephone: Page) -> Page:
    """The telephone, with everything going over the line from now on."""
    page: Page = telephone.context.new_page()
    page.goto(f"{line.address}/registers/offline/")
    page.get_by_role("button", name=TAKEN).click()
    expect(page.get_by_text("已带走 1 张单")).to_be_visible()
    return page


def send_now(page: Page, n: int) -> None:
    page.get_by_role("button", name=f"发送 {n} 张").click()


def test_the_server_is_stopped_and_comes_back(telephone: Page, line: Line) -> None:
    page = at_the_end_of(line, telephone)
    line.stop()
    page.goto(f"{line.address}/")
    expect(page).to_have_url(f"{line.address}/registers/offline/")
    arrive(page)
    expect(page.get_by_text("现在连不上服务器")).to_be_visible()
    expect(page.locator(".outbox-count")).to_have_text("待发送 1")
    assert events() == ["repair.order"]
    line.start()
    send_now(page, 1)
    expect(page.get_by_text("已办理")).to_have_count(1)
    assert events() == ["repair.order", "repair.arrive"]


def test_an_answer_is_lost_and_the_sheet_changed_and_sent_again(telephone: Page, line: Line) -> None:
    page = at_the_end_of(line, telephone)
    arrive(page)
    expect(page.get_by_text("已办理")).to_have_count(1)
    line.loses = "/sheets"
    finish(page, "更换角阀")
    expect(page.get_by_text("现在连不上服务器")).to_be_visible()
    assert (line.lost, events()[-1]) == (1, "repair.finish")
    line.stop()
    page.get_by_role("button", name="改一改").click()
    expect(page.locator("[name=result]")).to_have_value("更换角阀")
    expect(page.locator("[name=customer_signature]")).to_have_value("周敏")
    expect(page.get_by_text("tap.png")).to_be_visible()
    page.locator("[name=result]").fill("更换角阀和软管")
    page.get_by_role("button", name="保存：完成维修").click()
    expect(page.locator(".outbox-count")).to_have_text("待发送 1")
    line.start()
    send_now(page, 1)
    expect(page.get_by_text("您后来又改过")).to_be_visible()
    record = FormRecord.objects.get(kind="repair")
    assert (record.extra["result"], KeptSheet.objects.count()) == ("更换角阀", 0)
    page.get_by_role("button", name="把改动交给负责人").click()
    expect(page.get_by_text("已收到，未办理")).to_be_visible()
    expect(page.locator(".outbox-count")).to_have_count(0)
    sheet = KeptSheet.objects.get()
    assert sheet.values["result"] == ["更换角阀和软管"]
    assert [FormRecord.objects.filter(kind="repair").count(), events().count("repair.finish")] == [1, 1]
    assert Attachment.objects.filter(part=sheet.part_key).count() == 1
    assert verify().code == 0


def test_signing_out_with_unsent_work_is_asked_about(telephone: Page, line: Line, works: Factory) -> None:
    page = at_the_end_of(line, telephone)
    line.stop()
    arrive(page)
    line.start()
    line.withholds = "/contact"
    page.goto(f"{line.address}/")
    expect(page.locator(".outbox-count")).to_have_text("待发送 1")
    page.locator(".person-button").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("还有 1 张单没有发送")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出备份").click()
    (copy,) = json.loads(Path(saved.value.path()).read_text("utf-8"))
    assert (copy["number"], copy["verb"]) == (FormRecord.objects.get(kind="repair").number, "arrive")
    page.get_by_role("button", name="不退出").click()
    page.locator(".person-button").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="仍然退出").click()
    expect(page.locator("[name=login]")).to_be_visible()
    assert events() == ["repair.order"]


def test_another_person_on_the_same_telephone_sends_nothing_of_it(telephone: Page, line: Line, works: Factory) -> None:
    page = at_the_end_of(line, telephone)
    line.stop()
    arrive(page)
    line.start()
    page.context.add_cookies([session_of(works.tao, line.address)])
    page.goto(f"{line.address}/registers/offline/")
    expect(page.get_by_text("这台手机上还有别人的 1 张单")).to_be_visible()
    expect(page.locator(".outbox-count")).to_have_count(0)
    page.context.add_cookies([session_of(works.peng, line.address)])
    assert events() == ["repair.order"]
    page.goto(f"{line.address}/registers/offline/")
    expect(page.get_by_text("已办理")).to_have_count(1, timeout=30_000)
    assert events() == ["repair.order", "repair.arrive"]


def test_an_ended_session_keeps_the_queue(telephone: Page, line: Line) -> None:
    page = at_the_end_of(line, telephone)
    line.stop()
    arrive(page)
    page.context.clear_cookies()
    line.start()
    send_now(page, 1)
    expect(page.get_by_text("登录已结束。单子都还在这里")).to_be_visible()
    expect(page.locator(".outbox-count")).to_have_text("待发送 1")
    assert events() == ["repair.order"]


def test_in_the_browser_of_a_chat_program_it_is_said(works: Factory, site: str, chromium: Any) -> None:
    context = chromium.new_context(viewport=TELEPHONE, base_url=site, user_agent="Mozilla/5.0 MicroMessenger/8.0")
    context.add_cookies([session_of(works.peng, site)])
    page = context.new_page()
    page.goto("/registers/offline/")
    expect(page.get_by_text("聊天软件里的浏览器不能可靠地离线保存")).to_be_visible()
    expect(page.get_by_role("button", name=TAKEN)).to_have_count(0)
    context.close()


FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value) {
    if (this.name === "sheets") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value);
  };
}"""


def test_a_full_telephone_says_that_nothing_was_saved_and_keeps_what_was(telephone: Page, line: Line) -> None:
    page = at_the_end_of(line, telephone)
    arrive(page)
    expect(page.get_by_text("已办理")).to_have_count(1)
    line.stop()
    finish(page, "更换角阀")
    page.get_by_role("button", name="改一改").click()
    page.locator("[name=result]").fill("更换角阀和软管")
    page.evaluate(FULL)
    page.get_by_role("button", name="保存：完成维修").click()
    expect(page.get_by_text("手机存储空间不够，没有保存")).to_be_visible()
    expect(page.locator("[name=result]")).to_have_value("更换角阀和软管")
    page.goto(f"{line.address}/registers/offline/")
    line.start()
    send_now(page, 1)
    expect(page.get_by_text("已办理")).to_have_count(2)
    assert FormRecord.objects.get(kind="repair").extra["result"] == "更换角阀"
    assert Attachment.objects.filter(part="field:photos").count() == 1
