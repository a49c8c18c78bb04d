"""Every function a pack names must be held by one of its departments."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.kernel.text import t
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

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
        located, path, _ = places[0]
        sheet.wrong(
            located,
            path,
            t(
                "没有部门担任「{function}」职能（共 {n} 处用到）",
                "No department holds the function “{function}” (named {n} times).",
                function=function,
                n=len(places),
            ),
            t(
                '请给一个部门的 functions 加上 "{function}"，或改由别的职能办理',
                'Add "{function}" to a department\'s functions, or name another function.',
                function=function,
            ),
        )


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
