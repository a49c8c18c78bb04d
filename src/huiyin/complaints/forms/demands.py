"""What becomes of each demand, asked where the customer is answered, and at the end of what came up later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.complaints.actions.demands import outcome_field, reason_field
from huiyin.complaints.actions.values import DemandDecision
from huiyin.complaints.models import Demand
from huiyin.kernel.text import t
from huiyin.procedure.schema import Procedure
from huiyin.ui import forms

NOT_YET = ("", t("未定", "Not yet"))


def ask_outcomes(form: Any, rows: Sequence[Demand], verb: str) -> None:
    """Two fields for each demand: what becomes of it, and why it is refused; chosen by all where the step waits for
    it.
    """
    form.demands = rows
    needed = _is_needed(form.procedure, verb)
    for row in rows:
        option = form.procedure.option("demand", row.demand)
        what = option.label if option else row.demand
        options = [*(() if needed else (NOT_YET,)), *Demand.OUTCOMES.items()]
        form.fields[outcome_field(row.pk)] = forms.Segments(
            label=t("客户要求“{what}”的处理", "What becomes of the demand “{what}”", what=what),
            options=options,
            required=needed,
        )
        form.fields[reason_field(row.pk)] = forms.TextInput(
            label=t("“{what}”不满足的理由", "Why “{what}” is refused", what=what), required=False, max_length=300
        )
        form.initial.setdefault(outcome_field(row.pk), row.outcome)
        form.initial.setdefault(reason_field(row.pk), row.outcome_reason)


def _is_needed(procedure: Procedure, verb: str) -> bool:
    step = procedure.step(f"complaint.{verb}")
    return step is not None and "demands_decided" in step.guards


def decisions(form: Any) -> list[DemandDecision]:
    """What was chosen for each demand that was asked about."""
    found = []
    for row in form.demands:
        outcome = form.cleaned_data.get(outcome_field(row.pk))
        if outcome:
            found.append(DemandDecision(row.pk, outcome, form.cleaned_data.get(reason_field(row.pk)) or ""))
    return found
