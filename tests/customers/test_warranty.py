"""Warranty from shipment."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.customers.models import Customer, Delivery
from huiyin.customers.warranty import months_later, warranty_of


def goods(*, customer_months: int | None = None, **facts: object) -> Delivery:
    return Delivery(customer=Customer(warranty_months=customer_months), model="HY-40", **facts)


def test_without_agreement_it_lasts_twelve_months_and_its_last_day_counts() -> None:
    delivery = goods(ship_date=date(2026, 3, 15))

    assert warranty_of(delivery, date(2027, 3, 15)).state == "inside"
    assert warranty_of(delivery, date(2027, 3, 16)).state == "outside"
    assert warranty_of(delivery, date(2027, 3, 16)).text.show("en") == "Out of warranty, it ended on 2027-03-15"
    assert warranty_of(delivery, date(2026, 4, 1)).text.show("zh") == "在保，至 2027-03-15"


def test_the_customers_term_and_then_the_deliverys_own_come_first() -> None:
    shipped = date(2026, 1, 31)

    assert warranty_of(goods(ship_date=shipped, customer_months=1), shipped).until == date(2026, 2, 28)
    assert warranty_of(goods(ship_date=shipped, customer_months=1, warranty_months=24), shipped).until == date(
        2028, 1, 31
    )
    assert warranty_of(goods(ship_date=shipped, warranty_until=date(2026, 6, 30)), shipped).until == date(2026, 6, 30)
    assert warranty_of(goods(ship_date=shipped, warranty_months=0), date(2026, 2, 1)).state == "outside"


def test_without_a_ship_date_nothing_is_guessed() -> None:
    judged = warranty_of(goods(), date(2026, 11, 16))

    assert (judged.state, judged.until) == ("unknown", None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
        (date(2026, 11, 16), 240, date(2046, 11, 16)),
        (date(9999, 1, 1), 240, date.max),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
