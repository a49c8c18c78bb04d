"""What a printed record says: plain frozen values, put together by the rooms and drawn by the print engine.

A ``Sheet`` is a heading, an ordered list of blocks and the marks of a controlled record. It knows neither
models nor rules. Every string is printed literally. A label may have a second line (``"客户\\nCustomer"``): it
is drawn smaller below the first; ``wording.label`` makes such labels. An empty value leaves room for
handwriting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Align = Literal["left", "center", "right"]
Language = Literal["zh", "en", "both"]
TICKED, OPEN, BLANK_LINE = "☑", "☐", "＿＿＿＿"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the form: its name, and lines below it (address, telephone)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckOption:
    """One choice of a row of check boxes.

    ``written`` stands on a line behind the label ("其他：____"); of an empty string the line is left to write on, None
    draws no line.
    """

    label: str
    ticked: bool = False
    written: str | None = None

    @property
    def plain(self) -> str:
        """The box as it stands in a text, where no line can be drawn."""
        line = "" if self.written is None else f" {self.written or BLANK_LINE}"
        return f"{TICKED if self.ticked else OPEN} {self.label}{line}"


@dataclass(frozen=True, slots=True)
class PrintFact:
    """One labelled value; ``span`` counts the pairs of columns it takes, 0 means the rest of the row. With ``options``
    boxes to tick stand there in place of the value.
    """

    label: str
    value: str = ""
    span: int = 1
    options: tuple[CheckOption, ...] = ()


@dataclass(frozen=True, slots=True)
class FactGrid:
    """Labelled values, ``columns`` pairs to a row."""

    facts: tuple[PrintFact, ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class CheckBoxes:
    """A label with check boxes: every option is printed, ticked or not, as on the paper form."""

    label: str
    options: tuple[CheckOption, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LongText:
    """A labelled text of any length, over pages if need be; at least ``lines`` lines high."""

    label: str
    text: str = ""
    lines: int = 3


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table; ``width`` is its share of the page beside the other columns."""

    label: str
    width: float = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table; a ``heading`` is one cell across all columns and stays with the rows below it."""

    cells: tuple[str, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table whose head repeats on every page; filled up with empty rows to at least ``least_rows``."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...] = ()
    title: str = ""
    least_rows: int = 0


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture: the bytes of the file as received (``None`` if there is none to show) and its caption."""

    content: bytes | None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Photos:
    """Pictures side by side; nothing is printed for an empty list."""

    photos: tuple[Photo, ...]
    title: str = ""
    columns: int = 2


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """A place to sign: whose part it is; once signed also name, moment as shown, opinion, drawn signature.

    One that is signed ``by_hand`` has the room that a drawn signature takes, whether it is signed yet or not.
    """

    role: str
    name: str = ""
    date: str = ""
    opinion: str = ""
    drawing: bytes | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign side by side, at most ``columns`` in a row."""

    places: tuple[SignaturePlace, ...]
    columns: int = 4


@dataclass(frozen=True, slots=True)
class SectionBar:
    """A bar with the title of the part that follows; it stays with the next block."""

    title: str


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """Small print across the page: how to fill in, what a figure means."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = FactGrid | CheckBoxes | LongText | TableBlock | Photos | Signatures | SectionBar | SmallPrint | PageBreak


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """One printed record.

    ``title`` may have a second line in the other language. ``printed_at`` is aware and in the zone in which
    it is shown; it is also the creation date of the file, so that equal sheets give equal bytes.
    ``journal_head`` is the hash of the record's last journal entry, ``journal_length`` that entry's place:
    together they say which state of the record this paper shows. ``watermark`` is one or two words behind the
    text ("作废").
    """

    company: Issuer
    title: str
    form_number: str
    revision: str
    record_number: str
    printed_by: str
    printed_at: datetime
    blocks: tuple[Block, ...]
    retention: str = ""
    procedure: str = ""
    state: str = ""
    journal_head: str = ""
    journal_length: int = 0
    language: Language = "zh"
    watermark: str = ""
