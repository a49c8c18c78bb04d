"""What this room tells the house."""

from __future__ import annotations

from huiyin.improvement import guards, phrases, vocabulary  # noqa: F401 - they make themselves known
from huiyin.improvement.registration import register
from huiyin.improvement.suppliers import guards as _guards  # noqa: F401
from huiyin.improvement.suppliers import vocabulary as _words  # noqa: F401
from huiyin.improvement.suppliers.registration import register as register_suppliers
from huiyin.kernel.text import t
from huiyin.records.navigation import may_take_opening, whoever_has, works_with
from huiyin.ui.rooms import MenuItem, Room

ROOM = Room(
    name="improvement",
    urls=(("", "huiyin.improvement.urls"),),
    menu=(
        MenuItem(
            label=t("8D", "8D"),
            url="problems",
            icon="eightd",
            key="d",
            position=40,
            may_open=whoever_has("problem"),
            kind="problem",
            plain_icon="flag",
        ),
        MenuItem(label=t("供方整改", "Suppliers"), url="scars", icon="link", position=50, may_open=works_with("scar")),
    ),
    creates=(
        MenuItem(
            label=t("8D", "8D"),
            url="problem_new",
            icon="eightd",
            position=20,
            may_open=may_take_opening("problem.open"),
            note=t("查原因、定措施、防再发", "Cause, action, prevention"),
            kind="problem",
            plain_icon="flag",
        ),
    ),
    on_start=(register, register_suppliers),
)
