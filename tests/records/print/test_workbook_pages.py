"""Workbooks as they come out of a printer: the heading on every page, titles with what they stand over,
wide ones lying.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from huiyin.records.print.sheets import (
    Issuer,
    LongText,
    PageBreak,
    Photo,
    Photos,
    PrintSheet,
    SectionBar,
    TableBlock,
    TableColumn,
    TableRow,
)
from huiyin.records.print.spreadsheet import ColumnHeading, workbook
from huiyin.records.print.workbook import (
    DEFAULT_ROW,
    GRID,
    LANDSCAPE,
    PHOTO_ROWS,
    PORTRAIT,
    PaperGrid,
    workbook_of,
)
from tests.records.print.examples import photograph

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
COLUMNS = (TableColumn("项目", 2), TableColumn("金额", 1, "right"))


def parts_of(content: bytes) -> tuple[str, str]:
    """The first worksheet and the names of the book, as they are written."""
    with ZipFile(BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/workbook.xml").decode()


def breaks_of(page: str) -> list[int]:
    """The rows (from 0) that begin a page."""
    return [int(each) for each in re.findall(r'<brk id="(\d+)"', page)]


def words_of(content: bytes) -> list[str]:
    """The words that stand first in each row."""
    with ZipFile(BytesIO(content)) as book:
        shared = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", book.read("xl/sharedStrings.xml").decode())
        page = book.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r"<row r=\"(\d+)\"[^>]*>(.*?)</row>", page)
    found = {int(n) - 1: re.search(r't="s"><v>(\d+)</v>', cells) for n, cells in rows}
    return [shared[int(found[n][1])] if found.get(n) else "" for n in range(max(found) + 1)]  # type: ignore[index]


def sheet(*blocks: object) -> PrintSheet:
    return PrintSheet(
        company=Issuer("回音机械"),
        title="8D 报告",
        form_number="KF-FR-07",
        revision="A/0",
        record_number="8D2611-001",
        retention="10 年",
        procedure="1.0",
        state="",
        printed_by="林志远",
        printed_at=AT,
        journal_head="ab" * 32,
        journal_length=1,
        language="zh",
        watermark="",
        blocks=blocks,  # type: ignore[arg-type]
    )


def long_one() -> PrintSheet:
    """Sections whose titles fall on any place of a page."""
    blocks: list[object] = []
    for n in range(60):
        rows = tuple(TableRow((f"第 {n} 段第 {i} 行", "1")) for i in range(n % 4 + 1))
        blocks += [SectionBar(f"D{n}"), TableBlock(COLUMNS, rows, f"表 {n}"), LongText("说明", "压装" * 90)]
    return sheet(*blocks)


@pytest.mark.parametrize("landscape", [False, True])
def test_the_heading_stands_on_every_page_and_titles_stay_with_their_rows(landscape: bool) -> None:
    content = workbook_of(long_one(), landscape=landscape)
    page, book = parts_of(content)
    assert "_xlnm.Print_Titles" in book
    assert "'1'!$1:$3" in book
    first = words_of(content)
    breaks = breaks_of(page)
    assert len(breaks) > 4
    for row in breaks:
        above = first[row - 1]
        assert not re.fullmatch(r"D\d+|表 \d+|项目", above), (row, above)


@pytest.mark.parametrize(("landscape", "paper"), [(False, PORTRAIT), (True, LANDSCAPE)])
def test_no_page_is_fuller_than_its_paper(landscape: bool, paper: PaperGrid) -> None:
    page, _ = parts_of(workbook_of(long_one(), landscape=landscape))
    heights = {int(n) - 1: float(h) for n, h in re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', page)}
    last = max(heights) + 1
    heading = sum(heights[n] for n in range(3))
    begins = 0
    for ends in [*breaks_of(page), last]:
        used = sum(heights.get(n, DEFAULT_ROW) for n in range(begins, ends)) + (heading if begins else 0)
        assert used <= paper.height
        begins = ends
    assert ('orientation="landscape"' in page) is landscape


def test_a_page_break_that_is_asked_for_is_made_and_a_short_sheet_has_none() -> None:
    page, _ = parts_of(workbook_of(sheet(SectionBar("一"), PageBreak(), SectionBar("二"), LongText("说明", "短"))))
    assert breaks_of(page) == [4]
    assert breaks_of(parts_of(workbook_of(sheet(SectionBar("一"), LongText("说明", "短"))))[0]) == []


@pytest.mark.parametrize("count", range(6))
def test_each_picture_has_its_own_caption_below_it(count: int) -> None:
    """Two stand side by side, however many there are; each is described by the words that stand under it."""
    captions = [f"第 {n} 张" for n in range(count)]
    content = workbook_of(sheet(Photos(tuple(Photo(photograph(40 + n, 30), one) for n, one in enumerate(captions)))))
    drawn = []
    if count:
        with ZipFile(BytesIO(content)) as book:
            page = book.read("xl/drawings/drawing1.xml").decode()
        anchor = r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>.*? descr=\"(.*?)\""
        drawn = [(int(row), int(column), said) for column, row, said in re.findall(anchor, page)]
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    written = [
        (at - PHOTO_ROWS, column, str(cell))
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell in captions
    ]
    assert [said for *_, said in drawn] == captions
    assert [column for _, column, _ in drawn] == [n % 2 * GRID // 2 for n in range(count)]
    assert written == drawn


@pytest.mark.parametrize(
    ("widths", "orientation", "across"),
    [((10, 20), "portrait", 1), ((40, 40, 40), "landscape", 1), ((60,) * 10, "landscape", 3)],
)
def test_a_list_is_printed_under_its_heads_upright_or_lying(
    widths: tuple[int, ...], orientation: str, across: int
) -> None:
    columns = [ColumnHeading(f"列{n}") for n in range(len(widths))]
    rows = [["字" * (width // 2) for width in widths] for _ in range(120)]
    page, book = parts_of(workbook("清单 & 台账", columns, rows, zone=ZoneInfo("Asia/Shanghai"), at=AT))
    assert f'orientation="{orientation}"' in page
    assert ('fitToHeight="0"' in page, f'fitToWidth="{across}"' in page) == (True, across > 1)
    assert ("$1:$1" in book, "$A:$A" in book) == (True, across > 1)
    assert "&amp;L清单 &amp;&amp; 台账&amp;R&amp;P / &amp;N" in page
