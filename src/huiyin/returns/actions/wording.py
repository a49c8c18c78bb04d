"""How payloads of the journal word goods and sums: "换货 HY-40 · B2611 3 件"."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure
from huiyin.returns.models import Line


def label_of(procedure: Procedure, catalogue: str, key: str) -> Text:
    """An option's words, the key where the pack has none."""
    found = procedure.option(catalogue, key) if key else None
    return found.label if found else t(key, key)


def quantity_of(quantity: Decimal, unit: str, procedure: Procedure) -> Text:
    """A quantity with its unit."""
    return t("{n} {unit}", "{n} {unit}", n=f"{quantity.normalize():f}", unit=label_of(procedure, "unit", unit))


def goods(rows: Iterable[tuple[Line, Decimal]], procedure: Procedure) -> Text:
    """Several goods in one line."""
    return joined(
        t("{name} {n}", "{n} of {name}", name=line.name, n=quantity_of(quantity, line.unit, procedure))
        for line, quantity in rows
    )


def joined(parts: Iterable[Text]) -> Text:
    """Several texts in a row."""
    said = list(parts)
    return Text("、".join(p.show("zh") for p in said), ", ".join(p.show("en") for p in said))


def sum_of(amount: Decimal) -> str:
    """A sum as the time-line writes it."""
    return f"{amount:,.2f}"


def lines(requested: Iterable[Any], procedure: Procedure) -> Text:
    """What is asked for: way, goods, quantity of each line."""
    return joined(
        t(
            "{way} {name} {n}",
            "{way}: {n} of {name}",
            way=label_of(procedure, "way", line.way),
            name=line.name,
            n=quantity_of(line.quantity, line.unit, procedure),
        )
        for line in requested
    )
