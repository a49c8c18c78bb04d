"""Where declared kinds stand in the menu: one entry for each group, so that it stays short with forty kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.kind_entries import GroupEntry
from huiyin.procedure.schema import Procedure
from huiyin.records.navigation import works_with
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.ui.rooms import MayOpen, MenuItem, everybody

BEFORE_GROUPS, FIRST = 99, 100
OTHERS = ""
MOST_NEW = 8
"""So many forms stand in quick-create by themselves; of more their groups do."""


def may_open_kind(person: Any, procedure: Procedure, kind: str) -> bool:
    """Whether the list of a kind would answer the person with more than emptiness."""
    return works_with(kind)(person, procedure) or "anyone" in procedure.step_table(kind).roles


def menu_of(procedure: Procedure | None) -> Sequence[MenuItem]:
    """One entry for each group that holds kinds, and one for kinds without a group."""
    return [
        _of_group(group, place, _opens_one_of([kind.key for kind in kinds]))
        for place, (group, kinds) in enumerate(_grouped(procedure))
    ]


def creates_of(person: Any, procedure: Procedure | None) -> Sequence[MenuItem]:
    """What the person may enter by forms of the procedure, group by group; where that is more than a few, the groups
    themselves, on whose pages the forms are offered.
    """
    found = [
        (group, place, kind, openings)
        for place, (group, kinds) in enumerate(_grouped(procedure))
        for kind in kinds
        if (openings := kind.openings_for(person))
    ]
    if sum(len(openings) for *_, openings in found) > MOST_NEW:
        groups = dict.fromkeys((group, place) for group, place, *_ in found)
        return [_of_group(group, place, everybody) for group, place in groups]
    lines = [(group, place, kind, step, openings) for group, place, kind, openings in found for step in openings]
    return [
        MenuItem(
            label=kind.label,
            note=step.label if len(openings) > 1 else None,
            group=_label(group) if at == 0 or lines[at - 1][1] != place else None,
            url="",
            path=f"/registers/{kind.key}/new/{step.verb}",
            icon="file",
            position=FIRST + place,
            may_open=everybody,
        )
        for at, (group, place, kind, step, openings) in enumerate(lines)
    ]


def _grouped(procedure: Procedure | None) -> list[tuple[GroupEntry | None, list[DataKind]]]:
    """The kinds of each group that holds any, in the order of the pack; last those without a group."""
    if procedure is None:
        return []
    grouped: dict[str, list[DataKind]] = {}
    for entry in procedure.kinds:
        if entry.part_of is None:
            grouped.setdefault(entry.group, []).append(kind_of(procedure, entry.key))
    groups = {group.key: group for group in procedure.groups}
    return [(groups.get(key), grouped[key]) for key in (*groups, OTHERS) if key in grouped]


def _label(group: GroupEntry | None) -> Text:
    return group.label if group is not None else t("登记与表单", "Registers and forms")


def _of_group(group: GroupEntry | None, place: int, may_open: MayOpen) -> MenuItem:
    return MenuItem(
        label=_label(group),
        url="",
        path=f"/registers/group/{group.key}" if group is not None else "/registers/",
        icon="register",
        position=FIRST + place,
        may_open=may_open,
    )


def _opens_one_of(kinds: Sequence[str]) -> MayOpen:
    def may_open(person: Any, procedure: Any) -> bool:
        return procedure is not None and any(may_open_kind(person, procedure, kind) for kind in kinds)

    return may_open
