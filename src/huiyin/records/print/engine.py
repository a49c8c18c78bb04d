"""Prints a sheet: hands it to typst as data, with the packaged typeface only, and returns the PDF.

The text of a record is never part of typst source: it travels as JSON in ``sys.inputs`` and is drawn as plain
strings. Sources and pictures lie in a private folder, typst's whole world for one rendering; packages cannot
be fetched.

One compiler serves a process. Typst keeps worker threads, which a forked child does not have: a child forked
after the first rendering gets ``NotPrinted`` instead of waiting for ever.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from huiyin.records.print.glyphs import FONTS
from huiyin.records.print.layouts import layout
from huiyin.records.print.setting import TypstInput
from huiyin.records.print.sheets import PrintSheet

if TYPE_CHECKING:
    import typst

SOURCES = Path(__file__).resolve().parent / "typst"
MAIN = "form.typ"
STANDARD: Literal["a-2a"] = "a-2a"  # PDF/A-2a: for the archive, and tagged for those who have it read aloud

_lock = threading.Lock()


class PrintFailed(RuntimeError):
    """Typst could not set the sheet: a fault of layout or process, never of what somebody typed."""


def render(layout_key: str, sheet: PrintSheet) -> bytes:
    """The sheet as PDF/A on A4 in the layout of ``layout_key``; equal sheets give equal bytes.

    Characters that the typeface lacks are printed as ``〓`` and listed in a note at the end; pictures that
    cannot be read become a framed note. Raises ``UnknownLayout`` and ``NotPrinted``.
    """
    setting = TypstInput.of(sheet, layout(layout_key))
    with tempfile.TemporaryDirectory(prefix="huiyin-print-") as folder:
        for name, content in {**_sources(), **setting.files}.items():
            (Path(folder) / name).write_bytes(content)
        return _compiled(Path(folder), setting)


def _compiled(folder: Path, setting: TypstInput) -> bytes:
    from typst import TypstError  # only who prints pays for its memory

    try:
        with _lock:
            made = _compiler().compile(
                input=folder / MAIN,
                root=folder,
                format="pdf",
                sys_inputs={"sheet": json.dumps(setting.content, ensure_ascii=False)},
                pdf_standards=STANDARD,
                timestamp=int(setting.printed_at.timestamp()),
            )
    except TypstError as error:
        raise PrintFailed(str(error)) from error
    if not isinstance(made, bytes):
        raise PrintFailed(f"{MAIN} gave no file")
    return made


@cache
def _sources() -> dict[str, bytes]:
    """The typst sources of the package by file name."""
    return {path.name: path.read_bytes() for path in sorted(SOURCES.glob("*.typ"))}


def _compiler() -> typst.Compiler:
    """This process's compiler; called under the lock."""
    compiler, process = _loaded()
    if process != os.getpid():
        raise PrintFailed("this process was forked from one that had printed")
    return compiler


@cache
def _loaded() -> tuple[typst.Compiler, int]:
    """A compiler with the packaged faces and nothing else, and the process that loaded it."""
    from typst import Compiler, Fonts

    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    # No folder of packages, neither local nor fetched: a form uses its own sources only.
    nowhere = SOURCES / "packages"
    compiler = Compiler(
        root=SOURCES,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    return compiler, os.getpid()
