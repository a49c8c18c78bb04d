"""``packs new`` writes a pack that loads; ``packs show`` prints a pack as its readers want it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from django.conf import settings

import huiyin.registers.guards  # noqa: F401
from huiyin.procedure import commands, pack_commands
from huiyin.procedure.document import document
from huiyin.procedure.loader import load_pack
from tests.registers.works import PACK


@pytest.fixture(autouse=True)
def own_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder without packs."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path / "packs"


def args(**values: object) -> Namespace:
    return Namespace(**{"json": False, "language": "en", "folder": None, "own": False, **values})


def test_a_new_pack_passes_its_check(own_packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_commands.packs_new(args(name="our-forms")) == 0
    assert f"{own_packs / 'our-forms' / 'pack.toml'}" in capsys.readouterr().out
    assert commands.packs_check(args(keys=["our-forms"])) == 0
    assert capsys.readouterr().out == "our-forms: no mistakes\n"
    procedure = load_pack(own_packs / "our-forms")
    assert (procedure.extends, [kind.key for kind in procedure.kinds]) == ("base", ["guest"])
    assert {step.verb for step in procedure.steps if step.kind == "guest"} >= {"enter", "respond", "file", "void"}
    assert procedure.rule("guest-answer").clause == procedure.form("guest-sheet").clause == "N1"
    assert procedure.field_label("guest", "topic").en == "Topic"


def test_every_line_of_it_is_explained_in_both_languages(own_packs: Path) -> None:
    pack_commands.packs_new(args(name="our-forms"))
    notes = "".join(path.read_text("utf-8") for path in sorted((own_packs / "our-forms").glob("*.toml")))
    assert notes.count("#") > 20
    assert all(word in notes for word in ("受控表单", "the controlled form", "显示条件", "asked only for orders"))


def test_in_a_folder_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_commands.packs_new(args(name="ours", folder=tmp_path / "elsewhere")) == 0
    assert commands.packs_check(args(keys=[str(tmp_path / "elsewhere" / "ours")])) == 0
    capsys.readouterr()
    assert pack_commands.packs_new(args(name="ours", folder=tmp_path / "elsewhere")) == 1
    assert capsys.readouterr().err == f"The folder {tmp_path / 'elsewhere' / 'ours'} is there already.\n"


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Unsere Formulare", 2, "A pack's key holds small letters, digits, - _ and . and begins with"),
        ("../ours", 2, "A pack's key holds"),
        ("feedback", 1, "There is a pack “feedback” already."),
    ],
)
def test_a_name_that_cannot_be(
    own_packs: Path, capsys: pytest.CaptureFixture[str], name: str, code: int, said: str
) -> None:
    assert pack_commands.packs_new(args(name=name)) == code
    assert capsys.readouterr().err.startswith(said)
    assert not own_packs.exists()


def test_a_pack_as_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_commands.packs_show(args(pack=PACK, language="zh")) == 0
    said = capsys.readouterr().out
    for line in (
        "# 工厂程序",
        "`works` 1.0, 基于 base",
        "## 部门",
        "## 表单",
        "### 客户走访",
        "| 有关投诉 | 关联记录 |  | 计划走访 | 计划走访 | 走访类别 是 处理投诉 |",
        "| 结束 | 已走访 | 已结束 | 客服部 | 任务行都已办理（问题与办理） | W1 |",
        "- 新建：计划走访 → 已计划",
        "#### 明细：费用",
        "## 责任与时限",
        "## 权限与目标",
        "- **W1** 客户走访",
        "### 投诉",
    ):
        assert line in said.splitlines(), line
    assert "\n\n\n" not in said


def test_only_what_the_pack_says_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_commands.packs_show(args(pack=PACK, own=True)) == 0
    said = capsys.readouterr().out.splitlines()
    assert "### Customer visit" in said
    assert "### Complaint" not in said
    assert "## Departments" not in said
    assert [line for line in said if line.startswith("- **")] == ["- **W1** Customer visits"]


def test_without_a_parent_everything_is_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_commands.packs_show(args(pack="base", own=True)) == 0
    whole = "".join(f"{line}\n" for line in document(load_pack("base"), "en"))
    assert capsys.readouterr().out == whole


def test_a_pack_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert pack_commands.packs_show(args(pack="feedbak")) == 2
    assert capsys.readouterr().err.startswith("There is no pack “feedbak”; there are base,")


def test_a_pack_with_mistakes(own_packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack_commands.packs_new(args(name="ours"))
    path = own_packs / "ours" / "guests.toml"
    path.write_text(path.read_text("utf-8").replace('owes = ["guest-answer"]', "owes = []"), "utf-8")
    capsys.readouterr()
    assert pack_commands.packs_show(args(pack="ours")) == 1
    assert capsys.readouterr().err == "The pack has mistakes (1); run huiyin packs check.\n"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", ["base", "service-process", "feedback"])
def test_every_table_is_whole(key: str, language: str) -> None:
    """Each row has as many cells as the head of its table, whatever stands in them."""
    cells = 0
    for line in document(load_pack(key), language):
        if not line.startswith("|"):
            cells = 0
            continue
        found = line.replace("\\|", "").count("|")
        cells = cells or found
        assert found == cells, line
