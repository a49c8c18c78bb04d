"""Requests for goods: exchanged, paid for, taken back and inspected, lost on the way, shipped ahead, denied."""

from __future__ import annotations

from decimal import Decimal

from huiyin.demo.script import DAY, HOUR, Script, WorkMinutes
from huiyin.demo.scripts.goods_request import GoodsRequest
from huiyin.kernel.text import t
from huiyin.returns.actions import money, requesting

AGREED = t("同意退回，运费贵司承担", "Agrees to send them back at our cost")


def exchanged(script: Script) -> WorkMinutes:
    """Exchanged, the faulty goods taken back, inspected and disposed of, costs entered, closed."""
    request = GoodsRequest(script, "zh", [("exchange", 6)], t("试压渗油，客户要求换货", "leaks in the pressure test"))
    yield 1.5 * HOUR
    request.sign("production", note=t("装配责任，同意换货", "assembly is responsible"))
    yield 2.5 * HOUR
    sent = request.ship(freight="186.00")
    request.consent(AGREED)
    yield 2 * DAY
    request.receive(sent)
    yield 1.2 * DAY
    lots = request.take_back(t("外箱完好，油口已封堵", "boxes undamaged, ports plugged"))
    yield 1.1 * DAY
    for lot in lots:
        request.inspect(
            lot,
            1,
            t("复试确认渗油，密封槽有毛刺；1 件复试合格", "leak confirmed, burr in the groove; one is good"),
        )
    yield 0.6 * DAY
    for lot in lots:
        request.dispose(lot, t("密封槽划伤，不可修复", "groove cut, beyond repair"))
    request.cost("labour", "240.00", t("返工 4 小时", "four hours of rework"))
    request.cost("material", "96.50", t("更换密封件", "seals replaced"))
    yield 0.5 * DAY
    request.close(t("新件已装机正常，旧件处置完毕", "new parts run well, old ones disposed of"))


def compensated(script: Script) -> WorkMinutes:
    """Sent again and a day of standstill paid, within the limit of a head; closed."""
    request = GoodsRequest(script, "en", [("resupply", 4)], t("漏发接头", "Fittings were missing in the box"))
    yield HOUR
    request.sign("warehouse", note=t("拣货漏件", "picking error, please send at once"))
    yield 3 * HOUR
    sent = request.ship(freight="412.80")
    row = money.award(
        request.record,
        Decimal("1600"),
        "One day of standstill of the assembly line, as agreed by e-mail",
        context=request.context("award", "reception"),
    )
    yield 2 * HOUR
    if row.state == "requested":
        money.approve(row, "Agreed", context=request.context("award.approve", "reception-head", "management", part=row))
    yield HOUR
    money.promise(
        row,
        request.goods.who,
        script.day(),
        context=request.context("award.promise", "reception", part=row),
    )
    yield 3 * DAY
    request.receive(sent)
    yield DAY
    money.pay(
        row,
        script.day(),
        "Bank transfer",
        context=request.context("award.pay", "finance", "yelin", part=row),
    )
    yield 0.5 * DAY
    request.close(t("货款两清", "goods received, payment confirmed by the customer"))


def returned(script: Script) -> WorkMinutes:
    """Goods of three lines come back: one lot is disposed of, of one the disposal is owed, of one the inspection."""
    lines = [("return", 8), ("return", 4), ("return", 3)]
    request = GoodsRequest(script, "zh", lines, t("型号发错，客户不要，退货", "wrong model"))
    yield 2 * HOUR
    request.sign("warehouse", note=t("发货拣错，同意退货", "picked wrong"))
    yield HOUR
    request.consent(AGREED)
    yield 3 * DAY
    lots = request.take_back(t("原包装，其中 1 箱受潮", "original boxes, one damp"))
    yield 1.3 * DAY
    for lot in lots[:2]:
        request.inspect(
            lot, int(lot.quantity) - 2, t("包装受潮的表面锈蚀，其余合格", "those from the damp box are rusty")
        )
    yield 0.9 * DAY
    request.dispose(lots[0], t("锈蚀超出外观标准", "rust beyond the standard"))
    request.cost("freight", "268.40", t("退回运费到付", "return freight"))
    request.cost("other", "150.00", t("锈蚀件折价", "loss in value of the rusty ones"))


def lost_in_part(script: Script) -> WorkMinutes:
    """A shipment arrives with a piece missing, which is owed again."""
    request = GoodsRequest(script, "zh", [("resupply", 10)], t("到货短少，要求补齐", "short delivery"))
    yield HOUR
    request.sign("warehouse", note=t("装箱漏件", "packing error"))
    yield 3 * HOUR
    sent = request.ship(freight="96.00")
    yield 2.2 * DAY
    request.receive(sent, lost=1, note=t("一箱破损，少 1 件，快递已理赔立案", "one box torn, one piece missing"))


def partly_shipped(script: Script) -> WorkMinutes:
    """Half is on its way, the rest is owed."""
    request = GoodsRequest(script, "zh", [("exchange", 12)], t("尺寸超差，装配不上", "out of tolerance"))
    yield 1.2 * HOUR
    request.sign("production", note=t("加工责任，先发库存，其余排产", "machining; the rest is being made"))
    yield 2 * HOUR
    request.ship(share=0.5, freight="132.00")
    request.consent(AGREED)


def urgent(script: Script) -> WorkMinutes:
    """Shipped ahead because a line stands still; the signature is owed since (补签)."""
    why = t("客户产线停机，经值班质量同意先发后补签", "the customer's line stands still")
    request = GoodsRequest(script, "zh", [("exchange", 3)], t("爆管停线，急需更换", "burst, line down"), urgent=why)
    yield 0.7 * HOUR
    request.ship(urgent=why, freight="520.00")
    request.consent(AGREED)


def waiting_for_money(script: Script) -> WorkMinutes:
    """Compensation above what the head may decide waits for the general manager."""
    request = GoodsRequest(
        script,
        "zh",
        [("resupply", 5)],
        t("漏装密封件，客户返工并索赔", "missing seals, claim for rework"),
    )
    yield HOUR
    request.sign("production", note=t("装配漏装", "left out in assembly"))
    yield HOUR
    why = "客户返工 43 小时，附工时清单与照片"
    money.award(request.record, Decimal("8600"), why, context=request.context("award", "reception"))


def asked(script: Script) -> WorkMinutes:
    """Just asked for; quality has not signed."""
    GoodsRequest(script, "en", [("resupply", 2)], t("缺件", "Two fittings missing in the kit; assembly waits"))
    yield 1


def denied(script: Script) -> WorkMinutes:
    """Quality does not sign: the goods were ordered like that."""
    request = GoodsRequest(script, "zh", [("exchange", 6)], t("客户要求换成另一规格", "another size is wanted"))
    yield 3 * HOUR
    reason = "合同与送货单规格一致，属改型，请走新订单"
    requesting.deny(request.record, reason, context=request.context("deny", "quality", "xukai"))


def withdrawn(script: Script) -> WorkMinutes:
    """The customer has found what was missing."""
    request = GoodsRequest(script, "en", [("resupply", 3)], t("缺件", "Three seals are missing"))
    yield 2 * HOUR
    reason = "Customer found the seals in another box"
    requesting.withdraw(request.record, reason, context=request.context("withdraw", "reception"))
