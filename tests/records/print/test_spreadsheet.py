"""Exports: numbers stay numbers, moments stand in the site's zone, what was typed is never calculated."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from huiyin.records.print import spreadsheet
from huiyin.records.print.spreadsheet import Cell, ColumnHeading, csv_lines, csv_text, workbook

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
HEAD = (
    ColumnHeading("编号"),
    ColumnHeading("客户"),
    ColumnHeading("数量"),
    ColumnHeading("金额", "#,##0.00"),
    ColumnHeading("受理时间"),
    ColumnHeading("关闭"),
)
ROWS: list[list[Cell]] = [
    [
        "202611-001",
        "西安秦川",
        24,
        Decimal("-1200.50"),
        datetime(2026, 11, 18, 17, 42, tzinfo=UTC),
        date(2026, 11, 30),
    ],
    ["202611-002", "", -3, None, None, None],
]
RISKY = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "https://example.com",
    '=HYPERLINK("x")',
]


def made(rows: list[list[Cell]], head: tuple[ColumnHeading, ...] = HEAD, title: str = "投诉") -> bytes:
    return workbook(title, head, rows, zone=ZONE, at=AT)


def read(content: bytes) -> dict[str, Sequence[Sequence[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(content)).read(name).decode("utf-8")


def test_values_keep_their_kind_and_moments_stand_in_the_sites_zone() -> None:
    assert read(made(ROWS)) == {
        "投诉": [
            ["编号", "客户", "数量", "金额", "受理时间", "关闭"],
            ["202611-001", "西安秦川", 24.0, -1200.5, datetime(2026, 11, 19, 1, 42), date(2026, 11, 30)],  # noqa: DTZ001
            ["202611-002", "", -3.0, "", "", ""],
        ]
    }


def test_what_was_typed_never_becomes_a_formula_or_a_link() -> None:
    content = made([[text] for text in RISKY], (ColumnHeading("问题"),))
    assert [row[0] for row in read(content)["投诉"][1:]] == RISKY
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert ("<f>" in sheet, "hyperlink" in sheet) == (False, False)
    assert 'quotePrefix="1"' in part(content, "xl/styles.xml")


def test_the_head_stays_in_view_and_columns_are_as_wide_as_their_words() -> None:
    sheet = part(
        made([["西安秦川重型传动设备", "x" * 200]], (ColumnHeading("客户"), ColumnHeading("说明"))),
        "xl/worksheets/sheet1.xml",
    )
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:B2"/>' in sheet
    widths = [float(width) for width in re.findall(r'<col [^>]*?width="([\d.]+)"', sheet)]
    assert [round(width) for width in widths] == [10 * 2 + 2 + 1, 60 + 1]


def test_equal_exports_are_equal_bytes() -> None:
    assert made(ROWS) == made(ROWS)


def test_a_table_without_rows_has_its_head() -> None:
    assert read(made([])) == {"投诉": [[each.label for each in HEAD]]}


def test_figures_that_a_spreadsheet_would_spoil_are_written_as_text() -> None:
    row: list[Cell] = [
        12345678901234567890,
        Decimal("1234567890.1234567"),
        float("nan"),
        Decimal("1E+3"),
        True,
        False,
    ]
    head = tuple(ColumnHeading(str(n)) for n in range(6))
    assert read(made([row], head))["投诉"][1] == [
        "12345678901234567890",
        "1234567890.1234567",
        "nan",
        1000.0,
        "是",
        "否",
    ]


def test_a_very_long_text_is_cut_to_what_a_cell_holds() -> None:
    shown = read(made([["长" * 40_000]], (ColumnHeading("问题"),)))["投诉"][1][0]
    assert shown == "长" * 32_766 + "…"


def test_rows_beyond_the_limit_go_to_a_further_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "ROWS_OF_A_SHEET", 3)
    sheets = read(made([[n] for n in range(5)], (ColumnHeading("序号"),)))
    assert sheets == {
        "投诉": [["序号"], [0.0], [1.0]],
        "投诉 (2)": [["序号"], [2.0], [3.0]],
        "投诉 (3)": [["序号"], [4.0]],
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b:c*d?[e]\\f", "a b c d  e  f"),
        ("'引'", "引"),
        ("", "Sheet"),
        ("History", "History_"),
        ("长" * 40, "长" * 31),
    ],
)
def test_any_title_gives_a_name_for_the_sheet(title: str, name: str) -> None:
    assert list(read(made([], title=title))) == [name]


def test_naive_moments_and_overlong_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        made([[datetime(2026, 11, 18)]])  # noqa: DTZ001
    with pytest.raises(ValueError, match="more cells"):
        made([["一", "二"]], (ColumnHeading("一"),))


def test_comma_separated_text_opens_as_unicode_and_is_defused() -> None:
    head = (
        ColumnHeading("编号"),
        ColumnHeading("问题"),
        ColumnHeading("金额"),
        ColumnHeading("时间"),
        ColumnHeading("有效"),
    )
    rows: list[list[Cell]] = [
        ["1", '漏油, "严重"\n停机', Decimal("-12.50"), AT, True],
        ["=1+1", "+86 29 8866", "-5", None, False],
        ["-5.2%", "+1.5e3", "@a", "-", None],
    ]
    text = csv_text(head, rows, zone=ZONE)
    assert text == (
        "\ufeff编号,问题,金额,时间,有效\r\n"
        '1,"漏油, ""严重""\n停机",-12.50,2026-11-21 14:30,是\r\n'
        "'=1+1,'+86 29 8866,-5,,否\r\n"
        "-5.2%,+1.5e3,'@a,'-,\r\n"
    )
    assert "".join(csv_lines(head, rows, zone=ZONE)) == text
    assert csv_text((ColumnHeading("a"),), [[True]], zone=ZONE, language="en") == "\ufeffa\r\nYes\r\n"
