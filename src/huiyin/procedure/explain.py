"""How a due moment is reached, before anything has happened: for the rule's author and for the auditor."""

from __future__ import annotations

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


class NoDueTime(Invalid):
    """The rule gives no due moment by itself."""


def explain_due(procedure: Procedure, rule_key: str, from_: datetime, *, department: str | None = None) -> DueTime:
    """When the obligation would be due had it opened at ``from_``, with the derivation day by day.

    For a rule with ``every``: for the period that holds ``from_``.

    Time is counted in ``department``'s calendar, else in that of the department the rule's owner names, else in the
    company's. Raises UnknownKey for an unknown rule, NoDue for one that is due at a promised moment.
    """
    rule = procedure.rule(rule_key)
    due = _due(procedure, rule, from_, department)
    if rule.is_own_limit:
        return replace(due, derivation=(DerivationLine(OWN_LIMIT, None), *due.derivation))
    return due


def _due(procedure: Procedure, rule: ObligationRule, from_: datetime, department: str | None) -> DueTime:
    if rule.recurs:
        period, base = period_from(rule, from_, procedure)
        due = Duration.parse(rule.within).due(base, calendar_of(procedure, rule, department))
        return replace(
            due,
            derivation=(DerivationLine(counting_from_sentence(rule, period, base, procedure), None), *due.derivation),
        )
    if rule.within == PROMISED:
        raise NoDueTime(
            t("这项责任到承诺的时间为止", "This obligation is due at the moment that was promised."),
            t("请看具体记录", "Look at a record."),
        )
    return Duration.parse(rule.within).due(from_, calendar_of(procedure, rule, department))


def period_from(rule: ObligationRule, at: datetime, procedure: Procedure) -> tuple[Period, datetime]:
    """The period of a rule's kind that holds ``at``, and the moment from which the rule counts for it."""
    period = period_of(rule.turns[0].every, at.astimezone(procedure.zone).date())
    return period, moment_of(rule, period, procedure)


def moment_of(rule: ObligationRule, period: Period, procedure: Procedure) -> datetime:
    """When a rule counts for a period: from the day it names, else from its first moment or the first one after it."""
    turn = rule.turn_of(period.kind)
    if turn is not None and turn.on:
        return PeriodDay.parse(turn.on).moment_in(period, calendar_of(procedure, rule)).astimezone(UTC)
    begins, after = period.instants(procedure.zone)
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


def calendar_of(procedure: Procedure, rule: ObligationRule, department: str | None = None) -> WorkCalendar:
    """The calendar a rule's time is counted in, as far as the rule itself tells."""
    function = procedure.vocabulary.function_in(rule.owner)
    if department is None and function is not None:
        department = next((each.key for each in procedure.departments_with(function)), None)
    return procedure.calendar_for(department)
