"""A printed record as a workbook: the same blocks on a grid of cells, for those who fill in or pass on a spreadsheet.

Everything is written as text, so that nothing somebody typed becomes a formula or a link.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from io import BytesIO
from typing import Any

from PIL import Image

from huiyin.records.print.pictures import prepare_picture
from huiyin.records.print.sheets import (
    Block,
    CheckBoxes,
    FactGrid,
    LongText,
    PageBreak,
    Photos,
    PrintSheet,
    SectionBar,
    Signatures,
    SmallPrint,
    TableBlock,
)

GRID = 24  # cells across the page
PADDING = 14  # pixels that a cell keeps free at its sides
WIDE, NARROW = 12.2, 6.7  # how wide characters are drawn, in pixels: Chinese ones, all others
LINE, GAP = 13.0, 3.0  # the height of one line, and what a row has besides, in points
TITLE = 20.0  # the height of a line of the title
DEFAULT_ROW = 15.0  # the height of a row that is set to none, in points
LONGEST_CELL = 32_767
TALLEST_ROW = 400.0
PHOTO_ROWS, PHOTO_PIXELS = 10, 190

MEASURE = {"font_name": "Arial", "font_size": 10}
"""The font by which programs measure columns: one that, or whose measures, every office has."""
_BASE: dict[str, Any] = {"font_name": "Microsoft YaHei", "font_size": 9, "valign": "top", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 14, "bold": True, "align": "center", "valign": "vcenter"},
    "party": {"font_size": 11, "align": "center"},
    "small": {"font_size": 8, "font_color": "#555555"},
    "bar": {"bold": True, "bg_color": "#E4EAF2", "border": 1},
    "label": {"indent": 1, "bg_color": "#F4F6F9", "border": 1, "valign": "vcenter"},
    "caption": {"indent": 1, "bold": True, "bg_color": "#F4F6F9", "border": 1, "valign": "vcenter"},
    "text": {"indent": 1, "border": 1},
    "value": {"indent": 1, "border": 1, "valign": "vcenter"},
    "number": {"border": 1, "align": "right", "valign": "vcenter"},
    "head": {"bold": True, "bg_color": "#F4F6F9", "border": 1, "align": "center", "valign": "vcenter"},
}


@dataclass(frozen=True, slots=True)
class PaperGrid:
    """An A4 page: how wide a cell of the grid is, in characters and as it is drawn in pixels; how many points of rows
    it holds.

    All cells together are as wide as the text of the page, so that nothing is shrunk.
    """

    cell: float
    pixels: float
    height: float


PORTRAIT, LANDSCAPE = PaperGrid(3.4, 28.8, 735), PaperGrid(5.3, 42.1, 490)


def workbook_of(sheet: PrintSheet, *, landscape: bool = False) -> bytes:
    """The record as an ``.xlsx`` of one worksheet; equal records give equal bytes.

    Printed, its heading stands on every page, and a title is never parted from what stands under it.
    """
    from xlsxwriter import Workbook  # only who exports pays for its memory

    made = BytesIO()
    book = Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": MEASURE,
        },
    )
    book.set_properties({"title": sheet.title.replace("\n", " "), "created": sheet.printed_at.replace(tzinfo=None)})
    page = _Page(book, sheet, LANDSCAPE if landscape else PORTRAIT)
    page.draw()
    page.part()
    book.close()
    return made.getvalue()


class _Page:
    """Blocks one below the other on the grid; ``row`` is the next free row."""

    def __init__(self, book: Any, sheet: PrintSheet, paper: PaperGrid) -> None:
        self.sheet, self.paper, self.row = sheet, paper, 0
        self.heights: dict[int, float] = {}
        self.bound: set[int] = set()
        self.forced: list[int] = []
        self.page = book.add_worksheet("1")
        self.looks = {name: book.add_format({**_BASE, **look}) for name, look in _LOOKS.items()}
        self.page.set_column(0, GRID - 1, paper.cell)
        if paper is LANDSCAPE:
            self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.page.set_footer(
            f"&L{_plain(sheet.form_number)} {_plain(sheet.revision)}&C&P / &N&R{_plain(sheet.record_number)}"
        )
        self.page.hide_gridlines(2)

    def draw(self) -> None:
        """The heading, every block, and the marks of a controlled record."""
        sheet = self.sheet
        if sheet.company.name:
            self._line([(GRID, sheet.company.name, "party")])
        self._line([(GRID, sheet.title, "title")], height=TITLE)
        marks = (sheet.form_number, sheet.revision, sheet.record_number, sheet.state)
        self._line([(GRID, "    ".join(mark for mark in marks if mark), "small")])
        self.page.repeat_rows(0, self.row - 1)
        self.heading = self.row
        for block in sheet.blocks:
            self.block(block)
        signed = (
            f"{sheet.printed_by} {sheet.printed_at:%Y-%m-%d %H:%M}    {sheet.procedure}    {sheet.journal_head[:16]}"
        )
        self._line([(GRID, signed, "small")])

    def part(self) -> None:
        """Set the page breaks: as many rows on a page as fit, the heading again on each,
        a title with what it stands over.
        """
        repeated = self._height(0, self.heading)
        breaks: list[int] = []
        begins, used = 0, 0.0
        for row in range(self.row):
            full = used + self._height(row, row + 1) > self.paper.height
            if row > begins and (full or row in self.forced):
                begins = row if row in self.forced else self._with_title(row, begins)
                breaks.append(begins)
                used = repeated + self._height(begins, row)
            used += self._height(row, row + 1)
        if breaks:
            self.page.set_h_pagebreaks(breaks)

    def _height(self, first: int, behind: int) -> float:
        return sum(self.heights.get(row, DEFAULT_ROW) for row in range(first, behind))

    def _with_title(self, row: int, begins: int) -> int:
        """The first of the rows bound to ``row``, which begins a page; ``row`` itself where they fill a page alone."""
        first = row
        while first - 1 > begins and first - 1 in self.bound:
            first -= 1
        return first if first - 1 > begins else row

    @singledispatchmethod
    def block(self, block: Block) -> None:
        """One block; each kind in its own way."""
        raise TypeError(type(block).__name__)

    @block.register
    def _(self, block: SectionBar) -> None:
        self._line([(GRID, block.title, "bar")], bound=True)

    @block.register
    def _(self, block: FactGrid) -> None:
        pair = GRID // block.columns
        cells: list[tuple[int, str, str]] = []
        left = block.columns
        for fact in block.facts:
            span = min(fact.span or left, block.columns)
            if span > left:
                self._line(_filled(cells))
                cells, left = [], block.columns
                span = min(fact.span or left, block.columns)
            said = "   ".join(one.plain for one in fact.options) or fact.value
            cells += [(4, fact.label, "label"), (pair * span - 4, said, "value")]
            left -= span
            if not left:
                self._line(cells)
                cells, left = [], block.columns
        if cells:
            self._line(_filled(cells))

    @block.register
    def _(self, block: CheckBoxes) -> None:
        boxes = "   ".join(one.plain for one in block.options)
        self._line([(4, block.label, "label"), (GRID - 4, f"{boxes}   {block.remark}".rstrip(), "value")])

    @block.register
    def _(self, block: LongText) -> None:
        self._line([(4, block.label, "label"), (GRID - 4, block.text, "text")], least=block.lines)

    @block.register
    def _(self, block: TableBlock) -> None:
        if block.title:
            self._line([(GRID, block.title, "caption")], bound=True)
        widths = _shares([column.width for column in block.columns])
        self._line([(w, c.label, "head") for w, c in zip(widths, block.columns, strict=True)], bound=True)
        for row in block.rows:
            if row.heading:
                self._line([(GRID, row.cells[0], "label")], bound=True)
                continue
            looks = ["number" if c.align == "right" else "value" for c in block.columns]
            self._line([(w, text, look) for w, text, look in zip(widths, row.cells, looks, strict=True)])
        for _ in range(block.least_rows - len(block.rows)):
            self._line([(w, "", "value") for w in widths])

    @block.register
    def _(self, block: Photos) -> None:
        shown = [
            (ready[1], photo.caption)
            for photo in block.photos
            if photo.content and (ready := prepare_picture(photo.content))
        ]
        for start in range(0, len(shown), 2):
            for place, (content, caption) in enumerate(shown[start : start + 2]):
                column = place * (GRID // 2)
                self.page.insert_image(
                    self.row,
                    column,
                    "photo",
                    {"image_data": BytesIO(content), "description": caption, **_scaled(content)},
                )
            self.bound |= set(range(self.row, self.row + PHOTO_ROWS))
            self.row += PHOTO_ROWS
            self._line([(GRID // 2, caption, "small") for _, caption in shown[start : start + 2]])

    @block.register
    def _(self, block: Signatures) -> None:
        for start in range(0, len(block.places), block.columns):
            places = block.places[start : start + block.columns]
            widths = _shares([1.0] * len(places))
            self._line([(w, p.role, "head") for w, p in zip(widths, places, strict=True)], bound=True)
            words = (" ".join(x for x in (p.name, p.date, p.opinion) if x) for p in places)
            self._line([(w, text, "value") for w, text in zip(widths, words, strict=True)], least=2)

    @block.register
    def _(self, block: SmallPrint) -> None:
        self._line([(GRID, block.text, "small")])

    @block.register
    def _(self, block: PageBreak) -> None:
        self.forced.append(self.row)

    def _line(
        self,
        cells: Sequence[tuple[int, str, str]],
        *,
        least: int = 1,
        height: float = LINE,
        bound: bool = False,
    ) -> None:
        """One row of the page: cells so many grid cells wide, as high as the longest text needs.

        ``bound``: it stays on the page of the row below it.
        """
        column, tallest = 0, least
        for width, text, look in cells:
            said = text[:LONGEST_CELL]
            if width > 1:
                self.page.merge_range(self.row, column, self.row, column + width - 1, "", self.looks[look])
            self.page.write_string(self.row, column, said, self.looks[look])
            tallest = max(tallest, _lines(said, width * self.paper.pixels))
            column += width
        self.heights[self.row] = min(tallest * height + GAP, TALLEST_ROW)
        self.page.set_row(self.row, self.heights[self.row])
        self.bound |= {self.row} if bound else set()
        self.row += 1


def _filled(cells: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """The last cell takes what is left of the row."""
    used = sum(width for width, _, _ in cells)
    width, text, look = cells[-1]
    return [*cells[:-1], (width + GRID - used, text, look)]


def _shares(weights: Sequence[float]) -> list[int]:
    """Grid cells for columns of these weights: at least one each, all of them together the whole grid."""
    whole = sum(weights)
    widths = [max(1, math.floor(weight / whole * GRID)) for weight in weights]
    while sum(widths) > GRID:
        widths[widths.index(max(widths))] -= 1
    by_need = sorted(range(len(weights)), key=lambda i: widths[i] / weights[i])
    for i in range(GRID - sum(widths)):
        widths[by_need[i % len(by_need)]] += 1
    return widths


def _lines(text: str, pixels: float) -> int:
    """How many lines a text takes in a cell so wide, drawn in the sheet's letters."""
    room = pixels - PADDING
    return sum(max(1, math.ceil(_width(line) / room)) for line in text.split("\n")) if text else 1


def _width(text: str) -> float:
    return sum(WIDE if unicodedata.east_asian_width(c) in "WF" else NARROW for c in text)


def _plain(text: str) -> str:
    """Text for a footer, where ``&`` begins a code."""
    return text.replace("&", "&&")[:80]


def _scaled(content: bytes) -> dict[str, float]:
    """The factors that make a picture as high as its rows."""
    with Image.open(BytesIO(content)) as picture:
        width, height = picture.size
    scale = min(PHOTO_PIXELS / max(height, 1), 380 / max(width, 1))
    return {"x_scale": scale, "y_scale": scale, "object_position": 1}
