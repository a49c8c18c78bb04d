"""《考核统计表》 block by block: sums by department, cases with costs, charges, and the two signatures (P2 5.1)."""

from __future__ import annotations

from decimal import Decimal

from huiyin.assessment.models import Appeal, Charge
from huiyin.assessment.queries import DepartmentRow, SheetDetails, load_details
from huiyin.assessment.words import DECISIONS
from huiyin.kernel.text import t
from huiyin.records.print import sheets
from huiyin.records.print.forms import PrintFormatter, PrintJob
from huiyin.records.print.sheets import Block, FactGrid, PrintSheet, SectionBar, Signatures, TableBlock, TableColumn


def assessment(printing: PrintJob) -> PrintSheet:
    """The weekly sheet as far as who prints it may see it."""
    say = PrintFormatter(printing)
    sheet = printing.record
    found = load_details(sheet, printing.person, printing.procedure)
    week = sheet.week
    blocks: list[Block] = [
        FactGrid(
            (
                say.fact("统计周", "Week", sheet.title),
                say.fact("编号", "Number", sheet.number),
                say.fact("起", "From", week.start),
                say.fact("止", "To", week.end),
                say.fact("统计人", "Compiled by", sheet.opened_by),
                say.fact("物流", "Logistics", sheet.costs_by),
            )
        ),
        SectionBar(say.bar("一、按责任部门", "1. By department")),
        _departments(say, found),
        SectionBar(say.bar("二、反馈与费用", "2. Cases and costs")),
        _cases(say, found),
        SectionBar(say.bar("三、考核与奖励", "3. Charges and rewards")),
        _charges(say, found.charges),
        *_appeals(say, found.appeals),
        Signatures(
            (
                say.signature("质量部长", "Head of quality", sheet.quality_by, sheet.quality_at),
                say.signature("总经理", "General manager", sheet.management_by, sheet.management_at),
                say.signature("财务部", "Finance", sheet.carried_out_by, sheet.carried_out_at),
            ),
            columns=3,
        ),
    ]
    return say.sheet(blocks)


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def _departments(say: PrintFormatter, found: SheetDetails) -> TableBlock:
    columns = (
        TableColumn(say.w("责任部门", "Department"), 2),
        TableColumn(say.w("反馈", "Cases"), 0.8, "right"),
        TableColumn(say.w("迟误天数", "Days late"), 1, "right"),
        TableColumn(say.w("迟误考核", "Fines"), 1.3, "right"),
        TableColumn(say.w("运费", "Freight"), 1.3, "right"),
        TableColumn(say.w("损失", "Losses"), 1.3, "right"),
        TableColumn(say.w("主管承担", "Head"), 1.3, "right"),
        TableColumn(say.w("责任者承担", "Others"), 1.4, "right"),
        TableColumn(say.w("损失承担", "Losses borne"), 1.3, "right"),
        TableColumn(say.w("合计", "In all"), 1.3, "right"),
    )
    rows = [_row(say.line(row.department.name) if row.department else "", row) for row in found.rows]
    return TableBlock(columns, (*rows, _row(say.line(t("合计", "Total")), found.total)))


def _row(name: str, row: DepartmentRow) -> sheets.TableRow:
    return sheets.TableRow(
        (
            name,
            str(row.cases),
            str(row.days),
            _money(row.fines),
            _money(row.freight),
            _money(row.loss),
            _money(row.head),
            _money(row.others),
            _money(row.standing),
            _money(row.borne),
        )
    )


def _cases(say: PrintFormatter, found: SheetDetails) -> TableBlock:
    columns = (
        TableColumn(say.w("案件", "Case"), 1.4),
        TableColumn(say.w("责任部门", "Department"), 1.6),
        TableColumn(say.w("运费", "Freight"), 1, "right"),
        TableColumn(say.w("损失", "Losses"), 1, "right"),
        TableColumn(say.w("说明", "Note"), 2.5),
    )
    rows = (
        sheets.TableRow((i.case_number, say.line(i.department.name), _money(i.freight), _money(i.loss), i.note))
        for i in found.items
    )
    return TableBlock(columns, tuple(rows), least_rows=3)


def _charges(say: PrintFormatter, charges: list[Charge]) -> TableBlock:
    columns = (
        TableColumn(say.w("承担者 / 受奖人", "Who"), 1.2),
        TableColumn(say.w("事项", "What for"), 2.6),
        TableColumn(say.w("案件", "Case"), 1.3),
        TableColumn(say.w("天数", "Days"), 0.6, "right"),
        TableColumn(say.w("考核", "Charged"), 1, "right"),
        TableColumn(say.w("奖励", "Rewarded"), 1, "right"),
    )
    rows = (
        sheets.TableRow(
            (
                say.line(c.title),
                say.line(c.label),
                c.source_number,
                str(c.days or ""),
                "" if c.is_reward else _money(c.amount),
                _money(c.amount) if c.is_reward else "",
            )
        )
        for c in charges
        if c.state not in ("proposed", "declined")
    )
    return TableBlock(columns, tuple(rows), least_rows=3)


def _appeals(say: PrintFormatter, appeals: list[Appeal]) -> list[Block]:
    """What was said against charges and sums, and what was decided; nothing where nobody appealed."""
    if not appeals:
        return []
    columns = (
        TableColumn(say.w("承担者", "Borne by"), 1.2),
        TableColumn(say.w("事项", "What for"), 1.6),
        TableColumn(say.w("原金额", "Before"), 1, "right"),
        TableColumn(say.w("申诉理由", "Appeal"), 2.2),
        TableColumn(say.w("决定", "Decision"), 2.2),
        TableColumn(say.w("现金额", "Now"), 1, "right"),
    )
    rows = tuple(
        sheets.TableRow(
            (
                say.line(a.against.title),
                say.line(a.against.label),
                _money(a.before),
                _said(a.reason, f"{say.say(a.by)} {say.say(a.at)}"),
                _said(
                    say.line(DECISIONS[a.decision]),
                    a.decision_reason,
                    f"{say.say(a.decided_by)} {say.say(a.decided_at)}".strip(),
                ),
                _money(a.after),
            )
        )
        for a in appeals
    )
    return [SectionBar(say.bar("四、申诉与决定", "4. Appeals and decisions")), TableBlock(columns, rows)]


def _said(*words: str) -> str:
    return "\n".join(word for word in words if word)
