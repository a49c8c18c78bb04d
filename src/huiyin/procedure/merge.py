"""One document from the files of a pack's folder, and one pack laid over the pack it extends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huiyin.kernel.text import t
from huiyin.procedure import inherited
from huiyin.procedure.locate import SourceLocation, TomlArray, TomlTable, read_toml
from huiyin.procedure.mistakes import Mistake, format_path, suggestion
from huiyin.procedure.sections import SECTIONS, TABLES

OWN = ("key", "version", "title", "extends", "without", "adopts")
"""What a pack says of itself in ``[pack]`` and never inherits."""
MOST_BYTES = 2_000_000
"""So much may stand in the files of one folder."""
MOST_ENTRIES = 1_000
"""So many entries one section may have; checks compare each with each."""


def read_folder(folder: Path, mistakes: list[Mistake]) -> TomlTable | None:
    """All TOML files of ``folder`` as one document; None when some file cannot be read at all."""
    document = TomlTable(SourceLocation(f"{folder.name}/pack.toml", 1))
    readable = True
    left = MOST_BYTES
    for path in sorted(folder.glob("*.toml")):
        name = f"{folder.name}/{path.name}"
        source = _bytes_of(path, left)
        found = source if isinstance(source, Mistake) else read_toml(source, name)
        left -= 0 if isinstance(source, Mistake) else len(source)
        if isinstance(found, Mistake):
            mistakes.append(found)
            readable = False
        else:
            _gather(document, found, mistakes)
    if not readable:
        return None
    for section in SECTIONS:
        entries = document.get(section, ())
        if len(entries) > MOST_ENTRIES:
            place = entries[MOST_ENTRIES].place
            mistakes.append(
                Mistake(
                    place.file,
                    place.line,
                    section,
                    t(
                        "「{name}」有 {count} 条，太多了",
                        "There are {count} of “{name}”.",
                        name=section,
                        count=len(entries),
                    ),
                    t("最多 {most} 条", "There may be {most}.", most=MOST_ENTRIES),
                )
            )
            return None
        if entries:
            _no_doubles(section, entries, mistakes)
    return document


def _bytes_of(path: Path, most: int) -> bytes | Mistake:
    """What stands in a file of a pack; a mistake of what is no file, cannot be read or is too large."""
    said = t("这不是能读的文件", "This is no file that can be read.")
    remedy = t("这里只放普通文件", "Only plain files belong here.")
    try:
        if path.is_file():  # no device, pipe or folder, also behind a link
            with path.open("rb") as stream:
                source = stream.read(most + 1)
            if len(source) <= most:
                return source
            said = t("程序包的文件太大", "The files of the pack are too large.")
            remedy = t("总共最多 {most} 字节", "Together they may have {most} bytes.", most=MOST_BYTES)
    except OSError:
        pass
    return Mistake(f"{path.parent.name}/{path.name}", 1, "", said, remedy)


def _gather(document: TomlTable, found: TomlTable, mistakes: list[Mistake]) -> None:
    for section, value in found.items():
        place = found.places[section]
        if section in SECTIONS:
            if not isinstance(value, TomlArray) or not all(isinstance(each, TomlTable) for each in value):
                mistakes.append(_wrong_shape(section, place, f"[[{section}]]"))
            else:
                entries = document.setdefault(section, TomlArray(place))
                document.places.setdefault(section, place)
                entries.extend(value)
                entries.places.extend(value.places)
        elif section in TABLES:
            if not isinstance(value, TomlTable):
                mistakes.append(_wrong_shape(section, place, f"[{section}]"))
            elif section in document:
                _join(document[section], value, section, (), mistakes)
            else:
                document.put(section, value, place)
        else:
            mistakes.append(
                Mistake(
                    place.file,
                    place.line,
                    section,
                    t("没有「{name}」这种表", "There is no table “{name}”.", name=section),
                    suggestion([*TABLES, *SECTIONS], section),
                )
            )


def _wrong_shape(section: str, place: SourceLocation, right: str) -> Mistake:
    return Mistake(
        place.file,
        place.line,
        section,
        t("「{name}」的表头写法不对", "The table “{name}” is not written so.", name=section),
        t("请写成 {right}", "Write {right}.", right=right),
    )


def _join(one: TomlTable, other: TomlTable, section: str, path: tuple[str, ...], mistakes: list[Mistake]) -> None:
    """Lay two parts of the same table, written in two files, together; a value written twice is a mistake."""
    for key, value in other.items():
        place = other.places[key]
        if key not in one:
            one.put(key, value, place)
        elif isinstance(one[key], TomlTable) and isinstance(value, TomlTable):
            _join(one[key], value, section, (*path, key), mistakes)
        else:
            mistakes.append(_twice(place, format_path(section, None, (*path, key)), one.places[key]))


def _no_doubles(section: str, entries: TomlArray, mistakes: list[Mistake]) -> None:
    seen: dict[str, SourceLocation] = {}
    for table in entries:
        identity = identity_of(section, table)
        if identity is None:
            continue
        place = table.places.get("key", table.place)
        if identity in seen:
            mistakes.append(
                _twice(place, format_path(section, identity, ("key",) if "key" in table else ()), seen[identity])
            )
        seen.setdefault(identity, place)


def _twice(place: SourceLocation, key: str, first: SourceLocation) -> Mistake:
    return Mistake(
        place.file,
        place.line,
        key,
        t(
            "写了两次，第一次在 {file}:{line}",
            "Written twice; first in {file}:{line}.",
            file=first.file,
            line=first.line,
        ),
        t("请只留一处", "Keep only one of them."),
    )


def identity_of(section: str, table: Mapping[str, Any]) -> str | None:
    """By what an entry is known when packs are laid over one another: its key, or day and department; None without."""
    if section == "calendar_day":
        parts = [table.get("date"), table.get("department")]
        return "/".join(str(part) for part in parts if part) or None
    value = table.get("department" if section == "department_calendar" else "key")
    return value if isinstance(value, str) else None


def overlay(
    parent: TomlTable, child: TomlTable, mistakes: list[Mistake], warnings: list[Mistake] | None = None
) -> TomlTable:
    """The child's document over its parent's: entries by key, tables deeply, ``remove = true`` takes an entry away.

    What the child does without has gone from the parent's before.
    """
    inherited.without(parent, child, mistakes)
    inherited.keep_kinds_apart(parent, child, warnings if warnings is not None else [])
    merged = TomlTable(child.place)
    for section in (*TABLES, *SECTIONS):
        over, under = child.get(section), parent.get(section)
        place = child.places.get(section) or parent.places.get(section)
        if place is None:
            continue
        if section in SECTIONS:
            under, over = under or TomlArray(place), over or TomlArray(place)
            merged.put(section, _overlay_entries(section, under, over, mistakes), place)
        else:
            under = _inherited(under) if section == "pack" and under else under
            merged.put(section, _deep(under, over) if under and over else under or over, place)
    inherited.adopt_clauses(merged, parent, child, mistakes)
    return merged


def _inherited(header: TomlTable) -> TomlTable:
    kept = TomlTable(header.place)
    for key, value in header.items():
        if key not in OWN:
            kept.put(key, value, header.places[key])
    return kept


def _overlay_entries(section: str, under: TomlArray, over: TomlArray, mistakes: list[Mistake]) -> TomlArray:
    """The child's entries over the parent's.

    A new one stands after the entry before it in the child's file, or first.
    """
    entries: dict[str | int, TomlTable] = {}
    for table in under:
        entries[identity_of(section, table) or id(table)] = table
    before: str | int | None = None
    for table in over:
        identity = identity_of(section, table) or id(table)
        if "remove" in table:
            _remove(section, entries, identity, table, mistakes)
            continue
        if identity in entries:
            entries[identity] = _deep(entries[identity], table)
        else:
            entries = _inserted(entries, identity, table, after=before)
        before = identity
    merged = TomlArray(over.place)
    for table in entries.values():
        merged.append(table)
        merged.places.append(table.place)
    return merged


def _inserted(
    entries: dict[str | int, TomlTable], identity: str | int, table: TomlTable, *, after: str | int | None
) -> dict[str | int, TomlTable]:
    pairs = list(entries.items())
    place = 0 if after is None else next((i for i, (known, _) in enumerate(pairs, 1) if known == after), len(pairs))
    return dict([*pairs[:place], (identity, table), *pairs[place:]])


def _remove(
    section: str, entries: dict[str | int, TomlTable], identity: str | int, table: TomlTable, mistakes: list[Mistake]
) -> None:
    name = identity if isinstance(identity, str) else "?"
    place = table.places["remove"]
    key = format_path(section, name, ("remove",))
    if table["remove"] is not True:
        problem = t("remove 只能是 true", "remove can only be true.")
        mistakes.append(Mistake(place.file, place.line, key, problem, suggestion(["true"])))
    elif entries.pop(identity, None) is None:
        problem = t("上级程序里没有可去掉的「{name}」", "The pack below has no “{name}” to remove.", name=name)
        known = [each for each in entries if isinstance(each, str)]
        mistakes.append(Mistake(place.file, place.line, key, problem, suggestion(known, name)))


def _deep(under: TomlTable, over: TomlTable) -> TomlTable:
    merged = TomlTable(over.place)
    for table in (under, over):
        for key, value in table.items():
            both = isinstance(merged.get(key), TomlTable) and isinstance(value, TomlTable)
            merged.put(key, _deep(merged[key], value) if both else value, table.places[key])
    return merged
