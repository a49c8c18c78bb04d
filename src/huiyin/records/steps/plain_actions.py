"""Actions of steps that only write down what their form gives: values go into the columns of the same names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.records.models import Record
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import step


@dataclass(frozen=True, slots=True)
class PlainOpening:
    """The action that opens a record of ``model`` by ``verb``; see ``opens``."""

    model: type[Record]
    verb: str

    def __call__(self, *, procedure_id: int, context: StepContext, **values: Any) -> Any:
        """Open it with these values; the new record."""
        record: Any = self.model(procedure_id=procedure_id, **values)
        if hasattr(record, "owner_id"):
            record.owner = context.actor
        with step(record, self.verb, **context.step_kwargs) as run:
            run.add_payload(**values)
        return record


@dataclass(frozen=True, slots=True)
class PlainStep:
    """The action that takes ``verb``; see ``writes``."""

    verb: str

    def __call__(self, record: Record, *, context: StepContext, **values: Any) -> Record:
        """Write the values into the record; the record."""
        with step(record, self.verb, **context.step_kwargs) as run:
            for name, value in values.items():
                setattr(record, name, value)
            run.add_payload(**values)
        return record


def opens(model: type[Record], verb: str) -> PlainOpening:
    """An action that opens a record of ``model`` by ``verb``; whoever opens it owns it where it has an owner."""
    return PlainOpening(model, verb)


def writes(verb: str) -> PlainStep:
    """An action that takes ``verb`` on a record and writes the form's values into it."""
    return PlainStep(verb)
