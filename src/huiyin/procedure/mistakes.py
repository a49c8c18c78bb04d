"""Mistakes in a pack: where, what is wrong, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.text import Text, t

MANY = 12
"""From this many words on, a remedy names the closest ones only."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: ``file`` as ``pack/file.toml``, ``line`` from 1,
    ``key`` such as ``step[complaint.verify].by[1]``.
    """

    file: str
    line: int
    key: str
    problem: Text
    remedy: Text

    def show(self, language: str) -> str:
        """The mistake in two lines, as ``huiyin packs check`` prints it."""
        colon = ": " if language.startswith("en") else "："
        arrow = f"\n    → {self.remedy.show(language)}"
        return f"{self.file}:{self.line} {self.key}{colon}{self.problem.show(language)}{arrow}"

    def as_json(self, language: str) -> dict[str, Any]:
        """The mistake as plain data in one language."""
        return {
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "problem": self.problem.show(language),
            "remedy": self.remedy.show(language),
        }


class PackInvalid(Exception):
    """A pack cannot be loaded; ``mistakes`` holds all of them, in the order of files and lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = in_order(mistakes)
        super().__init__("\n".join(mistake.show("en") for mistake in self.mistakes))


def in_order(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Mistakes, each once, in the order of files and lines."""
    return sorted(set(unique_mistakes(mistakes)), key=lambda m: (m.file, m.line, m.key, m.problem.en))


def unique_mistakes(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """The same mistakes with their sentences filled in, so that equal ones count once."""
    return [Mistake(m.file, m.line, m.key, rendered(m.problem), rendered(m.remedy)) for m in mistakes]


def rendered(text: Text) -> Text:
    """The text with its places filled, in both languages."""
    return Text(text.show("zh"), text.show("en")) if text.values else text


def suggestion(known: Iterable[str], wrong: object = None) -> Text:
    """The remedy "would be right: …"; what looks like ``wrong`` comes first, and of many only a few are named."""
    words = list(dict.fromkeys(known))
    if not words:
        return t("这里还没有可选的词", "There is nothing to choose from here yet.")
    close = difflib.get_close_matches(str(wrong), words, n=3, cutoff=0.6) if wrong is not None else []
    if close and len(words) > MANY:
        return t("是不是想写 {close}？", "Did you mean {close}?", close=_listed(close))
    named = [*close, *(word for word in words if word not in close)]
    if len(named) > MANY:
        return t(
            "正确的写法是其中之一：{words} 等 {n} 个（见 docs/procedure-packs.md）",
            "Would be right: one of {words} … ({n} in all, see docs/procedure-packs.md).",
            words=_listed(named[:MANY]),
            n=len(named),
        )
    if close:
        return t(
            "是不是想写 {close}？正确的写法是其中之一：{words}",
            "Did you mean {close}? Would be right: one of {words}.",
            close=_listed(close),
            words=_listed(named),
        )
    if len(named) == 1:
        return t("正确的写法是 {word}", "Would be right: {word}.", word=named[0])
    return t("正确的写法是其中之一：{words}", "Would be right: one of {words}.", words=_listed(named))


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def format_path(section: str, identity: str | None, path: Iterable[str | int]) -> str:
    """How a place is written: ``obligation[measures].ladder[2].to``; places in a list count from 1."""
    head = f"{section}[{identity}]" if identity is not None else section
    return head + "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
