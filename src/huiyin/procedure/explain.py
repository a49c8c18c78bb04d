"""How a due moment is reached, before anything has happened: for the rule's author and for the auditor."""

from __future__ import annotations

from datetime import datetime

from huiyin.kernel.durations import Due, Duration
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.procedure.entries import Obligation
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import PROMISED, function_in


class NoDue(Invalid):
    """The rule gives no due moment by itself."""


def explain_due(
    procedure: Procedure, rule_key: str, from_: datetime, *, department: str | None = None
) -> Due:
    """When the obligation would be due had it opened at ``from_``, with the derivation day by day.

    Time is counted in ``department``'s calendar, else in that of the department the rule's owner names, else in the
    company's. Raises UnknownKey for an unknown rule, NoDue for one that is due at a promised moment.
    """
    rule = procedure.rule(rule_key)
    if rule.within == PROMISED:
        raise NoDue(
            t("这项责任到承诺的时间为止", "This obligation is due at the moment that was promised."),
            t("请看具体记录", "Look at a record."),
        )
    return Duration.parse(rule.within).due(from_, calendar_of(procedure, rule, department))


def calendar_of(procedure: Procedure, rule: Obligation, department: str | None = None) -> WorkCalendar:
    """The calendar a rule's time is counted in, as far as the rule itself tells."""
    function = function_in(rule.owner)
    if department is None and function is not None:
        department = next((each.key for each in procedure.departments_with(function)), None)
    return procedure.calendar_for(department)
