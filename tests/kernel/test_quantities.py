"""Quantities: units that do not mix and sums that must be conserved."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.quantities import (
    Equation,
    LabelledQuantity,
    Quantity,
    QuantityInvalid,
    at_most,
    conservation_errors,
    equal,
)
from huiyin.kernel.text import t
from tests.kernel.calendars import PROPERTY

UNITS = {"piece": t("件", "pieces"), "kg": t("公斤", "kg")}


def named(zh: str, en: str, amount: str, unit: str = "piece") -> LabelledQuantity:
    return LabelledQuantity(t(zh, en), Quantity.of(amount, unit))


def received(amount: str, unit: str = "piece") -> LabelledQuantity:
    return named("收到", "received", amount, unit)


def good(amount: str, unit: str = "piece") -> LabelledQuantity:
    return named("合格", "good", amount, unit)


def scrapped(amount: str, unit: str = "piece") -> LabelledQuantity:
    return named("报废", "scrapped", amount, unit)


def said(*equations: Equation) -> list[tuple[str, str]]:
    return [(refusal.show("zh"), refusal.show("en")) for refusal in conservation_errors(equations, units=UNITS)]


def test_arithmetic_keeps_the_unit() -> None:
    assert Quantity.of("1.5", "kg") + Quantity.of("2", "kg") == Quantity.of("3.5", "kg")
    assert Quantity.of("1.5", "kg") - Quantity.of("2", "kg") == Quantity.of("-0.5", "kg")
    assert Quantity.of("1", "kg") < Quantity.of("2", "kg") <= Quantity.of("2.0", "kg")
    assert Quantity.of("2", "kg") > Quantity.of("1", "kg") >= Quantity.of("1.0", "kg")
    assert not Quantity.of("1", "kg") < Quantity.of("1", "kg")
    assert not Quantity.of("1", "kg") > Quantity.of("1", "kg")
    assert bool(Quantity.of("0.1", "kg"))
    assert not Quantity.of("0.0", "kg")


def test_units_do_not_mix() -> None:
    with pytest.raises(QuantityInvalid) as refused:
        Quantity.of("1", "kg") + Quantity.of("1", "piece")
    assert refused.value.problem.show("zh") == "1 kg 与 1 piece 单位不同"


@pytest.mark.parametrize("amount", ["", "many", "NaN", "-Infinity"])
def test_nonsense_is_no_quantity(amount: str) -> None:
    with pytest.raises(QuantityInvalid, match="is no quantity"):
        Quantity.of(amount, "kg")


def test_how_a_quantity_is_said() -> None:
    assert Quantity.of("1200", "piece").show(UNITS).show("zh") == "1200 件"
    assert Quantity.of("0.50", "kg").show(UNITS).show("en") == "0.5 kg"
    assert Quantity.of("3", "box").show().show("zh") == "3 box"


def test_what_adds_up_is_not_refused() -> None:
    assert said(equal(received("100"), good("95"), scrapped("5"))) == []
    assert said(equal(received("0.3", "kg"), good("0.1", "kg"), scrapped("0.2", "kg"))) == []
    assert said(at_most(received("100"), scrapped("100")), at_most(received("100"), scrapped("1"))) == []
    assert said() == []


def test_too_little_and_too_much() -> None:
    assert said(equal(received("100"), good("90"), scrapped("5"))) == [
        (
            "合格、报废合计 95 件，比收到（100 件）少 5 件",
            "good, scrapped: 95 pieces in all, 5 pieces less than received (100 pieces).",
        ),
    ]
    assert said(equal(received("100"), good("98"), scrapped("5"))) == [
        (
            "合格、报废合计 103 件，比收到（100 件）多 3 件",
            "good, scrapped: 103 pieces in all, 3 pieces more than received (100 pieces).",
        ),
    ]
    assert said(at_most(received("100"), scrapped("101")))[0][0] == "报废合计 101 件，比收到（100 件）多 1 件"
    assert said(equal(received("5")))[0][0] == "各项合计 0 件，比收到（5 件）少 5 件"


def test_units_that_differ_within_an_equation() -> None:
    assert said(equal(received("100"), good("95"), scrapped("5", "kg"))) == [
        ("报废（5 公斤）与收到（100 件）单位不同", "scrapped (5 kg) and received (100 pieces) have different units."),
    ]


def test_negative_quantities() -> None:
    assert said(equal(received("100"), good("105"), scrapped("-5"))) == [
        ("报废不能是负数（-5 件）", "scrapped cannot be negative (-5 pieces)."),
    ]


def test_each_mistake_is_said_once() -> None:
    wrong = at_most(received("100"), scrapped("-5"))
    assert len(said(wrong, equal(received("100"), scrapped("-5"), good("105")), wrong)) == 1
    assert len(said(wrong, equal(received("1"), good("2")))) == 2


@PROPERTY
@given(st.lists(st.decimals(0, 10000, places=3), min_size=1, max_size=6), st.decimals("0.001", "10", places=3))
def test_a_sum_is_conserved_exactly_when_it_is_the_sum(parts: list[Decimal], off: Decimal) -> None:
    rows = [LabelledQuantity(t("项", "part"), Quantity(part, "kg")) for part in parts]
    whole = sum(parts, Decimal(0))
    assert conservation_errors([equal(LabelledQuantity(t("总数", "total"), Quantity(whole, "kg")), *rows)]) == []
    assert (
        len(conservation_errors([equal(LabelledQuantity(t("总数", "total"), Quantity(whole + off, "kg")), *rows)])) == 1
    )
    assert (
        conservation_errors([at_most(LabelledQuantity(t("总数", "total"), Quantity(whole + off, "kg")), *rows)]) == []
    )
