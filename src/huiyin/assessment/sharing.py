"""How a cost is shared by the procedure's brackets: what the department bears, and who of it how much (P2 5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.money import Money, allocate
from huiyin.kernel.text import Text, t
from huiyin.procedure.entries import Sharing
from huiyin.procedure.shapes import as_fraction


@dataclass(frozen=True, slots=True)
class SharedCost:
    """A cost shared: what falls to the department in all, and of that to the ``head`` and the ``responsible`` ones."""

    cost: Money
    total: Money
    parts: dict[str, Money]
    derivation: tuple[Text, ...]


def share(cost: Money, sharing: Sharing) -> SharedCost:
    """``cost`` by the brackets and shares of ``sharing``; the parts add up to the total to the cent.

    The brackets are continuous: a cost between two of the written figures (100.50) lies in the upper one. Raises
    MoneyInvalid for a cost below zero.
    """
    table = sharing.table
    total = table.apply(cost)
    weights = [as_fraction(part.share) for part in sharing.parts]
    amounts = allocate(total, weights)
    parts = {part.to: amount for part, amount in zip(sharing.parts, amounts, strict=True)}
    shares = [
        t(
            "{who} {share} = {amount}",
            "{who} {share} = {amount}",
            who=WHO[part.to],
            share=part.share,
            amount=parts[part.to].amount,
        )
        for part in sharing.parts
    ]
    return SharedCost(cost, total, parts, (table.explain(cost), *shares))


WHO = {
    "head": t("部门主管", "Head of the department"),
    "responsible": t("责任者", "Persons responsible"),
}
"""The sharers as pages and derivations name them."""
