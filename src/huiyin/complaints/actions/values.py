"""Values that travel from forms to actions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.contacts.models import Contact
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.people.models import Department
from huiyin.records.facts import RecordFacts


@dataclass(frozen=True, slots=True)
class ComplaintFacts(RecordFacts):
    """What is known of the complaint's customer, product, quantities and problem (P2 4.1)."""

    received_at: datetime
    channel: str
    problem: str
    stage: str = ""
    customer: Customer | None = None
    contact_person: ContactPerson | None = None
    caller_name: str = ""
    caller_phone: str = ""
    source: Contact | None = None
    delivery: Delivery | None = None
    model: str = ""
    drawing_revision: str = ""
    batch: str = ""
    serial: str = ""
    order_number: str = ""
    ship_date: date | None = None
    shipped_quantity: Decimal | None = None
    complained_quantity: Decimal | None = None
    verified_quantity: Decimal | None = None
    defect_quantity: Decimal | None = None
    unit: str = "piece"
    detection: str = ""
    defect: str = ""
    sample: str = ""
    severity: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def apply_to(self, row: Any, *, but: Collection[str] = ()) -> None:
        """Write the facts onto a complaint, with the name its customer has now; unsaved."""
        RecordFacts.apply_to(self, row, but=but)
        row.customer_name = self.customer.name if self.customer else ""


@dataclass(frozen=True, slots=True)
class DemandInput(RecordFacts):
    """One thing the customer asks for: a key of the ``demand`` catalogue, quantity or money where they said one."""

    demand: str
    quantity: Decimal | None = None
    amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DemandDecision:
    """What becomes of one demand: its id, a value of ``Demand.outcome``, and the reason where it is refused."""

    demand_id: int
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PromiseInput:
    """What was promised to the customer, and by which moment (UTC)."""

    text: str
    promised_at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """Quality's first analysis: the three axes, severity, responsible departments (keys), full or simplified course."""

    content: str
    nature: str
    cause_kind: str
    severity: str
    responsible: tuple[str, ...] = ()
    lighter: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """One department's question."""

    department: Department
    question: str


@dataclass(frozen=True, slots=True)
class PlannedMeasure(RecordFacts):
    """One measure a department plans: interim, corrective or preventive."""

    measure: str
    text: str
    responsible: str = ""
    planned_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class RemedyInput(RecordFacts):
    """One remedy for the customer: a key of the ``remedy`` catalogue, quantity, money in the pack's currency."""

    remedy: str
    quantity: Decimal | None = None
    amount: Decimal | None = None
    note: str = ""
