"""Guards with an argument. Steps of any declared kind may have them, the code of most stands in the room ``registers``;
those ``ANYWHERE`` steps of every kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from huiyin.kernel.text import Text, t

GENERIC: Mapping[str, tuple[Text, str]] = MappingProxyType(
    {
        "is": (t("某个字段是某个值", "a field holds a value"), "field=value"),
        "filled": (t("某个字段已填写", "a field is filled in"), "field"),
        "rows": (t("明细至少一行", "a child table has a row"), "table"),
        "answered": (t("任务行都已办理", "every task row is answered"), "tasks"),
        "settled": (t("没有未办的任务行", "no task row is left open"), "tasks"),
        "checked": (t("检查表逐项有结果", "every point of a checklist has a result"), "checklist"),
        "signed": (t("某个职能已签字", "somebody signed in a function"), "function"),
        "balance": (t("各项与合计相等", "the parts add up to the total"), "balance"),
        "linked": (t("已为此开出某类记录", "a record of a kind was made for it"), "kind"),
        "closed": (t("为此开出的记录都已结束", "the records made for it have ended"), "kind"),
        "within": (t("金额在办理人权限之内", "the amount is within the person's authority"), "authority"),
        "approval": (t("会签到了某一步", "the approval has come so far"), "approval"),
        "apart": (t("没有人同时排在两班", "nobody is on two shifts at once"), "shifts"),
        "covered": (t("班次之间没有空档", "the shifts leave no gap"), "shifts"),
        "managed": (t("特殊日子有管理人员值班", "special days have a manager"), "shifts"),
        "quota": (t("本期指标的数量已达到", "the period's quota of a target is reached"), "target"),
        "other": (t("由另一人办理", "somebody else takes the step"), "person"),
    }
)
"""What each means, and what its argument names."""

ANYWHERE = ("is",)
"""Those that steps of the product's own kinds may have as well."""

APPROVAL_STANDINGS: Mapping[str, Text] = MappingProxyType(
    {
        "untouched": t("还没有人签署", "nobody has signed yet"),
        "approved": t("各级都已签署", "all levels have signed"),
        "returned": t("有人不同意并退回", "somebody refused and returned it"),
        "ended": t("有人不同意而结束", "somebody refused, which ends it"),
        "changed": t("签署的内容有改动", "what was signed has changed"),
        "somebody-else": t("与单子无关的人签署", "whoever signs is not concerned"),
    }
)
"""What the guard ``approval`` may ask."""

Check = Callable[[Any, str], Text | Sequence[Text] | None]
SomeCheck = TypeVar("SomeCheck", bound=Check)
_checks: dict[str, Check] = {}


def generic_check(name: str) -> Callable[[SomeCheck], SomeCheck]:
    """Attach the code of a generic guard: ``check(situation, argument)`` gives what speaks against it: a reason,
    several, or None.
    """
    if name not in GENERIC:
        raise ValueError(f"there is no generic guard {name!r}")

    def attach(function: SomeCheck) -> SomeCheck:
        _checks[name] = function
        return function

    return attach


def generic_refusals(written: str, situation: Any) -> Iterable[Text]:
    """Why a generic guard (``filled:result``) does not hold; none when it does.

    Raises LookupError for one without code: a step must never pass because somebody forgot to write its condition.
    """
    name, _, argument = written.partition(":")
    if name not in _checks:
        raise LookupError(f"the generic guard {name!r} has no code attached")
    reason = _checks[name](situation, argument)
    return () if reason is None else (reason,) if isinstance(reason, Text) else tuple(reason)


def field_of_guard(written: str) -> str | None:
    """The field whose value a guard wants (``is:severity=safety``); None for any other guard."""
    name, _, argument = written.partition(":")
    return argument.partition("=")[0] if name == "is" else None


def without_check() -> list[str]:
    """Generic guards without code, for the start-up check."""
    return sorted(GENERIC.keys() - _checks.keys())
