"""Correcting a customer's card, its people and deliveries; retiring a customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from huiyin.customers.actions import (
    add_contact_person,
    change_contact_person,
    change_customer,
    change_delivery,
    record_delivery,
    retire_customer,
)
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.values import ContactPersonFacts, CustomerFacts, DeliveryFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from tests.cast import at
from tests.customers.conftest import NOW, CustomerDesk

LATER = at("2026-11-16 10:00")


def last_sentence(language: str = "zh") -> str:
    return sentence(Entry.objects.order_by("-id")[0], language)


def test_a_change_names_its_fields_and_is_found_under_its_new_name(file: CustomerDesk) -> None:
    customer = file.customer(telephone="0574-88881234")
    facts = replace(CustomerFacts.of(customer), name="宁波海河机电有限公司", tier="B")

    change_customer(customer, facts, context=StepContext(file.factory.mei, LATER, version=0))

    stored = Customer.objects.get()
    assert (stored.name, stored.initials, stored.tier, stored.version, stored.number) == (
        "宁波海河机电有限公司",
        "hhjd",
        "B",
        1,
        "KH00001",
    )
    assert last_sentence() == "王晓梅更改了客户资料：客户名称、等级"
    assert last_sentence("en") == "王晓梅 changed the file: Name, Tier"
    assert Entry.objects.order_by("-id")[0].changes["name"] == [
        "宁波海川机电有限公司",
        "宁波海河机电有限公司",
    ]
    assert verify().fault is None


def test_the_second_of_two_who_change_the_card_is_told(file: CustomerDesk) -> None:
    customer = file.customer()
    change_customer(
        customer, replace(CustomerFacts.of(customer), fax="1"), context=StepContext(file.factory.mei, LATER, version=0)
    )

    with pytest.raises(ChangedMeanwhile):
        change_customer(
            customer,
            replace(CustomerFacts.of(customer), fax="2"),
            context=StepContext(file.factory.song, LATER, version=0),
        )

    assert Customer.objects.get().fax == "1"


def test_the_code_may_change_but_the_number_stays(file: CustomerDesk) -> None:
    customer = file.customer()
    other = file.customer("乙厂")

    change_customer(
        customer, replace(CustomerFacts.of(customer), code="ERP-7"), context=StepContext(file.factory.mei, LATER)
    )
    with pytest.raises(Refused) as refused:
        change_customer(
            other, replace(CustomerFacts.of(other), code="KH00001"), context=StepContext(file.factory.mei, LATER)
        )

    assert Customer.objects.values_list("number", "code").get(pk=customer.pk) == ("KH00001", "ERP-7")
    assert list(refused.value.fields) == ["code"]


def test_people_are_added_and_changed_on_the_customers_chain(file: CustomerDesk) -> None:
    customer = file.customer()

    person = add_contact_person(
        customer, ContactPersonFacts(name="曾工", mobile="13800138000"), context=StepContext(file.factory.mei, LATER)
    )
    change_contact_person(
        person,
        replace(ContactPersonFacts.of(person), mobile="13900139000", left_on=date(2026, 11, 1)),
        context=StepContext(file.factory.mei, LATER, version=0),
    )

    stored = ContactPerson.objects.get()
    assert (stored.mobile_digits, stored.version, stored.left_on) == ("13900139000", 1, date(2026, 11, 1))
    assert last_sentence() == "王晓梅更改了联系人曾工：手机、离任日期"
    assert Entry.objects.order_by("-id")[0].particulars["changed"] == [
        ["mobile", "13800138000", "13900139000"],
        ["left_on", "", "2026-11-01"],
    ]
    assert list(Entry.objects.exclude(kind="procedure").order_by("id").values_list("event", "sequence")) == [
        ("customer.registered", 1),
        ("customer.contact_added", 2),
        ("customer.contact_changed", 3),
    ]
    assert verify().fault is None


def test_the_second_of_two_who_change_a_person_is_told(file: CustomerDesk) -> None:
    person = add_contact_person(
        file.customer(), ContactPersonFacts(name="曾工"), context=StepContext(file.factory.mei, LATER)
    )
    change_contact_person(
        person,
        replace(ContactPersonFacts.of(person), post="科长"),
        context=StepContext(file.factory.mei, LATER, version=0),
    )

    with pytest.raises(ChangedMeanwhile) as meanwhile:
        change_contact_person(
            person,
            replace(ContactPersonFacts.of(person), post="主任"),
            context=StepContext(file.factory.song, LATER, version=0),
        )

    assert (meanwhile.value.current.post, ContactPerson.objects.get().post) == ("科长", "科长")


def test_saving_a_person_unchanged_says_nothing(file: CustomerDesk) -> None:
    person = add_contact_person(
        file.customer(), ContactPersonFacts(name="曾工"), context=StepContext(file.factory.mei, LATER)
    )

    change_contact_person(
        person, ContactPersonFacts.of(person), context=StepContext(file.factory.mei, LATER, version=0)
    )

    assert (Entry.objects.exclude(kind="procedure").count(), ContactPerson.objects.get().version) == (2, 0)


def test_a_delivery_is_recorded_and_corrected(file: CustomerDesk) -> None:
    customer = file.customer()
    token = uuid4()
    facts = DeliveryFacts(
        model="HY-40", batch="B2611", ship_date=date(2026, 10, 10), quantity=Decimal(120), unit="piece"
    )

    delivery = record_delivery(customer, facts, context=StepContext(file.factory.mei, LATER, submission=token))
    with pytest.raises(AlreadyDone):
        record_delivery(customer, facts, context=StepContext(file.factory.mei, LATER, submission=token))
    change_delivery(delivery, replace(facts, batch="B2612"), context=StepContext(file.factory.mei, LATER, version=0))

    stored = Delivery.objects.get()
    assert (str(stored), stored.quantity, stored.version) == ("HY-40 B2612", Decimal("120.000"), 1)
    assert last_sentence() == "王晓梅更改了发货记录 HY-40 B2612：批次号"
    assert verify().fault is None


def test_those_who_may_not_change_the_file_may_not_add_to_it(file: CustomerDesk) -> None:
    customer = file.customer()

    with pytest.raises(Refused) as refused:
        record_delivery(customer, DeliveryFacts(model="HY-40"), context=StepContext(file.factory.peng, LATER))

    assert [reason.show("en") for reason in refused.value.reasons] == [
        "This step belongs to After-Sales Service, General Office, Customer Service"
    ]
    assert Delivery.objects.count() == 0


def test_a_retired_customer_keeps_its_file(file: CustomerDesk) -> None:
    customer = file.customer()

    retire_customer(customer, "已注销", context=StepContext(file.factory.song, LATER, version=0))

    stored = Customer.objects.get()
    assert (stored.state, stored.phase, stored.closed_at) == ("retired", "closed", LATER)
    assert last_sentence() == "宋建国停用了客户：已注销"
    assert stored.opened_at == NOW
