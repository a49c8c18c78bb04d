"""The generic guard ``quota:<target>``: a step waits until the period's count of a target is reached."""

from __future__ import annotations

from huiyin.kernel.periods import Period, period_of
from huiyin.kernel.text import Text, t
from huiyin.procedure.generic_guards import generic_check
from huiyin.procedure.schema import UnknownKey
from huiyin.records.steps.conditions import GuardContext
from huiyin.review.measuring import known_targets, turns_of
from huiyin.review.targets import bound


@generic_check("quota")
def quota_is_reached(situation: GuardContext, key: str) -> Text | None:
    """As many as the target asks for are there in the period of the record, of one without in the running period."""
    try:
        target = situation.procedure.target(key)
    except UnknownKey:
        return None
    today = situation.at.astimezone(situation.procedure.zone).date()
    written = getattr(situation.record, "period", "")
    period = Period.parse(written) if written else period_of(target.every, today)
    count = situation.once(f"quota:{key}", lambda: _count(key, period, situation))
    least = bound(target.at_least)
    if least is None or count >= least:
        return None
    return t(
        "{period}“{what}”只有 {n}，应有 {least}",
        "{period}: {what} is at {n} of {least}",
        period=period.label,
        what=target.label,
        n=count,
        least=target.at_least,
    )


def _count(key: str, period: Period, situation: GuardContext) -> int:
    known = known_targets(situation.at, [key])
    return sum(turn.figure.count for turn in turns_of([(one, period) for one in known], at=situation.at))
