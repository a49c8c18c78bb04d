"""Reads TOML so that every value knows its file and line: tomllib gives the values, a small scanner the lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from huiyin.kernel.text import t
from huiyin.procedure.mistakes import Mistake

Path = tuple[str | int, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LINE = re.compile(r"at line (\d+)")
DEEPEST = 30
"""So many tables and lists may stand in one another."""
LONGEST_LINE = 20_000
FILES_KEPT = 200
"""Of so many files what stands in them is kept: the shipped packs have fewer."""
_DOTTED = re.compile(rf"(?:\.\s*[\w-]+\s*){{{DEEPEST}}}")


class SourceLocation(NamedTuple):
    """A line of a file, counted from 1."""

    file: str
    line: int


class TomlTable(dict[str, Any]):
    """A TOML table that knows where it begins and where each of its keys stands.

    Where a word belongs it may be looked for among words, and is none of them.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __init__(self, place: SourceLocation) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, SourceLocation] = {}

    def put(self, key: str, value: Any, place: SourceLocation) -> None:
        """Set ``key`` and remember where it stands."""
        self[key] = value
        self.places[key] = place


class TomlArray(list[Any]):
    """A TOML array that knows where it begins and where each of its items stands; among words it is looked for as a
    table is.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __init__(self, place: SourceLocation) -> None:
        super().__init__()
        self.place = place
        self.places: list[SourceLocation] = []


def read_toml(source: bytes, file: str) -> TomlTable | Mistake:
    """The located table of one file; a file that is no TOML gives the one mistake that stops it."""
    try:
        text = source.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Mistake(
            file,
            source.count(b"\n", 0, error.start) + 1,
            "",
            t("文件不是 UTF-8 编码", "The file is not written in UTF-8."),
            t("请另存为 UTF-8", "Save it as UTF-8."),
        )
    for number, words in enumerate(text.split("\n"), 1):
        if len(words) > LONGEST_LINE:
            said = t("这一行超过 {most} 字", "This line has more than {most} characters.", most=LONGEST_LINE)
            return Mistake(file, number, "", said, t("请分成几行", "Break it into several."))
        if _DOTTED.search(words):
            return _too_deep(file, number)
    try:
        values, lines = _parsed(text)
    except RecursionError:
        return _too_deep(file, 1)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found.group(1)) if found else text.rstrip("\n").count("\n") + 1
        return Mistake(
            file,
            line,
            "",
            t("TOML 写法有误：{said}", "This is not TOML: {said}", said=str(error)),
            t("请检查这一行的引号、括号和等号", "Check quotes, brackets and equals signs of this line."),
        )
    except ValueError:  # of numbers with thousands of digits
        return Mistake(
            file,
            1,
            "",
            t("文件里有一个数位太多的数", "The file holds a number of too many digits."),
            t("请写小一些的数", "Write a smaller number."),
        )
    deep = _deeper_than(values, DEEPEST)
    if deep is not None:
        return _too_deep(file, lines.get(deep, 1))
    located = _located(values, (), lines, file, 1)
    assert isinstance(located, TomlTable)
    return located


@lru_cache(maxsize=FILES_KEPT)
def _parsed(text: str) -> tuple[Mapping[str, Any], Mapping[Path, int]]:
    """What stands in valid TOML, and where; kept, for every pack that extends another reads that again. Nobody changes
    either: the located table is made of them anew.
    """
    return tomllib.loads(text), locate(text)


def _too_deep(file: str, line: int) -> Mistake:
    return Mistake(
        file,
        line,
        "",
        t("表和列表套得太深", "Tables and lists stand too deep in one another."),
        t("最多套 {most} 层", "At most {most} may stand in one another.", most=DEEPEST),
    )


def _deeper_than(values: Mapping[str, Any], most: int) -> Path | None:
    """The outermost key below which more than ``most`` tables and lists stand in one another."""
    level: list[tuple[Path, Any]] = [((key,), value) for key, value in values.items()]
    for _ in range(most):
        level = [(top, inner) for top, value in level for inner in _inside(value)]
    return level[0][0] if level else None


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in inner if isinstance(each, dict | list)]


def _located(value: Any, path: Path, lines: Mapping[Path, int], file: str, default: int) -> Any:
    line = lines.get(path, default)
    if isinstance(value, dict):
        table = TomlTable(SourceLocation(file, line))
        for key, inner in value.items():
            at = lines.get((*path, key), line)
            table.put(key, _located(inner, (*path, key), lines, file, at), SourceLocation(file, at))
        return table
    if isinstance(value, list):
        array = TomlArray(SourceLocation(file, line))
        for index, inner in enumerate(value):
            at = lines.get((*path, index), line)
            array.append(_located(inner, (*path, index), lines, file, at))
            array.places.append(SourceLocation(file, at))
        return array
    return value


def locate(text: str) -> dict[Path, int]:
    """The line of every key, table and array item of ``text``, which must be valid TOML with ``\\n`` line ends."""
    return _Scanner(text).scan()


class _Scanner:
    """Walks valid TOML once, keeping only where things stand; it trusts that tomllib has accepted the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        here: Path = ()
        while self._skip_blank():
            if self.text.startswith("[[", self.at):
                here = self._array_header()
            elif self.text[self.at] == "[":
                here = self._table_header()
            else:
                self._pair(here)
        return self.lines

    def _array_header(self) -> Path:
        self.at += 2
        *outer, last = self._key()
        self.at = self.text.index("]]", self.at) + 2
        base = (*self._resolve(outer), last)
        index = self.counts.get(base, -1) + 1
        self.counts[base] = index
        self.lines.setdefault(base, self.line)
        self.lines[*base, index] = self.line
        return (*base, index)

    def _table_header(self) -> Path:
        self.at += 1
        parts = self._key()
        self.at = self.text.index("]", self.at) + 1
        here = self._resolve(parts)
        for length in range(1, len(here) + 1):
            self.lines.setdefault(here[:length], self.line)
        self.lines[here] = self.line
        return here

    def _resolve(self, parts: list[str]) -> Path:
        """The path that header parts mean: in an array of tables they speak of its last table."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _pair(self, here: Path) -> None:
        line = self.line
        for part in self._key():
            here = (*here, part)
            self.lines.setdefault(here, line)
        self._skip_spaces()
        self.at += 1  # the equals sign
        self._value(here)

    def _value(self, path: Path) -> None:
        self._skip_spaces()
        first = self.text[self.at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self.at += 1

    def _array(self, path: Path) -> None:
        self.at += 1
        index = 0
        while self._skip_blank() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.lines[*path, index] = self.line
            self._value((*path, index))
            index += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip_blank() and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._pair(path)
        self.at += 1

    def _string(self) -> None:
        quote = self.text[self.at]
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        start = self.at
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += len(fence)
        if len(fence) == 3:  # up to two further quotes may belong to the string itself
            while self.text.startswith(quote, self.at):
                self.at += 1
        self.line += self.text.count("\n", start, self.at)

    def _key(self) -> list[str]:
        return list(self._key_parts())

    def _key_parts(self) -> Iterator[str]:
        while True:
            self._skip_spaces()
            if self.text[self.at] in "\"'":
                start = self.at
                self._string()
                yield tomllib.loads(f"key = {self.text[start : self.at]}")["key"]
            else:
                found = _BARE.match(self.text, self.at)
                assert found is not None, "tomllib accepted a key that the scanner does not know"
                self.at = found.end()
                yield found.group()
            self._skip_spaces()
            if not self.text.startswith(".", self.at):
                return
            self.at += 1

    def _skip_spaces(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1

    def _skip_blank(self) -> bool:
        """Skip spaces, line ends and comments; whether anything is left."""
        while self.at < len(self.text):
            here = self.text[self.at]
            if here == "\n":
                self.line += 1
                self.at += 1
            elif here in " \t":
                self.at += 1
            elif here == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return True
        return False
