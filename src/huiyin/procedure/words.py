"""The closed words of packs that no room declares:
who is meant (selectors), how time is counted, kinds of extra fields.

Whom parts of records name (``part_roles``) is looked up when asked: packs are read after all rooms are taken in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.part_roles import PART_ROLES
from huiyin.procedure.vocabulary import FUNCTIONS, KINDS

FIELD_TYPES = ("text", "longtext", "number", "date", "choice", "yesno")
COUNTS = ("work", "elapsed")
FROM = ("event", "received_at")
LATE_PER = ("day", "workday", "once")
LATE_PAYERS = ("owner", "head")
LATE_BEGUN = ("counts", "free")
SHARED_COSTS = ("freight", "loss")
SHARERS = ("head", "responsible")
EVIDENCE_KINDS = ("step", "obligation", "form", "event")
PROMISED = "promised"
PERMANENT = "permanent"
UNLIMITED = "unlimited"
PREVIOUS = "previous"
ANYONE = "anyone"

BY: Mapping[str, Text] = MappingProxyType(
    {
        "head": t("任一部门负责人", "the head of any department"),
        "owner": t("首问责任人", "the first-contact owner of the record"),
        "team": t("小组成员", "a member of the record's team"),
        "record.department": t("责任部门的任何人", "anybody in the responsible department"),
        "record.head": t("责任部门负责人", "the head of the responsible department"),
        "administrator": t("系统管理员", "an administrator"),
        ANYONE: t("任何人", "anyone"),
    }
)
"""Who may take a step of any record, besides a function and ``<function>.head``."""

OWNERS: Mapping[str, Text] = MappingProxyType(
    {
        "record.owner": t("首问责任人", "the first-contact owner of the record"),
        "record.receiver": t("移交对象", "the person the record is offered to"),
        "record.department": t("责任部门", "the responsible department"),
        "record.head": t("责任部门负责人", "the head of the responsible department"),
        "actor": t("操作人", "whoever took the step"),
        "customer": t("客户", "the customer"),
    }
)
"""Who owes, is owed or is told on any record, besides ``function:<function>`` and ``head:<function>``."""

LADDER: Mapping[str, Text] = MappingProxyType(
    {
        "owner": t("责任人", "who owes it"),
        "deputy": t("责任人的代理人", "who stands in for the person who owes it"),
        "head": t("责任部门负责人", "the head of the department that owes it"),
    }
)
"""Whom a rung of an obligation's ladder alarms, besides a function, also written ``function:<function>``."""

_NAMED = re.compile(r"(function|head):(.*)")
_HEAD_OF = re.compile(r"(.+)\.head")


def choice(words: Iterable[str]) -> Callable[[str], str]:
    """A validator that lets only ``words`` pass."""
    known = tuple(words)

    def check(word: str) -> str:
        if word not in known:
            raise unknown_word(word, known)
        return word

    return check


def unknown_word(word: str, known: Iterable[str]) -> Invalid:
    """The refusal of a word that is none of ``known``."""
    return Invalid(t("没有「{word}」这个词", "There is no “{word}” here.", word=word), suggestion(known, word))


def step_roles() -> Mapping[str, Text]:
    """Who may take a step, besides a function and ``<function>.head``: on any record, and as its parts name them."""
    return {**BY, **{word: role.label for word, role in PART_ROLES.items() if role.takes_steps}}


def owner_roles() -> Mapping[str, Text]:
    """Who owes, is owed or is told, besides a function: on any record, and as its parts name them."""
    return {**OWNERS, **{word: role.label for word, role in PART_ROLES.items()}}


def by_words() -> tuple[str, ...]:
    """Every word a step's ``by`` may hold."""
    return (*FUNCTIONS, *step_roles(), *(f"{function}.head" for function in FUNCTIONS))


def owner_words() -> tuple[str, ...]:
    """Every word an obligation's ``owner`` and ``owed_to`` and a step's ``tells`` may hold."""
    return (*owner_roles(), *_by_function())


def ladder_words() -> tuple[str, ...]:
    """Every word a rung's ``to`` may hold."""
    return (*LADDER, *FUNCTIONS, *(f"function:{function}" for function in FUNCTIONS))


def authority_words() -> tuple[str, ...]:
    """Every word an authority level's ``who`` may hold."""
    return (*FUNCTIONS, "head", *(f"{function}.head" for function in FUNCTIONS))


def visibility_words() -> tuple[str, ...]:
    """Every word a list of ``[visibility]`` may hold."""
    return (*FUNCTIONS, ANYONE)


def function_in(word: str) -> str | None:
    """The function a selector names (``quality``, ``quality.head``, ``head:quality``), or None when it names none."""
    if word in FUNCTIONS:
        return word
    found = _NAMED.fullmatch(word)
    if found:
        return found.group(2)
    found = _HEAD_OF.fullmatch(word)
    return found.group(1) if found and found.group(1) in FUNCTIONS else None


def _by_function() -> Iterator[str]:
    for prefix in ("function", "head"):
        yield from (f"{prefix}:{function}" for function in FUNCTIONS)


def kind_of_part(word: str) -> str | None:
    """The kind of part a selector speaks of (``task.department`` → ``task``),
    or None when of the record or a function.
    """
    kind, dot, _ = word.partition(".")
    known = KINDS.get(kind) if dot else None
    return kind if known and known.part_of else None
