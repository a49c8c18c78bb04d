"""Suspect goods are neither lost nor made: suspect = inspected + remaining, inspected = OK + NG, NG = its fates.

Only a quantity below nothing cannot be written down. A row that contradicts itself is kept as it was typed, marked, and
left out of the sums until it adds up; so the sums conserve whatever stands in the rows (decision 0019).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from huiyin.kernel.quantities import Equation, LabelledQuantity, Quantity, at_most, conservation_errors, equal
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure

LABELS: dict[str, Text] = {
    "suspect": t("可疑数量", "suspect"),
    "inspected": t("已检数量", "inspected"),
    "ok": t("合格数量", "OK"),
    "ng": t("不合格数量", "NG"),
    "reworked": t("返工数量", "reworked"),
    "scrapped": t("报废数量", "scrapped"),
    "returned": t("退回数量", "returned"),
    "held": t("隔离数量", "held"),
}
DISPOSALS = ("reworked", "scrapped", "returned", "held")


@dataclass(frozen=True, slots=True)
class ContainmentTotals:
    """The sums over the places that do not contradict themselves; a quantity nobody entered counts as nothing.

    ``apart`` is how many places were left out because they do.
    """

    suspect: Decimal
    inspected: Decimal
    ok: Decimal
    ng: Decimal
    reworked: Decimal
    scrapped: Decimal
    returned: Decimal
    held: Decimal
    apart: int = 0

    @property
    def remaining(self) -> Decimal:
        """Suspect goods that nobody has inspected yet."""
        return self.suspect - self.inspected


def units_of(procedure: Procedure) -> dict[str, Text]:
    """The units' own words under a procedure."""
    return {option.key: option.label for option in procedure.catalogue("unit")}


def totals(rows: Iterable[Any]) -> ContainmentTotals:
    """The sums over the containment rows of a case."""
    listed = list(rows)
    sound = [row for row in listed if not contradictions(row, "")]
    sums = {name: sum((getattr(row, name) or Decimal(0) for row in sound), Decimal(0)) for name in LABELS}
    return ContainmentTotals(**sums, apart=len(listed) - len(sound))


def impossible(row: Any, unit: str, units: Mapping[str, Text] | None = None) -> list[Text]:
    """What no row may hold: a quantity below nothing."""
    return conservation_errors((at_most(each) for each in _known(row, unit).values()), units=units)


def contradictions(row: Any, unit: str, units: Mapping[str, Text] | None = None) -> list[Text]:
    """What cannot be, whatever is entered later: a part larger than its whole, or a sum that misses a known whole."""
    known = _known(row, unit)
    equations = []
    if {"suspect", "inspected"} <= known.keys():
        equations.append(at_most(known["suspect"], known["inspected"]))
    equations += _sum(known, "inspected", ("ok", "ng"))
    equations += _sum(known, "ng", DISPOSALS)
    return conservation_errors(equations, units=units)


def unfinished(row: Any, unit: str, units: Mapping[str, Text] | None = None) -> list[Text]:
    """What keeps a place from being contained: missing quantities, goods not inspected, NG goods whose fate is open."""
    missing = [LABELS[name] for name in ("suspect", "inspected", "ok", "ng") if getattr(row, name) is None]
    if missing:
        return [t("还没有填写{what}", "The {what} quantity is missing", what=label) for label in missing]
    known = {name: _named(name, getattr(row, name) or Decimal(0), unit) for name in LABELS}
    return conservation_errors(
        [
            equal(known["suspect"], known["inspected"]),
            equal(known["inspected"], known["ok"], known["ng"]),
            equal(known["ng"], *(known[name] for name in DISPOSALS)),
        ],
        units=units,
    )


def _named(name: str, amount: Any, unit: str) -> LabelledQuantity:
    return LabelledQuantity(LABELS[name], Quantity.of(amount, unit))


def _known(row: Any, unit: str) -> dict[str, LabelledQuantity]:
    """The quantities that stand in the row."""
    return {name: _named(name, getattr(row, name), unit) for name in LABELS if getattr(row, name) is not None}


def _sum(known: Mapping[str, LabelledQuantity], whole: str, parts: tuple[str, ...]) -> list[Equation]:
    """The parts known make up the whole when all are known, and never exceed it or the goods before it."""
    given = [known[name] for name in parts if name in known]
    bound = next((known[n] for n in (whole, "inspected", "suspect") if n in known), None)
    if not given or bound is None:
        return []
    complete = len(given) == len(parts) and whole in known
    return [equal(bound, *given) if complete else at_most(bound, *given)]
