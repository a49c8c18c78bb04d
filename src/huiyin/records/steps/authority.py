"""How much money somebody may decide, and whose decision a greater sum needs:
the pack's ``[[authority]]``, level by level.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import UNLIMITED

COMPENSATION = "compensation"


def limit_of(person: Person, procedure: Procedure, key: str = COMPENSATION) -> Decimal | None:
    """How much the person may decide; None without limit."""
    return procedure.limit_of(key, person.functions(), person.any_head)


def above_limit(person: Person, amount: Decimal | None, procedure: Procedure, key: str = COMPENSATION) -> Text | None:
    """The sentence that refuses an amount above the person's limit, or None."""
    limit = limit_of(person, procedure, key)
    if amount is None or limit is None or amount <= limit:
        return None
    return t(
        "{amount} 元超过您的权限（{limit} 元），只能申请",
        "{amount} is above your limit of {limit}; it can only be requested",
        amount=f"{amount:,.2f}",
        limit=f"{limit:,.2f}",
    )


def _suffices(level: Any, amount: Decimal) -> bool:
    return level.limit == UNLIMITED or Decimal(level.limit) >= amount


def approval_chain(amount: Decimal, above: Decimal | None, procedure: Procedure, key: str = COMPENSATION) -> list[str]:
    """The roles a request passes, lowest first, from the one above the asker's limit to the first that may decide it.

    Empty when the asker may decide it: ``above`` is their limit, None without limit.
    """
    if above is None or amount <= above:
        return []
    levels = next((each.levels for each in procedure.authority if each.key == key), ())
    found = []
    for level in levels:
        if level.limit == UNLIMITED or Decimal(level.limit) > above:
            found.append(level.who)
            if _suffices(level, amount):
                break
    return found


def deciding_role(amount: Decimal, procedure: Procedure, key: str = COMPENSATION) -> Text:
    """The role of the lowest level that may decide a sum, in the company's words."""
    levels = next((each.levels for each in procedure.authority if each.key == key), ())
    role = next((level.who for level in levels if _suffices(level, amount)), "")
    return procedure.role_label(role) if role else t("上级", "the next level up")
