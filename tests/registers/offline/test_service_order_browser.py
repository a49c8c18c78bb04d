"""Service at the customer's without a network: an approved order of the service process, its parts, sent once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.registers.actions import FormInput, open_record
from huiyin.registers.approvals import approvals
from huiyin.registers.models import ApprovalSigner, FormRecord, KeptSheet
from huiyin.registers.rows.input import RowInput
from tests.browser import TELEPHONE
from tests.cast import Factory, factory
from tests.registers.works import a_customer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def works(transactional_db: Any) -> Factory:
    return factory("service-process")


def an_approved_order(works: Factory) -> FormRecord:
    """Lin is to repair at a customer's on the 20th, with four seals; the management has agreed."""
    lin = works.lin
    facts = {
        "work": ["repair"],
        "demand": "修理渗油",
        "place": "宁波海川二厂",
        "wanted_on": "2026-11-20",
        "goes": {"person": lin.pk, "name": lin.name},
    }
    items = [RowInput(facts={"sort": "part", "name": "密封圈 HY-40", "count": "4"})]
    record = open_record(
        "service-order",
        "request",
        FormInput(facts, {"items": items}),
        procedure_id=works.version,
        context=works.context("mei", "2026-11-16 09:00"),
        about=a_customer(works),
    )
    signer = ApprovalSigner.objects.select_related("record", "round", "department").get(record=record)
    approvals.sign(signer, "同意", context=works.context("zong", "2026-11-16 09:30"))
    record.refresh_from_db()
    assert record.state == "approved"
    return record


def test_an_order_is_carried_out_without_a_network_and_sent_once(works: Factory, open_page: Callable[..., Any]) -> None:
    record = an_approved_order(works)
    page: Page = open_page(works.lin, "/registers/offline/", screen=TELEPHONE)
    page.complaints.expected += ["ERR_INTERNET_DISCONNECTED", "net::ERR", "Failed to fetch"]
    page.get_by_role("button", name="带走我的单子").click()
    expect(page.get_by_text("已带走 1 张单")).to_be_visible()
    page.context.set_offline(True)
    page.goto("/obligations/")
    page.get_by_role("link", name="修理渗油").click()
    page.get_by_role("link", name="记录服务过程和结果").click()
    expect(page.locator("[name=calibration]")).to_be_hidden()
    page.locator("[name='items-0-used']").fill("3")
    page.locator("[name='items-0-back']").fill("1")
    page.locator("[name=course]").fill("更换密封圈")
    page.locator("[name=result]").fill("不再渗油")
    page.locator("[name=done_on]").fill("2026-11-20")
    page.get_by_role("button", name="保存：记录服务过程和结果").click()
    expect(page.get_by_text("已保存在这台手机上").last).to_be_visible()
    expect(page.locator(".outbox-count")).to_have_text("待发送 1")
    record.refresh_from_db()
    assert record.state == "approved"
    page.context.set_offline(False)
    expect(page.get_by_text("已办理")).to_have_count(1, timeout=30_000)
    expect(page.locator(".outbox-count")).to_have_count(0)
    record.refresh_from_db()
    row = record.rows.get(part_kind="service-item")
    assert (record.state, record.extra["result"], record.extra["done_on"]) == ("done", "不再渗油", "2026-11-20")
    assert {name: row.extra[name] for name in ("count", "used", "back")} == {"count": "4", "used": "3", "back": "1"}
    assert Entry.objects.filter(kind="service-order", event="service-order.carry_out").count() == 1
    assert (verify().code, KeptSheet.objects.count()) == (0, 0)
