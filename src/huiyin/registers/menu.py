"""Where declared kinds stand in the menu: one entry for each group, so that it stays short with forty kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.kernel.text import t
from huiyin.procedure.schema import Procedure
from huiyin.records.navigation import works_with
from huiyin.ui.rooms import MenuItem

BEFORE_GROUPS, FIRST = 99, 100
OTHERS = ""


def may_open_kind(person: Any, procedure: Procedure, kind: str) -> bool:
    """Whether the list of a kind would answer the person with more than emptiness."""
    return works_with(kind)(person, procedure) or "anyone" in procedure.step_table(kind).roles


def menu_of(procedure: Procedure | None) -> Sequence[MenuItem]:
    """One entry for each group that holds kinds, and one for kinds without a group."""
    if procedure is None:
        return ()
    grouped: dict[str, list[str]] = {}
    for kind in procedure.kinds:
        if kind.part_of is None:
            grouped.setdefault(kind.group, []).append(kind.key)
    labels = {group.key: group.label for group in procedure.groups}
    order = [key for key in (*labels, OTHERS) if key in grouped]
    return [
        MenuItem(
            label=labels.get(key, t("登记与表单", "Registers and forms")),
            url="",
            path=f"/registers/group/{key}" if key else "/registers/",
            icon="register",
            position=FIRST + place,
            may_open=_opens_one_of(grouped[key]),
        )
        for place, key in enumerate(order)
    ]


def _opens_one_of(kinds: Sequence[str]) -> Any:
    def may_open(person: Any, procedure: Any) -> bool:
        return procedure is not None and any(may_open_kind(person, procedure, kind) for kind in kinds)

    return may_open
