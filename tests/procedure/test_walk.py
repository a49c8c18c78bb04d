"""Whoever must act next owes it: what a walk through all states of a declared kind finds, and where it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure.checks.paths import DutyStanding
from huiyin.procedure.checks.walk import Walk, Walked
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


def walk_of(folder: Path, text: str) -> Walk:
    """The walk of the sheets of a pack."""
    read = load_pack(write(folder, text))
    walked = Walked(read.states, read.steps, read.obligations, read.vocabulary, read.approvals, read.levels)
    return walked.kinds["sheet"]


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
    standings = walk_of(tmp_path / "sheets", SHEET).standings("sheet-send")
    assert standings["sent"] == [DutyStanding.UNDOABLE]
    assert standings["compiled"] == [DutyStanding.OPEN]
    assert standings["void"] == [DutyStanding.ENDED]


APPROVAL = """
[[approval]]
key = "sheet"
kind = "sheet"
from = "compiled"
approved = "sent"
returned = "compiled"
label = { zh = "会签", en = "Approval" }

[[level]]
key = "sheet.one"
label = { zh = "一级", en = "One" }
who = ["management"]
"""
SUBMITTED = (
    SHEET.replace(SHEET[SHEET.index('[[step]]\nkey = "sheet.send"') : SHEET.index("[[field]]")], "")
    .replace('of = "sheet-item"', 'of = "sheet-item"\nasked = ["compile"]')
    .replace('part_of = "sheet"\nrows = "task"', 'part_of = "sheet"\nrows = "plain"')
    .replace('closes = ["sheet.send"]', 'closes = ["sheet.submit"]')
    + """
[[obligation]]
key = "sheet-again"
label = { zh = "重新提交", en = "Submit again" }
opens = "sheet.reopen"
closes = ["sheet.submit"]
cancels = ["sheet.void"]
owner = "function:quality"
within = "1 workday"
"""
    + APPROVAL
)


def test_while_a_record_waits_the_signatures_are_owed(tmp_path: Path) -> None:
    assert found(tmp_path / "sheets", SUBMITTED) == []


def test_a_round_withdrawn_is_to_be_submitted_again(tmp_path: Path) -> None:
    walk = walk_of(tmp_path / "sheets", SUBMITTED)
    assert list(walk.findings()) == []
    assert DutyStanding.OPEN in walk.standings("sheet-revise")["compiled"]


OWN_SIGNATURE = """
[[obligation]]
key = "sheet-one-sign"
label = { zh = "签署", en = "Sign" }
opens = "sheet-signer.asked"
closes = ["sheet-signer.sign", "sheet-signer.refuse", "sheet-signer.transfer"]
cancels = ["sheet-signer.excused", "sheet.void"]
owner = "sheet-signer.signer"
within = "1 workday"
when = [{ field = "level", is = ["sheet.one"] }]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ('is = ["sheet.one"]', 'is = ["sheet.two"]', [("level[sheet.one]", "does not owe the signature")]),
        ('cancels = ["sheet-signer.excused", "sheet.void"]', 'cancels = ["sheet.void"]', [("", "still owed")]),
    ],
)
def test_a_duty_to_sign_that_the_pack_writes_itself(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    mistakes = found(tmp_path / "sheets", SUBMITTED + OWN_SIGNATURE.replace(old, new))
    assert bool(mistakes) == bool(expected)
    for key, said in expected:
        assert any(key in one and said in problem for one, problem in mistakes), mistakes


def test_an_end_out_of_the_midst_of_a_round_leaves_its_signers(tmp_path: Path) -> None:
    gone = '[[step]]\nkey = "sheet.drop"\nfrom = ["in-approval"]\nto = "sent"\nby = ["quality"]\nends = true\n'
    text = SUBMITTED + gone + 'label = { zh = "不再送", en = "Do not send" }\n'
    assert [key for key, _ in found(tmp_path / "sheets", text)] == ["obligation[sheet-one-sign].cancels"]


def test_a_duty_may_outlive_the_record_but_not_one_that_is_void(tmp_path: Path) -> None:
    own = """
[[obligation]]
key = "item"
label = { zh = "事项", en = "Item" }
opens = "sheet-item.given"
closes = ["sheet-item.answer"]
cancels = ["sheet-item.drop", "sheet.void"]
owner = "sheet-item.owner"
within = "promised"
outlives = true
"""
    text = SHEET.replace('guards = ["answered:items"]\n', "") + own
    assert found(tmp_path / "sheets", text) == []
    assert load_pack(tmp_path / "sheets").rule("item").puts_off == ("sheet-item.given",)
    voided = text.replace('"sheet-item.drop", "sheet.void"', '"sheet-item.drop"')
    assert [key for key, _ in found(tmp_path / "void", voided.replace('key = "sheets"', 'key = "void"'))] == [
        "obligation[item].cancels"
    ]


def test_what_is_done_after_the_end_is_not_left(tmp_path: Path) -> None:
    late = """
[[step]]
key = "sheet.file"
from = ["compiled", "sent"]
by = ["quality"]
aside = true
label = { zh = "归档", en = "File" }

[[obligation]]
key = "sheet-file"
label = { zh = "归档", en = "File it" }
opens = "sheet.compile"
closes = ["sheet.file"]
cancels = ["sheet.void"]
owner = "function:quality"
within = "5 workdays"
"""
    assert found(tmp_path / "sheets", SHEET + late) == []
    only_before = late.replace('from = ["compiled", "sent"]', 'from = ["compiled"]')
    text = (SHEET + only_before).replace('key = "sheets"', 'key = "early"')
    assert [key for key, _ in found(tmp_path / "early", text)] == ["obligation[sheet-file].cancels"]


def test_a_pack_that_says_what_reopening_owes_is_left_alone(tmp_path: Path) -> None:
    own = SHEET[SHEET.index("[[obligation]]") :].replace('"sheet-send"', '"sheet-again"')
    text = SHEET + own.replace('opens = "sheet.compile"', 'opens = "sheet.reopen"')
    assert load_pack(write(tmp_path / "sheets", SHEET)).vocabulary.undone_by("sheet.reopen") == ("sheet.send",)
    own_said = load_pack(write(tmp_path / "own", text.replace('key = "sheets"', 'key = "own"')))
    assert own_said.vocabulary.undone_by("sheet.reopen") == ()
