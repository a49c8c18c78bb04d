"""Old complaints from a sheet: each becomes a record in the state its row shows.

Its deadlines count from the import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from huiyin.channels.imports import cells
from huiyin.channels.imports.columns import ImportColumn
from huiyin.channels.imports.customers import numbers_for
from huiyin.channels.imports.importer import ImportContext, Importer, ImportFault, ImportRow, PreparedImport, Tell
from huiyin.channels.imports.parts import CUSTOMER_COLUMN, find_customers
from huiyin.channels.imports.writing import NewRecord, portions, ready_to_open
from huiyin.complaints.models import Answer, Complaint
from huiyin.customers.models import Customer
from huiyin.kernel.numbering import NumberPattern
from huiyin.kernel.text import Text, t
from huiyin.obligations.standing import rules_due_in_state
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Part

# What a row shows, and the phases in which the pack's first state of that kind is looked for.
CLOSED, ANSWERED, CONCLUDED = ("closed",), ("acceptance", "follow-up"), ("answer", "handling")


class ComplaintImporter(Importer):
    """One old complaint in each row: closed when it has a closing date, else as far as its answer and verdict show."""

    key = "complaints"
    label = t("旧投诉", "Old complaints")
    records = "complaint"

    def columns(self, procedure: Procedure) -> tuple[ImportColumn, ...]:
        """What old complaint lists hold."""

        def listed(key: str) -> cells.Reader:
            return cells.choice((option.key, option.label) for option in procedure.catalogue(key))

        return (
            ImportColumn(
                "number",
                t("投诉编号", "Complaint number"),
                cells.code(cells.number_fault),
                others=("编号", "旧编号", "单号", "记录编号", "number", "no"),
                example="2025-0118",
            ),
            CUSTOMER_COLUMN,
            ImportColumn(
                "received_at",
                t("受理日期", "Received"),
                cells.moment(procedure.zone),
                True,
                ("投诉日期", "日期", "接收日期", "登记日期", "received date", "date"),
                "2025-03-02",
            ),
            ImportColumn("channel", t("来源渠道", "Channel"), listed("channel"), others=("渠道", "来源", "投诉方式")),
            ImportColumn(
                "model",
                t("型号规格", "Model"),
                cells.line(80),
                others=("型号", "规格型号", "产品型号", "产品", "product"),
                example="YX3-132M-4",
            ),
            ImportColumn("batch", t("批次号", "Batch"), cells.line(60), others=("批号", "批次", "lot")),
            ImportColumn(
                "serial", t("机号", "Serial number"), cells.line(80), others=("序列号", "出厂编号", "serial", "sn")
            ),
            ImportColumn(
                "order_number", t("订单编号", "Order number"), cells.line(60), others=("订单号", "合同号", "order")
            ),
            ImportColumn("ship_date", t("发货日期", "Ship date"), cells.day, others=("出货日期", "shipped")),
            ImportColumn(
                "problem",
                t("问题描述", "Problem"),
                cells.words(),
                True,
                ("问题", "投诉内容", "不良现象", "故障现象", "投诉问题", "complaint", "description"),
                "轴承异响",
            ),
            ImportColumn(
                "defect_quantity",
                t("不良数量", "Defective quantity"),
                cells.quantity,
                others=("不良数", "缺陷数量", "数量", "defects"),
            ),
            ImportColumn("unit", t("单位", "Unit"), listed("unit"), others=("计量单位",)),
            ImportColumn("content", t("投诉类别", "Content"), listed("content"), others=("内容类别", "类别")),
            ImportColumn("severity", t("严重程度", "Severity"), listed("severity"), others=("严重度", "等级")),
            ImportColumn(
                "findings", t("核实情况", "Findings"), cells.words(), others=("调查结果", "原因", "原因分析", "cause")
            ),
            ImportColumn("verdict", t("结论", "Verdict"), listed("verdict"), others=("判定", "判定结论", "是否成立")),
            ImportColumn(
                "answer",
                t("答复内容", "Answer"),
                cells.words(),
                others=("答复", "处理结果", "处理措施", "回复", "reply", "measures"),
            ),
            ImportColumn(
                "satisfaction", t("满意度", "Satisfaction"), listed("satisfaction"), others=("客户满意度", "回访结果")
            ),
            ImportColumn(
                "closed_at",
                t("结案日期", "Closed"),
                cells.moment(procedure.zone),
                others=("关闭日期", "办结日期", "完成日期", "closed date"),
                example="2025-03-20",
            ),
            ImportColumn(
                "closing_note", t("结案说明", "Closing note"), cells.words(), others=("备注", "remark", "note")
            ),
        )

    def reasons_against(self, person: Person, procedure: Procedure, *, at: datetime) -> list[Text]:
        """Heads of reception and of quality, and administrators."""
        if person.is_administrator or person.is_head_of("reception") or person.is_head_of("quality"):
            return []
        return [
            t(
                "旧投诉由客户受理或质量部门负责人导入",
                "Old complaints are imported by the head of reception or quality",
            )
        ]

    def check(self, rows: Sequence[ImportRow]) -> Iterator[ImportFault]:
        """Numbers are free, customers known, nothing closed before it came."""
        yield from find_customers(rows)
        seen: dict[str, int] = {}
        for row in rows:
            number = row.values.get("number")
            if number and number in seen:
                yield ImportFault(
                    row.number,
                    "number",
                    number,
                    t("与第 {row} 行重复", "Stands in row {row} already", row=seen[number]),
                )
            if number:
                seen.setdefault(number, row.number)
            received, closed = row.values.get("received_at"), row.values.get("closed_at")
            if received and closed and closed.date() < received.date():
                yield ImportFault(
                    row.number,
                    "closed_at",
                    closed.date().isoformat(),
                    t("早于受理日期", "It lies before the day of receipt"),
                )
        for number in sorted(taken_numbers(seen), key=lambda each: seen[each]):
            yield ImportFault(
                seen[number],
                "number",
                number,
                t("已有投诉用了这个编号", "A complaint has this number already"),
            )

    def prepare(self, rows: Sequence[ImportRow], origin: ImportContext, tell: Tell) -> PreparedImport:
        """A record for each row; an open one owes from now on what its state calls for."""
        names = customer_names({row.values["customer_id"] for row in rows})
        own = {row.values["number"] for row in rows if row.values.get("number")}
        found, claim = numbers_for(
            "complaint", len(rows) - len(own), origin, taken_numbers, above=highest_number(own, origin)
        )
        numbers = iter(found)
        new = [self._new(row, origin, names, numbers) for row in rows]
        return ready_to_open(new, owner="complaint", event="complaint.imported", origin=origin, tell=tell, claim=claim)

    def _new(self, row: ImportRow, origin: ImportContext, names: dict[int, str], numbers: Iterator[str]) -> NewRecord:
        values = row.values
        complaint = Complaint(number=values.get("number") or next(numbers), procedure_id=origin.procedure_id)
        for name in (
            "received_at",
            "channel",
            "model",
            "batch",
            "serial",
            "order_number",
            "ship_date",
            "problem",
            "defect_quantity",
            "unit",
            "content",
            "severity",
            "findings",
            "verdict",
            "satisfaction",
            "closing_note",
            "customer_id",
        ):
            if name in values:
                setattr(complaint, name, values[name])
        complaint.channel = complaint.channel or "other"
        complaint.customer_name = names[values["customer_id"]]
        complaint.opened_at, complaint.opened_by, complaint.owner = origin.at, origin.actor, origin.actor
        complaint.state = state_of_row(values, origin.procedure)
        complaint.phase = origin.procedure.phase("complaint", complaint.state)
        complaint.closed_at = values.get("closed_at")
        said: dict[str, Any] = {
            "customer": complaint.customer_name,
            "row": row.number,
            "state": complaint.state,
        }
        owes = rules_due_in_state(complaint, origin.procedure)
        if owes:
            said["owed"] = _from_now(owes)
        return NewRecord(complaint, _answers(complaint, values), said, owes)


def _from_now(rules: Sequence[Any]) -> Text:
    zh = "、".join(rule.label.zh for rule in rules)
    en = "; ".join(rule.label.en for rule in rules)
    return t("自导入时起应办 {rules}", "owed from the import on: {rules}", rules=Text(zh, en))


def _answers(complaint: Complaint, values: dict[str, Any]) -> list[Part]:
    """The answer the customer got, if the sheet has its words."""
    if not values.get("answer"):
        return []
    at = values.get("closed_at") or values["received_at"]
    complaint.answered_at = at
    return [Answer(round=1, text=values["answer"], channel=complaint.channel, at=at)]


def state_of_row(values: dict[str, Any], procedure: Procedure) -> str:
    """The state a row shows: closed by its date, answered by its answer, concluded by its verdict,
    else just taken in.
    """
    phases: tuple[str, ...] = ()
    if values.get("closed_at"):
        phases = CLOSED
    elif values.get("answer"):
        phases = ANSWERED
    elif values.get("verdict"):
        phases = CONCLUDED
    for phase in phases:
        for state in procedure.states_of("complaint"):
            if state.phase == phase:
                return state.name
    return procedure.step_table("complaint").target(None, "register")


def highest_number(numbers: Iterable[str], origin: ImportContext) -> int:
    """The highest running number among old numbers that look like the pack's own of this period; it goes on above."""
    rule = origin.procedure.numbering_for("complaint")
    pattern = NumberPattern.parse(rule.pattern, restart=rule.restart)
    local = origin.at.astimezone(origin.procedure.zone)
    found = ((number, pattern.sequence_of(number)) for number in numbers)
    return max((seq for number, seq in found if seq and pattern.render(seq, local) == number), default=0)


def taken_numbers(numbers: Any) -> set[str]:
    """Those of ``numbers`` that some complaint bears."""
    taken: set[str] = set()
    for few in portions(numbers, 800):
        taken |= set(Complaint.objects.filter(number__in=few).values_list("number", flat=True))
    return taken


def customer_names(ids: Any) -> dict[int, str]:
    """Names of customers by id."""
    names: dict[int, str] = {}
    for few in portions(ids, 800):
        names |= dict(Customer.objects.filter(pk__in=few).values_list("pk", "name"))
    return names
