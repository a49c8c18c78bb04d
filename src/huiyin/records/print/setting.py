"""A sheet made ready for typst: strings that can be printed, rows packed, pictures as files."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from itertools import islice
from typing import Any

from huiyin.records.print import wording
from huiyin.records.print.glyphs import printable
from huiyin.records.print.layouts import PageLayout
from huiyin.records.print.pictures import prepare_picture
from huiyin.records.print.sheets import (
    Block,
    CheckBoxes,
    FactGrid,
    LongText,
    PageBreak,
    Photos,
    PrintFact,
    PrintSheet,
    SectionBar,
    Signatures,
    SmallPrint,
    TableBlock,
    TableRow,
)

HASH_SHOWN = 16  # hexadecimal digits of the journal head: enough to find the entry
KEPT_WHOLE = 240  # characters: a table row whose cells are all shorter is not broken between pages
KINDS: dict[type[Block], str] = {
    FactGrid: "facts",
    CheckBoxes: "checks",
    LongText: "text",
    TableBlock: "table",
    Photos: "photos",
    Signatures: "signatures",
    SectionBar: "section",
    SmallPrint: "note",
    PageBreak: "break",
}


@dataclass(slots=True)
class TypstInput:
    """What typst gets for one sheet: ``content`` for its inputs, ``files`` for its folder."""

    printed_at: datetime
    content: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    lacking: dict[str, None] = field(default_factory=dict)  # characters, in order of appearance

    @classmethod
    def of(cls, sheet: PrintSheet, layout: PageLayout) -> TypstInput:
        """Sets ``sheet`` by ``layout``; ``ValueError`` if ``printed_at`` is naive."""
        if sheet.printed_at.utcoffset() is None:
            raise ValueError("printed_at must be aware")
        setting = cls(sheet.printed_at)
        words = wording.furniture(sheet.language)
        setting.content = {
            "layout": asdict(layout),
            "words": words,
            "language": "en" if sheet.language == "en" else "zh",
            "printed_at": f"{sheet.printed_at:%Y-%m-%d %H:%M}",
            "journal": _fingerprint(sheet, words["journal_entry"]),
            "company": setting._plain(sheet.company),
            "blocks": [setting._block(block) for block in sheet.blocks],
            **{each.name: setting._plain(getattr(sheet, each.name)) for each in fields(sheet) if each.name in MARKS},
        }
        setting.content["missing"] = ", ".join(f"U+{ord(each):04X}" for each in setting.lacking)
        return setting

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case FactGrid():
                block = _packed(block)
            case TableBlock():
                block = _filled(block)
        return {"kind": KINDS[type(block)], **self._plain(block), **_breaking(block)}

    def _plain(self, value: Any) -> Any:
        """The value as JSON takes it: strings printable, pictures as file names ('' for unreadable ones)."""
        match value:
            case str():
                shown, lacking = printable(value)
                self.lacking.update(dict.fromkeys(lacking))
                return shown
            case bytes():
                return self._picture(value)
            case tuple() | list():
                return [self._plain(each) for each in value]
            case None | bool() | int() | float():
                return value
            case _:
                return {each.name: self._plain(getattr(value, each.name)) for each in fields(value)}

    def _picture(self, content: bytes) -> str:
        made = prepare_picture(content)
        if made is None:
            return ""
        name, data = made
        self.files[name] = data
        return name


MARKS = {
    "title",
    "form_number",
    "revision",
    "record_number",
    "state",
    "retention",
    "procedure",
    "printed_by",
    "watermark",
}


def _fingerprint(sheet: PrintSheet, entry: str) -> str:
    """The journal head as printed: the first digits in groups of four, and the entry's place."""
    if not sheet.journal_head:
        return ""
    shown = sheet.journal_head[:HASH_SHOWN]
    groups = " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))
    return f"{groups} ({entry.replace('{n}', str(sheet.journal_length))})"


def _packed(grid: FactGrid) -> FactGrid:
    """The grid with every span real: the last fact of a row takes what is left of it."""
    facts: list[PrintFact] = []
    free = grid.columns
    for fact in grid.facts:
        span = min(fact.span or free, grid.columns)
        if span > free:
            facts[-1] = replace(facts[-1], span=facts[-1].span + free)
            free, span = grid.columns, min(fact.span or grid.columns, grid.columns)
        facts.append(replace(fact, span=span))
        free = (free - span) or grid.columns
    if facts and free < grid.columns:
        facts[-1] = replace(facts[-1], span=facts[-1].span + free)
    return replace(grid, facts=tuple(facts))


def _filled(table: TableBlock) -> TableBlock:
    """The table with empty rows up to its least number, and every row as long as there are columns."""
    width = len(table.columns)
    rows = [row if row.heading else TableRow(tuple(islice((*row.cells, *[""] * width), width))) for row in table.rows]
    filled = sum(not row.heading for row in rows)
    rows += [TableRow(("",) * width)] * (table.least_rows - filled)
    return replace(table, rows=tuple(rows))


def _breaking(block: Block) -> dict[str, Any]:
    """Which rows of a table may be broken between pages: those with a long cell."""
    if not isinstance(block, TableBlock):
        return {}
    return {"breakable": [any(len(cell) > KEPT_WHOLE for cell in row.cells) for row in block.rows]}
