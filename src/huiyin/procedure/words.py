"""The closed words of packs that no room declares: who is meant (selectors), how time is counted, types of fields.

Which of them one procedure may use, with those it declares itself, is asked of its ``lexicon.Vocabulary``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.vocabulary import FUNCTIONS

YES_NO: Mapping[str, Text] = MappingProxyType({"yes": t("是", "Yes"), "no": t("否", "No")})
"""The answers to a yes/no; that nobody has answered yet is neither."""

FIELD_TYPES = (
    "text",
    "longtext",
    "number",
    "date",
    "choice",
    "yesno",
    "time",
    "moment",
    "duration",
    "period",
    "quantity",
    "money",
    "percent",
    "measured",
    "choices",
    "person",
    "department",
    "customer",
    "record",
    "score",
    "telephone",
    "email",
    "link",
    "file",
    "photo",
    "signature",
    "opinion",
    "note",
    "rows",
)
ROW_KINDS = ("plain", "task", "checklist", "signers", "sheets")
STARTS = ("today", "now", "me", "my-department")
NEEDS = ("all", "one", "in-turn")
REFUSALS = ("returns", "ends")
SIGNERS_MAY = ("transfer", "add-signer", "return")
SUBJECTS = ("customer", "delivery", "department", "person")
IN_CHARGE = ("department", "person")
"""Those of them to whom a record belongs by whoever opens it."""
COUNTS = ("work", "elapsed")
FROM = ("event", "received_at")
LATE_PER = ("day", "workday", "once")
LATE_PAYERS = ("owner", "head")
LATE_BEGUN = ("counts", "free")
SHARED_COSTS = ("freight", "loss")
SHARERS = ("head", "responsible")
EVIDENCE_KINDS = ("step", "obligation", "form", "event", "target")
SOURCES = ("text", "pack")
ROW_SOURCES = ("open-duties",)
"""What the rows of a child table may be taken from: what is owed on open records, or those somebody is in charge of."""
MEASURES = ("records", "on-time")
PROMISED = "promised"
SALESPERSON = "customer.salesperson"
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
        SALESPERSON: t("客户的业务员", "the customer's salesperson"),
        "subject": t("所涉的人或部门", "the person or department it is about"),
        "subject.head": t("所涉部门的负责人", "the head of the department it is about"),
        "on-duty": t("值班的人", "who is on duty"),
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


def function_in(word: str, functions: Iterable[str] = FUNCTIONS) -> str | None:
    """The function a selector names (``quality``, ``quality.head``, ``head:quality``), or None when it names none."""
    if word in functions:
        return word
    found = _NAMED.fullmatch(word)
    if found:
        return found.group(2)
    found = _HEAD_OF.fullmatch(word)
    return found.group(1) if found and found.group(1) in functions else None
