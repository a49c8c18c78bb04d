"""Records of which there is one for each period: which period a form says, and that every step tells it."""

from __future__ import annotations

from typing import Any

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.transitions import StepRun
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRecord

EXAMPLES = {"day": "2026-11-05", "week": "2026-W45", "month": "2026-11", "quarter": "2026-Q4", "half": "2026-H2"}
"""How a period of each kind is written; a year is written as it is."""


def period_said(kind: DataKind, given: Any) -> str:
    """The period of a new record of a period kind: what its form says in a field of that type; empty for other kinds.

    Refused when it says none, or one of another length.
    """
    wanted = kind.entry.period
    if wanted is None:
        return ""
    field = next((each for each in kind.fields if each.type == "period"), None)
    written = str(given.get(field.name) or "") if field is not None else ""
    try:
        found = Period.parse(written)
    except Invalid:
        found = None
    if found is None or found.kind != wanted:
        label = field.label if field is not None else Text("期间", "Period")
        example = EXAMPLES.get(wanted, "2026")
        raise Refused(
            [t("请填写“{field}”，如 {example}", "Fill in {field}, such as {example}", field=label, example=example)]
        )
    return found.key


def tell_period(record: FormRecord, run: StepRun) -> None:
    """Every step of such a record says of which period it is, so that what is owed for that period ends."""
    if record.period:
        run.add_payload(period=record.period)
