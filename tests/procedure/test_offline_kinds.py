"""What ``offline = true`` brings to a kind, and what keeps it from being written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from huiyin.procedure.loader import load_pack
from huiyin.procedure.mistakes import Mistake, PackInvalid
from tests.registers.works import PACK

VISIT = (Path(PACK) / "visit.toml").read_text("utf-8")
OFFLINE = VISIT.replace('key = "visit"\n', 'key = "visit"\noffline = true\n', 1)
ROWS = '\n[[kind]]\nkey = "visit-sheet"\nlabel = { zh = "单", en = "Sheet" }\npart_of = "visit"\nrows = "sheets"\n'


def works(tmp_path: Path, written: str) -> Path:
    folder = tmp_path / "works"
    shutil.copytree(PACK, folder)
    (folder / "visit.toml").write_text(written, "utf-8")
    return folder


def mistakes(tmp_path: Path, written: str) -> list[Mistake]:
    with pytest.raises(PackInvalid) as found:
        load_pack(works(tmp_path, written))
    return found.value.mistakes


def test_it_brings_sheets_with_states_steps_and_a_duty(tmp_path: Path) -> None:
    procedure = load_pack(works(tmp_path, OFFLINE))
    assert procedure.vocabulary.declared["visit-sheet"].part_of == "visit"
    assert [one.name for one in procedure.states if one.kind == "visit-sheet"] == [
        *("kept", "applied", "discarded"),
        *("late", "counted", "by_receipt"),
    ]
    assert [one.verb for one in procedure.steps if one.kind == "visit-sheet"] == [
        *("keep", "apply", "discard"),
        *("come_late", "count_stated", "count_receipt"),
    ]
    rule = procedure.rule("visit-sheet-decide")
    assert (rule.opens, rule.owner, rule.outlives) == ("visit-sheet.keep", "visit-sheet.decider", True)
    counting = procedure.rule("visit-sheet-count")
    assert (counting.opens, counting.closes) == (
        "visit-sheet.come_late",
        ("visit-sheet.count_stated", "visit-sheet.count_receipt"),
    )
    assert load_pack(PACK).vocabulary.declared.get("visit-sheet") is None


def test_a_duty_of_the_pack_is_used_instead(tmp_path: Path) -> None:
    own = """
[[obligation]]
key = "visit-sheet-decide"
label = { zh = "当天决定", en = "Decide today" }
opens = "visit-sheet.keep"
closes = ["visit-sheet.apply", "visit-sheet.discard"]
owner = "record.owner"
within = "4 workhours"
outlives = true
"""
    procedure = load_pack(works(tmp_path, OFFLINE + own))
    assert procedure.rule("visit-sheet-decide").owner == "record.owner"


def test_sheets_are_not_written_by_a_pack(tmp_path: Path) -> None:
    found = [one.show("en") for one in mistakes(tmp_path, VISIT + ROWS) if one.key == "kind[visit-sheet].rows"]
    assert len(found) == 1
    assert "Sheets come with offline = true and cannot be written." in found[0]


def test_the_key_leaves_room_for_the_sheets(tmp_path: Path) -> None:
    written = OFFLINE.replace("visit", "visit-of-a-year")
    assert any("works offline is too long" in one.show("en") for one in mistakes(tmp_path, written))
