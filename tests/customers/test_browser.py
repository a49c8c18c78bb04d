"""The customer file in a real browser: found while typing, its card beside the form, people added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from huiyin.complaints.models import Complaint
from huiyin.customers.actions import record_delivery
from huiyin.customers.models import ContactPerson
from huiyin.customers.values import ContactPersonFacts, DeliveryFacts
from huiyin.records.steps.context import StepContext
from tests.cast import factory
from tests.customers.conftest import NOW, CustomerDesk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_caller_is_found_by_initials_and_the_card_tells_who_they_are(open_page: Callable[..., Any]) -> None:
    file = CustomerDesk(factory("base"))
    customer = file.customer(
        "宁波海川机电有限公司", tier="A", contact=ContactPersonFacts(name="单工", mobile="13800138000")
    )
    record_delivery(
        customer, DeliveryFacts(model="HY-40", ship_date=date(2026, 10, 10)), context=StepContext(file.factory.mei, NOW)
    )

    page = open_page(file.factory.mei, "/complaints/new")
    page.locator("input[name=customer]").press_sequentially("hcjd")
    page.get_by_role("option", name="宁波海川机电有限公司").click()
    card = page.locator("#customer-card")
    card.get_by_text("单工").wait_for()
    assert card.get_by_text("A 级").is_visible()
    card.get_by_label("单工").check()
    page.locator("textarea[name=problem]").fill("接头处漏油")
    page.locator("select[name=severity]").select_option("function")
    page.get_by_role("button", name="登记", exact=True).click()

    page.wait_for_url("**/complaints/KS*")
    complaint = Complaint.objects.get()
    assert (complaint.customer, complaint.contact_person) == (customer, ContactPerson.objects.get())


def test_a_person_is_added_on_a_telephone(open_page: Callable[..., Any]) -> None:
    file = CustomerDesk(factory("base"))
    file.customer("甲厂")

    page = open_page(file.factory.mei, "/customers/KH00001", screen={"width": 390, "height": 844})
    page.get_by_role("link", name="添加").click()
    page.get_by_label("姓名").fill("曾工")
    page.get_by_label("手机").fill("138 0013 8000")
    page.get_by_role("button", name="保存").click()

    page.get_by_role("link", name="曾工").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert ContactPerson.objects.get().mobile_digits == "13800138000"
