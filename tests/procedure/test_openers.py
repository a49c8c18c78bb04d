"""A kind that anybody may open gives nobody a right over what others opened."""

from __future__ import annotations

from pathlib import Path

from huiyin.procedure.loader import load_pack
from tests.procedure.small import mistakes_of, write
from tests.procedure.test_walk import SHEET

ANYBODY = SHEET.replace('to = "compiled"\nby = ["quality"]', 'to = "compiled"\nby = ["anyone"]')
APPROVAL = """
[[approval]]
key = "sheet"
kind = "sheet"
from = "compiled"
approved = "approved"
returned = "compiled"
label = { zh = "签批", en = "Approval" }

[[level]]
key = "sheet.head"
who = ["quality.head"]
label = { zh = "部门", en = "Department" }

[[state]]
key = "sheet.approved"
phase = "handling"
label = { zh = "已批准", en = "Approved" }

[[obligation]]
key = "sheet-submit"
label = { zh = "提交", en = "Submit" }
opens = "sheet.compile"
closes = ["sheet.submit"]
cancels = ["sheet.void"]
owner = "record.owner"
within = "1 workday"

[[obligation]]
key = "sheet-again"
label = { zh = "重新提交", en = "Submit again" }
opens = "sheet.send_back"
closes = ["sheet.submit"]
cancels = ["sheet.void"]
owner = "record.owner"
within = "1 workday"
"""


def test_who_corrects_voids_and_sees_it(tmp_path: Path) -> None:
    assert ANYBODY != SHEET
    procedure = load_pack(write(tmp_path / "sheets", ANYBODY))
    by = {step.verb: step.by for step in procedure.steps if step.kind == "sheet"}
    assert (by["correct"], by["void"]) == (("owner",), ("owner", "head"))
    assert "anyone" not in procedure.visibility["sheet"]
    assert "quality" in procedure.visibility["sheet"]


def test_who_submits_and_withdraws_it(tmp_path: Path) -> None:
    text = ANYBODY.replace('from = ["compiled"]', 'from = ["approved"]')
    text = text.replace('opens = "sheet.compile"', 'opens = "sheet.approve"')
    procedure = load_pack(write(tmp_path / "sheets", text + APPROVAL))
    by = {step.verb: step.by for step in procedure.steps if step.kind == "sheet"}
    assert (by["submit"], by["withdraw"]) == (("owner",), ("owner",))


def test_what_a_step_undoes_is_an_event_of_its_kind_without_the_kind(tmp_path: Path) -> None:
    undoing = SHEET.replace('key = "sheet.send"\n', 'key = "sheet.send"\nundoes = ["sheet.compile"]\n')
    found = [one.key for one in mistakes_of(write(tmp_path / "sheets", undoing))]
    assert "step[sheet.send].undoes[1]" in found
    load_pack(write(tmp_path / "sheets", undoing.replace('["sheet.compile"]', '["compile"]')))
