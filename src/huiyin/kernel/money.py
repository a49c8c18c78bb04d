"""Money to the cent: sums, splits without loss, and tables of brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t

_DECIMALS: Final = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "KWD": 3,
    "BHD": 3,
    "OMR": 3,
    "JOD": 3,
    "TND": 3,
}
_SIGNS: Final = {"CNY": "元"}


class MoneyInvalid(Invalid):
    """Amounts that cannot be reckoned with: no number, different currencies, weights that give nobody a share."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a currency, always in whole smallest units (fen, cent); rounded half up, away from zero."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise MoneyInvalid(
                t("「{amount}」不是金额", "“{amount}” is no amount of money.", amount=self.amount),
                t("请写数字，如 1250.00", "Write a number such as 1250.00."),
            )
        object.__setattr__(self, "amount", self.amount.quantize(_smallest(self.currency), ROUND_HALF_UP))

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Money:
        """Money from a written or exact number; raises MoneyInvalid when it is none. Floats are not taken."""
        try:
            return cls(Decimal(str(amount).strip().replace(",", "")), currency)
        except ArithmeticError:
            raise MoneyInvalid(
                t("「{amount}」不是金额", "“{amount}” is no amount of money.", amount=amount),
                t("请写数字，如 1250.00", "Write a number such as 1250.00."),
            ) from None

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing at all."""
        return cls(Decimal(0), currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        """So many times the amount, rounded half up: 10 yuan a day for 3 days."""
        return Money(self.amount * factor, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    @property
    def label(self) -> Text:
        """The amount with its currency: "1,234.50 元", "CNY 1,234.50"."""
        amount = f"{self.amount:,}"
        return t(
            "{amount} {sign}",
            "{currency} {amount}",
            amount=amount,
            currency=self.currency,
            sign=_SIGNS.get(self.currency, self.currency),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def _same(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise MoneyInvalid(
                t(
                    "{one} 与 {other} 币种不同",
                    "{one} and {other} are different currencies.",
                    one=self.currency,
                    other=other.currency,
                ),
                t("请先换算成同一币种", "Convert them to one currency first."),
            )
        return other.amount


def sum_money(amounts: Iterable[Money], currency: str) -> Money:
    """The sum, in ``currency`` also when there is nothing to add."""
    summed = Money.zero(currency)
    for amount in amounts:
        summed += amount
    return summed


def allocate(total: Money, weights: Sequence[Decimal | int]) -> list[Money]:
    """Divide ``total`` by weight so that the parts add up to it exactly (largest remainder, to the cent).

    Each part is at most one cent off its exact share; on equal remainders the earlier part gets the cent. A negative
    total is divided like its amount. Raises MoneyInvalid for no, negative or only zero weights.
    """
    exact = [Fraction(weight) for weight in weights]
    if any(weight < 0 for weight in exact) or not any(exact):
        raise MoneyInvalid(
            t("无法按这些比例分摊", "These shares divide nothing."),
            t("比例不得为负，且至少一个大于零", "Shares must not be negative, and one must be above zero."),
        )
    unit = _smallest(total.currency)
    cents = int(abs(total.amount) / unit)
    # Fractions: exact, whatever the precision of Decimal.
    shares = [divmod(cents * weight, sum(exact)) for weight in exact]
    missing = cents - sum(share for share, _ in shares)
    order = sorted(range(len(shares)), key=lambda index: (-shares[index][1], index))
    extra = set(order[:missing])
    sign = -1 if total.amount < 0 else 1
    return [Money(sign * (share + (index in extra)) * unit, total.currency) for index, (share, _) in enumerate(shares)]


@dataclass(frozen=True, slots=True)
class Bracket:
    """The part of an amount up to ``upto`` (None: without end) that counts with ``rate`` (1 = wholly)."""

    upto: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class BracketTable:
    """Continuous brackets: each rate counts for the part of the amount within its bracket, as with an income tax.

    P2 5.4, for instance, is ``[(100, 1), (500, 0.5), (None, 0.4)]``: up to 100 the cost itself, then
    100 + (cost − 100) × 50 %, then 300 + (cost − 500) × 40 %.
    """

    brackets: tuple[Bracket, ...]

    def __post_init__(self) -> None:
        limits = [bracket.upto for bracket in self.brackets]
        bounded = [limit for limit in limits[:-1] if limit is not None]
        rising = all(low < high for low, high in zip([Decimal(0), *bounded], bounded, strict=False))
        last = limits[-1] if limits else None
        ends_above = last is None or last > (bounded[-1] if bounded else 0)
        if not limits or len(bounded) != len(limits) - 1 or not rising or not ends_above:
            raise MoneyInvalid(
                t(
                    "分档表的上限须逐档升高，只有最后一档可以不设上限",
                    "The limits of the brackets must rise, and only the last bracket may be without one.",
                ),
                t("例如 100、500、不限", "For example 100, 500, no limit."),
            )
        if any(bracket.rate < 0 for bracket in self.brackets):
            raise MoneyInvalid(
                t("分档表的比例不得为负", "The rates of the brackets must not be negative."),
                t("请写 0 或以上的比例", "Write rates of 0 or above."),
            )

    @classmethod
    def of(cls, rows: Iterable[tuple[str | int | Decimal | None, str | int | Decimal]]) -> BracketTable:
        """A table from pairs of upper limit (None: no end) and rate."""
        return cls(tuple(Bracket(None if upto is None else Decimal(upto), Decimal(rate)) for upto, rate in rows))

    def apply(self, cost: Money) -> Money:
        """What the table makes of ``cost``, rounded half up once at the end; beyond the last limit nothing is added."""
        bracket, reached, base = self._place(cost)
        return Money(base + self._within(cost, bracket, reached) * bracket.rate, cost.currency)

    def explain(self, cost: Money) -> Text:
        """The reckoning in one line: "100 + (320 − 100) × 50% = 210.00"."""
        bracket, reached, base = self._place(cost)
        outcome = self.apply(cost).amount
        rate = _plain(bracket.rate * 100)
        counted = _plain(reached + self._within(cost, bracket, reached))
        said = f"({counted} − {_plain(reached)}) × {rate}%" if reached else f"{counted} × {rate}%"
        if base:
            said = f"{_plain(base)} + {said}"
        return t("{said} = {outcome}", "{said} = {outcome}", said=said, outcome=outcome)

    def _place(self, cost: Money) -> tuple[Bracket, Decimal, Decimal]:
        """The bracket the cost ends in, where it begins, and what all brackets below it give."""
        if cost.amount < 0:
            raise MoneyInvalid(
                t("金额不得为负", "The amount must not be negative."),
                t("请写 0 或以上的金额", "Write an amount of 0 or above."),
            )
        reached, base = Decimal(0), Decimal(0)
        for bracket in self.brackets[:-1]:
            if bracket.upto is None or cost.amount <= bracket.upto:
                return bracket, reached, base
            base += (bracket.upto - reached) * bracket.rate
            reached = bracket.upto
        return self.brackets[-1], reached, base

    @staticmethod
    def _within(cost: Money, bracket: Bracket, reached: Decimal) -> Decimal:
        end = cost.amount if bracket.upto is None else min(cost.amount, bracket.upto)
        return end - reached


def _smallest(currency: str) -> Decimal:
    return Decimal(1).scaleb(-_DECIMALS.get(currency, 2))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
