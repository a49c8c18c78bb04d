"""The verdict of a joint stock-take, by rule and never by hand (P2 4.5-4)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class StockTakeVerdict(StrEnum):
    """Whose problem it is that the customer misses goods."""

    QUALITY = "quality"
    CUSTOMER = "customer"
    WAREHOUSE = "warehouse"


def verdict_of(claimed: Decimal, *, book: Decimal, goods: Decimal) -> StockTakeVerdict:
    """What the counts say of a claim; all three in one unit (P2 4.5-4).

    ``claimed`` is how much the customer says they got too little (negative: too much): were they right, just so much
    more would lie in our store than the books say. ``book`` is the quantity on the books, ``goods`` what was counted.

    The sentences are taken in the order of the text: the count agrees with the customer → a quality problem; else
    book and physical count agree → the customer's information is inaccurate; else → a warehouse-management problem.
    Only a claim of nothing lets the first two hold at once, and then the first counts (decision 0016).
    """
    surplus = goods - book
    if surplus == claimed:
        return StockTakeVerdict.QUALITY
    if surplus == 0:
        return StockTakeVerdict.CUSTOMER
    return StockTakeVerdict.WAREHOUSE
