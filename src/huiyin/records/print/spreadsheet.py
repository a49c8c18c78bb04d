"""Tables for people who go on working in a spreadsheet: workbooks and comma-separated text.

What somebody typed stays text: no cell ever becomes a formula or a link. Numbers stay numbers, moments are
shown in the site's zone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from huiyin.kernel.text import t

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | date | datetime | bool | None

ROWS_OF_A_SHEET = 1_048_576  # the format's limit, head included; further rows go to a further sheet
LONGEST_CELL = 32_767  # characters, the format's limit
SURE_DIGITS = 15  # spreadsheets keep no more digits of a number; longer ones are written as text
NARROWEST, WIDEST = 6, 60  # column widths in half-width characters
UPRIGHT, ACROSS = (
    88,
    230,
)  # widths that an upright page takes, and a lying one at a size that can still be read
WATCHED = 500  # rows that decide the widths

YES, NO = t("是", "Yes"), t("否", "No")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """One column: its label, and the number format of its figures (``"0.00"``, ``"0%"``) if it needs one."""

    label: str
    number_format: str = ""


def workbook(
    title: str,
    columns: Sequence[ColumnHeading],
    rows: Iterable[Sequence[Cell]],
    *,
    zone: ZoneInfo,
    at: datetime,
    language: str = "zh",
) -> bytes:
    """An ``.xlsx`` of the rows under a fixed head, taken one by one: a long export needs little memory.

    ``title`` names the sheet; ``zone`` is the site's: aware moments are shown in it, naive ones raise
    ``ValueError``; ``at`` stands as creation date in the file, so that equal input gives equal bytes.
    """
    from xlsxwriter import Workbook  # only who exports pays for its memory

    made = BytesIO()
    book = Workbook(
        made,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    book.set_properties({"title": title, "created": at.astimezone(zone).replace(tzinfo=None)})
    writer = _Writer(book, title, columns, zone, language)
    for row in rows:
        writer.write(row)
    writer.finish()
    book.close()
    return made.getvalue()


def csv_text(
    columns: Sequence[ColumnHeading],
    rows: Iterable[Sequence[Cell]],
    *,
    zone: ZoneInfo,
    language: str = "zh",
) -> str:
    """Comma-separated text after the mark by which spreadsheets know UTF-8; to be encoded as ``utf-8``."""
    return "".join(csv_lines(columns, rows, zone=zone, language=language))


def csv_lines(
    columns: Sequence[ColumnHeading],
    rows: Iterable[Sequence[Cell]],
    *,
    zone: ZoneInfo,
    language: str = "zh",
) -> Iterator[str]:
    """The same as ``csv_text`` line by line, for a response that is sent while it is made."""
    yield "\ufeff" + _csv_line([column.label for column in columns])
    for row in rows:
        yield _csv_line([_worded(cell, zone, language) for cell in row])


class _Writer:
    """Writes rows downwards, begins a further sheet when one is full, and sets widths at the end."""

    def __init__(
        self, book: xlsxwriter.Workbook, title: str, columns: Sequence[ColumnHeading], zone: ZoneInfo, language: str
    ) -> None:
        self.book, self.title, self.columns = book, title, columns
        self.zone, self.language = zone, language
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E8ECF0", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        # The spreadsheet's own mark for "this is text": it stays text when the cell is edited.
        self.quoted = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.day = book.add_format({"valign": "top", "align": "left", "num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"valign": "top", "align": "left", "num_format": "yyyy-mm-dd hh:mm"})
        self.figures = [
            book.add_format({"valign": "top", **({"num_format": column.number_format} if column.number_format else {})})
            for column in columns
        ]
        self.widths = [_width(column.label) for column in columns]
        self.sheets: list[Worksheet] = []
        self.next = 0
        self.begin()

    def begin(self) -> None:
        """A further sheet with its head."""
        sheet = self.book.add_worksheet(_sheet_name(self.title, len(self.sheets) + 1))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{self.title[:80].replace('&', '&&')}&R&P / &N")
        for at, column in enumerate(self.columns):
            sheet.write_string(0, at, column.label, self.head)
        self.sheets.append(sheet)
        self.next = 1

    def write(self, row: Sequence[Cell]) -> None:
        """One row; more cells than columns raise ``ValueError``."""
        if len(row) > len(self.columns):
            raise ValueError("a row has more cells than there are columns")
        if self.next >= ROWS_OF_A_SHEET:
            self.begin()
        for at, cell in enumerate(row):
            shown = self._put(self.sheets[-1], at, cell)
            if self.next <= WATCHED:
                self.widths[at] = max(self.widths[at], _width(shown))
        self.next += 1

    def _put(self, sheet: Worksheet, at: int, cell: Cell) -> str:
        """Writes one cell and returns what it shows."""
        match cell:
            case None | "":
                return ""
            case bool() | str():
                shown = _worded(cell, self.zone, self.language, defused=False)
                return self._put_text(sheet, at, shown)
            case datetime():
                local = _local(cell, self.zone)
                sheet.write_datetime(self.next, at, local.replace(tzinfo=None), self.moment)
                return f"{local:%Y-%m-%d %H:%M}"
            case date():
                sheet.write_datetime(self.next, at, cell, self.day)
                return cell.isoformat()
            case _:
                if not _exact(cell):
                    return self._put_text(sheet, at, str(cell))
                sheet.write_number(self.next, at, float(cell), self.figures[at])
                return str(cell)

    def _put_text(self, sheet: Worksheet, at: int, text: str) -> str:
        kept = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
        look: Format = self.quoted if kept.startswith(_RISKY) else self.text
        sheet.write_string(self.next, at, kept, look)
        return kept

    def finish(self) -> None:
        """Widths, filter and pages of every sheet: upright where it fits,
        several pages side by side where it is very wide.
        """
        widths = [min(max(width + 2, NARROWEST), WIDEST) for width in self.widths]
        across = -(-sum(widths) // ACROSS)
        for index, sheet in enumerate(self.sheets):
            for at, width in enumerate(widths):
                sheet.set_column(at, at, width)
            if sum(widths) <= UPRIGHT:
                sheet.set_portrait()
            sheet.fit_to_pages(max(across, 1), 0)
            if across > 1:
                sheet.repeat_columns(0)
            last = self.next - 1 if index == len(self.sheets) - 1 else ROWS_OF_A_SHEET - 1
            if self.columns:
                sheet.autofilter(0, 0, last, len(self.columns) - 1)


def _exact(figure: int | float | Decimal) -> bool:
    """Whether a spreadsheet keeps this number as it is."""
    if isinstance(figure, float):
        return figure - figure == 0  # neither infinite nor undefined
    number = Decimal(figure)
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= SURE_DIGITS


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment must be aware")
    return moment.astimezone(zone)


def _worded(cell: Cell, zone: ZoneInfo, language: str, *, defused: bool = True) -> str:
    """A cell as text; ``defused`` puts an apostrophe before typed text that a spreadsheet would calculate."""
    match cell:
        case None:
            return ""
        case bool():
            return (YES if cell else NO).show(language)
        case str():
            risky = defused and cell.startswith(_RISKY) and not _NUMBER.fullmatch(cell)
            return f"'{cell}" if risky else cell
        case datetime():
            return f"{_local(cell, zone):%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def _csv_line(cells: Sequence[str]) -> str:
    return ",".join(_csv_field(cell) for cell in cells) + "\r\n"


def _csv_field(text: str) -> str:
    if any(mark in text for mark in ',"\r\n'):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


def _width(text: str) -> int:
    """Width of the longest line in half-width characters: a Chinese character counts two."""
    lines = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line[:WIDEST]) for line in lines)


def _sheet_name(title: str, number: int) -> str:
    """A name that spreadsheets accept: at most 31 characters, none of ``[]:*?/\\``, no outer apostrophe."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '") or "Sheet"
    if plain.lower() == "history":
        plain += "_"  # this one name is reserved
    ending = "" if number == 1 else f" ({number})"
    return plain[: 31 - len(ending)].strip(" '") + ending
