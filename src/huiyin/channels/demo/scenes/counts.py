"""Joint stock-takes: one signed by all three, one being counted, one just opened."""

from __future__ import annotations

from decimal import Decimal

from huiyin.channels.demo.scenes.goods import HYDRAULIC
from huiyin.channels.demo.scenes.stage import DAY, Matter, Scene, Script
from huiyin.records.signatures import sign
from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.returns.models import StockTake

SIGNERS = (
    ("finance", ("yelin", "finance")),
    ("quality", ("xukai", "quality")),
    ("warehouse", ("xiongwei", "warehouse")),
)


def _open(scene: Scene, language: str, claim: str, claimed: int) -> StockTake:
    matter: Matter = scene.matter("stock-take", language, HYDRAULIC, ("shortage", "mixed"))
    wanted = StockTakeFacts(
        matter.model,
        matter.unit,
        claim.format(batch=matter.batch, who=matter.who),
        Decimal(claimed),
        matter.customer.name,
        matter.customer,
        matter.batch,
    )
    sent = scene.context("stock-take.open", by=("quality",))
    return stocktaking.open_take(wanted, procedure_id=scene.stage.version, context=sent, about=matter.complaint)


def _count(scene: Scene, record: StockTake, what: str, amount: int, *by: str) -> None:
    sent = scene.context(f"stock-take.count_{what}", record, by=by)
    stocktaking.count(record, what, Decimal(amount), context=sent)


def signed(scene: Scene) -> Script:
    """The goods agree with what the customer says: three signatures, final."""
    record = _open(scene, "zh", "客户称批次 {batch} 少发 20 件，我方出库记录为足额，双方各执一词。", 20)
    yield 180
    _count(scene, record, "book", 340, "yelin", "finance")
    yield 45
    _count(scene, record, "card", 340, "xiongwei", "warehouse")
    yield 90
    _count(scene, record, "goods", 360, "xukai", "quality")
    yield 60
    for role, names in SIGNERS:
        sign(record, role, actor=scene.person(*names), at=scene.at, statement="三方到场，数字属实")
        yield 25
    yield 0.3 * DAY
    remark = "实物多 20 件，与客户所称一致，确系漏发；补发并改进装箱复核"
    stocktaking.settle(record, remark, context=scene.context("stock-take.settle", record, by=("quality",)))
    yield 1


def counting(scene: Scene) -> Script:
    """Account and card are entered, the goods are owed and late."""
    record = _open(scene, "zh", "客户称收到 3 箱混有另一规格 15 件，{who} 提供了照片，标签无法辨认。", 15)
    yield 240
    _count(scene, record, "book", 215, "yelin", "finance")
    yield 60
    _count(scene, record, "card", 208, "xiongwei", "warehouse")
    yield 1


def opened(scene: Scene) -> Script:
    """Just opened."""
    _open(scene, "en", "{who} counted four pieces less than the packing list of batch {batch} says.", 4)
    yield 1
