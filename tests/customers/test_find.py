"""Finding a customer while the telephone is in one hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Q

from huiyin.customers import access
from huiyin.customers.actions import add_contact_person, retire_customer
from huiyin.customers.models import Customer, Delivery
from huiyin.customers.queries import deliveries_like, find_customers, with_code_or_name
from huiyin.customers.values import ContactPersonFacts
from huiyin.records.search import search
from huiyin.records.steps.context import StepContext
from tests.customers.conftest import NOW, CustomerDesk


def found(file: CustomerDesk, text: str, *, by: str = "mei", limit: int = 10) -> list[str]:
    return [one.customer.code for one in find_customers(file.person(by), text, limit)]


@pytest.fixture
def full(file: CustomerDesk) -> CustomerDesk:
    file.customer(
        code="C-1", telephone="0574-88881234", contact=ContactPersonFacts(name="单雄", mobile="138 0013 8000")
    )
    file.customer("宁波长兴精密机械厂", code="C-2", short_name="长兴精密")
    file.customer(
        "上海海川物流有限公司", code="C-3", contact=ContactPersonFacts(name="曾志伟", telephone="021-65551234")
    )
    file.customer("Müller & Söhne GmbH", code="DE-1", telephone="+49 711 12345")
    return file


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("c-1", ["C-1"]),
        ("C-", ["C-1", "C-2", "C-3"]),
        ("hcjd", ["C-1"]),
        ("HCJD", ["C-1"]),
        ("haichuan", ["C-3", "C-1"]),
        ("cxjm", ["C-2"]),
        ("zxjm", ["C-2"]),  # 长 read as zhang
        ("nbhc", ["C-1"]),
        ("宁波海川", ["C-1"]),
        ("长兴", ["C-2"]),
        ("精密机械", ["C-2"]),  # in the middle of the name
        ("13800138000", ["C-1"]),
        ("+86 138 0013", ["C-1"]),
        ("8000", ["C-1"]),
        ("0574-8888", ["C-1"]),
        ("88881234", ["C-1"]),
        ("65551234", ["C-3"]),
        ("单雄", ["C-1"]),
        ("sx", ["C-1"]),  # a contact person's initials, the surname read shan
        ("zzw", ["C-3"]),
        ("muller", ["DE-1"]),
        ("没有这家", []),
        ("", []),
    ],
)
def test_what_is_typed_finds(full: CustomerDesk, typed: str, codes: list[str]) -> None:
    assert found(full, typed) == codes


def test_the_person_behind_a_number_is_named(full: CustomerDesk) -> None:
    one = find_customers(full.person("mei"), "13800138000")[0]

    assert (one.customer.code, one.through.name if one.through else "") == ("C-1", "单雄")


def test_retired_customers_come_last_and_no_more_than_asked_for(full: CustomerDesk) -> None:
    retire_customer(Customer.objects.get(code="C-3"), "不再往来", context=StepContext(full.factory.song, NOW))

    assert found(full, "haichuan") == ["C-1", "C-3"]
    assert found(full, "haichuan", limit=1) == ["C-1"]


def test_new_people_are_found_at_once(full: CustomerDesk) -> None:
    add_contact_person(
        Customer.objects.get(code="C-2"),
        ContactPersonFacts(name="仇英", mobile="13911112222"),
        context=StepContext(full.factory.mei, NOW),
    )

    assert found(full, "qiuying") == ["C-2"]


def test_who_does_not_see_customers_finds_only_their_own(full: CustomerDesk, monkeypatch: Any) -> None:
    assert found(full, "haichuan", by="peng") == []
    Customer.objects.filter(code="C-3").update(salesperson=full.factory.peng)
    assert found(full, "haichuan", by="peng") == ["C-3"]
    monkeypatch.setattr(access, "_takes_part", [lambda person: Q(code="C-1")])
    monkeypatch.setattr(search, "_questions", {})
    assert found(full, "haichuan", by="peng") == ["C-3", "C-1"]
    assert found(full, "海川", by="peng") == ["C-3", "C-1"]


def test_deliveries_are_matched_by_what_is_known(full: CustomerDesk) -> None:
    customer = Customer.objects.get(code="C-1")
    single = Delivery.objects.create(customer=customer, model="HY-40", batch="B1", serial="SN0005")
    many = Delivery.objects.create(customer=customer, model="HY-50", batch="B2", serial="SN0010", serial_to="SN0020")

    assert list(deliveries_like(customer, serial="sn0005")) == [single]
    for inside in ("SN0010", "SN0015", "SN0020"):
        assert list(deliveries_like(customer, serial=inside)) == [many]
    assert list(deliveries_like(customer, serial="SN0009")) == []
    assert list(deliveries_like(customer, model="hy-50", batch="b2")) == [many]
    assert list(deliveries_like(customer, serial="SN0021")) == []


def test_imports_resolve_codes_numbers_and_whole_names(full: CustomerDesk) -> None:
    resolved = with_code_or_name(["C-1", "宁波海川机电有限公司", "海川", ""])

    pk = Customer.objects.get(code="C-1").pk
    assert resolved == {"C-1": [(pk, "C-1")], "宁波海川机电有限公司": [(pk, "C-1")]}


def test_who_still_works_there_comes_before_who_has_left(full: CustomerDesk) -> None:
    """The same switchboard number: the one who may be on the telephone is named."""
    for name, code, left in (("旧人", "C-1", "2026-01-31"), ("新人", "C-2", None)):
        facts = ContactPersonFacts(name=name, mobile="13711112222", left_on=date.fromisoformat(left) if left else None)
        add_contact_person(Customer.objects.get(code=code), facts, context=StepContext(full.factory.mei, NOW))

    matches = find_customers(full.person("mei"), "13711112222")

    assert [one.through.name if one.through else "" for one in matches] == ["新人", "旧人"]
