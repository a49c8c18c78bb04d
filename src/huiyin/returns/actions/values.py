"""What the actions of this room take: plain values, made by forms, demo data and tests alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.customers.models import Customer
from huiyin.people.models import Department
from huiyin.records.facts import RecordFacts
from huiyin.returns.models import Line


@dataclass(frozen=True, slots=True)
class RequestedLine(RecordFacts):
    """Goods asked for: a key of the catalogue ``way``, what they are, how many."""

    way: str
    model: str
    quantity: Decimal
    unit: str
    batch: str = ""
    serials: str = ""

    @property
    def name(self) -> str:
        """Model and batch."""
        return " · ".join(word for word in (self.model, self.batch) if word)


@dataclass(frozen=True, slots=True)
class ReplacementFacts(RecordFacts):
    """A request as it is made; ``claimable`` is what its complaint speaks of, as far as known."""

    customer_name: str
    reason: str
    lines: tuple[RequestedLine, ...]
    customer: Customer | None = None
    receiver: str = ""
    telephone: str = ""
    address: str = ""
    urgent: bool = False
    urgent_reason: str = ""
    claimable: Decimal | None = None
    claimable_unit: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DepartmentSignature:
    """Quality's signature: the responsible department, and how many of each line.

    All that was asked for if not named.
    """

    department: Department
    note: str = ""
    quantities: tuple[tuple[Line, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class DispatchLine:
    """How many of a line go into a shipment, under which serial numbers."""

    line: Line
    quantity: Decimal
    serials: str = ""


@dataclass(frozen=True, slots=True)
class ShipmentInput:
    """One shipment: what is in it, who carries it, what the freight costs and who bears it."""

    rows: tuple[DispatchLine, ...]
    carrier: str = ""
    waybill: str = ""
    freight: Decimal | None = None
    borne_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptInput:
    """What the customer received of a shipment: per row (its id) a quantity; all of it when not named."""

    who: str
    received_on: date
    note: str = ""
    quantities: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerConsent(RecordFacts):
    """The customer's consent to send goods back."""

    who: str
    channel: str
    consented_on: date
    quantities: tuple[tuple[Line, Decimal], ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedGoods(RecordFacts):
    """Goods of one line that came back, and in which condition."""

    line: Line
    quantity: Decimal
    condition: str
    serials: str = ""


@dataclass(frozen=True, slots=True)
class DisposalEntry(RecordFacts):
    """What becomes of some of a lot."""

    of_good: bool
    disposal: str
    quantity: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class LossEntry(RecordFacts):
    """One cost or loss, in the pack's currency."""

    loss: str
    amount: Decimal
    borne_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StockTakeFacts(RecordFacts):
    """What is to be counted, and how much more than the book says would lie there if the customer were right."""

    material: str
    unit: str
    claim: str
    claimed: Decimal
    customer_name: str
    customer: Customer | None = None
    batch: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
