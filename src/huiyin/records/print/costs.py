"""《质量损失核算单》: what a record cost, and what the records tied to it cost; for the house alone, never for a customer.

Rooms say what their records cost; the sheet is the same for every kind. What tied records hold is listed with its own
total and not added to the first one: the same yuan may have been entered in both places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.print.forms import PrintFormatter, PrintJob
from huiyin.records.print.printed_sheets import PrintedSheet
from huiyin.records.print.sheets import (
    Block,
    FactGrid,
    PrintSheet,
    SectionBar,
    Signatures,
    SmallPrint,
    TableBlock,
    TableColumn,
    TableRow,
)
from huiyin.records.relations.relations import linked_records

if TYPE_CHECKING:
    from huiyin.records.kinds import RecordKind

INTERNAL = t("内部资料，不提供给客户和供方。", "For internal use; not to be given to customers or suppliers.")


@dataclass(frozen=True, slots=True)
class CostItem:
    """One cost of a record: its kind in words, planned and actual (None where it is not known),
    and who is to bear it.
    """

    what: Text | str
    note: str
    planned: Decimal | None
    actual: Decimal | None
    currency: str
    borne_by: Text | str = ""


Costs = Callable[[Any, Procedure], Sequence[CostItem]]
_costs: dict[str, Costs] = {}


@dataclass(frozen=True, slots=True)
class CostSheet:
    """What records of a kind cost; ``printed`` when they have a sheet of their own for it."""

    costs: Costs
    printed: bool = False

    def register(self, kind: RecordKind) -> None:
        """Let the sheets of these records, and of those tied to them, ask."""
        register_costs(kind.key, self.costs, printed=self.printed)


def register_costs(kind: str, costs: Costs, *, printed: bool = False) -> None:
    """Say what records of ``kind`` cost; ``printed`` when they have a sheet of their own for it."""
    _costs[kind] = costs
    if printed:
        COSTS_SHEET.register(kind)


def worded(procedure: Procedure, catalogue: str, key: str) -> Text | str:
    """What the procedure calls an option; the key where it does not know it."""
    found = procedure.option(catalogue, key) if key else None
    return found.label if found else key


def costs_sheet(printing: PrintJob) -> PrintSheet:
    """The costs of one record, of those tied to it as far as who prints it may see them, and places to sign."""
    say = PrintFormatter(printing)
    record = printing.record
    own = _costs[record.kind](record, printing.procedure)
    related = [
        (one.record.number, cost)
        for one in linked_records(record, printing.person)
        if one.record.kind in _costs
        for cost in _costs[one.record.kind](one.record, versions.procedure_of(one.record.procedure_id))
    ]
    blocks: list[Block] = [
        SmallPrint(say.line(INTERNAL)),
        FactGrid(
            (
                say.fact("编号", "Number", record.number),
                say.fact("日期", "Opened", record.opened_at),
                say.fact("事项", "What", record.known_as, 0),
            )
        ),
        SectionBar(say.bar("一、本单登记的质量损失", "1. Costs entered here")),
        _table(say, [(record.number, cost) for cost in own]),
    ]
    if related:
        blocks += [
            SectionBar(
                say.bar(
                    "二、相关记录登记的费用（不并入上面的合计）", "2. Costs of related records (not in the total above)"
                )
            ),
            _table(say, related),
        ]
    blocks.append(
        Signatures(
            (
                say.signature("填报", "Entered"),
                say.signed("质量", "Quality", "quality"),
                say.signature("财务", "Finance"),
                say.signature("批准", "Approved"),
            )
        )
    )
    return say.sheet(blocks)


def _table(say: PrintFormatter, costs: Sequence[tuple[str, CostItem]]) -> TableBlock:
    columns = (
        TableColumn(say.w("记录", "Record"), 1.3),
        TableColumn(say.w("费用", "Cost"), 1.3),
        TableColumn(say.w("说明", "Note"), 2.2),
        TableColumn(say.w("预计", "Planned"), 1.1, "right"),
        TableColumn(say.w("实际", "Actual"), 1.1, "right"),
        TableColumn(say.w("币种", "Currency"), 0.7),
        TableColumn(say.w("承担 / 追偿", "Borne by / recover from"), 1.4),
    )
    rows = [
        TableRow(
            (
                number,
                say.line(cost.what),
                cost.note,
                _money(cost.planned),
                _money(cost.actual),
                cost.currency,
                say.line(cost.borne_by),
            )
        )
        for number, cost in costs
    ]
    return TableBlock(columns, (*rows, *_totals(say, [cost for _, cost in costs])), least_rows=3)


def _totals(say: PrintFormatter, costs: Sequence[CostItem]) -> list[TableRow]:
    """One line for each currency."""
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for cost in costs:
        sums[cost.currency][0] += cost.planned or 0
        sums[cost.currency][1] += cost.actual or 0
    total = say.line(t("合计", "Total"))
    return [
        TableRow((total, "", "", _money(planned), _money(actual), currency, ""))
        for currency, (planned, actual) in sums.items()
    ]


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


COSTS_SHEET = PrintedSheet(
    key="quality-costs",
    label=t("质量损失核算单（内部）", "Costs of poor quality (internal)"),
    build=costs_sheet,
    table_size=8.5,
)
