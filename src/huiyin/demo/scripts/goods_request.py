"""One request for goods and what is done about it, as the scripts of ``replacements`` say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from huiyin.demo.affected_goods import affected_goods
from huiyin.demo.goods import EVERY_MODEL
from huiyin.demo.script import Script
from huiyin.kernel.text import Text
from huiyin.records.steps.context import StepContext
from huiyin.returns.actions import money, requesting, returning, shipping
from huiyin.returns.actions.values import (
    CustomerConsent,
    DepartmentSignature,
    DispatchLine,
    DisposalEntry,
    LossEntry,
    ReceiptInput,
    ReplacementFacts,
    RequestedLine,
    ReturnedGoods,
    ShipmentInput,
)
from huiyin.returns.forms.requests import claimable_of
from huiyin.returns.models import Disposal, Line, Replacement

CARRIERS = {"zh": ("顺丰速运", "德邦物流", "跨越速运"), "en": ("DHL", "UPS", "DB Schenker")}


class GoodsRequest:
    """One request and what is done about it; every quantity is given by the script."""

    def __init__(
        self,
        script: Script,
        language: str,
        lines: Sequence[tuple[str, int]],
        reason: Text,
        *,
        urgent: Text | None = None,
    ) -> None:
        self.script, self.language = script, language
        self.goods = affected_goods(script, "replacement", language, EVERY_MODEL, least=sum(n for _, n in lines))
        claimable, unit = claimable_of(self.goods.complaint) if self.goods.complaint else (None, "")
        most = int(claimable) if claimable else sum(n for _, n in lines)
        share = [max(1, min(n, most * n // sum(n for _, n in lines))) for _, n in lines]
        wanted = [
            RequestedLine(way, self.goods.model, Decimal(n), unit or self.goods.unit, self.goods.batch)
            for (way, _), n in zip(lines, share, strict=True)
        ]
        facts = ReplacementFacts(
            self.goods.customer.name,
            self.said(reason),
            tuple(wanted),
            self.goods.customer,
            self.goods.who,
            self.goods.telephone,
            self.goods.customer.address,
            urgent is not None,
            self.said(urgent) if urgent else "",
            claimable,
            unit,
        )
        sent = script.context("replacement.request", by=("reception", "chenyue"))
        self.record: Replacement = requesting.request(
            facts, procedure_id=script.company.version, context=sent, about=self.goods.complaint
        )

    def said(self, text: Text) -> str:
        """As somebody wrote it who writes in this language."""
        return text.show(self.language)

    def context(self, verb: str, *by: str, part: Any = None) -> StepContext:
        """Who takes the step, on the record or on a part of it."""
        step = verb if "." in verb else f"replacement.{verb}"
        return self.script.context(step, self.record, part, by=by)

    def lines(self) -> list[Line]:
        """Its lines."""
        return list(self.record.lines.order_by("id"))

    def sign(self, *functions: str, note: Text, verb: str = "sign") -> None:
        """Quality names the responsible department."""
        signed = DepartmentSignature(
            self.script.company.department(*functions, "production", "quality"), self.said(note)
        )
        act = requesting.sign if verb == "sign" else requesting.sign_late
        act(self.record, signed, context=self.context(verb, "quality", "xukai"))

    def ship(self, *, freight: str = "", share: float = 1, urgent: Text | None = None) -> Any:
        """The warehouse sends a share of what is asked for."""
        rows = tuple(
            DispatchLine(line, max(Decimal(1), (line.quantity * Decimal(str(share))).to_integral_value()))
            for line in self.lines()
            if line.way in Line.SENDING
        )
        random = self.script.random
        waybill = f"{random.choice(('SF', 'DP', 'KY'))}{random.randrange(10**11, 10**12)}"
        cost = Decimal(freight) if freight else None
        dispatch = ShipmentInput(rows, random.choice(CARRIERS[self.language]), waybill, cost, "department")
        if urgent is not None:
            sent = self.context("ship_urgent", "xiongwei", "warehouse")
            return shipping.ship_urgent(self.record, dispatch, self.said(urgent), context=sent)
        verb = "ship" if share == 1 else "ship_part"
        return shipping.ship(self.record, dispatch, context=self.context(verb, "xiongwei", "warehouse"))

    def receive(self, shipment: Any, *, lost: int = 0, note: Text | None = None) -> None:
        """The customer has the goods, but for those that were lost."""
        rows = list(shipment.shipped.order_by("id"))
        got = tuple((row.pk, row.quantity - (lost if row is rows[0] else 0)) for row in rows)
        receipt = ReceiptInput(self.goods.who, self.script.day(), self.said(note) if note else "", got)
        shipping.receive(shipment, receipt, context=self.context("shipment.receive", "reception", part=shipment))

    def consent(self, words: Text) -> None:
        """The customer agrees to send back what is taken back."""
        given = tuple((line, line.quantity) for line in self.lines() if line.way in Line.TAKING)
        channel = self.script.option("channel", "telephone", "phone")
        agreed = CustomerConsent(self.goods.who, channel, self.script.day(), given, self.said(words))
        returning.record_consent(self.record, agreed, context=self.context("record_consent", "reception"))

    def take_back(self, condition: Text, share: float = 1) -> list[Any]:
        """Goods come back."""
        rows = [
            ReturnedGoods(
                one, max(Decimal(1), (one.quantity * Decimal(str(share))).to_integral_value()), self.said(condition)
            )
            for one in self.lines()
            if one.way in Line.TAKING
        ]
        return returning.take_back(self.record, rows, context=self.context("take_back", "warehouse", "xiongwei"))

    def inspect(self, lot: Any, good: int, findings: Text) -> None:
        """Quality inspects; of the lot so many are good."""
        kept = min(Decimal(good), lot.quantity - 1)
        sent = self.context("lot.inspect", "xukai", "quality", part=lot)
        returning.inspect(
            lot, max(kept, Decimal(0)), lot.quantity - max(kept, Decimal(0)), self.said(findings), context=sent
        )

    def dispose(self, lot: Any, note: Text) -> None:
        """The good go back to stock, of the bad one is scrapped and the others are reworked."""
        good, bad = lot.good or Decimal(0), lot.bad or Decimal(0)
        fates = [
            DisposalEntry(True, Disposal.RESTOCK, good),
            DisposalEntry(False, Disposal.SCRAP, min(bad, Decimal(1)), self.said(note)),
            DisposalEntry(False, Disposal.REWORK, bad - min(bad, Decimal(1))),
        ]
        given = [one for one in fates if one.quantity]
        returning.dispose(lot, given, context=self.context("lot.dispose", "quality", part=lot))

    def cost(self, loss: str, amount: str, note: Text, borne_by: str = "department") -> None:
        """A cost beside the freight."""
        entered = LossEntry(self.script.option("loss", loss), Decimal(amount), borne_by, self.said(note))
        money.record_loss(self.record, entered, context=self.context("record_loss", "xiongwei", "warehouse"))

    def close(self, note: Text) -> None:
        """Everything is accounted for."""
        requesting.close(self.record, self.said(note), context=self.context("close", "reception"))
