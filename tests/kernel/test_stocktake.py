"""The verdict of a joint stock-take follows from three figures alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.stocktake import StockTakeVerdict, verdict_of

amounts = st.decimals(-10_000, 10_000, places=3, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("claimed", "book", "goods", "verdict"),
    [
        (3, 100, 103, StockTakeVerdict.QUALITY),  # they got three too few, and three too many lie here
        (-2, 100, 98, StockTakeVerdict.QUALITY),  # they got two too many, and two are missing here
        (3, 100, 100, StockTakeVerdict.CUSTOMER),  # the store is right
        (3, 100, 101, StockTakeVerdict.WAREHOUSE),  # neither
        (3, 100, 97, StockTakeVerdict.WAREHOUSE),  # off by as much, but the other way
        (0, 100, 100, StockTakeVerdict.QUALITY),  # both conditions hold: the first sentence counts
    ],
)
def test_each_case(claimed: int, book: int, goods: int, verdict: StockTakeVerdict) -> None:
    assert verdict_of(Decimal(claimed), book=Decimal(book), goods=Decimal(goods)) == verdict


@given(claimed=amounts, book=amounts, goods=amounts)
def test_exactly_one_sentence_applies(claimed: Decimal, book: Decimal, goods: Decimal) -> None:
    agrees, right = goods - book == claimed, goods == book
    expected = (
        StockTakeVerdict.QUALITY if agrees else StockTakeVerdict.CUSTOMER if right else StockTakeVerdict.WAREHOUSE
    )
    assert verdict_of(claimed, book=book, goods=goods) == expected


@given(claimed=amounts, book=amounts, goods=amounts, more=amounts)
def test_only_the_difference_counts(claimed: Decimal, book: Decimal, goods: Decimal, more: Decimal) -> None:
    """Goods that both account and count hold beside the disputed ones change nothing."""
    assert verdict_of(claimed, book=book, goods=goods) == verdict_of(claimed, book=book + more, goods=goods + more)


@given(claimed=amounts.filter(bool), book=amounts)
def test_a_store_that_agrees_with_itself_never_blames_the_warehouse(claimed: Decimal, book: Decimal) -> None:
    assert verdict_of(claimed, book=book, goods=book) == StockTakeVerdict.CUSTOMER
    assert verdict_of(claimed, book=book, goods=book + claimed) == StockTakeVerdict.QUALITY
