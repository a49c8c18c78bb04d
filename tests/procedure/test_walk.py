"""Whoever must act next owes it: what a walk through all states of a declared kind finds, and where it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure.checks.walk import walks
from huiyin.procedure.loader import load_pack
from tests.procedure.small import mistakes_of, write

SHEET = """
[pack]
key = "sheets"
version = "1.0"
title = { zh = "表单程序", en = "Sheets" }
extends = "base"

[[kind]]
key = "sheet"
label = { zh = "周报", en = "Sheet" }

[[kind]]
key = "sheet-item"
label = { zh = "事项", en = "Item" }
part_of = "sheet"
rows = "task"

[[state]]
key = "sheet.compiled"
phase = "handling"
label = { zh = "已统计", en = "Compiled" }

[[state]]
key = "sheet.sent"
phase = "closed"
label = { zh = "已送出", en = "Sent" }

[[step]]
key = "sheet.compile"
to = "compiled"
by = ["quality"]
label = { zh = "统计", en = "Compile" }

[[step]]
key = "sheet.send"
from = ["compiled"]
to = "sent"
by = ["quality"]
guards = ["answered:items"]
label = { zh = "送出", en = "Send" }

[[field]]
key = "sheet.who"
type = "person"
label = { zh = "经办", en = "By whom" }

[[field]]
key = "sheet.items"
type = "rows"
of = "sheet-item"
label = { zh = "事项", en = "Items" }

[[field]]
key = "sheet-item.what"
type = "text"
label = { zh = "事项", en = "Item" }

[[obligation]]
key = "sheet-send"
label = { zh = "送出周报", en = "Send the sheet" }
opens = "sheet.compile"
closes = ["sheet.send"]
cancels = ["sheet.void"]
owner = "function:quality"
within = "1 workday"
"""


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    """Key and problem of each mistake, in English."""
    return [(one.key, one.problem.show("en")) for one in mistakes_of(write(folder, text))]


def test_a_kind_whose_every_step_is_owed_passes(tmp_path: Path) -> None:
    assert found(tmp_path / "sheets", SHEET) == []


def test_a_sheet_that_nobody_has_to_send_is_found(tmp_path: Path) -> None:
    text = SHEET[: SHEET.index("[[obligation]]")]
    (one,) = mistakes_of(write(tmp_path / "sheets", text))
    assert (one.key, one.file.endswith("pack.toml")) == ("state[sheet.compiled]", True)
    assert "nobody owes the next step (sheet.send)" in one.problem.show("en")
    assert 'closes = ["sheet.send"]' in one.remedy.show("zh")
    assert one.line == SHEET[: SHEET.index('key = "sheet.compiled"')].count("\n")


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('owner = "function:quality"', 'owner = "function:reception"', "state[sheet.compiled]", "nobody owes"),
        ('cancels = ["sheet.void"]', "cancels = []", "obligation[sheet-send].cancels", "still owed"),
        (
            'from = ["compiled"]\nto = "sent"\nby = ["quality"]',
            'from = ["compiled"]\nto = "sent"\nby = ["owner"]',
            "",
            "",
        ),
    ],
)
def test_what_the_walk_finds_stands_where_it_is_mended(tmp_path: Path, old: str, new: str, key: str, said: str) -> None:
    assert SHEET.count(old) == 1
    mistakes = found(tmp_path / "sheets", SHEET.replace(old, new))
    if not key:
        assert "sheet-send" not in str(mistakes)
        return
    assert [each for each, problem in mistakes if said in problem] == [key]


def test_rows_still_owed_at_an_end_that_does_not_wait_for_them(tmp_path: Path) -> None:
    text = SHEET.replace('guards = ["answered:items"]\n', "")
    assert [key for key, _ in found(tmp_path / "sheets", text)] == ["obligation[sheet-item-answer].cancels"]


def test_a_step_of_one_person_alone(tmp_path: Path) -> None:
    text = SHEET.replace('to = "sent"\nby = ["quality"]', 'to = "sent"\nby = ["field:who"]')
    frozen = text + '\n[[step]]\nkey = "sheet.correct"\nfrom = ["compiled"]\nby = ["field:who"]\naside = true\n'
    frozen += 'label = { zh = "更正", en = "Correct" }\n'
    assert [key for key, _ in found(tmp_path / "sheets", frozen) if key.startswith("step[sheet.send]")] == [
        "step[sheet.send].by"
    ]


def test_taken_up_again_it_is_owed_again(tmp_path: Path) -> None:
    procedure = load_pack(write(tmp_path / "sheets", SHEET))
    (walk,) = walks(["sheet"], procedure.states, procedure.steps, procedure.obligations, procedure.vocabulary)
    assert ("sent", frozenset()) in walk.nodes()
    assert {owed for state, owed in walk.nodes() if state == "compiled"} == {frozenset({"sheet-send"})}
