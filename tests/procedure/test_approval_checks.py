"""Mistakes in a declared approval: each named with its file, line and key, and with what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from huiyin.procedure.loader import load_pack, warnings_of
from huiyin.procedure.mistakes import Mistake, PackInvalid
from tests.registers.works import PACK

REQUEST = (Path(PACK) / "request.toml").read_text("utf-8")
NO_LEVEL = REQUEST[: REQUEST.index("[[level]]")]


def mistakes(tmp_path: Path, written: str) -> list[Mistake]:
    folder = tmp_path / "works"
    shutil.copytree(PACK, folder)
    (folder / "request.toml").write_text(written, "utf-8")
    with pytest.raises(PackInvalid) as found:
        load_pack(folder)
    return found.value.mistakes


@pytest.mark.parametrize(
    ("right", "wrong", "key", "said"),
    [
        ('from = "drafted"', 'from = "draft"', "approval[request].from", "There is no state “draft”."),
        ('approved = "released"', 'approved = "relesed"', "approval[request].approved", "no state “relesed”"),
        ('approved = "released"', 'approved = "drafted"', "approval[request].approved", "stands before the approval"),
        ('fills = ["paid_on"]', 'fills = ["paid"]', "approval[request].fills[1]", "no field “paid”"),
        ('fills = ["paid_on"]', 'binds = ["gone"]', "approval[request].binds[1]", "There is no state “gone”."),
        ('fills = ["paid_on"]', 'binds = ["drafted"]', "approval[request].binds[1]", "no state “drafted”"),
        ('fills = ["paid_on"]', 'not_by = ["what"]', "approval[request].not_by[1]", "no person “what”"),
        ('who = ["quality", ', 'who = ["qualty", ', "level[request.cosign].who[1]", "no selector “qualty”"),
        ('who = ["management.head"]', 'who = ["sales"]', "level[request.release].who[1]", "selector “sales”"),
        ("need = 2", "need = 4", "level[request.cosign].need", "needs 4 to sign and names 3"),
        ("need = 2", 'need = "most"', "level[request.cosign].need", ""),
        ('may = ["return"]', 'may = ["leave"]', "level[request.release].may[1]", "no “leave”"),
        ('field = "amount", over', 'field = "amont", over', "level[request.release].when[1].field", "“amont”"),
        ('key = "request.release"', 'key = "reqest.release"', "level[reqest.release].key", "“reqest.release”"),
        ('refusal = "ends"', 'refusal = "ends"\nmay = ["return"]', "level[trial.release.any].may", "ends it"),
        ('within = "1 workday"', 'within = "soon"', "level[request.cosign].within", ""),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, right: str, wrong: str, key: str, said: str) -> None:
    assert right in REQUEST
    written = REQUEST.replace(right, wrong, 1)
    found = [one for one in mistakes(tmp_path, written) if one.key == key]
    assert found, [one.show("en") for one in mistakes(tmp_path / "again", written)]
    one = found[0]
    assert said in one.problem.en
    assert one.file == "works/request.toml"
    line = written.splitlines()[one.line - 1]
    assert line.partition(" ")[0] == wrong.splitlines()[-1].partition(" ")[0] or "[[level]]" in line or "when" in line
    assert all((one.problem.zh, one.remedy.zh, one.remedy.en))


def test_an_approval_without_a_level_is_signed_by_nobody(tmp_path: Path) -> None:
    found = {one.key: one.problem.en for one in mistakes(tmp_path, NO_LEVEL)}
    assert found["approval[request].key"] == "The approval has no level."


def test_levels_that_may_all_be_skipped_sign_nothing(tmp_path: Path) -> None:
    start = NO_LEVEL + '[[level]]\nkey = "request.one"\nlabel = { zh = "一级", en = "One" }\nwho = ["management"]\n'
    found = mistakes(tmp_path, start + 'when = [{ field = "amount", over = "10" }]\n')
    assert [one.key for one in found] == ["level[request.one].when"]


def test_two_approvals_of_a_kind_do_not_share_a_state_or_run_in_a_circle(tmp_path: Path) -> None:
    more = """
[[approval]]
key = "request.back"
kind = "request"
from = "released"
approved = "drafted"
returned = "released"
label = { zh = "再审", en = "Again" }

[[level]]
key = "request.back.one"
label = { zh = "一级", en = "One" }
who = ["management"]
"""
    keys = [one.key for one in mistakes(tmp_path, REQUEST + more)]
    assert "approval[request.back].state" in keys
    assert "approval[request.back].approved" in keys


def test_signers_come_with_an_approval_only(tmp_path: Path) -> None:
    more = '\n[[kind]]\nkey = "visit-signer"\npart_of = "visit"\nrows = "signers"\nlabel = { zh = "人", en = "One" }\n'
    assert "kind[visit-signer].rows" in [one.key for one in mistakes(tmp_path, REQUEST + more)]


REMARK = """
[[step]]
key = "request.remark"
from = ["released"]
by = ["owner"]
aside = true
label = { zh = "备注", en = "Remark" }

[[field]]
key = "request.note"
type = "text"
label = { zh = "备注", en = "Note" }
asked = ["remark"]
"""


def told_of_fills(tmp_path: Path, written: str) -> list[str]:
    folder = tmp_path / "works"
    shutil.copytree(PACK, folder)
    (folder / "request.toml").write_text(written, "utf-8")
    return [one.problem.show("en") for one in warnings_of(folder) if one.key == "approval[request].fills"]


def test_a_field_that_is_filled_in_after_signing_is_told(tmp_path: Path) -> None:
    said = (
        "“note” is filled in after it was signed (remark) and is not among fills of the approval “request”: "
        "filling it in voids the signatures, and everybody is asked again."
    )
    assert told_of_fills(tmp_path / "bound", REQUEST + REMARK) == [said]
    filled = (REQUEST + REMARK).replace('fills = ["paid_on"]', 'fills = ["paid_on", "note"]')
    assert told_of_fills(tmp_path / "filled", filled) == []
    before = REMARK.replace('from = ["released"]', 'from = ["drafted"]')
    assert told_of_fills(tmp_path / "before", REQUEST + before) == []
    anew = REMARK.replace('by = ["owner"]', 'to = "in-approval"\nby = ["owner"]')
    assert told_of_fills(tmp_path / "anew", REQUEST + anew) == []


def test_what_is_filled_in_at_the_end_is_told_where_the_record_may_come_back(tmp_path: Path) -> None:
    without = REQUEST.replace('fills = ["paid_on"]\n', "")
    (said,) = told_of_fills(tmp_path / "back", without)
    assert said.startswith("“paid_on” is filled in after it was signed (finish)")
    drafted = without.replace('key = "request"\nlabel', 'key = "request"\nreopens = "drafted"\nlabel', 1)
    assert drafted != without
    assert told_of_fills(tmp_path / "anew", drafted) == []
