"""《补/换/退货申请单》 and 《盘点表》, block by block."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import t
from huiyin.procedure.schema import Procedure
from huiyin.records.print import forms
from huiyin.records.print.costs import CostItem, worded
from huiyin.records.print.forms import PrintJob
from huiyin.records.print.sheets import (
    Block,
    CheckBoxes,
    CheckOption,
    FactGrid,
    LongText,
    PrintSheet,
    SectionBar,
    Signatures,
    SmallPrint,
    TableBlock,
    TableColumn,
    TableRow,
)
from huiyin.records.relations.relations import linked_records
from huiyin.returns.balance import Balance, balance_from
from huiyin.returns.models import Award, Disposal, Replacement
from huiyin.returns.queries import load_details


@dataclass
class ReplacementFormatter(forms.PrintFormatter):
    """Everything of one request, said in one language."""

    rows: dict[str, Any] = field(init=False)
    balance: Balance = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rows = load_details(self.printing.record)
        self.balance = balance_from(self.rows)

    def tied(self) -> str:
        """Numbers of the records the sheet is made for."""
        return "、".join(one.record.number for one in linked_records(self.printing.record, self.printing.person))

    def figure(self, value: Decimal | None) -> str:
        """A figure of a table; nothing for none or zero."""
        return self.say(value) if value else ""

    def money(self, value: Decimal | None) -> str:
        """A sum to the cent."""
        return f"{value:,.2f}" if value is not None else ""


def replacement_request(printing: PrintJob) -> PrintSheet:
    """《补/换/退货申请单》 (P2 4.3-2, 4.4-2): request, signature, goods out and back, compensation, costs."""
    say = ReplacementFormatter(printing)
    return say.sheet([*_request(say), *_signature(say), *_movements(say), *_money(say), *_places(say)])


def _request(say: ReplacementFormatter) -> list[Block]:
    r, ways = say.printing.record, {line.way for line in say.rows["lines"]}
    columns = (
        TableColumn(say.w("方式", "Way"), 0.7),
        TableColumn(say.w("型号规格", "Model"), 1.6),
        TableColumn(say.w("批次号", "Batch"), 1),
        TableColumn(say.w("序列号", "Serial numbers"), 1.4),
        TableColumn(say.w("申请", "Requested"), 0.8, "right"),
        TableColumn(say.w("签署", "Signed"), 0.8, "right"),
        TableColumn(say.w("单位", "Unit"), 0.5, "center"),
    )
    rows = tuple(
        TableRow(
            (
                say.option("way", line.way),
                line.model,
                line.batch,
                line.serials.replace("\n", " "),
                say.say(line.quantity),
                say.say(line.signed_quantity),
                say.option("unit", line.unit),
            )
        )
        for line in say.rows["lines"]
    )
    return [
        SectionBar(say.bar("一、申请", "1. Request")),
        FactGrid(
            (
                say.fact("客户", "Customer", r.customer_name, 0),
                say.fact("收货人", "Receiver", r.receiver),
                say.fact("电话", "Telephone", r.telephone),
                say.fact("收货地址", "Address", r.address, 0),
                say.fact("申请人", "Requested by", r.opened_by),
                say.fact("申请时间", "Requested at", r.opened_at),
                say.fact("相关编号", "Related number", say.tied(), 0),
                *say.own_facts(),
            )
        ),
        say.checks("方式", "Ways", "way", ways),
        CheckBoxes(
            say.w("是否紧急", "Urgent"),
            (CheckOption(say.line(t("是", "yes")), r.urgent), CheckOption(say.line(t("否", "no")), not r.urgent)),
            r.urgent_reason,
        ),
        LongText(say.w("申请原因", "Reason"), r.reason, lines=2),
        TableBlock(columns, rows, least_rows=3),
    ]


def _signature(say: ReplacementFormatter) -> list[Block]:
    r = say.printing.record
    return [
        SectionBar(say.bar("二、责任部门", "2. Responsible department")),
        FactGrid(
            (
                say.fact("责任部门", "Department", r.responsible.name if r.responsible else ""),
                say.fact("签署时间", "Signed at", r.signed_at),
            )
        ),
        LongText(say.w("质量意见", "Quality"), r.sign_note or r.deny_reason, lines=2),
    ]


def _movements(say: ReplacementFormatter) -> list[Block]:
    sent = (
        TableColumn(say.w("发货日期", "Sent on"), 1),
        TableColumn(say.w("型号规格", "Model"), 1.5),
        TableColumn(say.w("数量", "Quantity"), 0.7, "right"),
        TableColumn(say.w("序列号", "Serial numbers"), 1.2),
        TableColumn(say.w("承运方、运单号", "Carrier, waybill"), 1.6),
        TableColumn(say.w("签收数量", "Received"), 0.8, "right"),
        TableColumn(say.w("签收人、日期", "By, on"), 1.2),
    )
    went = tuple(
        TableRow(
            (
                say.say(s.sent_at)[:10],
                row.line.name,
                say.say(row.quantity),
                row.serials.replace("\n", " "),
                s.about,
                say.say(row.received_quantity),
                f"{s.received_by_name} {say.say(s.received_on)}".strip(),
            )
        )
        for s in say.rows["shipments"]
        for row in s.rows
    )
    blocks: list[Block] = [
        SectionBar(say.bar("三、发货与签收", "3. Shipment and receipt")),
        TableBlock(sent, went, least_rows=2),
    ]
    return blocks + _came_back(say)


def _came_back(say: ReplacementFormatter) -> list[Block]:
    words = {key: say.option("disposal", key) for key in (*Disposal.FOR_BAD, Disposal.RESTOCK)}
    columns = (
        TableColumn(say.w("收到日期", "Came on"), 1),
        TableColumn(say.w("型号规格", "Model"), 1.5),
        TableColumn(say.w("数量", "Quantity"), 0.7, "right"),
        TableColumn(say.w("合格", "Good"), 0.7, "right"),
        TableColumn(say.w("不合格", "Bad"), 0.7, "right"),
        TableColumn(say.w("处置", "Disposal"), 2),
        TableColumn(say.w("检验人", "Inspector"), 0.9),
    )
    rows = tuple(
        TableRow(
            (
                say.say(lot.arrived_at)[:10],
                lot.line.name,
                say.say(lot.quantity),
                say.say(lot.good),
                say.say(lot.bad),
                "；".join(f"{words.get(d.disposal, d.disposal)} {say.say(d.quantity)}" for d in lot.rows),
                say.say(lot.inspected_by),
            )
        )
        for lot in say.rows["lots"]
    )
    consents = "；".join(
        f"{c.who} {say.say(c.consented_on)} {c.line.name} {say.say(c.quantity)} {c.words}".strip()
        for c in say.rows["consents"]
    )
    return [
        SectionBar(say.bar("四、退货", "4. Goods back")),
        LongText(say.w("客户同意", "Customer's consent"), consents, lines=1),
        TableBlock(columns, rows, least_rows=2),
    ]


def _money(say: ReplacementFormatter) -> list[Block]:
    columns = (
        TableColumn(say.w("项目", "Item"), 1),
        TableColumn(say.w("金额", "Amount"), 1, "right"),
        TableColumn(say.w("承担方", "Borne by"), 1),
        TableColumn(say.w("说明", "Note"), 2.4),
        TableColumn(say.w("批准、登记", "Approved, entered"), 1.2),
    )
    awards = [
        TableRow((say.line(t("赔偿", "Compensation")), say.money(a.amount), "", a.reason, say.say(a.decided_by)))
        for a in say.rows["awards"]
        if a.state in Award.APPROVED
    ]
    losses = [
        TableRow(
            (
                say.option("loss", x.loss),
                say.money(x.amount),
                say.option("bearer", x.borne_by),
                x.note,
                say.say(x.by),
            )
        )
        for x in say.rows["losses"]
    ]
    return [
        SectionBar(say.bar("五、赔偿、运费与损失", "5. Compensation, freight and losses")),
        TableBlock(columns, tuple(awards + losses), least_rows=2),
    ]


def _places(say: ReplacementFormatter) -> list[Block]:
    r, shipments = say.printing.record, say.rows["shipments"]
    first = shipments[0] if shipments else None
    return [
        Signatures(
            (
                say.signed("申请", "Requested", "reception", r.opened_by, r.opened_at),
                say.signed("质量签署", "Quality", "quality", r.signed_by, r.signed_at),
                say.signed(
                    "仓储发货",
                    "Warehouse",
                    "warehouse",
                    first.sent_by if first else None,
                    first.sent_at if first else None,
                ),
                say.signature("办结", "Closed", None, r.closed_at if r.phase == "closed" else None),
            )
        ),
    ]


def stock_take(printing: PrintJob) -> PrintSheet:
    """《盘点表》 (P2 4.5-4): the claim, book, bin card and physical count, the verdict by rule, three signatures."""
    say = forms.PrintFormatter(printing)
    r = printing.record
    tied = "、".join(one.record.number for one in linked_records(r, printing.person))
    columns = (
        TableColumn(say.w("项目", "Item"), 1),
        TableColumn(say.w("数量", "Quantity"), 1, "right"),
        TableColumn(say.w("填报人", "Entered by"), 1.2),
        TableColumn(say.w("时间", "At"), 1.4),
    )
    counts = tuple(
        TableRow((say.line(label), say.quantity(amount), say.say(by), say.say(at)))
        for label, amount, by, at in (
            (t("账面数（账）", "Book"), r.book, r.book_by, r.book_at),
            (t("卡片数（卡）", "Bin card"), r.card, r.card_by, r.card_at),
            (t("实物数（物）", "Physical count"), r.goods, r.goods_by, r.goods_at),
        )
    )
    surplus = r.goods - r.book if r.goods is not None and r.book is not None else None
    rule = t(
        "判定规则：盘点差额与客户所称一致为质量问题；否则账物相符为客户信息不准确；两者都不符为仓库管理问题。",
        "Rule: the count agrees with the customer: quality problem; else book equals physical count: customer's "
        "information inaccurate; neither: warehouse-management problem.",
    )
    blocks: list[Block] = [
        FactGrid(
            (
                say.fact("物料", "Material", r.material),
                say.fact("批次", "Batch", r.batch),
                say.fact("客户", "Customer", r.customer_name),
                say.fact("相关编号", "Related number", tied),
                say.fact("发起人", "Opened by", r.opened_by),
                say.fact("发起时间", "Opened at", r.opened_at),
                *say.own_facts(),
            )
        ),
        LongText(say.w("客户所称", "The customer says"), r.claim, lines=2),
        FactGrid(
            (
                say.fact("客户所称差额", "Claimed difference", say.quantity(r.claimed)),
                say.fact("实物减账面", "Physical count less book", say.quantity(surplus)),
            )
        ),
        SectionBar(say.bar("账、卡、物", "Book, bin card, physical count")),
        TableBlock(columns, counts),
        say.checks("结论", "Verdict", "stock_verdict", {r.verdict} if r.state == "settled" else set()),
        LongText(say.w("盘点说明", "Remark"), r.remark, lines=2),
        SmallPrint(say.line(rule)),
        Signatures(
            (
                say.signed("财务", "Finance", "finance"),
                say.signed("质量", "Quality", "quality"),
                say.signed("仓储", "Warehouse", "warehouse"),
            ),
            columns=3,
        ),
    ]
    return say.sheet(blocks)


def costs_of(request: Replacement, procedure: Procedure) -> list[CostItem]:
    """Compensation that was approved, freight and losses, each with who bears it."""
    paid = request.awards.filter(state__in=Award.APPROVED).order_by("id")
    return [
        *(CostItem(t("赔偿", "Compensation"), a.reason, None, a.amount, a.currency) for a in paid),
        *(
            CostItem(
                worded(procedure, "loss", x.loss),
                x.note,
                None,
                x.amount,
                x.currency,
                worded(procedure, "bearer", x.borne_by),
            )
            for x in request.losses.order_by("id")
        ),
    ]
