"""A complaint's page names other records only to those who may open them."""

from __future__ import annotations

import pytest

from huiyin.contacts.actions import register as register_contact
from huiyin.contacts.values import ContactFacts
from huiyin.customers.actions import register_customer
from huiyin.customers.values import CustomerFacts
from tests.cast import at, factory
from tests.desk import Office, stopped

pytestmark = pytest.mark.django_db


def test_numbers_of_records_one_may_not_open_are_not_told() -> None:
    with stopped("2026-11-16 10:00") as clock:
        works = factory("feedback")
        sent = works.sent("mei", "2026-11-16 09:00")
        call = register_contact(
            ContactFacts(channel="telephone", happened_at=at("2026-11-16 08:55"), party_name="周厂长", text="漏油"),
            procedure_id=works.version, sent=sent,
        )  # fmt: skip
        customer = register_customer(
            CustomerFacts(name="徐州恒岳重型机器有限公司"),
            procedure_id=works.version,
            actor=sent.actor,
            at=sent.at,
        )
        complaint = works.complaint(customer=customer, source=call)
        office = Office(works, clock)
        path = f"/complaints/{complaint.number}"
        pages = {name: office.desk(name).client.get(path).content.decode() for name in ("mei", "tao")}
        named = {
            name: [call.number in page, f"/customers/{customer.number}" in page, customer.name in page]
            for name, page in pages.items()
        }
        assert named == {"mei": [True, True, True], "tao": [False, False, True]}
