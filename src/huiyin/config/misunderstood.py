"""What the command line answers to a call that it does not understand: one sentence of each language."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches

from huiyin.kernel.text import Text, t

_REASONS: tuple[tuple[str, Text], ...] = (
    (r"the following arguments are required: (?P<what>.+)", t("还缺 {what}", "{what} is missing")),
    (r"unrecognized arguments: (?P<what>.+)", t("不认识 {what}", "{what} is not known")),
    (r"argument (?P<what>\S+): expected one argument", t("{what} 后面要写值", "{what} needs a value")),
    (
        r"argument (?P<what>\S+): invalid fromisoformat value: (?P<value>.+)",
        t("{what} 不是日期：{value}，请写成 2026-11-21", "{what}: {value} is no date; write 2026-11-21"),
    ),
    (
        r"argument (?P<what>\S+): invalid int value: (?P<value>.+)",
        t("{what} 要一个整数，不是 {value}", "{what} needs a whole number, not {value}"),
    ),
    (
        r"argument (?P<what>\S+): invalid choice: (?P<value>'[^']*') \(choose from (?P<known>.+)\)",
        t("{what} 不能是 {value}，可选：{known}", "{what} cannot be {value}; choose from {known}"),
    ),
)
"""How argparse words a refusal, and what we say instead; any other refusal is passed on as it is."""


def misunderstood(message: str, parser: argparse.ArgumentParser) -> tuple[str, str]:
    """argparse's message in Chinese and in English, with the nearest command where a word was mistyped."""
    prog = parser.prog
    if "invalid choice" in message and "COMMAND" in message:
        word = message.split("'")[1]
        known = [choice for action in parser._subparsers._group_actions for choice in action.choices or ()]  # type: ignore[union-attr]
        near = get_close_matches(word, known, n=1)
        hint_zh, hint_en = (f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ("。", ".")
        return (
            f"没有“{prog} {word}”这个命令{hint_zh}全部命令见 {prog} --help",
            f"There is no command '{prog} {word}'{hint_en} See {prog} --help for all of them.",
        )
    reason = _reason(message)
    return (
        f"没有看懂：{reason.show('zh')}。用法见 {prog} --help",
        f"Not understood: {reason.show('en')}. See {prog} --help.",
    )


def _reason(message: str) -> Text:
    for pattern, said in _REASONS:
        if found := re.fullmatch(pattern, message):
            return said.with_values(**found.groupdict())
    return t("{message}", "{message}", message=message)
