"""Reads conditions as people write them in a cell: ``类别 = 投诉 且 数量 > 5``, ``${sort} = 'complaint'``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from huiyin.kernel.text import Text, t
from huiyin.procedure.mistakes import suggestion

AND = re.compile(r"\s*(?:\n|；|;|且|并且|\band\b|&&)\s*", re.IGNORECASE)
OR = re.compile(r"\s*(?:/|或|\bor\b|、|,|，)\s*", re.IGNORECASE)
SIGN = re.compile(
    r"(?P<not>!=|≠|不等于|不是|is not\b)|(?P<over>>|大于|over\b)|(?P<under><|小于|under\b)|(?P<is>=+|等于|是|is\b)",
    re.IGNORECASE,
)
FILLED = re.compile(r"(已填|不为空|is filled|filled)$", re.IGNORECASE)
NUMBERS = ("number", "quantity", "money", "percent", "score")
YES_NO = {"是": "yes", "yes": "yes", "true": "yes", "1": "yes", "否": "no", "no": "no", "false": "no", "0": "no"}
Problem = tuple[Text, Text | None]


class Named(Protocol):
    """What a condition may speak of: a field that stands above."""

    name: str
    label: Text
    type: str
    options: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class DraftCondition:
    """One condition: the field's name, how it is compared (``is``, ``not``, ``over``, ``under``, ``filled``), with
    what.
    """

    field: str
    how: str
    values: tuple[str, ...] = ()


def read_conditions(written: str, above: Sequence[Any]) -> tuple[tuple[DraftCondition, ...], list[Problem]]:
    """The conditions of a cell, and what is wrong with them; they may speak of the fields that stand above."""
    found: list[DraftCondition] = []
    problems: list[Problem] = []
    for part in AND.split(written.strip()):
        if not part:
            continue
        one, problem = _condition(part, above)
        if one is not None:
            found.append(one)
        if problem is not None:
            problems.append(problem)
    return tuple(found), problems


def _condition(part: str, above: Sequence[Named]) -> tuple[DraftCondition | None, Problem | None]:
    text = re.sub(r"^\$\{([^}]*)\}", r"\1", part.strip())
    for word, field in _words(above):
        rest = text[len(word) :].strip()
        if not text.lower().startswith(word.lower()):
            continue
        if FILLED.fullmatch(rest):
            return DraftCondition(field.name, "filled"), None
        sign = SIGN.match(rest)
        if sign is not None:
            how = str(sign.lastgroup)
            value = rest[sign.end() :]
            return _number(field, how, value) if how in ("over", "under") else _values(field, how, value)
    return None, _unknown(text, above)


def _words(above: Sequence[Named]) -> list[tuple[str, Named]]:
    """What fields may be called, the longest first, so that no name hides a longer one."""
    found = [(word, field) for field in above for word in {field.name, field.label.zh, field.label.en}]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _unknown(text: str, above: Sequence[Named]) -> Problem:
    sign = re.search(r"!=|≠|>|<|=|\s", text)
    word = _bare(text[: sign.start()] if sign is not None else text)
    if any(word in (field.name, field.label.zh, field.label.en) for field in above):
        problem = t("看不懂的条件「{part}」", "“{part}” is no condition.", part=text)
        return problem, t("请写成 字段 = 选项", "Write: field = option.")
    problem = t("上面没有字段「{word}」", "No field “{word}” stands above.", word=word)
    return problem, suggestion([field.label.zh for field in above], word)


def _bare(written: str) -> str:
    """Without the signs that survey programs put around names and words."""
    return re.sub(r"^\$\{(.*)\}$", r"\1", written.strip()).strip().strip("'\"“”‘’「」").strip()


def _number(field: Named, how: str, value: str) -> tuple[DraftCondition | None, Problem | None]:
    word = _bare(value)
    try:
        amount = Decimal(word)
    except InvalidOperation:
        amount = Decimal(-1)
    if field.type not in NUMBERS:
        problem = t("「{field}」不是数字", "“{field}” is no number.", field=field.label.zh)
        return None, (problem, None)
    if not re.fullmatch(r"\d{1,15}(\.\d{1,2})?", word) or amount < 0:
        problem = t("「{word}」不是可以比较的数", "“{word}” is no number to compare with.", word=word)
        return None, (problem, t("请写成 5 或 10.50", "Write 5 or 10.50."))
    return DraftCondition(field.name, how, (word,)), None


def _values(field: Named, how: str, value: str) -> tuple[DraftCondition | None, Problem | None]:
    words = [_bare(each) for each in OR.split(value.strip()) if _bare(each)]
    if field.type == "yesno":
        known = dict(YES_NO)
    elif field.type in ("choice", "choices"):
        known = {word: key for key, label in field.options for word in (key, label.zh, label.en)}
    else:
        problem = t(
            "「{field}」不是选择题，只能问是否已填",
            "“{field}” is no choice; ask whether it is filled.",
            field=field.label.zh,
        )
        return None, (problem, t("请写成 {field} 已填", "Write: {field} filled.", field=field.label.zh))
    if _bare(value) in known:  # an option may itself hold a comma or a slash
        words = [_bare(value)]
    unknown = next((word for word in words if word not in known), None)
    if unknown is not None or not words:
        problem = t("没有选项「{word}」", "There is no option “{word}”.", word=unknown or "")
        return None, (problem, suggestion(_offered(field), unknown))
    return DraftCondition(field.name, how, tuple(dict.fromkeys(known[word] for word in words))), None


def _offered(field: Named) -> Iterable[str]:
    return ("是", "否") if field.type == "yesno" else [label.zh for _, label in field.options]
