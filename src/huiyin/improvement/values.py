"""Values that travel from forms to the actions of problem cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.customers.models import Customer
from huiyin.improvement.models import Problem
from huiyin.people.models import Department, Person
from huiyin.records.facts import RecordFacts

EXPLAINS = "explains"
"""The relation of a case to the complaints it explains."""


@dataclass(frozen=True, slots=True)
class ProblemFacts(RecordFacts):
    """What a case is about; ``owner`` None: whoever opens it."""

    title: str
    path: str = Problem.FULL
    customer: Customer | None = None
    customer_name: str = ""
    customer_reference: str = ""
    model: str = ""
    batch: str = ""
    defect: str = ""
    severity: str = ""
    unit: str = "piece"
    noticed_on: date | None = None
    department: Department | None = None
    owner: Person | None = None
    champion: Person | None = None
    recurrence_of: Problem | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def apply_to(self, row: Any, *, but: Collection[str] = ("owner",)) -> None:
        """Write the facts onto a case; unsaved. The owner stays who they are: ``hand_over`` changes them."""
        RecordFacts.apply_to(self, row, but=but)
        row.customer_name = self.customer.name if self.customer else self.customer_name


@dataclass(frozen=True, slots=True)
class NeedsDecision:
    """What a case needs (P5 5.5.1): cause analysis, action, confirmation of effect; and why."""

    needs_cause: bool
    needs_action: bool
    needs_effect: bool
    reason: str
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class EffectPlan(RecordFacts):
    """How the effect will be shown: metric, baseline, target, first and last day of the window, and who checks."""

    metric: str
    baseline: str
    target: str
    starts_on: date
    ends_on: date
    checker: Person
