"""How a due moment is reached, before anything has happened: for the rule's author and for the auditor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from huiyin.kernel.anchors import PeriodDay
from huiyin.kernel.derivation import DerivationLine
from huiyin.kernel.durations import DueTime, Duration
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.periods import Period, period_of
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import PROMISED

OWN_LIMIT = t("时限由公司自定，程序文件没有写", "The company set this time limit; the written text gives none")
"""Said before the derivation of a time limit with ``source = "pack"``."""


Calendars = Callable[[Procedure, str | None], WorkCalendar]
"""The working time of a department by its key, or of the company: as the procedure alone says, or as the site works."""


class NoDueTime(Invalid):
    """The rule gives no due moment by itself."""


def explain_due(
    procedure: Procedure,
    rule_key: str,
    from_: datetime,
    *,
    department: str | None = None,
    calendars: Calendars = Procedure.calendar_for,
) -> DueTime:
    """When the obligation would be due had it opened at ``from_``, with the derivation day by day.

    For a rule with ``every``: for the period that holds ``from_``.

    Time is counted in ``department``'s calendar, else in that of the department the rule's owner names, else in the
    company's; without ``calendars`` as the procedure alone has it. Raises UnknownKey for an unknown rule, NoDueTime for
    one that is due at a promised moment.
    """
    rule = procedure.rule(rule_key)
    due = _due(procedure, rule, from_, department, calendars)
    if rule.is_own_limit:
        return replace(due, derivation=(DerivationLine(OWN_LIMIT, None), *due.derivation))
    return due


def _due(
    procedure: Procedure, rule: ObligationRule, from_: datetime, department: str | None, calendars: Calendars
) -> DueTime:
    own = calendars(procedure, department_of(procedure, rule))
    calendar = own if department is None else calendars(procedure, department)
    if rule.recurs:
        period = period_of(rule.turns[0].every, from_.astimezone(procedure.zone).date())
        base = moment_of(rule, period, own)
        due = Duration.parse(rule.within).due(base, calendar)
        return replace(
            due,
            derivation=(DerivationLine(counting_from_sentence(rule, period, base, procedure), None), *due.derivation),
        )
    if rule.within == PROMISED:
        raise NoDueTime(
            t("这项责任到承诺的时间为止", "This obligation is due at the moment that was promised."),
            t("请看具体记录", "Look at a record."),
        )
    return Duration.parse(rule.within).due(from_, calendar)


def moment_of(rule: ObligationRule, period: Period, calendar: WorkCalendar) -> datetime:
    """When a rule counts for a period: from the day it names, else from its first moment or the first one after it."""
    turn = rule.turn_of(period.kind)
    if turn is not None and turn.on:
        return PeriodDay.parse(turn.on).moment_in(period, calendar).astimezone(UTC)
    begins, after = period.instants(calendar.timezone)
    return begins if rule.from_ == "start" else after


def counting_from_sentence(rule: ObligationRule, period: Period, base: datetime, procedure: Procedure) -> Text:
    """The first line of a derivation: which period, and from when its rule counts."""
    local = f"{base.astimezone(procedure.zone):%Y-%m-%d %H:%M}"
    turn = rule.turn_of(period.kind)
    if turn is not None and turn.on:
        day = PeriodDay.parse(turn.on).label
        return t(
            "{period}的{day}，从 {at} 起算",
            "{day} of {period}; counted from {at}",
            period=period.label,
            day=day,
            at=local,
        )
    if rule.from_ == "start":
        return t(
            "{period}于 {at} 开始，从此起算",
            "{period} begins at {at}; counted from then",
            period=period.label,
            at=local,
        )
    return t(
        "{period}于 {at} 结束，从此起算",
        "{period} ends at {at}; counted from then",
        period=period.label,
        at=local,
    )


def department_of(procedure: Procedure, rule: ObligationRule) -> str | None:
    """The department in whose calendar a rule's time is counted, as far as the rule itself tells."""
    function = procedure.vocabulary.function_in(rule.owner)
    if function is None:
        return None
    return next((each.key for each in procedure.departments_with(function)), None)
