"""Quantities that keep their unit and conserve: what came in equals what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t


class QuantityInvalid(Invalid):
    """Quantities that cannot be reckoned with: no number, or different units."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a unit (the key of the pack's catalogue ``unit``, such as "piece" or "kg")."""

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise _no_number(self.amount)

    @classmethod
    def of(cls, amount: str | int | Decimal, unit: str) -> Quantity:
        """A quantity from a written or exact number; raises QuantityInvalid when it is none."""
        try:
            return cls(Decimal(str(amount).strip()), unit)
        except ArithmeticError:
            raise _no_number(amount) from None

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.amount + self._same(other), self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.amount - self._same(other), self.unit)

    def __lt__(self, other: Quantity) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Quantity) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Quantity) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Quantity) -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def show(self, units: Mapping[str, Text] | None = None) -> Text:
        """The number with its unit, in the unit's own words when ``units`` names it: "12 件"."""
        unit = (units or {}).get(self.unit, t(self.unit, self.unit))
        return t("{amount} {unit}", "{amount} {unit}", amount=f"{self.amount.normalize():f}", unit=unit)

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.unit}"

    def _same(self, other: Quantity) -> Decimal:
        if self.unit != other.unit:
            raise QuantityInvalid(
                t(
                    "{one} 与 {other} 单位不同",
                    "{one} and {other} have different units.",
                    one=str(self),
                    other=str(other),
                ),
                t("请用同一单位填写", "Enter them in one unit."),
            )
        return other.amount


@dataclass(frozen=True, slots=True)
class LabelledQuantity:
    """A quantity with the word it has on the form: "返工", "reworked"."""

    label: Text
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Equation:
    """The ``parts`` make up the ``whole`` exactly (``equal``), or do not exceed it (``at most``)."""

    whole: LabelledQuantity
    parts: tuple[LabelledQuantity, ...]
    relation: Literal["equal", "at most"] = "equal"


def equal(whole: LabelledQuantity, *parts: LabelledQuantity) -> Equation:
    """The parts make up the whole exactly: received = good + reworked + scrapped."""
    return Equation(whole, parts)


def at_most(whole: LabelledQuantity, *parts: LabelledQuantity) -> Equation:
    """The parts together do not exceed the whole: defective ≤ delivered."""
    return Equation(whole, parts, "at most")


def conservation_errors(equations: Iterable[Equation], *, units: Mapping[str, Text] | None = None) -> list[Text]:
    """What does not add up, one sentence for each mistake; empty when everything does.

    Refused are negative quantities, units that differ within an equation, and sums that miss or exceed their whole.
    ``units`` gives the units' own words.
    """
    refusals: list[Text] = []
    for equation in equations:
        for sentence in _refusals(equation, units or {}):
            if sentence not in refusals:
                refusals.append(sentence)
    return refusals


def _refusals(equation: Equation, units: Mapping[str, Text]) -> list[Text]:
    named = (equation.whole, *equation.parts)
    negative = [
        t(
            "{label}不能是负数（{quantity}）",
            "{label} cannot be negative ({quantity}).",
            label=each.label,
            quantity=each.quantity.show(units),
        )
        for each in named
        if each.quantity.amount < 0
    ]
    if negative:
        return negative
    unit = equation.whole.quantity.unit
    strange = [each for each in equation.parts if each.quantity.unit != unit]
    if strange:
        return [_other_unit(each, equation.whole, units) for each in strange]
    summed = sum((part.quantity.amount for part in equation.parts), Decimal(0))
    difference = Quantity(summed - equation.whole.quantity.amount, unit)
    exceeds = difference.amount > 0
    if not difference or (equation.relation == "at most" and not exceeds):
        return []
    return [_missed(equation, Quantity(summed, unit), difference, units)]


def _other_unit(part: LabelledQuantity, whole: LabelledQuantity, units: Mapping[str, Text]) -> Text:
    return t(
        "{part}（{one}）与{whole}（{other}）单位不同",
        "{part} ({one}) and {whole} ({other}) have different units.",
        part=part.label,
        one=part.quantity.show(units),
        whole=whole.label,
        other=whole.quantity.show(units),
    )


def _missed(equation: Equation, summed: Quantity, difference: Quantity, units: Mapping[str, Text]) -> Text:
    exceeds = difference.amount > 0
    pattern = (
        t(
            "{parts}合计 {sum}，比{whole}（{quantity}）多 {difference}",
            "{parts}: {sum} in all, {difference} more than {whole} ({quantity}).",
        )
        if exceeds
        else t(
            "{parts}合计 {sum}，比{whole}（{quantity}）少 {difference}",
            "{parts}: {sum} in all, {difference} less than {whole} ({quantity}).",
        )
    )
    return pattern.with_values(
        parts=_listed([part.label for part in equation.parts]),
        sum=summed.show(units),
        whole=equation.whole.label,
        quantity=equation.whole.quantity.show(units),
        difference=Quantity(abs(difference.amount), difference.unit).show(units),
    )


def _listed(labels: list[Text]) -> Text:
    if not labels:
        return t("各项", "the parts")
    joined = labels[0]
    for label in labels[1:]:
        joined = t("{a}、{b}", "{a}, {b}", a=joined, b=label)
    return joined


def _no_number(amount: object) -> QuantityInvalid:
    return QuantityInvalid(
        t("「{amount}」不是数量", "“{amount}” is no quantity.", amount=amount),
        t("请写数字", "Write a number."),
    )
