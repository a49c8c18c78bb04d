"""Opening a customer's file."""

from __future__ import annotations

from uuid import uuid4

import pytest

from huiyin.customers.actions import register_customer
from huiyin.customers.models import ContactPerson, Customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, Refused
from tests.customers.conftest import NOW, CustomerDesk


def test_mei_opens_a_file_with_the_first_contact_person(file: CustomerDesk) -> None:
    contact = ContactPersonFacts(name="单工", role="quality", mobile="+86 138 0013 8000")

    customer = file.customer(telephone="0574-88881234", tier="A", contact=contact)

    stored = Customer.objects.get(pk=customer.pk)
    assert (stored.number, stored.code, stored.state, stored.phase) == (
        "KH00001",
        "KH00001",
        "active",
        "handling",
    )
    assert (stored.pinyin, stored.initials, stored.telephone_digits) == (
        "haichuanjidian",
        "hcjd",
        "57488881234",
    )
    person = ContactPerson.objects.get()
    assert (person.name, person.pinyin, person.mobile_digits, person.mobile_reversed) == (
        "单工",
        "shangong",
        "13800138000",
        "00083100831",
    )
    entry = Entry.objects.get(kind="customer")
    assert (entry.event, entry.number, set(entry.digests)) == (
        "customer.registered",
        "KH00001",
        {"", f"contact_person:{person.pk}"},
    )
    assert sentence(entry, "zh") == "王晓梅建立了客户档案：宁波海川机电有限公司"
    assert verify().fault is None


def test_the_company_may_give_its_own_code(file: CustomerDesk) -> None:
    assert file.customer("甲厂", code="C-1001").number == "C-1001"
    assert file.customer("乙厂").number == "KH00001"


def test_a_code_in_use_is_refused_with_whose_it_is(file: CustomerDesk) -> None:
    file.customer("甲厂", code="C-1001")

    with pytest.raises(Refused) as refused:
        file.customer("乙厂", code="C-1001")

    assert refused.value.fields["code"].show("zh") == "编号 C-1001 已属于“甲厂”"
    assert Customer.objects.count() == 1


@pytest.mark.parametrize("code", ["new", "Lookup", "A/1", "..", "a b"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(file: CustomerDesk, code: str) -> None:
    with pytest.raises(Refused) as refused:
        file.customer(code=code)

    assert list(refused.value.fields) == ["code"]


def test_the_series_leaves_out_numbers_given_as_own_codes(file: CustomerDesk) -> None:
    file.customer("甲厂", code="KH00001")

    assert file.customer("乙厂").number == "KH00002"


def test_sending_the_form_twice_opens_one_file(file: CustomerDesk) -> None:
    token = uuid4()
    facts = CustomerFacts(name="甲厂")
    register_customer(
        facts, procedure_id=file.factory.version, context=StepContext(file.factory.mei, NOW, submission=token)
    )

    with pytest.raises(AlreadyDone) as again:
        register_customer(
            facts, procedure_id=file.factory.version, context=StepContext(file.factory.mei, NOW, submission=token)
        )

    assert (again.value.entry.number, Customer.objects.count()) == ("KH00001", 1)


def test_production_may_not_open_a_file_and_no_number_is_lost(file: CustomerDesk) -> None:
    with pytest.raises(Refused) as refused:
        register_customer(
            CustomerFacts(name="甲厂"), procedure_id=file.factory.version, context=StepContext(file.factory.peng, NOW)
        )

    assert [reason.show("zh") for reason in refused.value.reasons] == ["这一步由售后服务部、办公室、质量部、客服部办理"]
    assert file.customer("乙厂").number == "KH00001"
