"""A pack that takes kinds of record away says so before it is adopted: which, how many are open, what comes of it."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest
from django.conf import settings

from huiyin.procedure import commands
from huiyin.procedure.comparing import packs_compare
from huiyin.procedure.loader import load_pack
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.taken_away import TakenKind, taken_away
from huiyin.procedure.versions import Signer, adopt, draft, procedure_of
from huiyin.registers.actions import FormInput, open_record
from tests.cast import Factory, at
from tests.desk import Office
from tests.obligations.test_second_pass import PACK
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage(PACK, when="2026-09-01 08:00")
office = desks("2026-11-16 10:00")
LEAN = """
[pack]
key = "lean"
version = "1.0"
title = { zh = "精简程序", en = "Lean procedure" }
extends = "base"
without = ["kind:stock-take"]
"""
BECOMES = (
    "Records opened before can be read as ever and are finished under the version they were opened under; "
    "no new ones can be opened.\n"
)


@pytest.fixture(autouse=True)
def lean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack of the company's own without stock-takes, and without the plans of the one in force."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    folder = tmp_path / "packs" / "lean"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(LEAN, "utf-8")
    return folder


def two_plans(works: Factory) -> None:
    for hour in ("08:00", "09:00"):
        context = works.context("mei", f"2026-11-16 {hour}")
        given = FormInput(facts={"text": "换密封圈"})
        open_record("draft-sheet", "write", given, procedure_id=works.version, context=context)


def test_what_a_version_takes_away_is_listed_with_what_is_open(works: Factory, lean: Path) -> None:
    two_plans(works)
    before, after = procedure_of(works.version), load_pack(lean)
    found = [(one.kind, one.label.en, one.open) for one in taken_away(before, after)]
    assert found == [("draft-sheet", "Plan", 2), ("stock-take", "Joint stock-take", 0)]
    assert taken_away(after, before) == []
    assert TakenKind("draft-sheet", after.title, None).sentence.show("en") == "Lean procedure (draft-sheet)"


def test_the_command_line_says_it_before_it_adopts(
    works: Factory, lean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huiyin.procedure.versions._followers", [])
    two_plans(works)
    assert commands.adopt(Namespace(pack="lean", language="en", at=at("2026-11-16 10:00"))) == 0
    assert capsys.readouterr().out == (
        "Kinds of record that this version takes away:\n"
        "  Plan (draft-sheet): records still open: 2\n"
        "  Joint stock-take (stock-take): records still open: 0\n"
        f"{BECOMES}"
        "Lean procedure (1.0) is in force\n"
    )
    assert commands.adopt(Namespace(pack="lean", language="en", at=at("2026-11-16 10:05"))) == 0
    assert capsys.readouterr().out == "Lean procedure (1.0) is in force\n"


def test_compare_lists_it_as_a_break(works: Factory, lean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two_plans(works)
    asked = {"old": "passes@1.0", "new": str(lean), "language": "en"}
    assert packs_compare(Namespace(**asked, json=True)) == 1
    broken = [one for one in json.loads(capsys.readouterr().out)["break"] if "open_records" in one]
    assert [(one["key"], one["said"], one["open_records"]) for one in broken] == [
        ("draft-sheet", "Kind of record draft-sheet: removed", 2),
        ("stock-take", "Kind of record stock-take: removed", 0),
    ]
    assert packs_compare(Namespace(**asked, json=False)) == 1
    assert capsys.readouterr().out.endswith(f"  Joint stock-take (stock-take): records still open: 0\n{BECOMES}")


def test_the_page_of_a_version_says_it_until_it_is_in_force(works: Factory, office: Office, lean: Path) -> None:
    two_plans(works)
    row = draft(load_pack(lean), by=Signer("起草"), at=at("2026-11-16 09:30"))
    page = office.desk("lin").get(f"/procedure/versions/{row.pk}").text
    assert "这一版生效后，现行版本的这些记录类别就取消了：" in page
    assert "“方案”（draft-sheet）：未办结 2 份" in page
    assert "已开立的记录照旧可以查看，并按开立时的版本办完；只是不能再开立新的。" in page
    signers = [Signer(name) for name in ("起草", "审核", "批准")]
    adopt(
        load_pack(lean),
        drafted_by=signers[0],
        reviewed_by=signers[1],
        approved_by=signers[2],
        at=at("2026-11-16 10:00"),
    )
    now = ProcedureVersion.objects.get(state="effective")
    assert "就取消了" not in office.desk("lin").get(f"/procedure/versions/{now.pk}").text
