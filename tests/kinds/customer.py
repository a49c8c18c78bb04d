"""The customers' files."""

from __future__ import annotations

from typing import Any

from huiyin.customers.actions import record_delivery, register_customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts, DeliveryFacts
from tests.kinds.matrix import (
    FORBIDDEN,
    IN_ITS_FORM,
    IN_TIME_LINE,
    OVERSEE,
    SEARCHED,
    KindMatrix,
    doors,
    own,
    usual_doors,
)

SEES = frozenset({"mei", "song", "peng"}) | OVERSEE
RECORD = "customers/<str:number>"


def sample(company: Any) -> dict[str, str]:
    """A customer with one contact person and one delivery."""
    works = company.works
    customer = register_customer(
        CustomerFacts(name="海川机电", code="HC-9317", address="麒麟巷七号", telephone="0571-86543210"),
        procedure_id=works.version,
        contact=ContactPersonFacts(name="独孤工", email="li@haichuan.example"),
        context=works.context("mei", "2026-11-16 08:30"),
    )
    goods = DeliveryFacts(model="QL-77", batch="BX5521")
    record_delivery(customer, goods, context=works.context("mei", "2026-11-16 08:40"))
    company.customer = customer
    return {
        "customer": customer.number,
        "person": str(customer.contact_people.get().pk),
        "delivery": str(customer.deliveries.get().pk),
    }


MATRIX = KindMatrix(
    kind="customer",
    room="customers",
    sees=SEES,
    number="HC-9317",
    sample=sample,
    marks=frozenset({"麒麟巷", "独孤工", "QL-77", "BX5521", "86543210"}),
    questions=(
        "/customers/?count=all&totals=1",
        "/customers/?q=海川",
        "/customers/lookup?q=海川",
        "/customers/lookup?q=HC-93",
        "/customers/lookup?q=8654",
        "/customers/lookup?q=hcjd",
        "/customers/deliveries/lookup?q=BX55",
        "/search?q=haichuan",
        "/search?q=海川机电有限&kind=customer",
        "/search/suggest?q=麒麟",
        "/contacts/new?customer=HC-9317",
    ),
    seen_by=frozenset({"salesperson"}),
    not_shown={
        **dict.fromkeys(
            [
                "pinyin",
                "initials",
                "name_initials",
                "telephone_digits",
                "telephone_reversed",
                "contact_person.pinyin",
                "contact_person.initials",
                "contact_person.mobile_digits",
                "contact_person.mobile_reversed",
                "contact_person.telephone_digits",
                "contact_person.telephone_reversed",
            ],
            SEARCHED,
        ),
        **dict.fromkeys(["contact_person.remark", "delivery.order_number", "delivery.remark"], IN_ITS_FORM),
    },
    facts_not_shown={
        **dict.fromkeys(["closed_at"], IN_TIME_LINE),
    },
    doors={
        **usual_doors("customer", "customers", SEES),
        "customers/lookup": own("/customers/lookup"),
        "customers/deliveries/lookup": own("/customers/deliveries/lookup"),
        "customers/card": own("/customers/card"),
        f"{RECORD}/card": doors(SEES, "200", FORBIDDEN, ["/customers/{customer}/card"]),
        f"{RECORD}/people/new": doors(SEES, "200", "422", ["/customers/{customer}/people/new"]),
        f"{RECORD}/people/<int:pk>": doors(SEES, "200", "422", ["/customers/{customer}/people/{person}"]),
        f"{RECORD}/deliveries/new": doors(SEES, "200", "422", ["/customers/{customer}/deliveries/new"]),
        f"{RECORD}/deliveries/<int:pk>": doors(SEES, "200", "422", ["/customers/{customer}/deliveries/{delivery}"]),
    },
)
