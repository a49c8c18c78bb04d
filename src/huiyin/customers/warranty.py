"""Whether goods are under warranty on a day: counted from shipment, as delivery, customer or the default says."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from huiyin.customers.models import Delivery
from huiyin.kernel.text import Text, t

DEFAULT_MONTHS = 12
State = Literal["inside", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class Warranty:
    """The judgement for one day: its state, the last day covered, and both as a sentence."""

    state: State
    until: date | None
    text: Text

    @property
    def tone(self) -> str:
        """The tone in which pages show it."""
        return {"inside": "good", "outside": "warn", "unknown": "neutral"}[self.state]


def months_of(delivery: Delivery) -> int:
    """For how many months the delivery is covered: its own term, its customer's, else the default."""
    for months in (delivery.warranty_months, delivery.customer.warranty_months):
        if months is not None:
            return months
    return DEFAULT_MONTHS


def covered_until(delivery: Delivery) -> date | None:
    """The last day covered; None when neither an end nor a day of shipment is known."""
    if delivery.warranty_until is not None:
        return delivery.warranty_until
    return months_later(delivery.ship_date, months_of(delivery)) if delivery.ship_date else None


def warranty_of(delivery: Delivery, on: date) -> Warranty:
    """Whether the delivery is covered on the day ``on``; the last day counts in full (Civil Code of China, 202)."""
    until = covered_until(delivery)
    if until is None:
        return Warranty(
            "unknown", None, t("发货日期不详，无法判断质保", "No ship date, so the warranty cannot be judged")
        )
    if on <= until:
        return Warranty("inside", until, t("在保，至 {day}", "Under warranty until {day}", day=until.isoformat()))
    return Warranty(
        "outside", until, t("已过保，止于 {day}", "Out of warranty, it ended on {day}", day=until.isoformat())
    )


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or that month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
