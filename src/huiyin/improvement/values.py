"""Values that travel from forms to the actions of problem cases."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from huiyin.customers.models import Customer
from huiyin.improvement.models import Problem
from huiyin.people.models import Department, Person
from huiyin.records.ownfields import merged_extra

EXPLAINS = "explains"
"""The relation of a case to the complaints it explains."""


@dataclass(frozen=True, slots=True)
class ProblemFacts:
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

    def apply_to(self, problem: Problem) -> None:
        """Write the facts onto a case; unsaved. The owner stays who they are: ``hand_over`` changes them."""
        for one in fields(self):
            if one.name not in ("extra", "owner"):
                setattr(problem, one.name, getattr(self, one.name))
        problem.extra = merged_extra(problem.extra, self.extra)
        problem.customer_name = self.customer.name if self.customer else self.customer_name


@dataclass(frozen=True, slots=True)
class NeedsDecision:
    """What a case needs (P5 5.5.1): cause analysis, action, confirmation of effect; and why."""

    needs_cause: bool
    needs_action: bool
    needs_effect: bool
    reason: str
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class EffectPlan:
    """How the effect will be shown: metric, baseline, target, first and last day of the window, and who checks."""

    metric: str
    baseline: str
    target: str
    starts_on: date
    ends_on: date
    checker: Person
