"""A spreadsheet of fields becomes the draft of a kind; what is wrong in it is named by its cell."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import huiyin.registers.guards  # noqa: F401
from huiyin.channels.form_drafts import packs_form
from huiyin.procedure.loader import load_pack
from huiyin.procedure.schema import Procedure
from huiyin.procedure.sheet_drafts import read_draft
from huiyin.procedure.skeleton import write_skeleton

HEADS = ("字段", "English", "类型", "选项", "必填", "显示条件", "明细", "说明")
SHEET: tuple[tuple[str, ...], ...] = (
    ("来访单位", "Company", "文字", "", "是", "", "", "写全称"),
    ("来访日期", "Came on", "日期", "", "是", "", "", ""),
    ("类别", "Sort", "单选", "谈订单=About an order\n看样品=To see samples\n其他=Other", "是", "", "", ""),
    ("订单号", "Number", "", "", "是", "类别 = 谈订单", "", ""),
    ("样品数", "Samples", "数字", "", "", "类别 是 看样品/其他", "", ""),
    ("样品去向", "Where the samples go", "多行文本", "", "", "样品数 > 3 且 来访单位 已填", "", ""),
    ("是否住宿", "Stay", "是否", "", "", "", "", ""),
    ("住宿安排", "Lodging", "长文字", "", "必填", "${是否住宿} = '是'", "", ""),
    ("问题", "Question", "文字", "", "是", "", "问题清单=Questions（任务）", ""),
    ("答复方式", "Answered by", "多选", "电话；邮件", "", "", "问题清单=Questions（任务）", ""),
    ("物品", "Thing", "", "", "", "", "赠品", ""),
    ("金额", "Value", "金额", "", "", "", "赠品", ""),
    ("照片", "Photographs", "照片", "", "", "", "", ""),
    ("以上由前台填写", "Filled in at the gate", "说明文字", "", "", "", "", ""),
)


def book(path: Path, rows: Any, heads: tuple[str, ...] = HEADS, *, above: int = 0, name: str = "Sheet1") -> Path:
    """A workbook with the rows, some empty ones above."""
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet(name)
        for number, row in enumerate((heads, *rows), above):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell)
    return path


def run(file: Path, kind: str | None = "guest", language: str = "en") -> int:
    return packs_form(Namespace(file=file, kind=kind, language=language))


def loaded(tmp_path: Path, draft: str) -> Procedure:
    """A new pack with the draft in it; raises with every mistake."""
    folder = tmp_path / "packs" / "ours"
    write_skeleton(folder, "ours")
    (folder / "draft.toml").write_text(draft, "utf-8")
    return load_pack(folder)


def test_a_sheet_becomes_a_kind_that_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book(tmp_path / "来访登记.xlsx", SHEET), "visit-in") == 0
    out, err = capsys.readouterr()
    procedure = loaded(tmp_path, out)
    fields = {each.name: each for each in procedure.fields_of("visit-in")}
    assert {name: each.type for name, each in fields.items()} == {
        "company": "text",
        "came_on": "date",
        "sort": "choice",
        "the_number": "text",
        "samples": "number",
        "where_the_samples_go": "longtext",
        "stay": "yesno",
        "lodging": "longtext",
        "questions": "rows",
        "field_12": "rows",
        "photographs": "photo",
        "filled_in_at_the_gate": "note",
    }
    assert [each.model_dump(exclude_defaults=True, by_alias=True) for each in fields["samples"].shown] == [
        {"field": "sort", "is": ("to-see-samples", "other")}
    ]
    assert [each.model_dump(exclude_defaults=True) for each in fields["where_the_samples_go"].shown] == [
        {"field": "samples", "over": "3"},
        {"field": "company", "filled": True},
    ]
    assert fields["lodging"].shown[0].is_ == ("yes",)
    assert (fields["company"].required_for, fields["samples"].required_for) == (("fill",), ())
    assert (fields["company"].help or fields["company"].label).zh == "写全称"
    kinds = {each.key: (each.label.zh, each.rows) for each in procedure.kinds if each.key.startswith("visit-in")}
    assert kinds == {
        "visit-in": ("来访登记", None),
        "visit-in-questions": ("问题清单", "task"),
        "visit-in-r2": ("赠品", "plain"),
    }
    assert [one.label.en for one in procedure.catalogue("visit-in_sort")] == [
        "About an order",
        "To see samples",
        "Other",
    ]
    assert err == "Names that are alike in both languages: 3; translate them.\n"


def test_the_sheets_name_is_the_title(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("Name", ""), ("Day", "date")]
    assert run(book(tmp_path / "x.xlsx", rows, ("Field", "Type"), above=3, name="Gate pass"), None) == 0
    procedure = loaded(tmp_path, capsys.readouterr().out)
    assert next(kind for kind in procedure.kinds if kind.key == "gate-pass").label.zh == "Gate pass"


def test_text_with_commas_is_read_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "form.csv"
    file.write_text('name,type,options\nColour,select one,"red;green"\n', "utf-8")
    assert run(file, "paint") == 0
    assert loaded(tmp_path, capsys.readouterr().out).catalogue("paint_colour")[1].label.en == "green"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("", "Company", "文字"), ["A2: The field has no name."]),
        (("颜色", "Colour", "文子"), ["C2: There is no type “文子”."]),
        (("颜色", "Colour", "单选"), ["D2: The options are missing."]),
        (("颜色", "Colour", "文字", "红；绿"), ["D2: Only choices have options."]),
        (("颜色", "Colour", "单选", "红；红"), ["D2: The option “红” stands there twice."]),
        (("颜色", "Colour", "文字", "", "也许"), ["E2: “也许” is neither yes nor no."]),
        (("颜色", "Colour", "文字", "", "", "类别 = 投诉"), ["F2: No field “类别” stands above."]),
        (("颜色", "Colour", "关联记录"), ["C2: “关联记录” needs more than a sheet can say."]),
        (("照片", "Photo", "照片", "", "", "", "附表"), ["C2: Rows hold no photograph."]),
        (("色", "C", "", "", "", "a = b", "附表"), ["F2: No field “a” stands above."]),
        (("长" * 101, "Long"), ["A2: Too long; at most 100 characters."]),
        (
            ("颜色", "Colour", "文子", "", "maybe", "类别 = 投诉"),
            [
                "C2: There is no type “文子”.",
                "E2: “maybe” is neither yes nor no.",
                "F2: No field “类别” stands above.",
            ],
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: tuple[str, ...], said: list[str]
) -> None:
    assert run(book(tmp_path / "bad.xlsx", [line])) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [each.removeprefix("bad.xlsx ") for each in err.splitlines() if not each.startswith("    →")] == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("类别 = 谈", "There is no option “谈”."),
        ("类别", "“类别” is no condition."),
        ("类别 > 3", "“类别” is no number."),
        ("数量 > 很多", "“很多” is no number to compare with."),
        ("数量 = 3", "“数量” is no choice; ask whether it is filled."),
        ("颜色 = 红", "No field “颜色” stands above."),
    ],
)
def test_a_condition_that_cannot_be(condition: str, said: str) -> None:
    rows = [
        ["字段", "类型", "选项", "显示条件"],
        ["类别", "单选", "谈订单；投诉"],
        ["数量", "数字"],
        ["颜色", "", "", condition],
    ]
    assert [(each.cell, each.problem.show("en")) for each in read_draft(rows).problems] == [("D4", said)]


def test_a_name_that_begins_like_another_is_not_taken_for_it() -> None:
    rows = [["字段", "类型", "显示条件"], ["是", "是否"], ["是否含税", "是否"], ["税率", "数字", "是否含税是是"]]
    draft = read_draft(rows)
    assert draft.problems == []
    assert [(one.field, one.values) for one in draft.fields[2].shown] == [(draft.fields[1].name, ("yes",))]


def test_heads_that_nobody_knows_and_none_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book(tmp_path / "a.xlsx", [("颜色",)], ("字段", "颜料", "字段名"))) == 1
    assert [each for each in capsys.readouterr().err.splitlines() if not each.startswith("    →")] == [
        "a.xlsx B1: There is no column “颜料”.",
        "a.xlsx C1: This column stands there twice.",
    ]
    assert run(book(tmp_path / "b.xlsx", [("a", "b")], ("类型", "选项"))) == 1
    assert "b.xlsx A1: No column holds the names of the fields." in capsys.readouterr().err
    assert run(book(tmp_path / "c.xlsx", [])) == 1
    assert "There are no fields in the sheet." in capsys.readouterr().err


def test_files_and_keys_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "nothing.xlsx") == 2
    assert "nothing.xlsx cannot be read" in capsys.readouterr().err
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04broken")
    assert run(tmp_path / "broken.xlsx") == 1
    assert capsys.readouterr().err.startswith("broken.xlsx: This file cannot be read")
    good = book(tmp_path / "来访.xlsx", SHEET)
    for kind in (None, "complaint", "Visit", "a-kind-with-a-very-long-name"):
        assert run(good, kind) == 2
        assert "Give a key with --kind" in capsys.readouterr().err
