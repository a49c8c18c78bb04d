"""A request for goods, told by the people whose steps they are; each step ten minutes after the last."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from huiyin.people.models import Department
from huiyin.records.steps.context import StepContext
from huiyin.returns.actions import requesting, returning, shipping
from huiyin.returns.actions.values import (
    CustomerConsent,
    DepartmentSignature,
    DispatchLine,
    ReceiptInput,
    ReplacementFacts,
    RequestedLine,
    ReturnedGoods,
    ShipmentInput,
)
from huiyin.returns.models import Line, Lot, Replacement, Shipment
from tests.cast import Factory, at, day

SOON = "2026-11-16 10:00"


def department(key: str) -> Department:
    """A department by its key."""
    return Department.objects.get(key=key)


def line(way: str = "exchange", quantity: str = "3", **more: Any) -> RequestedLine:
    """One line of a request."""
    given: dict[str, Any] = {"model": "HY-40", "batch": "B2611", "unit": "piece"} | more
    return RequestedLine(way, quantity=Decimal(quantity), **given)


def wanted(*lines: RequestedLine, **more: Any) -> ReplacementFacts:
    """What sales support asks for."""
    given: dict[str, Any] = {
        "customer_name": "秦川传动",
        "reason": "接头处漏油",
        "receiver": "周厂长",
        "telephone": "13900001111",
        "address": "西安市高新区",
        "lines": lines or (line(),),
    } | more
    return ReplacementFacts(**given)


class GoodsTale:
    """One request on its way."""

    def __init__(
        self, works: Factory, *lines: RequestedLine, about: Any = None, start: str = SOON, **more: Any
    ) -> None:
        self.works, self.now = works, at(start) - timedelta(minutes=10)
        self.record: Replacement = requesting.request(
            wanted(*lines, **more), procedure_id=works.version, context=self.context("mei"), about=about
        )

    def context(self, name: str, **how: Any) -> StepContext:
        """As ``name``, ten minutes later than the step before."""
        self.now += timedelta(minutes=10)
        local = self.now.astimezone(self.works.procedure.zone)
        return self.works.context(name, f"{local:%Y-%m-%d %H:%M}", **how)

    def lines(self) -> list[Line]:
        """The lines as the database has them."""
        return list(self.record.lines.order_by("id"))

    def sign(self, *quantities: str, late: bool = False) -> None:
        """Quality signs the workshop as responsible."""
        pairs = tuple((row, Decimal(q)) for row, q in zip(self.lines(), quantities, strict=False))
        signed = DepartmentSignature(department("production"), "密封圈装反", pairs)
        act = requesting.sign_late if late else requesting.sign
        act(self.record, signed, context=self.context("lin"))

    def dispatch(self, *quantities: str, **more: Any) -> ShipmentInput:
        """Goods in a shipment, line by line."""
        rows = tuple(DispatchLine(row, Decimal(q)) for row, q in zip(self.lines(), quantities, strict=False))
        return ShipmentInput(rows, "顺丰", "SF1001", **more)

    def ship(self, *quantities: str, by: str = "ku", **more: Any) -> Shipment:
        """The warehouse sends."""
        return shipping.ship(self.record, self.dispatch(*quantities, **more), context=self.context(by))

    def ship_urgent(self, *quantities: str, reason: str = "客户停线") -> Shipment:
        """The warehouse sends ahead of the signature."""
        return shipping.ship_urgent(self.record, self.dispatch(*quantities), reason, context=self.context("ku"))

    def receive(self, shipment: Shipment, *quantities: str) -> None:
        """The customer says what arrived."""
        rows = list(shipment.shipped.order_by("id"))
        got = tuple((row.pk, Decimal(q)) for row, q in zip(rows, quantities, strict=False))
        shipping.receive(shipment, ReceiptInput("周厂长", day("2026-11-18"), "", got), context=self.context("mei"))

    def consent(self, *quantities: str) -> None:
        """The customer agrees to send goods back."""
        pairs = tuple((row, Decimal(q)) for row, q in zip(self.lines(), quantities, strict=False))
        agreed = CustomerConsent("周厂长", "telephone", day("2026-11-16"), pairs, "运费我方付")
        returning.record_consent(self.record, agreed, context=self.context("mei"))

    def take_back(self, *quantities: str) -> list[Lot]:
        """Goods come back."""
        rows = [ReturnedGoods(row, Decimal(q), "外箱完好") for row, q in zip(self.lines(), quantities, strict=False)]
        return returning.take_back(self.record, rows, context=self.context("ku"))

    def inspect(self, lot: Lot, good: str, bad: str) -> None:
        """Quality inspects."""
        returning.inspect(lot, Decimal(good), Decimal(bad), "密封圈装反", context=self.context("lin"))
