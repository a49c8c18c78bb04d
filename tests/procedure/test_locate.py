"""Every value of a TOML file knows the line it stands on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from huiyin.procedure.loader import BUILT_IN
from huiyin.procedure.locate import DEEPEST, LONGEST_LINE, Mistake, Path, TomlTable, locate, read_toml


def paths_in(value: Any, path: Path = ()) -> set[Path]:
    """The path of every key and item below a value."""
    if isinstance(value, dict):
        return {p for key, inner in value.items() for p in ({(*path, key)} | paths_in(inner, (*path, key)))}
    if isinstance(value, list):
        return {p for i, inner in enumerate(value) for p in ({(*path, i)} | paths_in(inner, (*path, i)))}
    return set()


def test_lines_of_every_kind_of_value() -> None:
    text = '''# a comment with [brackets] and "quotes"
plain = 1
"quoted key" = 'a # no comment'
dotted . name = true

[table]
many = [ # a comment, with a comma
  "one, two", 2026-12-31,

  { a = [1,
    2], b = "]" },
]
text = """
[[not a table]]
x = "1" \\
   y \\""" z"""
after = 08:00:00

[[entry]]
key = "first"
[entry.inner]
deep.er = 1
[[entry.list]]
a = 1
[[entry.list]]
a = 2

[[entry]]
raw = \'\'\'
it\'\'s\'\'\'\'
key = "second"
'''
    assert locate(text) == {
        ("plain",): 2,
        ("quoted key",): 3,
        ("dotted",): 4,
        ("dotted", "name"): 4,
        ("table",): 6,
        ("table", "many"): 7,
        ("table", "many", 0): 8,
        ("table", "many", 1): 8,
        ("table", "many", 2): 10,
        ("table", "many", 2, "a"): 10,
        ("table", "many", 2, "a", 0): 10,
        ("table", "many", 2, "a", 1): 11,
        ("table", "many", 2, "b"): 11,
        ("table", "text"): 13,
        ("table", "after"): 17,
        ("entry",): 19,
        ("entry", 0): 19,
        ("entry", 0, "key"): 20,
        ("entry", 0, "inner"): 21,
        ("entry", 0, "inner", "deep"): 22,
        ("entry", 0, "inner", "deep", "er"): 22,
        ("entry", 0, "list"): 23,
        ("entry", 0, "list", 0): 23,
        ("entry", 0, "list", 0, "a"): 24,
        ("entry", 0, "list", 1): 25,
        ("entry", 0, "list", 1, "a"): 26,
        ("entry", 1): 28,
        ("entry", 1, "raw"): 29,
        ("entry", 1, "key"): 31,
    }
    assert set(locate(text)) == paths_in(tomllib.loads(text))


@pytest.mark.parametrize("file", sorted(BUILT_IN.glob("*/*.toml")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_value_of_our_own_packs_has_its_line(file: Any) -> None:
    text = file.read_text("utf-8")
    lines = locate(text)
    assert paths_in(tomllib.loads(text)) - set(lines) == set()
    written = text.splitlines()
    wrong = [
        (path, line) for path, line in lines.items() if isinstance(path[-1], str) and path[-1] not in written[line - 1]
    ]
    assert wrong == []


def test_line_ends_of_windows_and_a_byte_order_mark_do_not_shift_lines() -> None:
    found = read_toml("\ufeffa = 1\r\n\r\nb = [\r\n1,\r\n2]\r\n".encode(), "p/x.toml")
    assert isinstance(found, TomlTable)
    assert (found.places["b"].line, found["b"].places[1].line) == (3, 5)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"a = 1\nb = \nc = 3\n", 2),
        (b"a = 1\nb = [1,\n", 2),
        (b'a = "x"\na = 1\n', 2),
        ("a = 1\nb = '\u00e4'".encode("latin-1"), 2),
    ],
)
def test_what_is_no_toml_is_one_mistake_with_its_line(source: bytes, line: int) -> None:
    found = read_toml(source, "p/x.toml")
    assert isinstance(found, Mistake)
    assert (found.file, found.line, found.key) == ("p/x.toml", line, "")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a = 1\nb = " + "[" * 5000 + "]" * 5000, 1),
        ("a = 1\nb = " + "{ c = " * 2000 + "1" + " }" * 2000, 1),
        ("a = 1\nb = " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), 2),
        ("a = 1\nb = [{ c = " + "[" * DEEPEST + "]" * DEEPEST + " }]", 2),
        ("a = 1\nb" + " . b" * 4000 + " = 1", 2),
        ("a = 1\n[b" + ".b" * 4000 + "]\nc = 1", 2),
        ("a = 1\nb = " + "9" * 5000, 1),
        ("a = 1\nb = 0x" + "f" * LONGEST_LINE, 2),
    ],
)
def test_what_no_pack_needs_is_one_mistake_at_once(source: str, line: int) -> None:
    found = read_toml(source.encode(), "p/x.toml")
    assert isinstance(found, Mistake)
    assert (found.file, found.line, found.key) == ("p/x.toml", line, "")


def test_what_stands_in_one_another_as_deep_as_may_be_is_read() -> None:
    found = read_toml(f"a = {'[' * DEEPEST}{']' * DEEPEST}".encode(), "p/x.toml")
    assert isinstance(found, TomlTable)
