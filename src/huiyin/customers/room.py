"""What this room tells the house."""

from __future__ import annotations

from huiyin.customers import phrases, vocabulary  # noqa: F401 - the words make themselves known
from huiyin.customers.registration import register
from huiyin.kernel.text import t
from huiyin.records.navigation import may_take_opening, works_with
from huiyin.ui.rooms import MenuItem, Room

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
    on_start=(register,),
)
