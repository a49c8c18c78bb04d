"""Actions of steps that only write down what their form gives: values go into the columns of the same names."""

from __future__ import annotations

from typing import Any, TypeVar

from huiyin.records.models import Record
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.step_types import TakeStep
from huiyin.records.steps.stepping import step

R = TypeVar("R", bound=Record)


def opens(model: type[R], verb: str) -> TakeStep:
    """An action that opens a record of ``model`` by ``verb``; whoever opens it owns it where it has an owner."""

    def act(*, procedure_id: int, context: StepContext, **values: Any) -> R:
        record = model(procedure_id=procedure_id, **values)
        if hasattr(record, "owner_id"):
            record.owner = context.actor  # type: ignore[attr-defined]
        with step(record, verb, **context.step_kwargs) as run:
            run.add_payload(**values)
        return record

    return act


def writes(verb: str) -> TakeStep:
    """An action that takes ``verb`` on a record and writes the form's values into it."""

    def act(record: Record, *, context: StepContext, **values: Any) -> Record:
        with step(record, verb, **context.step_kwargs) as run:
            for name, value in values.items():
                setattr(record, name, value)
            run.add_payload(**values)
        return record

    return act
