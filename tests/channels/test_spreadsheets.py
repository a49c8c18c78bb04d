"""Reading sheets that strangers made, also hostile ones."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from huiyin.channels import spreadsheets
from huiyin.channels.spreadsheets import UnreadableFile, convert, rows_of
from tests.channels.conftest import csv, xlsx

ROWS = [["编号", "名称"], ["C-1", "海川"], ["C-2", "长兴"]]


def read(folder: Path, content: bytes, suffix: str = ".xlsx") -> list[list[str]]:
    source = folder / f"source{suffix}"
    source.write_bytes(content)
    convert(source, folder / "rows", suffix=suffix)
    return list(rows_of(folder / "rows"))


def refusal(folder: Path, content: bytes, suffix: str = ".xlsx") -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(folder, content, suffix)
    assert not (folder / "rows").exists()
    return refused.value.reason.show("zh")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_occur(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, csv(ROWS, encoding), ".csv") == ROWS


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_text_is_read_with_the_separators_that_occur(tmp_path: Path, mark: str) -> None:
    text = "\n".join(mark.join(row) for row in ROWS)

    assert read(tmp_path, text.encode(), ".csv") == ROWS


def test_quoted_text_keeps_its_lines_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    text = '名称,备注\n海川,"第一行\n第二行, 逗号"\n,\n长兴,完\n,,\n'

    assert read(tmp_path, text.encode(), ".csv") == [
        ["名称", "备注"],
        ["海川", "第一行\n第二行, 逗号"],
        [],
        ["长兴", "完"],
    ]


def test_cells_of_a_workbook_become_the_text_people_see(tmp_path: Path) -> None:
    cells = [
        [],
        ["", "头"],
        [
            "文字",
            13800138000,
            0.125,
            True,
            date(2026, 1, 2),
            datetime(2026, 1, 2, 8, 30),  # noqa: DTZ001 - as spreadsheets have it
            "=1+1",
            "",
        ],
    ]

    assert read(tmp_path, xlsx(cells)) == [
        [],
        ["", "头"],
        ["文字", "13800138000", "0.125", "TRUE", "2026-01-02", "2026-01-02 08:30:00", "=1+1"],
    ]


def test_a_cell_longer_than_any_field_is_cut(tmp_path: Path) -> None:
    assert len(read(tmp_path, csv([["备注"], ["长" * 50_000]]), ".csv")[1][0]) == spreadsheets.LONGEST_CELL + 1


def test_too_many_columns_or_rows_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, csv([["列"] * 101]), ".csv") == "列数超过 100"
    assert refusal(tmp_path, "\n".join(["行"] * 100_021).encode(), ".csv") == "行数超过 100000，请分成几个文件"


@pytest.mark.parametrize(
    ("content", "suffix", "said"),
    [
        (b"", ".csv", "表里没有内容"),
        (b"", ".xlsx", "这个文件读不出来，可能已损坏；请另存为 .xlsx 或 .csv 再试"),
        (b"PK\x03\x04 not a workbook", ".xlsx", "这个文件读不出来，可能已损坏；请另存为 .xlsx 或 .csv 再试"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx", "文件有密码，请去掉密码再导入"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls", "只读 .xlsx 和 .csv 文件"),
        (
            b"\x89PNG\r\n\x1a\n\xff\xff\x00",
            ".csv",
            "文字编码不是 UTF-8 也不是 GB18030，请在表格软件里另存为“CSV UTF-8”",
        ),
        (xlsx([]), ".xlsx", "表里没有内容"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(tmp_path: Path, content: bytes, suffix: str, said: str) -> None:
    assert refusal(tmp_path, content, suffix) == said


def rewritten(folder: Path, parts: dict[str, bytes]) -> bytes:
    """A workbook of ours with some of its parts exchanged."""
    (folder / "plain.xlsx").write_bytes(xlsx([["x"]]))
    with ZipFile(folder / "plain.xlsx") as old, ZipFile(folder / "bad.xlsx", "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, parts.get(info.filename, old.read(info)))
    return (folder / "bad.xlsx").read_bytes()


def worksheet(data: str, before: str = "") -> dict[str, bytes]:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><sheetData>{data}</sheetData></worksheet>'
    return {"xl/worksheets/sheet1.xml": text.encode()}


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = rewritten(tmp_path, {"xl/worksheets/sheet1.xml": b" " * (401 * 1024 * 1024)})

    assert len(bomb) < 1_000_000
    assert refusal(tmp_path, bomb) == "这个文件解开后太大，没有读取"


def test_two_cells_that_span_the_whole_sheet_do_not_exhaust_memory(tmp_path: Path) -> None:
    far = worksheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="XFD90000"><v>1</v></c></row>')

    assert refusal(tmp_path, rewritten(tmp_path, far)) == "这个文件解开后太大，没有读取"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    words = [
        f'<!ENTITY {name} "{value}">' for name, value in (("a", "boom" * 10), ("b", "&a;" * 1000), ("c", "&b;" * 1000))
    ]
    bomb = f"<!DOCTYPE x [{''.join(words)}]>"
    sheet = worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c><c r="B1"><v>7</v></c></row>', bomb)

    try:
        rows = read(tmp_path, rewritten(tmp_path, sheet))
    except UnreadableFile:
        return
    assert "boom" not in rows[0][0]


@pytest.mark.long
def test_one_long_text_shared_by_a_million_cells_does_not_exhaust_memory(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<?xml version="1.0"?><sst xmlns="{space}"><si><t>{"A" * 32000}</t></si></sst>'.encode()
    cells = '<c t="s"><v>0</v></c>' * 90
    rows = "".join(f'<row r="{r}">{cells}</row>' for r in range(1, 20_000))

    assert (
        refusal(tmp_path, rewritten(tmp_path, {**worksheet(rows), "xl/sharedStrings.xml": shared}))
        == "这个文件解开后太大，没有读取"
    )
