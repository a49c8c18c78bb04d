"""Every template of every room: both languages, no inline script or style, no bare words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, nodes

from huiyin.ui.jinja import environment, template_folders

TEMPLATES = sorted(path for folder in template_folders() for path in folder.rglob("*.html"))
FOLDERS = template_folders()
HOLE = "▢"
SHOWN_ATTRIBUTES = {"title", "placeholder", "aria-label", "alt", "label", "data-confirm", "data-label"}
# The product's own name, the languages in themselves, and what is written on keys.
OWN_NAMES = {"回音", "Huiyin", "中文", "English", "Ctrl", "Enter", "Esc", "Tab"}
WORD = re.compile(r"(?<![.\w])[A-Za-z]{2,}|[\u3400-\u9fff]+")  # a file's ending such as .xlsx is no word
CHINESE = re.compile(r"[\u3400-\u9fff]")
PLACE = re.compile(r"\{(\w+)[^}]*\}")


def name_of(path: Path) -> str:
    return next(str(path.relative_to(f)) for f in FOLDERS if path.is_relative_to(f))


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return environment(auto_reload=False, bytecode_cache=None)


class Reader(HTMLParser):
    """Collects what is not allowed in one template's HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = f"line {self.getpos()[0]}"
        if tag in ("script", "style"):
            self.inside.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"{at}: attribute {name}")
            if name in SHOWN_ATTRIBUTES and bare(value or ""):
                self.faults.append(f"{at}: {name} without t(): {value!r}")
            if (value or "").strip().lower().startswith("javascript:"):
                self.faults.append(f"{at}: {name} runs script")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        at = f"line {self.getpos()[0]}"
        if self.inside and data.strip():
            self.faults.append(f"{at}: content of {self.inside[-1]}")
        elif bare(data):
            self.faults.append(f"{at}: words without t(): {data.strip()!r}")


def bare(text: str) -> list[str]:
    """Words that stand in the template itself."""
    return [word for word in WORD.findall(text) if word not in OWN_NAMES]


def html_of(jinja: Environment, source: str) -> str:
    """The template's own HTML with a hole for each expression; statements vanish."""
    parts: list[str] = []
    for _, kind, value in jinja.lex(source):
        if kind == "data":
            parts.append(value)
        elif kind == "variable_begin":
            parts.append(HOLE)
        elif kind in ("block_begin", "comment", "block_end"):
            parts.append("\n" * value.count("\n"))
    return "".join(parts)


def strings(
    node: nodes.Node, inside: tuple[nodes.Node, ...] = ()
) -> Iterator[tuple[nodes.Const, tuple[nodes.Node, ...]]]:
    """Every string constant with the nodes around it, outermost first."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node, inside
    for child in node.iter_child_nodes():
        yield from strings(child, (*inside, node))


def is_call_of(node: nodes.Node, *names: str) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in names


def calls_component(node: nodes.Node) -> bool:
    called: Any = node.node if isinstance(node, nodes.Call) else None
    return isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name) and called.node.name == "ui"


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_is_clean(jinja: Environment, path: Path) -> None:
    source = path.read_text("utf-8")
    reader = Reader()
    reader.feed(html_of(jinja, source))
    reader.close()
    faults = reader.faults
    tree = jinja.parse(source)
    for text, around in strings(tree):
        if any(is_call_of(node, "t") for node in around):
            continue
        if CHINESE.search(text.value) and text.value not in OWN_NAMES:
            faults.append(f"line {text.lineno}: Chinese without t(): {text.value!r}")
        if (
            around
            and calls_component(around[-1])
            and re.match(r"[A-Z][a-z]+", text.value)
            and text.value not in OWN_NAMES
        ):
            faults.append(f"line {text.lineno}: English without t(): {text.value!r}")
    for call in tree.find_all(nodes.Call):
        if is_call_of(call, "t"):
            faults += pair_faults(call)
    assert faults == []


def pair_faults(call: nodes.Call) -> Iterator[str]:
    """What is wrong with one ``t(zh, en, …)``."""
    pair = [arg.value for arg in call.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
    at = f"line {call.lineno}"
    if len(call.args) != 2 or len(pair) != 2 or call.dyn_args or call.dyn_kwargs:
        yield f"{at}: t() takes two literal texts and named values"
        return
    zh, en = pair
    given = {kwarg.key for kwarg in call.kwargs}
    if set(PLACE.findall(zh)) != set(PLACE.findall(en)):
        yield f"{at}: different places in {zh!r} and {en!r}"
    elif set(PLACE.findall(zh)) != given:
        yield f"{at}: {zh!r} is given {sorted(given)}"
    if CHINESE.search(en):
        yield f"{at}: Chinese in the English text {en!r}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_compiles(jinja: Environment, path: Path) -> None:
    assert jinja.get_template(name_of(path)).name == name_of(path)


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('<p style="x">', ["line 1: attribute style"]),
        ('<p onclick="x">', ["line 1: attribute onclick"]),
        ("<script>go()</script>", ["line 1: content of script"]),
        ("<p>保存</p>", ["line 1: words without t(): '保存'"]),
        ("<p>Save {{ x }}</p>", [f"line 1: words without t(): 'Save {HOLE}'"]),
        ('<img alt="Photo">', ["line 1: alt without t(): 'Photo'"]),
        ('<img alt="{{ t("a", "b") }}" title="—">12 %', []),
        ("<b>回音</b> <kbd>Ctrl</kbd>", []),
    ],
)
def test_the_reader_sees_what_is_not_allowed(jinja: Environment, source: str, faults: list[str]) -> None:
    reader = Reader()
    reader.feed(html_of(jinja, source))
    reader.close()
    assert reader.faults == faults


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('{{ t("第 {n} 页", "Page {n}", n=3) }}', 0),
        ('{{ t("第 {n} 页", "Page {m}", n=3) }}', 1),
        ('{{ t("第 {n} 页", "Page {n}") }}', 1),
        ('{{ t("页") }}', 1),
        ('{{ t(zh, "Page") }}', 1),
        ('{{ t("页", "页") }}', 1),
    ],
)
def test_pairs_are_literal_and_have_the_same_places(jinja: Environment, source: str, faults: int) -> None:
    call = next(jinja.parse(source).find_all(nodes.Call))
    assert len(list(pair_faults(call))) == faults
