"""Money: rounding, splits that add up, the brackets of cost sharing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.money import Bracket, BracketTable, Money, MoneyInvalid, allocate, sum_money
from tests.kernel.calendars import PROPERTY


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


amounts = st.decimals(-100000, 100000, places=2).map(lambda amount: Money(amount, "CNY"))


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("10.005", "CNY", "10.01"),
        ("10.0049", "CNY", "10.00"),
        ("-10.005", "CNY", "-10.01"),
        ("1,234.5", "CNY", "1234.50"),
        (" 7 ", "USD", "7.00"),
        ("99.5", "JPY", "100"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_amounts_are_rounded_half_up_to_the_smallest_unit(amount: str, currency: str, rounded: str) -> None:
    assert str(Money.of(amount, currency).amount) == rounded


@pytest.mark.parametrize(
    ("currencies", "rounded"),
    [("JPY KRW VND CLP ISK", "1"), ("CNY EUR USD HKD", "1.23"), ("KWD BHD OMR JOD TND", "1.235")],
)
def test_each_currency_has_its_own_smallest_unit(currencies: str, rounded: str) -> None:
    assert {str(Money.of("1.2345", currency).amount) for currency in currencies.split()} == {rounded}


@pytest.mark.parametrize("amount", ["", "ten", "NaN", "Infinity", "1.2.3"])
def test_nonsense_is_no_money(amount: str) -> None:
    with pytest.raises(MoneyInvalid) as refused:
        Money.of(amount, "CNY")
    assert refused.value.remedy.show("zh") == "请写数字，如 1250.00"


def test_arithmetic() -> None:
    assert yuan("10") + yuan("2.50") == yuan("12.50")
    assert yuan("10") - yuan("12.50") == yuan("-2.50") == -yuan("2.50")
    assert yuan("10") * 3 == 3 * yuan("10") == yuan("30")
    assert yuan("10") * Decimal("0.3333") == yuan("3.33")
    assert sum_money([yuan("1.10"), yuan("2.20")], "CNY") == yuan("3.30")
    assert sum_money([], "CNY") == Money.zero("CNY")
    assert bool(yuan("0.01"))
    assert not Money.zero("CNY")
    assert yuan("1") < yuan("2") <= yuan("2")
    assert yuan("2") > yuan("1") >= yuan("1")
    assert not yuan("1") < yuan("1")
    assert not yuan("1") > yuan("1")


def test_different_currencies_do_not_mix() -> None:
    dollars = Money.of("1", "USD")
    for mixed in (
        lambda: yuan("1") + dollars,
        lambda: yuan("1") < dollars,
        lambda: sum_money([dollars], "CNY"),
    ):
        with pytest.raises(MoneyInvalid, match="CNY and USD are different"):
            mixed()


def test_how_money_is_said() -> None:
    assert yuan("1234.5").label.show("zh") == "1,234.50 元"
    assert yuan("1234.5").label.show("en") == "CNY 1,234.50"
    assert Money.of("5", "USD").label.show("zh") == "5.00 USD"
    assert str(yuan("5")) == "5.00 CNY"


class TestSplits:
    @pytest.mark.parametrize(
        ("total", "weights", "parts"),
        [
            ("100", [20, 80], ["20.00", "80.00"]),  # P2 5.4: head and person responsible
            ("0.01", [20, 80], ["0.00", "0.01"]),
            ("33.33", [20, 80], ["6.67", "26.66"]),
            ("100", [1, 1, 1], ["33.34", "33.33", "33.33"]),
            ("0.02", [1, 1, 1], ["0.01", "0.01", "0.00"]),
            ("-100", [1, 1, 1], ["-33.34", "-33.33", "-33.33"]),
            ("10", [0, 1], ["0.00", "10.00"]),
            ("0", [1, 2], ["0.00", "0.00"]),
            ("10", [5], ["10.00"]),
        ],
    )
    def test_to_the_cent(self, total: str, weights: list[int], parts: list[str]) -> None:
        assert [str(part.amount) for part in allocate(yuan(total), weights)] == parts

    def test_a_currency_without_cents(self) -> None:
        assert [str(part.amount) for part in allocate(Money.of("100", "JPY"), [1, 1, 1])] == ["34", "33", "33"]

    @pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
    def test_shares_that_divide_nothing_are_refused(self, weights: list[int]) -> None:
        with pytest.raises(MoneyInvalid, match="divide nothing"):
            allocate(yuan("10"), weights)

    @PROPERTY
    @given(amounts, st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=9).filter(any))
    def test_always_add_up_and_are_never_a_cent_off(self, total: Money, weights: list[Decimal]) -> None:
        parts = allocate(total, weights)
        assert sum_money(parts, "CNY") == total
        whole = sum(map(Fraction, weights))
        for part, weight in zip(parts, weights, strict=True):
            assert abs(Fraction(part.amount) - Fraction(total.amount) * Fraction(weight) / whole) < Fraction(1, 100)
            assert weight or not part


class TestBrackets:
    freight = BracketTable.of([(100, 1), (500, "0.5"), (None, "0.4")])

    @pytest.mark.parametrize(
        ("cost", "shared", "said"),
        [
            ("0", "0.00", "0 × 100% = 0.00"),
            ("99.99", "99.99", "99.99 × 100% = 99.99"),
            ("100", "100.00", "100 × 100% = 100.00"),
            ("100.01", "100.01", "100 + (100.01 − 100) × 50% = 100.01"),
            ("101", "100.50", "100 + (101 − 100) × 50% = 100.50"),
            ("320", "210.00", "100 + (320 − 100) × 50% = 210.00"),
            ("500", "300.00", "100 + (500 − 100) × 50% = 300.00"),
            ("501", "300.40", "300 + (501 − 500) × 40% = 300.40"),
            ("1250.55", "600.22", "300 + (1250.55 − 500) × 40% = 600.22"),
        ],
    )
    def test_freight_sharing(self, cost: str, shared: str, said: str) -> None:
        """P2 5.4: the cost up to 100; 100 + half of what exceeds 100; from 501 on 300 + 40 % of what exceeds 500."""
        assert self.freight.apply(yuan(cost)) == yuan(shared)
        assert self.freight.explain(yuan(cost)).show("zh") == said

    def test_its_two_parts_add_up(self) -> None:
        head, person = allocate(self.freight.apply(yuan("1250.55")), [20, 80])
        assert (head, person, head + person) == (yuan("120.04"), yuan("480.18"), yuan("600.22"))

    def test_beyond_a_closed_table_nothing_is_added(self) -> None:
        capped = BracketTable.of([(100, 1), (200, "0.5")])
        assert capped.apply(yuan("1000")) == yuan("150")
        assert capped.explain(yuan("1000")).show("en") == "100 + (200 − 100) × 50% = 150.00"

    def test_a_table_of_one_bracket(self) -> None:
        assert BracketTable.of([(1, "0.5")]).apply(yuan("7")) == yuan("0.50")
        assert BracketTable.of([(1, 1), (2, "0.5")]).apply(yuan("7")) == yuan("1.50")
        assert BracketTable.of([(None, "0.25")]).apply(yuan("7")) == yuan("1.75")

    def test_an_excess(self) -> None:
        above = BracketTable.of([(100, 0), (None, 1)])
        assert above.explain(yuan("150")).show("zh") == "(150 − 100) × 100% = 50.00"

    @pytest.mark.parametrize(
        "rows",
        [
            [],
            [(100, 1), (100, 1)],
            [(None, 1), (100, 1)],
            [(0, 1), (None, 1)],
            [(100, -1)],
            [(200, 1), (100, 1)],
            [(-5, 1)],
        ],
    )
    def test_tables_that_mean_nothing_are_refused(self, rows: list[tuple[int | None, int]]) -> None:
        with pytest.raises(MoneyInvalid):
            BracketTable.of(rows)
        with pytest.raises(MoneyInvalid):
            BracketTable(tuple(Bracket(None if upto is None else Decimal(upto), Decimal(rate)) for upto, rate in rows))

    def test_a_negative_cost_is_refused(self) -> None:
        with pytest.raises(MoneyInvalid, match="must not be negative"):
            self.freight.apply(yuan("-1"))

    @PROPERTY
    @given(st.decimals(0, 3000, places=2), st.decimals(0, 3000, places=2))
    def test_who_costs_more_never_shares_less(self, one: Decimal, other: Decimal) -> None:
        low, high = sorted((one, other))
        shared = [self.freight.apply(Money(cost, "CNY")) for cost in (low, high)]
        assert shared[0] <= shared[1] <= Money(high, "CNY")
