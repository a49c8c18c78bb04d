"""What this room tells the house: the customer's file as a kind of record, and its place in the menu."""

from __future__ import annotations

from huiyin.customers import vocabulary  # noqa: F401 - the words make themselves known
from huiyin.customers.access import CUSTOMERS as SIGHT
from huiyin.customers.lists import CUSTOMERS
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.steps import EVENTS, STEPS
from huiyin.customers.subjects import register_subjects
from huiyin.kernel.text import t
from huiyin.records.kinds import PartKind, RecordKind
from huiyin.records.navigation import may_take_opening, works_with
from huiyin.ui.rooms import MenuItem, Room

CUSTOMER = RecordKind(
    model=Customer,
    name=t("客户", "Customer"),
    path="/customers/",
    sight=SIGHT,
    steps=STEPS,
    parts=(PartKind(model=ContactPerson), PartKind(model=Delivery)),
    lists=(CUSTOMERS,),
    sheets=(),
    opened_from={},
    aspects=(),
    has_own_fields=True,
    is_case=False,
    events=EVENTS,
)
ROOM = Room(
    name="customers",
    urls=(("customers/", "huiyin.customers.urls"),),
    menu=(
        MenuItem(
            label=t("客户", "Customers"),
            url="customers",
            icon="customers",
            key="k",
            position=110,
            may_open=works_with("customer"),
        ),
    ),
    creates=(
        MenuItem(
            label=t("客户", "Customer"),
            url="customer_new",
            icon="customers",
            position=40,
            may_open=may_take_opening("customer.register"),
        ),
    ),
    kinds=(CUSTOMER,),
    on_start=(register_subjects,),
)
