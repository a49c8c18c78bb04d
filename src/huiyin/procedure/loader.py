"""Loads packs: reads a folder of TOML and those it extends, checks everything,
and gives the Procedure or all mistakes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import huiyin.packs
from huiyin.kernel.text import Text, t
from huiyin.procedure.checks import check
from huiyin.procedure.checks.functions import stand_in
from huiyin.procedure.completion import complete
from huiyin.procedure.locate import TomlTable
from huiyin.procedure.merge import overlay, read_folder
from huiyin.procedure.mistakes import Mistake, PackInvalid, in_order, suggestion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.sections import SECTIONS
from huiyin.procedure.sheet import ParsedPack, read

__all__ = [
    "BUILT_IN",
    "Mistake",
    "PackInvalid",
    "PackUnknown",
    "load_pack",
    "packs",
    "search_path",
    "title_of",
    "warnings_of",
]

BUILT_IN = Path(next(iter(huiyin.packs.__path__)))
"""The packs that come with the product."""

_KEY = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")


class PackUnknown(LookupError):
    """There is no pack of this key; ``known`` lists those there are."""

    def __init__(self, key: str, known: list[str]) -> None:
        super().__init__(f"there is no pack {key!r}")
        self.key = key
        self.known = known


def search_path(own: Path | None = None) -> tuple[Path, ...]:
    """The folders packs are looked for in: the company's own (``HUIYIN_DATA/packs``) before the built-in ones."""
    return (own, BUILT_IN) if own is not None else (BUILT_IN,)


def packs(search: Sequence[Path] = (BUILT_IN,)) -> list[str]:
    """The keys of all packs, ``base`` first."""
    found = {path.parent.name for folder in search for path in folder.glob("*/pack.toml")}
    return sorted(found, key=lambda key: (key != "base", key))


def title_of(key: str, search: Sequence[Path] = (BUILT_IN,)) -> Text:
    """What a pack calls itself, read without checking the pack; its key when that cannot be read."""
    try:
        header = tomllib.loads((folder_of(key, search) / "pack.toml").read_text("utf-8")).get("pack", {})
        title = header["title"]
        return Text(str(title["zh"]), str(title["en"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, PackUnknown):
        return Text(key, key)


def folder_of(pack: str | Path, search: Sequence[Path] = (BUILT_IN,)) -> Path:
    """The folder of a pack given by key, or by path (a Path, or words with a slash); PackUnknown."""
    if isinstance(pack, Path) or "/" in pack or "\\" in pack:
        folder = Path(pack)
        if (folder / "pack.toml").is_file():
            return folder.resolve()
    elif _KEY.fullmatch(pack):
        for each in search:
            if (each / pack / "pack.toml").is_file():
                return (each / pack).resolve()
    raise PackUnknown(str(pack), packs(search))


def load_pack(pack: str | Path, search: Sequence[Path] = (BUILT_IN,)) -> Procedure:
    """The procedure of a pack; raises PackUnknown, or PackInvalid with every mistake of it and of those it extends.

    A company's own pack may have the key of a built-in one: the folder that comes first in ``search`` wins. Beside a
    pack given by path its neighbours are searched first.
    """
    return _assembled(_checked(pack, search))


def warnings_of(pack: str | Path, search: Sequence[Path] = (BUILT_IN,)) -> list[Mistake]:
    """What the author of a pack without mistakes should know: what was settled for entries that it inherits.

    Raises as ``load_pack`` does.
    """
    return in_order(_checked(pack, search).warnings)


def _checked(pack: str | Path, search: Sequence[Path]) -> ParsedPack:
    folder = folder_of(pack, search)
    if folder.parent not in [each.resolve() for each in search]:
        search = (folder.parent, *search)
    mistakes: list[Mistake] = []
    warnings: list[Mistake] = []
    document = _document(folder, tuple(search), (), mistakes, warnings)
    if document is None:
        raise PackInvalid(mistakes)
    complete(document)
    sheet = read(document)
    sheet.mistakes.extend(mistakes)
    sheet.warnings.extend(warnings)
    _key_is_folder(sheet, folder)
    check(sheet)
    if sheet.mistakes:
        raise PackInvalid(sheet.mistakes)
    return sheet


def _document(
    folder: Path,
    search: tuple[Path, ...],
    below: tuple[Path, ...],
    mistakes: list[Mistake],
    warnings: list[Mistake],
) -> TomlTable | None:
    """The document of a folder laid over those it extends; None when some of it cannot be had."""
    document = read_folder(folder, mistakes)
    header = document.get("pack") if document is not None else None
    if document is None or not isinstance(header, TomlTable) or not isinstance(header.get("extends"), str):
        return document
    key, place = header["extends"], header.places["extends"]
    try:
        parent = folder_of(key, search) if _KEY.fullmatch(key) else None
    except PackUnknown:
        parent = None
    if parent is None or parent in (*below, folder):
        problem = (
            t("没有「{key}」这个程序包", "There is no pack “{key}”.", key=key)
            if parent is None
            else t("程序包绕了一圈又基于自己", "The pack extends itself in a circle.")
        )
        taken = {each.name for each in (*below, folder)}
        known = [each for each in packs(search) if each not in taken]
        mistakes.append(Mistake(place.file, place.line, "pack.extends", problem, suggestion(known, key)))
        return None
    under = _document(parent, search, (*below, folder), mistakes, warnings)
    return overlay(under, document, mistakes, warnings) if under is not None else None


def _key_is_folder(sheet: ParsedPack, folder: Path) -> None:
    header = sheet.header
    if header is None or header.entry is None or header.entry.key == folder.name:
        return
    problem = t("程序包的键与文件夹名不同", "The pack's key differs from its folder's name.")
    sheet.wrong(header, ["key"], problem, suggestion([folder.name]))


def _assembled(sheet: ParsedPack) -> Procedure:
    complete = "a sheet without mistakes is complete"
    assert sheet.header, complete
    assert sheet.calendar, complete
    assert sheet.visibility, complete
    sections = {section: [each.entry for each in sheet.of(section)] for section in SECTIONS}
    sections["department"] = stand_in(sections["department"], sheet.unheld)
    return Procedure.assemble(sheet.header.entry, sheet.calendar.entry, sheet.visibility.entry, sections)
