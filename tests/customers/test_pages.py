"""The pages of the customer file as people use them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from huiyin.customers import card
from huiyin.customers.actions import change_customer, record_delivery
from huiyin.customers.card import CardLine, CardSection
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.values import ContactPersonFacts, CustomerFacts, DeliveryFacts
from huiyin.journal.models import Entry
from huiyin.kernel.text import t
from huiyin.records.steps.context import StepContext
from tests.cast import at
from tests.customers.conftest import NOW, CustomerDesk
from tests.desk import stopped


@pytest.fixture
def mei(file: CustomerDesk, client: Client) -> Client:
    client.force_login(file.factory.mei)
    return client


def as_(file: CustomerDesk, name: str) -> Client:
    other = Client()
    other.force_login(file.factory.people[name])
    return other


def text(answer: Any) -> str:
    return str(answer.content.decode())


def sent(page: Any, **typed: Any) -> dict[str, Any]:
    """What the browser sends back: what stands in the form, with ``typed`` over it."""
    form = page.context["form"] if page.context else None
    assert form is not None
    held = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in {**held, **typed}.items() if value not in (None, False)}


def test_mei_opens_a_file_from_the_page(mei: Client) -> None:
    typed = {
        "name": "宁波海川机电有限公司",
        "tier": "A",
        "telephone": "0574-88881234",
        "contact_name": "单工",
        "contact_mobile": "13800138000",
    }

    answer = mei.post("/customers/new", typed)

    assert (answer.status_code, answer["Location"]) == (302, "/customers/KH00001")
    page = text(mei.get("/customers/KH00001"))
    assert [
        word in page
        for word in (
            "宁波海川机电有限公司",
            "A 级",
            "0574-88881234",
            "单工",
            "13800138000",
            "王晓梅建立了客户档案",
        )
    ] == [True] * 6


def test_a_second_customer_of_the_name_must_be_meant_so(mei: Client, file: CustomerDesk) -> None:
    file.customer("甲厂")

    refused = mei.post("/customers/new", {"name": "甲厂"})
    meant = mei.post("/customers/new", {"name": "甲厂", "another": "on"})

    assert (refused.status_code, "已有同名客户：KH00001" in text(refused)) == (422, True)
    assert (meant.status_code, Customer.objects.filter(name="甲厂").count()) == (302, 2)


def test_the_card_is_changed_and_two_at_once_see_both_texts(mei: Client, file: CustomerDesk) -> None:
    customer = file.customer("甲厂", fax="1")
    form = {"name": "甲厂", "fax": "2", "version": "0"}
    change_customer(
        customer,
        CustomerFacts(name="甲厂", code="KH00001", fax="3"),
        context=StepContext(file.factory.song, at("2026-11-16 09:30"), version=0),
    )

    clash = mei.post("/customers/KH00001/facts", form)

    page = text(clash)
    assert clash.status_code == 409
    assert ['value="2" checked' in page, 'value="3"' in page, 'name="version" value="1"' in page] == [True] * 3
    assert mei.post("/customers/KH00001/facts", {**form, "version": "1"}).status_code == 302
    assert Customer.objects.get().fax == "2"


def test_a_code_in_use_stands_at_its_field(mei: Client, file: CustomerDesk) -> None:
    file.customer("甲厂", code="C-1")

    answer = mei.post("/customers/new", {"name": "乙厂", "code": "C-1"})

    assert (answer.status_code, "编号 C-1 已属于“甲厂”" in text(answer), Customer.objects.count()) == (
        422,
        True,
        1,
    )


def test_people_are_added_and_changed_from_the_page(mei: Client, file: CustomerDesk) -> None:
    file.customer("甲厂")

    mei.post("/customers/KH00001/people/new", {"name": "曾工", "role": "quality", "mobile": "13800138000"})
    person = ContactPerson.objects.get()
    mei.post(
        f"/customers/KH00001/people/{person.pk}",
        {"name": "曾工", "post": "科长", "version": "0", "left_on": "2026-11-01"},
    )
    clash = mei.post(f"/customers/KH00001/people/{person.pk}", {"name": "曾工", "post": "主任", "version": "0"})

    person.refresh_from_db()
    assert (person.post, person.left_on, clash.status_code) == ("科长", date(2026, 11, 1), 409)
    assert mei.get(f"/customers/KH00001/people/{person.pk}").status_code == 200


def test_a_delivery_is_recorded_with_its_warranty_judged(mei: Client, file: CustomerDesk) -> None:
    file.customer("甲厂")

    answer = mei.post(
        "/customers/KH00001/deliveries/new",
        {
            "model": "HY-40",
            "batch": "B2611",
            "ship_date": "2026年10月10日",
            "quantity": "1,200",
            "unit": "piece",
            "warranty_months": "6",
        },
    )

    delivery = Delivery.objects.get()
    assert (answer.status_code, delivery.quantity, delivery.ship_date, delivery.warranty_months) == (
        302,
        Decimal(1200),
        date(2026, 10, 10),
        6,
    )
    assert "在保，至 2027-04-10" in text(mei.get("/customers/KH00001"))
    bad = mei.post(
        f"/customers/KH00001/deliveries/{delivery.pk}",
        {"model": "HY-40", "ship_date": "2026-10-10", "warranty_until": "2026-01-01", "version": "0"},
    )
    assert (bad.status_code, "早于发货日期" in text(bad)) == (422, True)


def test_production_neither_sees_nor_changes_customers(file: CustomerDesk) -> None:
    file.customer("甲厂")
    peng = as_(file, "peng")

    statuses = [
        peng.get(f"/customers/{page}").status_code
        for page in (
            "KH00001",
            "KH00001/card",
            "KH00001/facts",
            "KH00001/retirement",
            "KH00001/people/new",
            "KH00001/deliveries/new",
        )
    ]
    assert statuses == [404] * 6
    assert peng.post("/customers/KH00001/people/new", {"name": "x"}).status_code == 404
    assert "甲厂" not in text(peng.get("/customers/"))


def test_who_sees_but_may_not_change_is_told_why(file: CustomerDesk) -> None:
    file.customer("甲厂")
    zong = as_(file, "zong")

    page = text(zong.get("/customers/KH00001/facts"))
    answer = zong.post("/customers/KH00001/facts", {"name": "乙厂", "version": "0"})

    assert "这一步由售后服务部、办公室、客服部办理" in page
    assert (answer.status_code, Customer.objects.get().name) == (422, "甲厂")


def test_only_heads_retire_a_customer(mei: Client, file: CustomerDesk) -> None:
    file.customer("甲厂")

    assert mei.post("/customers/KH00001/retirement", {"reason": "注销", "version": "0"}).status_code == 422
    assert (
        as_(file, "song").post("/customers/KH00001/retirement", {"reason": "注销", "version": "0"}).status_code == 302
    )
    assert Customer.objects.get().state == "retired"


def test_typing_finds_customers_for_other_forms(mei: Client, file: CustomerDesk) -> None:
    customer = file.customer(
        "宁波海川机电有限公司", tier="A", contact=ContactPersonFacts(name="单工", mobile="13800138000")
    )
    person = ContactPerson.objects.get()

    assert mei.get("/customers/lookup?q=hcjd").json() == {
        "items": [
            {
                "key": str(customer.pk),
                "label": "宁波海川机电有限公司",
                "hint": "KH00001 · A",
                "fill": {"customer_code": "KH00001", "customer_tier": "A"},
            }
        ]
    }
    by_phone = mei.get("/customers/lookup?q=8000").json()["items"][0]
    assert (by_phone["hint"], by_phone["fill"]["contact_person"], by_phone["fill"]["caller_name"]) == (
        "KH00001 · A · 单工 · 13800138000",
        str(person.pk),
        "单工",
    )
    assert as_(file, "peng").get("/customers/lookup?q=hcjd").json() == {"items": []}


def test_typing_finds_deliveries_and_fills_the_product_in(mei: Client, file: CustomerDesk) -> None:
    customer = file.customer("甲厂")
    facts = DeliveryFacts(
        model="HY-40",
        batch="B2611",
        serial="S1",
        ship_date=date(2026, 10, 10),
        quantity=Decimal(12),
        unit="piece",
    )
    delivery = record_delivery(customer, facts, context=StepContext(file.factory.mei, NOW))

    (found,) = mei.get("/customers/deliveries/lookup?q=b26").json()["items"]

    assert found == {
        "key": str(delivery.pk),
        "label": "HY-40 B2611 S1",
        "hint": "甲厂 · 在保，至 2027-10-10",
        "fill": {
            "model": "HY-40",
            "batch": "B2611",
            "serial": "S1",
            "ship_date": "2026-10-10",
            "unit": "piece",
            "shipped_quantity": "12",
        },
    }
    assert as_(file, "peng").get("/customers/deliveries/lookup?q=b26").json() == {"items": []}


def test_a_serial_number_inside_a_delivered_range_finds_its_delivery(mei: Client, file: CustomerDesk) -> None:
    customer = file.customer("甲厂")
    facts = DeliveryFacts(model="HY-40", serial="250704297", serial_to="250704346", unit="piece")
    record_delivery(customer, facts, context=StepContext(file.factory.mei, NOW))
    path = f"/customers/deliveries/lookup?customer_key={customer.pk}&q="
    filled = {
        typed: [one["fill"]["serial"] for one in mei.get(path + typed).json()["items"]]
        for typed in ("250704297", "250704310", "250704346", "250704347")
    }
    assert filled == {
        "250704297": ["250704297"],
        "250704310": ["250704310"],
        "250704346": ["250704346"],
        "250704347": [],
    }


def test_the_card_shows_people_cases_and_deliveries(mei: Client, file: CustomerDesk, monkeypatch: Any) -> None:
    customer = file.customer("甲厂", contact=ContactPersonFacts(name="单工", mobile="13800138000"))
    record_delivery(
        customer, DeliveryFacts(model="HY-40", ship_date=date(2020, 1, 1)), context=StepContext(file.factory.mei, NOW)
    )
    line = CardLine("KS1", "/complaints/KS1", "漏油", "handling", t("处理中", "In handling"), at("2026-11-17 09:00"))
    section = CardSection("complaints", t("未结投诉", "Open complaints"), (line,), 1, t("没有", "None"))
    monkeypatch.setattr(card, "_sections", [(1, lambda customer, person, at: section), (2, lambda *_: None)])

    for url in (f"/customers/card?customer_key={customer.pk}", "/customers/KH00001/card"):
        page = text(mei.get(url))
        assert [
            word in page for word in ("甲厂", "单工", "13800138000", "未结投诉", "KS1", "漏油", "处理中", "已过保")
        ] == [True] * 8
        assert "<html" not in page
    for nobody in ("", "x", "9" * 30, "²"):
        assert text(mei.get("/customers/card", {"customer_key": nobody})) == ""
    assert text(as_(file, "peng").get(f"/customers/card?customer_key={customer.pk}")) == ""


@pytest.mark.parametrize(("when", "said"), [("2027-03-15 23:30", "在保"), ("2027-03-16 00:30", "已过保")])
def test_warranty_ends_with_the_day_of_the_site(file: CustomerDesk, when: str, said: str) -> None:
    customer = file.customer("甲厂")
    goods = DeliveryFacts(model="HY-40", ship_date=date(2026, 3, 15))
    record_delivery(customer, goods, context=StepContext(file.factory.mei, NOW))
    with stopped(when):
        pages = [text(as_(file, "mei").get(f"/customers/KH00001{rest}")) for rest in ("", "/card")]
    assert [[word in page for word in ("在保", "已过保")] for page in pages] == [
        [word == said for word in ("在保", "已过保")]
    ] * 2


def test_the_list_is_searched_filtered_and_exported(mei: Client, file: CustomerDesk) -> None:
    file.customer("宁波海川机电有限公司", tier="A")
    file.customer("长兴精密机械厂", tier="B", salesperson=file.factory.mei)

    def names(query: str) -> list[bool]:
        page = text(mei.get(f"/customers/?{query}"))
        return ["海川" in page, "长兴" in page]

    assert [names(""), names("q=机电"), names("tier=B"), names("salesperson=me"), names("state=retired")] == [
        [True, True],
        [True, False],
        [False, True],
        [False, True],
        [False, False],
    ]
    exported = mei.post("/customers/?tier=A", {"do": "export", "format": "csv"})
    assert exported.status_code == 200


@pytest.mark.parametrize(("page", "most"), [("KH00001", 50), ("KH00001/card", 8)])
@pytest.mark.parametrize("more", [0, 1])
def test_of_many_deliveries_the_latest_are_shown(
    mei: Client, file: CustomerDesk, page: str, most: int, more: int
) -> None:
    """As many as there is room for, newest first; all are counted; that some are left out is said where it is so."""
    customer = file.customer("甲厂")
    first = date(2026, 1, 1)
    Delivery.objects.bulk_create(
        Delivery(customer=customer, model=f"M{n:02}-", ship_date=first + timedelta(days=n)) for n in range(most + more)
    )
    said = text(mei.get(f"/customers/{page}"))
    assert re.findall(r"M(\d\d)-", said) == [f"{n:02}" for n in reversed(range(more, most + more))]
    heading = re.split("发货与质保|最近发货", said)[1]
    assert re.findall(r">(\d+)<", heading)[:1] == [str(most + more)]
    assert (f"只显示最近 {most} 次" in said) == (more > 0 and page == "KH00001")


def test_every_page_opens_in_english(mei: Client, file: CustomerDesk) -> None:
    file.factory.mei.language = "en"
    file.factory.mei.save()
    file.customer("甲厂", contact=ContactPersonFacts(name="单工"))
    record_delivery(Customer.objects.get(), DeliveryFacts(model="HY-40"), context=StepContext(file.factory.mei, NOW))
    pages = (
        "",
        "new",
        "KH00001",
        "KH00001/facts",
        "KH00001/people/new",
        "KH00001/deliveries/new",
        "KH00001/card",
        "KH00001/retirement",
    )

    assert [mei.get(f"/customers/{page}").status_code for page in pages] == [200] * 8
    assert "Deliveries and warranty" in text(mei.get("/customers/KH00001"))


def test_the_record_page_asks_the_database_the_same_few_questions(
    mei: Client, file: CustomerDesk, django_assert_max_num_queries: Any
) -> None:
    customer = file.customer("甲厂")
    for number in range(20):
        record_delivery(customer, DeliveryFacts(model=f"M{number}"), context=StepContext(file.factory.mei, NOW))
    mei.get("/customers/KH00001")

    with django_assert_max_num_queries(12):
        mei.get("/customers/KH00001")
    assert Entry.objects.exclude(kind="procedure").count() == 21
