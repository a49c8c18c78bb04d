"""Freight by brackets (P2 5.4): the written figures, no jump at 100 and 500, and parts that add up to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.assessment.sharing import share
from huiyin.kernel.money import Money, MoneyInvalid
from tests.cast import pack

costs = st.decimals(min_value=0, max_value=10_000_000, places=2)


def shared(cost: str | Decimal) -> tuple[str, str, str]:
    sharing = pack("feedback").sharing("freight")
    assert sharing is not None
    found = share(Money(Decimal(cost), "CNY"), sharing)
    shares = (found.total, found.parts["head"], found.parts["responsible"])
    return tuple(str(x.amount) for x in shares)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("cost", "total", "head", "responsible"),
    [
        ("0", "0.00", "0.00", "0.00"),
        ("80", "80.00", "16.00", "64.00"),
        ("100", "100.00", "20.00", "80.00"),
        ("100.50", "100.25", "20.05", "80.20"),
        ("101", "100.50", "20.10", "80.40"),
        ("333.33", "216.67", "43.33", "173.34"),
        ("500", "300.00", "60.00", "240.00"),
        ("500.50", "300.20", "60.04", "240.16"),
        ("501", "300.40", "60.08", "240.32"),
        ("1000", "500.00", "100.00", "400.00"),
        ("0.01", "0.01", "0.00", "0.01"),
    ],
)
def test_the_written_brackets(cost: str, total: str, head: str, responsible: str) -> None:
    assert shared(cost) == (total, head, responsible)


def test_the_reckoning_can_be_read() -> None:
    sharing = pack("feedback").sharing("freight")
    assert sharing is not None
    found = share(Money(Decimal("333.33"), "CNY"), sharing)
    assert [line.show("zh") for line in found.derivation] == [
        "100 + (333.33 − 100) × 50% = 216.67",
        "部门主管 20% = 43.33",
        "责任者 80% = 173.34",
    ]


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(MoneyInvalid):
        shared("-1")


@given(costs)
def test_the_parts_add_up_to_the_total(cost: Decimal) -> None:
    total, head, responsible = (Decimal(x) for x in shared(cost))
    assert head + responsible == total
    assert abs(head - total * Decimal("0.2")) < Decimal("0.01")


@given(costs, costs)
def test_more_cost_is_never_a_smaller_share(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert Decimal(shared(low)[0]) <= Decimal(shared(high)[0])


@given(st.sampled_from(["100", "500"]), st.decimals(min_value=0, max_value=2, places=2))
def test_the_brackets_are_continuous(edge: str, step: Decimal) -> None:
    at_edge = Decimal(shared(edge)[0])
    for near in (Decimal(edge) - step, Decimal(edge) + step):
        assert abs(Decimal(shared(near)[0]) - at_edge) <= step + Decimal("0.01")
