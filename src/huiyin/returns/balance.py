"""What became of the goods of one request, line by line,
from what was asked for to what was disposed of; it adds up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from huiyin.kernel.quantities import Equation, LabelledQuantity, Quantity, at_most, conservation_errors, equal
from huiyin.kernel.text import Text, t
from huiyin.returns import serials
from huiyin.returns.models import Consent, Disposal, Line, Lot, ShippedRow

ZERO = Decimal(0)


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), ZERO)


@dataclass(frozen=True)
class LotBalance:
    """One returned lot: what of it is good and bad, and what became of either."""

    lot: Lot
    disposed: Sequence[Disposal]

    def of(self, *, good: bool, disposal: str = "") -> Decimal:
        """How much of the good, or of the bad, goods was disposed of, in one way or in any."""
        return _sum(
            row.quantity for row in self.disposed if row.of_good == good and (not disposal or row.disposal == disposal)
        )

    @property
    def good_left(self) -> Decimal:
        """Good goods that still lie there."""
        return (self.lot.good or ZERO) - self.of(good=True)

    @property
    def bad_left(self) -> Decimal:
        """Nonconforming goods that are held."""
        return (self.lot.bad or ZERO) - self.of(good=False)

    def equations(self, unit: str) -> list[Equation]:
        """Inspected = good + bad; of neither is disposed of more than there is."""
        lot = self.lot
        if lot.good is None or lot.bad is None:
            return []
        whole = _named(t("收回数量", "quantity taken back"), lot.quantity, unit)
        good = _named(t("合格数量", "good"), lot.good, unit)
        bad = _named(t("不合格数量", "nonconforming"), lot.bad, unit)
        return [
            equal(whole, good, bad),
            at_most(good, _named(t("合格品处置", "good goods disposed of"), self.of(good=True), unit)),
            at_most(bad, _named(t("不合格品处置", "nonconforming goods disposed of"), self.of(good=False), unit)),
        ]


@dataclass(frozen=True)
class LineBalance:
    """One line of the request; every figure in the line's unit."""

    line: Line
    shipped_rows: Sequence[ShippedRow] = ()
    consents: Sequence[Consent] = ()
    lots: Sequence[LotBalance] = ()

    @property
    def due(self) -> Decimal:
        """What quality signed; before it did, what was asked for."""
        signed = self.line.signed_quantity
        return self.line.quantity if signed is None else signed

    @property
    def asked(self) -> Decimal:
        """What was asked for."""
        return self.line.quantity

    @property
    def out(self) -> Decimal:
        """What the customer is to be sent; nothing for a plain return."""
        return self.due if self.line.way in Line.SENDING else ZERO

    @property
    def back(self) -> Decimal:
        """What the customer is to send back; nothing for a resupply."""
        return self.due if self.line.way in Line.TAKING else ZERO

    @property
    def shipped(self) -> Decimal:
        """Sent, in whatever shipment."""
        return _sum(row.quantity for row in self.shipped_rows)

    @property
    def received(self) -> Decimal:
        """Received by the customer."""
        return _sum(row.received_quantity for row in self.shipped_rows)

    @property
    def on_the_way(self) -> Decimal:
        """Sent, and nobody has said yet what arrived."""
        return _sum(row.quantity for row in self.shipped_rows if row.received_quantity is None)

    @property
    def lost(self) -> Decimal:
        """Sent and not arrived; it is still owed to the customer."""
        return max(self.shipped - self.received - self.on_the_way, ZERO)

    @property
    def to_ship(self) -> Decimal:
        """Still to be sent."""
        return self.out - (self.shipped - self.lost) - self.line.not_sent

    @property
    def consented(self) -> Decimal:
        """What the customer agreed to send back."""
        return _sum(row.quantity for row in self.consents)

    @property
    def returned(self) -> Decimal:
        """Goods that came back."""
        return _sum(one.lot.quantity for one in self.lots)

    @property
    def may_return(self) -> Decimal:
        """What the customer agreed to send back and has not come yet."""
        return self.consented - self.returned - self.line.not_returned

    @property
    def to_return(self) -> Decimal:
        """Still to come back."""
        return self.back - self.returned - self.line.not_returned

    @property
    def to_consent(self) -> Decimal:
        """What is to come back and the customer has not agreed to yet."""
        return self.back - self.consented

    def became(self, disposal: str) -> Decimal:
        """How much of what came back ended in one way."""
        return _sum(one.of(good=good, disposal=disposal) for one in self.lots for good in (True, False))

    @property
    def held(self) -> Decimal:
        """What came back and nothing has been decided of yet."""
        return self.returned - _sum(row.quantity for one in self.lots for row in one.disposed)

    def equations(self) -> list[Equation]:
        """Asked ≥ signed ≥ sent ≥ received; consented ≥ returned; each returned lot adds up.

        Nothing is sent on a line that only takes back, and nothing taken back on one that only sends.
        """
        line, unit = self.line, self.line.unit

        def n(zh: str, en: str, amount: Decimal) -> LabelledQuantity:
            return _named(t("{line}：{what}", "{line}: {what}", line=line.name, what=t(zh, en)), amount, unit)

        def part(zh: str, en: str, amount: Decimal) -> LabelledQuantity:
            return _named(t(zh, en), amount, unit)

        asked, signed = n("申请数量", "requested", line.quantity), n("签署数量", "signed", self.due)
        to_send = signed if line.way in Line.SENDING else n("应发数量", "to be sent", ZERO)
        to_take = signed if line.way in Line.TAKING else n("应退数量", "to be sent back", ZERO)
        agreed = n("客户同意退回数量", "agreed by the customer", self.consented)
        found = [
            at_most(asked, part("签署数量", "signed", self.due)),
            at_most(
                to_send,
                part("已发数量", "sent", self.shipped - self.lost),
                part("不再发数量", "not to be sent any more", line.not_sent),
            ),
            at_most(
                n("已发数量", "sent", self.shipped),
                part("客户签收数量", "received by the customer", self.received),
            ),
            at_most(to_take, part("客户同意退回数量", "agreed by the customer", self.consented)),
            at_most(agreed, part("收回数量", "taken back", self.returned)),
            at_most(
                to_take,
                part("收回数量", "taken back", self.returned),
                part("不再退回数量", "not to come back any more", line.not_returned),
            ),
        ]
        return found + [one for lot in self.lots for one in lot.equations(unit)]


def _named(label: Text, amount: Decimal, unit: str) -> LabelledQuantity:
    return LabelledQuantity(label, Quantity(amount, unit))


@dataclass(frozen=True)
class Balance:
    """All lines of one request."""

    lines: Sequence[LineBalance] = field(default_factory=list)

    @property
    def to_ship(self) -> Decimal:
        """Goods still to be sent, of whatever line."""
        return _sum(one.to_ship for one in self.lines)

    @property
    def on_the_way(self) -> Decimal:
        """Goods whose arrival nobody has confirmed."""
        return _sum(one.on_the_way for one in self.lines)

    @property
    def to_return(self) -> Decimal:
        """Goods still to come back."""
        return _sum(one.to_return for one in self.lines)

    @property
    def to_consent(self) -> Decimal:
        """Goods that are to come back without the customer's consent so far."""
        return _sum(one.to_consent for one in self.lines)

    @property
    def may_return(self) -> Decimal:
        """Goods the customer agreed to send back that have not come."""
        return _sum(one.may_return for one in self.lines)

    @property
    def held(self) -> Decimal:
        """Returned goods of which nothing is decided yet."""
        return _sum(one.held for one in self.lines)

    @property
    def moved(self) -> bool:
        """Whether any goods went or came."""
        return any(one.shipped or one.returned for one in self.lines)

    @property
    def unit(self) -> str:
        """The unit of all lines, empty when they have several."""
        units = {one.line.unit for one in self.lines}
        return units.pop() if len(units) == 1 else ""

    def total(self, name: str) -> Decimal:
        """One figure of all lines together; they must have one unit."""
        return _sum(getattr(one, name) for one in self.lines)

    def of(self, line: Line) -> LineBalance:
        """The balance of one line."""
        return next(one for one in self.lines if one.line.pk == line.pk)

    def mistakes(self, units: dict[str, Text] | None = None) -> list[Text]:
        """What does not add up, one sentence each; empty when everything does."""
        found = conservation_errors((one for line in self.lines for one in line.equations()), units=units)
        for one in self.lines:
            unit = (units or {}).get(one.line.unit, t(one.line.unit, one.line.unit))
            found += serials.serials_refusal([one.line.serials], one.line.quantity, unit)
            found += serials.serials_refusal([row.serials for row in one.shipped_rows], one.shipped, unit)
            found += serials.serials_refusal([each.lot.serials for each in one.lots], one.returned, unit)
            for each in one.lots:
                found += serials.unknown_serials(each.lot.serials, one.line.serials)
        return list(dict.fromkeys(found))

    def remainders(self, units: dict[str, Text]) -> list[Text]:
        """What keeps the request open, one sentence each: goods to be sent, on the way, to come back, held."""
        words = (
            ("to_ship", t("{line}还有 {q} 没有发出", "{q} of {line} are not sent yet")),
            (
                "on_the_way",
                t("{line}还有 {q} 没有确认客户签收", "{q} of {line} are not confirmed as received"),
            ),
            ("to_return", t("{line}还有 {q} 没有收回", "{q} of {line} have not come back yet")),
            (
                "held",
                t("{line}收回的还有 {q} 没有处置", "{q} of {line} came back and are not disposed of yet"),
            ),
        )
        found = []
        for one in self.lines:
            for name, sentence in words:
                left = getattr(one, name)
                if left > 0:
                    quantity = Quantity(left, one.line.unit).show(units)
                    found.append(sentence.with_values(line=one.line.name, q=quantity))
        return found


def balance_from(rows: dict[str, list[Any]]) -> Balance:
    """The balance of rows read already: ``lines``, ``shipped``, ``consents``, ``lots``, ``disposals``."""
    found = []
    for line in rows["lines"]:
        lots = [
            LotBalance(lot, [d for d in rows["disposals"] if d.lot_id == lot.pk])
            for lot in rows["lots"]
            if lot.line_id == line.pk
        ]
        found.append(
            LineBalance(
                line,
                [row for row in rows["shipped"] if row.line_id == line.pk],
                [row for row in rows["consents"] if row.line_id == line.pk],
                lots,
            )
        )
    return Balance(found)


def balance_of(replacement: Any) -> Balance:
    """The balance of a request as the database has it now; five queries."""
    pk = replacement.pk
    return balance_from(
        {
            "lines": list(Line.objects.filter(replacement_id=pk).order_by("id")),
            "shipped": list(ShippedRow.objects.filter(replacement_id=pk).order_by("id")),
            "consents": list(Consent.objects.filter(replacement_id=pk).order_by("id")),
            "lots": list(Lot.objects.filter(replacement_id=pk).order_by("id")),
            "disposals": list(Disposal.objects.filter(replacement_id=pk).order_by("id")),
        }
    )


def units_of(procedure: Any) -> dict[str, Text]:
    """The units' words under a procedure."""
    return {option.key: option.label for option in procedure.catalogue("unit")}
