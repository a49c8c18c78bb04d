"""Joint stock-takes: one signed by all three, one given up, one being counted, one just opened."""

from __future__ import annotations

from decimal import Decimal

from huiyin.demo.affected_goods import affected_goods
from huiyin.demo.goods import EVERY_MODEL
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.records.signatures import sign
from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.returns.models import StockTake

SIGNERS = (
    ("finance", ("yelin", "finance")),
    ("quality", ("xukai", "quality")),
    ("warehouse", ("xiongwei", "warehouse")),
)


def _open(script: Script, language: str, claim: str, claimed: int) -> StockTake:
    goods = affected_goods(script, "stock-take", language, EVERY_MODEL, ("shortage", "mixed"))
    wanted = StockTakeFacts(
        goods.model,
        goods.unit,
        claim.format(batch=goods.batch, who=goods.who),
        Decimal(claimed),
        goods.customer.name,
        goods.customer,
        goods.batch,
    )
    sent = script.context("stock-take.open", by=("quality",))
    return stocktaking.open_take(wanted, procedure_id=script.company.version, context=sent, about=goods.complaint)


def _count(script: Script, record: StockTake, what: str, amount: int, *by: str) -> None:
    sent = script.context(f"stock-take.count_{what}", record, by=by)
    stocktaking.count(record, what, Decimal(amount), context=sent)


def signed(script: Script) -> WorkMinutes:
    """The goods agree with what the customer says: three signatures, final."""
    record = _open(script, "zh", "客户称批次 {batch} 少发 20 件，我方出库记录为足额，双方各执一词。", 20)
    yield 180
    _count(script, record, "book", 340, "yelin", "finance")
    yield 45
    _count(script, record, "card", 340, "xiongwei", "warehouse")
    yield 90
    _count(script, record, "goods", 360, "xukai", "quality")
    yield 60
    for role, names in SIGNERS:
        sign(record, role, actor=script.person(*names), at=script.at, statement="三方到场，数字属实")
        yield 25
    yield 0.3 * DAY
    remark = "实物多 20 件，与客户所称一致，确系漏发；补发并改进装箱复核"
    stocktaking.settle(record, remark, context=script.context("stock-take.settle", record, by=("quality",)))


def given_up(script: Script) -> WorkMinutes:
    """The customer finds the missing goods before anybody has counted."""
    record = _open(script, "zh", "客户称批次 {batch} 到货少 10 件，要求核对。", 10)
    yield 0.7 * DAY
    reason = "客户来电：10 件在其二号库找到，盘点取消"
    stocktaking.cancel(record, reason, context=script.context("stock-take.cancel", record, by=("quality",)))


def counting(script: Script) -> WorkMinutes:
    """Account and card are entered, the goods are owed and late."""
    record = _open(script, "zh", "客户称收到 3 箱混有另一规格 15 件，{who} 提供了照片，标签无法辨认。", 15)
    yield 240
    _count(script, record, "book", 215, "yelin", "finance")
    yield 60
    _count(script, record, "card", 208, "xiongwei", "warehouse")


def opened(script: Script) -> WorkMinutes:
    """Just opened."""
    _open(script, "en", "{who} counted four pieces less than the packing list of batch {batch} says.", 4)
    yield 1
