"""Reading spreadsheets that strangers made: ``.xlsx`` and text, into rows of plain text, whatever the file tries.

A workbook is a compressed archive and may be built to exhaust memory or time. It is therefore read by a separate
process with limits of its own (``python -m huiyin.channels.spreadsheets``), which writes one JSON array per row;
everything afterwards reads that. Formulas are never evaluated: the value last shown counts, typed text stays text.
This file imports nothing of Django.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from huiyin.kernel.text import Text, t

MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 20_000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 90
SUFFIXES = (".xlsx", ".csv", ".txt")
REFUSED = 3

BROKEN = t(
    "这个文件读不出来，可能已损坏；请另存为 .xlsx 或 .csv 再试",
    "This file cannot be read; save it as .xlsx or .csv and try again",
)
TOO_BIG = t("这个文件解开后太大，没有读取", "Unpacked, this file is too large; it was not read")
ENCODING = t(
    "文字编码不是 UTF-8 也不是 GB18030，请在表格软件里另存为“CSV UTF-8”",
    "The text is neither UTF-8 nor GB18030; save it as “CSV UTF-8” in your spreadsheet program",
)
FORMAT = t("只读 .xlsx 和 .csv 文件", "Only .xlsx and .csv files are read")
EMPTY = t("表里没有内容", "The sheet is empty")
PROTECTED = t("文件有密码，请去掉密码再导入", "The file has a password; take it away and import again")
ROWS = t("行数超过 {most}，请分成几个文件", "More than {most} rows; split the file", most=MOST_ROWS)
COLUMNS = t("列数超过 {most}", "More than {most} columns", most=MOST_COLUMNS)


class UnreadableFile(Exception):
    """The file cannot be taken; ``reason`` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class WorksheetInfo:
    """A sheet that was read: its name (empty for text) and how many rows of plain text it has."""

    name: str
    rows: int


def convert(source: Path, target: Path, *, suffix: str) -> WorksheetInfo:
    """Read ``source`` in a process of its own and write its rows to ``target``; raises Unreadable."""
    command = [sys.executable, "-m", "huiyin.channels.spreadsheets", str(source), str(target), suffix]
    root = str(Path(__file__).resolve().parents[2])
    try:
        done = subprocess.run(  # noqa: S603 - our own module, paths of our own store
            command,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": root},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(TOO_BIG) from None
    if done.returncode == 0:
        return WorksheetInfo(**json.loads(done.stdout))
    target.unlink(missing_ok=True)
    if done.returncode == REFUSED:
        said = json.loads(done.stdout)
        raise UnreadableFile(t(said["zh"], said["en"]))
    raise UnreadableFile(TOO_BIG)


def rows_of(target: Path) -> Iterator[list[str]]:
    """The rows that ``convert`` wrote."""
    with target.open("rb") as file:
        for line in file:
            yield json.loads(line)


# --- inside the separate process -----------------------------------------------------------------------------------


def main(source: str, target: str, suffix: str) -> int:
    """Read, write, say how many rows; exit code 3 with a sentence when refused."""
    _limit()
    try:
        name, rows = read(Path(source), suffix)
        count = _write(rows, Path(target))
        if not count:
            raise UnreadableFile(EMPTY)
    except UnreadableFile as refusal:
        reason = refusal.reason
        sys.stdout.write(json.dumps({"zh": reason.show("zh"), "en": reason.show("en")}))
        return REFUSED
    sys.stdout.write(json.dumps({"name": name, "rows": count}))
    return 0


def _limit() -> None:
    """Less memory and time for this process; a file that wants more ends it, and only it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(rows: Iterable[list[str]], target: Path) -> int:
    count = kept = 0
    with target.open("w", encoding="utf-8") as file:
        blank: list[str] = []
        for row in rows:
            cells = _trimmed(row)
            count += 1
            if count > MOST_ROWS + 20:
                raise UnreadableFile(ROWS)
            if len(cells) > MOST_COLUMNS:
                raise UnreadableFile(COLUMNS)
            if not cells:
                blank.append("[]\n")  # kept only if something follows, so that row numbers stay those of the sheet
                continue
            file.writelines(blank)
            blank.clear()
            file.write(json.dumps(cells, ensure_ascii=False) + "\n")
            kept = count
    return kept


def _trimmed(row: list[str]) -> list[str]:
    cells = [cell.replace("\0", "").strip()[: LONGEST_CELL + 1] for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def read(source: Path, suffix: str) -> tuple[str, Iterator[list[str]]]:
    """The name of the sheet and its rows as text; raises Unreadable."""
    with source.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        return _workbook(source)
    if start.startswith(b"\xd0\xcf\x11\xe0"):  # an old or an encrypted workbook
        raise UnreadableFile(PROTECTED if suffix == ".xlsx" else FORMAT)
    if suffix == ".xlsx":
        raise UnreadableFile(BROKEN)
    return "", _text(source.read_bytes())


def _workbook(source: Path) -> tuple[str, Iterator[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        with ZipFile(source) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
        if "xl/workbook.xml" not in names:
            raise UnreadableFile(FORMAT)
        if len(infos) > 5000 or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise UnreadableFile(TOO_BIG)
        book = CalamineWorkbook.from_path(str(source))
        for about in book.sheets_metadata:
            if about.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.height:
                if sheet.total_height > MOST_ROWS + 20:
                    raise UnreadableFile(ROWS)
                return about.name, _cells(sheet)
    except (BadZipFile, CalamineError, OSError, ValueError, KeyError):
        raise UnreadableFile(BROKEN) from None
    except MemoryError:
        raise UnreadableFile(TOO_BIG) from None
    raise UnreadableFile(EMPTY)


def _cells(sheet: Any) -> Iterator[list[str]]:
    across = (sheet.start or (0, 0))[1]
    down = (sheet.start or (0, 0))[0]
    yield from ([] for _ in range(down))
    for row in sheet.to_python(skip_empty_area=True):
        yield [""] * across + [as_text(value) for value in row]


def as_text(value: Any) -> str:
    """A cell as the reader sees it: whole numbers without a point, days and moments as ISO, nothing as empty."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def _text(raw: bytes) -> Iterator[list[str]]:
    text = _decoded(raw)
    sample = [line for line in islice(text.splitlines(), 20) if line.strip()]
    if not sample:
        raise UnreadableFile(EMPTY)
    mark = max((",", "\t", ";", "|"), key=lambda each: sum(line.count(each) for line in sample))
    csv.field_size_limit(10 * 1024 * 1024)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=mark)
    except csv.Error:
        raise UnreadableFile(BROKEN) from None


def _decoded(raw: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else GB18030."""
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(ENCODING)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:4]))
