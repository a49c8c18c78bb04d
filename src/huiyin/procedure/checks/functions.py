"""Every function a pack names must be held by one of its departments; those it only inherits fall to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

STANDING_IN = ("office", "management")
"""Whose department takes what only inherited entries ask for and nobody holds."""
Named = tuple[ParsedEntry, tuple[str | int, ...], str]


def check(sheet: ParsedPack) -> None:
    """Note each function nobody holds, once, where it is first named."""
    if not sheet.is_whole("department"):
        return
    held = {function for located in sheet.of("department") for function in located.entry.functions}
    missing: dict[str, list[Named]] = {}
    for located, path, word in _named(sheet):
        function = sheet.vocabulary.function_in(word)
        if function in sheet.vocabulary.functions and function not in held:
            missing.setdefault(str(function), []).append((located, path, word))
    for function, places in missing.items():
        own = [each for each in places if sheet.is_own(each[0], each[1])]
        if own:
            located, path, _ = own[0]
            sheet.wrong(located, path, *_nobody(function, len(places)))
        else:
            _falls(sheet, function, places)


def _nobody(function: str, n: int) -> tuple[Text, Text]:
    return (
        t(
            "没有部门担任「{function}」职能（共 {n} 处用到）",
            "No department holds the function “{function}” (named {n} times).",
            function=function,
            n=n,
        ),
        t(
            '请给一个部门的 functions 加上 "{function}"，或改由别的职能办理',
            'Add "{function}" to a department\'s functions, or name another function.',
            function=function,
        ),
    )


def _falls(sheet: ParsedPack, function: str, places: list[Named]) -> None:
    """Only inherited entries name it: a department stands in, and the author is told."""
    sheet.unheld.append(function)
    departments = [each.entry for each in sheet.of("department")]
    holder = _standing_in(departments)
    located, path, _ = places[0]
    if holder is None:
        sheet.wrong(located, path, *_nobody(function, len(places)))
        return
    problem, remedy = _nobody(function, len(places))
    falls = t("{problem}由「{holder}」代行", "{problem} It falls to {holder}.", problem=problem, holder=holder.name)
    sheet.warnings.append(located.mistake(path, falls, remedy))


def stand_in(departments: list[Any], functions: Sequence[str]) -> list[Any]:
    """The departments with what nobody holds given to the one that stands in: the office, else the management."""
    holder = _standing_in(departments)
    return [
        each.model_copy(update={"functions": (*each.functions, *functions)}) if each is holder and functions else each
        for each in departments
    ]


def _standing_in(departments: Sequence[Any]) -> Any:
    """The department that holds ``office``, else ``management``, else the first."""
    for function in STANDING_IN:
        found = next((each for each in departments if function in each.functions), None)
        if found is not None:
            return found
    return departments[0] if departments else None


def _named(sheet: ParsedPack) -> Iterator[Named]:
    for located in sheet.of("step"):
        for name, words in (("by", located.entry.by), ("tells", located.entry.tells)):
            yield from ((located, (name, index), word) for index, word in enumerate(words))
    for located in sheet.of("obligation"):
        yield located, ("owner",), located.entry.owner
        yield located, ("owed_to",), located.entry.owed_to
        for index, rung in enumerate(located.entry.ladder):
            yield located, ("ladder", index, "to"), rung.to
    for located in sheet.of("authority"):
        for index, level in enumerate(located.entry.levels):
            yield located, ("levels", index, "who"), level.who
    for located in sheet.of("level"):
        yield from ((located, ("who", index), word) for index, word in enumerate(located.entry.who))
    visibility = sheet.visibility
    if visibility is not None and visibility.entry is not None:
        for kind, functions in visibility.entry.items():
            yield from ((visibility, (kind, index), word) for index, word in enumerate(functions))
