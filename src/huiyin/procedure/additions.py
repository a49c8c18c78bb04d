"""Adding to a merged document what a pack has without writing it, as if it stood where it follows from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.procedure.locate import SourceLocation, TomlArray, TomlTable


def add(document: TomlTable, section: str, of: TomlTable, entry: Mapping[str, Any], *, after: str = "") -> None:
    """Add an entry unless the pack has one of this key; its values stand where the entry ``of`` stands.

    With ``after`` it comes behind the entry of that key.
    """
    place = of.place
    entries = document.get(section)
    if entries is None:
        entries = TomlArray(place)
        document.put(section, entries, place)
    if not isinstance(entries, TomlArray) or any(one.get("key") == entry["key"] for one in entries):
        return
    keys = [one.get("key") for one in entries if isinstance(one, TomlTable)]
    index = keys.index(after) + 1 if after in keys else len(entries)
    entries.insert(index, placed(entry, place))
    entries.places.insert(index, place)


def placed(value: Any, place: SourceLocation) -> Any:
    """A value as if it were written in the pack, all of it at one place."""
    if isinstance(value, Mapping):
        table = TomlTable(place)
        for key, inner in value.items():
            table.put(key, placed(inner, place), place)
        return table
    if isinstance(value, list | tuple):
        array = TomlArray(place)
        for inner in value:
            array.append(placed(inner, place))
            array.places.append(place)
        return array
    return value


def tables(document: TomlTable, section: str) -> list[TomlTable]:
    """The entries of a section."""
    return [one for one in document.get(section, ()) if isinstance(one, TomlTable)]


def kind_of(entry: TomlTable) -> str:
    """The kind of record of a state, step or field."""
    return str(entry.get("key", "")).partition(".")[0]


def name_of(entry: TomlTable) -> str:
    """Its name without the kind."""
    return str(entry.get("key", "")).partition(".")[2]


def words_in(value: Any) -> list[str]:
    """The words of a list, as far as it is one."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
