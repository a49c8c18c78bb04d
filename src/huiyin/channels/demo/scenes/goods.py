"""Requests for goods: exchanged and closed, paid for, taken back and inspected, lost on the way, shipped ahead of the signature."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from huiyin.channels.demo.scenes.stage import DAY, Matter, Scene, Script
from huiyin.kernel.text import Text, t
from huiyin.records.steps.refusals import Refused
from huiyin.returns.actions import money, requesting, returning, shipping
from huiyin.returns.actions.values import (
    CustomerConsent,
    DepartmentSignature,
    Dispatch,
    DispatchLine,
    DisposalEntry,
    LossEntry,
    Receipt,
    ReplacementFacts,
    RequestedLine,
    ReturnedGoods,
)
from huiyin.returns.forms.requests import claimable_of
from huiyin.returns.models import Disposal, Line, Replacement

HOUR = 60
FIRST, SECOND = t("第一批", "first shipment"), t("第二批", "second shipment")


class Request:
    """One request and what is done about it; every quantity is given by the scene."""

    def __init__(
        self,
        scene: Scene,
        language: str,
        models: Sequence[str],
        lines: Sequence[tuple[str, int]],
        reason: Text,
        *,
        urgent: Text | None = None,
    ) -> None:
        self.scene, self.language = scene, language
        self.matter: Matter = scene.matter("replacement", language, models, least=sum(n for _, n in lines))
        claimable, unit = claimable_of(self.matter.complaint) if self.matter.complaint else (None, "")
        most = int(claimable) if claimable else sum(n for _, n in lines)
        share = [max(1, min(n, most * n // sum(n for _, n in lines))) for _, n in lines]
        wanted = [
            RequestedLine(way, self.matter.model, Decimal(n), unit or self.matter.unit, self.matter.batch)
            for (way, _), n in zip(lines, share, strict=True)
        ]
        facts = ReplacementFacts(
            self.matter.customer.name,
            self.said(reason),
            tuple(wanted),
            self.matter.customer,
            self.matter.who,
            self.matter.telephone,
            self.matter.customer.address,
            urgent is not None,
            self.said(urgent) if urgent else "",
            claimable,
            unit,
        )
        sent = scene.context("replacement.request", by=("reception", "chenyue"))
        self.record: Replacement = requesting.request(
            facts, procedure_id=scene.stage.version, context=sent, about=self.matter.complaint
        )

    def said(self, text: Text) -> str:
        """As somebody wrote it who writes in this language."""
        return text.show(self.language)

    def context(self, verb: str, *by: str, part: Any = None, but: tuple[Any, ...] = ()) -> Any:
        """Who takes the step."""
        step = verb if "." in verb else f"replacement.{verb}"
        return self.scene.context(step, self.record, part, by=by, but=but)

    def lines(self) -> list[Line]:
        """Its lines."""
        return list(self.record.lines.order_by("id"))

    def sign(self, *functions: str, note: Text, verb: str = "sign") -> None:
        """Quality names the responsible department."""
        signed = DepartmentSignature(self.scene.stage.department(*functions), self.said(note))
        act = requesting.sign if verb == "sign" else requesting.sign_late
        act(self.record, signed, context=self.context(verb, "quality", "xukai"))

    def ship(self, *, freight: str = "", share: float = 1, urgent: Text | None = None) -> Any:
        """The warehouse sends a share of what is asked for."""
        rows = tuple(
            DispatchLine(line, max(Decimal(1), (line.quantity * Decimal(str(share))).to_integral_value()))
            for line in self.lines()
            if line.way in Line.SENDING
        )
        carrier = ("顺丰速运", "德邦物流", "跨越速运") if self.language == "zh" else ("DHL", "UPS", "DB Schenker")
        waybill = f"{self.scene.random.choice(('SF', 'DP', 'KY'))}{self.scene.random.randrange(10**11, 10**12)}"
        dispatch = Dispatch(
            rows,
            self.scene.random.choice(carrier),
            waybill,
            Decimal(freight) if freight else None,
            "department",
        )
        if urgent is not None:
            sent = self.context("ship_urgent", "xiongwei", "warehouse")
            return shipping.ship_urgent(self.record, dispatch, self.said(urgent), context=sent)
        verb = "ship" if share == 1 else "ship_part"
        return shipping.ship(self.record, dispatch, context=self.context(verb, "xiongwei", "warehouse"))

    def receive(self, shipment: Any, *, lost: int = 0, note: Text | None = None) -> None:
        """The customer has the goods, but for those that were lost."""
        rows = list(shipment.shipped.order_by("id"))
        got = tuple((row.pk, row.quantity - (lost if row is rows[0] else 0)) for row in rows)
        receipt = Receipt(self.matter.who, self.scene.day(), self.said(note) if note else "", got)
        shipping.receive(shipment, receipt, context=self.context("shipment.receive", "reception", part=shipment))

    def consent(self, words: Text) -> None:
        """The customer agrees to send back what is taken back."""
        given = tuple((line, line.quantity) for line in self.lines() if line.way in Line.TAKING)
        channel = self.scene.option("channel", "telephone", "phone")
        agreed = CustomerConsent(self.matter.who, channel, self.scene.day(), given, self.said(words))
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
        entered = LossEntry(self.scene.option("loss", loss), Decimal(amount), borne_by, self.said(note))
        money.record_loss(self.record, entered, context=self.context("record_loss", "xiongwei", "warehouse"))

    def close(self, note: Text) -> None:
        """Everything is accounted for."""
        requesting.close(self.record, self.said(note), context=self.context("close", "reception"))


HYDRAULIC = ("WS-", "WSJ", "WSF", "WSY", "WSL", "WSG", "WSB", "WSP", "WSM")
AGREED = t("同意退回，运费贵司承担", "Agrees to send them back at our cost")


def exchanged(scene: Scene) -> Script:
    """Exchanged, the faulty goods taken back, inspected and disposed of, costs entered, closed."""
    told = Request(scene, "zh", HYDRAULIC, [("exchange", 6)], t("试压渗油，客户要求换货", "leaks in the pressure test"))
    yield 1.5 * HOUR
    told.sign("production", note=t("装配责任，同意换货", "assembly is responsible"))
    yield 2.5 * HOUR
    sent = told.ship(freight="186.00")
    told.consent(AGREED)
    yield 2 * DAY
    told.receive(sent)
    yield 1.2 * DAY
    lots = told.take_back(t("外箱完好，油口已封堵", "boxes undamaged, ports plugged"))
    yield 1.1 * DAY
    for lot in lots:
        told.inspect(
            lot,
            1,
            t("复试确认渗油，密封槽有毛刺；1 件复试合格", "leak confirmed, burr in the groove; one is good"),
        )
    yield 0.6 * DAY
    for lot in lots:
        told.dispose(lot, t("密封槽划伤，不可修复", "groove cut, beyond repair"))
    told.cost("labour", "240.00", t("返工 4 小时", "four hours of rework"))
    told.cost("material", "96.50", t("更换密封件", "seals replaced"))
    yield 0.5 * DAY
    told.close(t("新件已装机正常，旧件处置完毕", "new parts run well, old ones disposed of"))
    yield 1


def compensated(scene: Scene) -> Script:
    """Sent again and a day of standstill paid, within the limit of a head; closed."""
    told = Request(scene, "en", HYDRAULIC, [("resupply", 4)], t("漏发接头", "Fittings were missing in the box"))
    yield HOUR
    told.sign("warehouse", note=t("拣货漏件", "picking error, please send at once"))
    yield 3 * HOUR
    sent = told.ship(freight="412.80")
    row = money.award(
        told.record,
        Decimal("1600"),
        "One day of standstill of the assembly line, as agreed by e-mail",
        context=told.context("award", "reception"),
    )
    yield 2 * HOUR
    if row.state == "requested":
        money.approve(
            row,
            "Agreed",
            context=scene.context(
                "award.approve", told.record, row, by=("reception-head", "management"), but=_asker(row)
            ),
        )
    yield HOUR
    money.promise(
        row,
        told.matter.who,
        scene.day(),
        context=scene.context("award.promise", told.record, row, by=("reception",)),
    )
    yield 3 * DAY
    told.receive(sent)
    yield DAY
    money.pay(
        row,
        scene.day(),
        "Bank transfer",
        context=scene.context("award.pay", told.record, row, by=("finance", "yelin")),
    )
    yield 0.5 * DAY
    told.close(t("货款两清", "goods received, payment confirmed by the customer"))
    yield 1


def _asker(row: Any) -> tuple[Any, ...]:
    return (row.asked_by,)


def returned(scene: Scene) -> Script:
    """Goods of two lines come back: one lot is inspected and disposed of, of the other the disposal is owed."""
    told = Request(scene, "zh", HYDRAULIC, [("return", 8), ("return", 4)], t("型号发错，客户不要，退货", "wrong model"))
    yield 2 * HOUR
    told.sign("warehouse", note=t("发货拣错，同意退货", "picked wrong"))
    yield HOUR
    told.consent(AGREED)
    yield 3 * DAY
    lots = told.take_back(t("原包装，其中 1 箱受潮", "original boxes, one damp"))
    yield 1.3 * DAY
    for lot in lots:
        told.inspect(lot, int(lot.quantity) - 2, t("包装受潮的表面锈蚀，其余合格", "those from the damp box are rusty"))
    yield 0.9 * DAY
    told.dispose(lots[0], t("锈蚀超出外观标准", "rust beyond the standard"))
    told.cost("freight", "268.40", t("退回运费到付", "return freight"))
    told.cost("other", "150.00", t("锈蚀件折价", "loss in value of the rusty ones"))
    yield 1


def lost_in_part(scene: Scene) -> Script:
    """A shipment arrives with a piece missing, which is owed again."""
    told = Request(scene, "zh", HYDRAULIC, [("resupply", 10)], t("到货短少，要求补齐", "short delivery"))
    yield HOUR
    told.sign("warehouse", note=t("装箱漏件", "packing error"))
    yield 3 * HOUR
    sent = told.ship(freight="96.00")
    yield 2.2 * DAY
    told.receive(sent, lost=1, note=t("一箱破损，少 1 件，快递已理赔立案", "one box torn, one piece missing"))
    yield 1


def partly_shipped(scene: Scene) -> Script:
    """Half is on its way, the rest is owed."""
    told = Request(scene, "zh", HYDRAULIC, [("exchange", 12)], t("尺寸超差，装配不上", "out of tolerance"))
    yield 1.2 * HOUR
    told.sign("production", note=t("加工责任，先发库存，其余排产", "machining; the rest is being made"))
    yield 2 * HOUR
    told.ship(share=0.5, freight="132.00")
    told.consent(AGREED)
    yield 1


def urgent(scene: Scene) -> Script:
    """Shipped ahead because a line stands still; the signature is owed since (补签)."""
    why = t("客户产线停机，经值班质量同意先发后补签", "the customer's line stands still")
    told = Request(scene, "zh", HYDRAULIC, [("exchange", 3)], t("爆管停线，急需更换", "burst, line down"), urgent=why)
    yield 0.7 * HOUR
    told.ship(urgent=why, freight="520.00")
    told.consent(AGREED)
    yield 1


def waiting_for_money(scene: Scene) -> Script:
    """Compensation above what the head may decide waits for the general manager."""
    told = Request(
        scene,
        "zh",
        HYDRAULIC,
        [("resupply", 5)],
        t("漏装密封件，客户返工并索赔", "missing seals, claim for rework"),
    )
    yield HOUR
    told.sign("production", note=t("装配漏装", "left out in assembly"))
    yield HOUR
    try:
        sent = told.context("award", "reception")
        money.award(told.record, Decimal("8600"), "客户返工 43 小时，附工时清单与照片", context=sent)
    except Refused:  # where nobody pays at all, the goods are all there is
        return
    yield 1


def asked(scene: Scene) -> Script:
    """Just asked for; quality has not signed."""
    Request(
        scene,
        "en",
        HYDRAULIC,
        [("resupply", 2)],
        t("缺件", "Two fittings missing in the kit; assembly waits"),
    )
    yield 1
