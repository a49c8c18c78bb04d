"""Warnings of packs: the same owed twice, one language only, departments of the pack below left over, labels that
name a form."""

from __future__ import annotations

from pathlib import Path

import pytest

import huiyin.packs
from huiyin.procedure.loader import load_pack, warnings_of
from tests.procedure.small import SMALL, write

DUTY = """
[[obligation]]
key = "measures-again"
label = { zh = "再反馈一次", en = "Once more" }
opens = "task.assigned"
closes = ["task.answered"]
cancels = ["complaint.closed"]
owner = "task.department"
within = "72h"
"""
SHIPPED = sorted(one.parent.name for one in Path(huiyin.packs.__path__[0]).glob("*/pack.toml"))
ABOVE = """
[pack]
key = "above"
version = "1.0"
title = { zh = "上层", en = "Above" }
timezone = "Asia/Shanghai"
currency = "CNY"
extends = "small"

[[department]]
key = "%s"
name = { zh = "本公司的部门", en = "Our department" }
"""


def warned(folder: Path, text: str, key: str = "small") -> list[tuple[str, str]]:
    """The warnings of a pack: where, and what."""
    write(folder / key, text)
    load_pack(folder / key)
    return [(one.key, one.problem.show("zh")) for one in warnings_of(folder / key)]


def test_a_pack_without_anything_odd_is_not_warned_of(tmp_path: Path) -> None:
    assert warned(tmp_path, SMALL) == []


def test_two_duties_on_one_event_for_one_owner(tmp_path: Path) -> None:
    said = "「measures」由同一事件产生、同一事件了结，也归 task.department"
    assert warned(tmp_path, SMALL + DUTY) == [("obligation[measures-again].opens", said)]
    other = DUTY.replace('owner = "task.department"', 'owner = "task.person"')
    assert warned(tmp_path, SMALL + other) == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ('{ zh = "再反馈一次", en = "再反馈一次" }', "英文写的是中文：再反馈一次"),
        ('{ zh = "Once more", en = "Once more" }', "中文写的是英文：Once more"),
    ],
)
def test_a_label_in_one_language_only(tmp_path: Path, label: str, said: str) -> None:
    text = SMALL + DUTY.replace('{ zh = "再反馈一次", en = "Once more" }', label).replace(
        "task.department", "head:quality"
    )
    assert ("obligation[measures-again].label", said) in warned(tmp_path, text)


def test_departments_of_the_pack_below_that_nobody_spoke_of(tmp_path: Path) -> None:
    write(tmp_path / "small", SMALL)
    below = [each.key for each in load_pack(tmp_path / "small").departments]
    assert len(below) > 1
    found = warned(tmp_path, ABOVE % below[0], "above")
    assert [key for key, _ in found] == [f"department[{key}].name" for key in below[1:]]
    assert warned(tmp_path, ABOVE.partition("[[department]]")[0], "above") == []


def test_a_label_that_names_a_form_which_is_filled_in_elsewhere_is_told(tmp_path: Path) -> None:
    """The sheet of the small pack is a complaint's: its steps and those of its tasks may name it, others may not."""
    same = SMALL.replace('label = { zh = "分派", en = "Assign" }', 'label = { zh = "开出《反馈单》", en = "Issue it" }')
    assert warned(tmp_path / "same", same) == []
    other = same.replace('record = "complaint"\nlayout = "feedback-sheet"', 'record = "contact"')
    found = [one for one in warned(tmp_path / "other", other) if one[0].endswith(".label")]
    assert found == [
        (f"step[{key}].label", "名称里写了《反馈单》，却不填写它") for key in ("complaint.assign", "task.assign")
    ]


@pytest.mark.parametrize("key", SHIPPED)
def test_no_label_of_a_shipped_pack_names_a_form_that_is_not_filled_in(key: str) -> None:
    load_pack(key)
    assert [one.key for one in warnings_of(key) if one.key.endswith(".label") and "《" in one.problem.show("zh")] == []
