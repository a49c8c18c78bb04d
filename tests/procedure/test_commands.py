"""The command line's answers about packs."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from huiyin.obligations.commands import explain_due_command
from huiyin.procedure import commands
from huiyin.procedure.loader import packs
from huiyin.procedure.models import ProcedureVersion
from tests.procedure.small import SMALL, write


@pytest.fixture(autouse=True)
def own_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one right and one wrong pack of the company's own."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    write(tmp_path / "packs" / "small", SMALL)
    write(tmp_path / "packs" / "wrong", SMALL.replace('key = "small"', 'key = "wrong"').replace("48h", "soon"))
    return tmp_path / "packs"


def args(**values: object) -> Namespace:
    return Namespace(**{"json": False, "language": "en", "keys": [], "pack": None, **values})


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.packs_list(args(json=True)) == 0
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)["packs"]}
    assert set(rows) == {*packs(), "small", "wrong"}
    assert rows["small"] == {
        "key": "small",
        "version": "1.0",
        "title": "Small procedure",
        "extends": None,
        "fault": None,
    }
    assert rows["wrong"] == {
        "key": "wrong",
        "version": None,
        "title": None,
        "extends": None,
        "fault": "mistakes: 1",
    }
    assert commands.packs_list(args()) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        f"{'small':<{max(map(len, rows))}}  1.0  Small procedure",
        f"{'wrong':<{max(map(len, rows))}}  —  mistakes: 1",
    ]


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.packs_check(args(keys=["small"])) == 0
    assert capsys.readouterr().out == "small: no mistakes\n"
    assert commands.packs_check(args(keys=["small", "wrong"], json=True)) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["valid"], [(each["pack"], len(each["mistakes"])) for each in said["packs"]]) == (
        False,
        [("small", 0), ("wrong", 1)],
    )
    assert said["packs"][1]["mistakes"][0]["key"] == "obligation[measures].within"


def test_check_prints_warnings_and_finds_nothing_wanting(own_packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(own_packs / "small", SMALL.replace('en = "Measures" }\nopens', 'en = "措施" }\nopens'))
    assert commands.packs_check(args(keys=["small"])) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0][:24], lines[-1]) == ("Warning: small/pack.toml", "small: no mistakes, warnings: 1")
    assert commands.packs_check(args(keys=["small"], json=True)) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["valid"], [each["key"] for each in said["packs"][0]["warnings"]]) == (
        True,
        ["obligation[measures].label"],
    )


def test_check_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.packs_check(args(keys=[str(tmp_path / "packs" / "wrong")])) == 1
    line = SMALL[: SMALL.index('within = "48h"')].count("\n") + 1
    assert capsys.readouterr().out.splitlines()[0] == (
        f"wrong/pack.toml:{line} obligation[measures].within: “soon” is no deadline."
    )


def test_an_unknown_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.packs_check(args(keys=["smal"], language="zh")) == 2
    known = ", ".join(sorted([*packs(), "small", "wrong"], key=lambda key: (key != "base", key)))
    assert capsys.readouterr().err == f"没有程序包「smal」；有这些：{known}\n"


@pytest.mark.django_db
def test_explain_due(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"pack": "small", "rule": "measures", "json": True}
    for moment in ("2026-11-20T16:30", "2026-11-20 16:30:00", "2026-11-20T08:30Z"):
        assert explain_due_command(args(from_=moment, **asked)) == 0
        assert json.loads(capsys.readouterr().out) == {
            "due": "2026-11-22T16:30+08:00",
            "derivation": [
                "From Fri 2026-11-20 16:30: 48 hours on the clock, days off included",
                "Due: Sun 2026-11-22 16:30",
            ],
            "warnings": [],
            "calendar": "Calendar: working hours and holidays of the company as in Small procedure 1.0; "
            "no other days are entered at the site in between",
        }


@pytest.mark.django_db
def test_explain_due_of_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    moment = "2026-11-20T16:30"
    assert explain_due_command(args(pack="small", rule="measure", from_=moment)) == 2
    assert capsys.readouterr().err == (
        "The pack small has no obligation “measure”; it has measures, assignment, closure.\n"
    )
    assert explain_due_command(args(pack="no", rule="measures", from_=moment)) == 2
    assert capsys.readouterr().err.startswith("There is no pack “no”; there are base, ")
    assert explain_due_command(args(pack="wrong", rule="measures", from_=moment)) == 1
    assert capsys.readouterr().err == "The pack has mistakes (1); run huiyin packs check.\n"
    assert explain_due_command(args(pack="small", rule="measures", from_="Friday")) == 2
    assert capsys.readouterr().err == "“Friday” is no moment; write 2026-11-21T09:00.\n"


@pytest.mark.django_db
def test_adopt(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huiyin.procedure.versions._followers", [])
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    for _ in range(2):
        assert commands.adopt(args(pack="small", at=at)) == 0
        assert capsys.readouterr().out == "Small procedure (1.0) is in force\n"
    (version,) = ProcedureVersion.objects.all()
    assert (version.state, version.drafted_by, version.reviewed_by, version.approved_by) == (
        "effective",
        "packs/small 1.0",
        "huiyin packs check",
        "huiyin adopt",
    )
    assert commands.adopt(args(pack="wrong", at=at)) == 1
    assert commands.adopt(args(pack="no", at=at)) == 2
