"""Where a step comes from: the acting person, the moment, and what their form carried along."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from huiyin.people.models import Person
from huiyin.ui.forms import StepForm


@dataclass(frozen=True, slots=True)
class StepContext:
    """Where an action comes from: the acting person (None: the system), the moment, the form's version and token,
    fields it had to add.
    """

    actor: Person | None
    at: datetime
    version: int | None = None
    submission: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def step_kwargs(self) -> dict[str, Any]:
        """As keyword arguments of ``step``."""
        return {
            "actor": self.actor,
            "at": self.at,
            "version": self.version,
            "submission": self.submission,
            "values": self.values,
        }


def submission_token(form: StepForm) -> UUID | None:
    """The form's token, by which sending twice is known."""
    try:
        return UUID(form.cleaned_data.get("submission") or "")
    except ValueError:
        return None


def context_from(request: Any, form: StepForm, values: dict[str, Any] | None = None) -> StepContext:
    """Who, when, from which version, with which token; ``values`` are fields the procedure made the form ask for."""
    return StepContext(request.user, request.at, form.cleaned_data.get("version"), submission_token(form), values or {})
