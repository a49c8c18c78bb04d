"""What this room tells the house."""

from __future__ import annotations

from typing import Any

from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.review.views import may_see
from huiyin.ui.rooms import MenuItem, Room


def _oversees(person: Person, procedure: Any) -> bool:
    return may_see(person)


ROOM = Room(
    name="review",
    urls=(("procedure/", "huiyin.review.procedure_urls"), ("clauses/", "huiyin.review.urls")),
    menu=(
        MenuItem(
            label=t("条款与证据", "Clauses"),
            url="clauses",
            icon="clauses",
            key="e",
            position=150,
            may_open=_oversees,
            group=t("体系", "System"),
        ),
        MenuItem(
            label=t("程序", "Procedure"), url="procedure", icon="procedure", key="r", position=160, may_open=_oversees
        ),
    ),
)
