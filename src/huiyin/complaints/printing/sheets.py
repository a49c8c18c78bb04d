"""The three forms of a complaint, block by block: complaint register, feedback sheet, liaison sheet."""

from __future__ import annotations

from huiyin.complaints.models import Complaint, Measure, Remedy, Task
from huiyin.complaints.printing.formatter import ComplaintFormatter
from huiyin.kernel.text import t
from huiyin.obligations.models import Obligation
from huiyin.procedure.schema import Procedure
from huiyin.records.print.costs import CostItem, worded
from huiyin.records.print.forms import PrintJob
from huiyin.records.print.sheets import (
    Block,
    CheckBoxes,
    CheckOption,
    FactGrid,
    LongText,
    PageBreak,
    PrintSheet,
    SectionBar,
    Signatures,
    TableBlock,
    TableColumn,
    TableRow,
)

KINDS = {
    Measure.INTERIM: t("临时", "Interim"),
    Measure.CORRECTIVE: t("纠正", "Corrective"),
    Measure.PREVENTIVE: t("预防", "Preventive"),
}

VERDICTS = ("complaint.concluded", "complaint.concluded_finally", "complaint.settled")


def complaint_register(printing: PrintJob) -> PrintSheet:
    """《客户投诉登记表》 (P1 7-e): the whole complaint from intake to call-back."""
    say = ComplaintFormatter(printing)
    return say.sheet([*_intake(say), *_handling(say), *_outcome(say)])


def _intake(say: ComplaintFormatter) -> list[Block]:
    c = say.printing.record
    return [
        SectionBar(say.bar("一、客户与来源", "1. Customer and source")),
        FactGrid(
            (
                say.fact("客户", "Customer", c.who, 0),
                say.fact("联系人", "Contact", c.contact_person.name if c.contact_person else c.caller_name),
                say.fact("电话", "Telephone", c.caller_phone),
                say.fact("接到时间", "Received at", c.received_at),
                say.fact("登记人", "Registered by", c.opened_by),
            )
        ),
        say.checks("来源渠道", "Channel", "channel", {c.channel}),
        SectionBar(say.bar("二、产品与数量", "2. Product and quantities")),
        FactGrid(
            (
                say.fact("型号规格", "Model", c.model),
                say.fact("图纸版本", "Drawing rev.", c.drawing_revision),
                say.fact("批次号", "Batch", c.batch),
                say.fact("机号", "Serial", c.serial),
                say.fact("订单号", "Order", c.order_number),
                say.fact("发货日期", "Shipped on", c.ship_date),
                say.fact("发货数量", "Shipped", say.quantity(c.shipped_quantity)),
                say.fact("投诉数量", "Complained", say.quantity(c.complained_quantity)),
                say.fact("核实数量", "Verified", say.quantity(c.verified_quantity)),
                say.fact("不良数量", "Defective", say.quantity(c.defect_quantity)),
                say.fact("样品", "Sample", c.sample, 0),
                *say.own_facts(),
            )
        ),
        SectionBar(say.bar("三、投诉内容与要求", "3. Complaint and demands")),
        LongText(say.w("问题描述", "Problem"), c.problem, lines=4),
        say.checks("客户要求", "Demands", "demand", {d.demand for d in say.rows["demands"]}),
        say.photos(),
    ]


def _handling(say: ComplaintFormatter) -> list[Block]:
    c, tasks = say.printing.record, say.rows["tasks"]
    departments = [say.line(task.department.name) for task in tasks]
    return [
        SectionBar(say.bar("四、核实与判定", "4. Verification and judgement")),
        LongText(say.w("核实情况", "Findings"), c.findings, lines=2),
        say.checks("异常类别", "Kind of cause", "cause_kind", {c.cause_kind}),
        say.checks("严重程度", "Severity", "severity", {c.severity}),
        FactGrid(
            (
                say.fact("投诉内容", "Content", say.option("content", c.content)),
                say.fact("投诉性质", "Nature", say.option("nature", c.nature)),
                say.fact("责任部门", "Responsible", "、".join(dict.fromkeys(departments)), 0),
            )
        ),
        SectionBar(say.bar("五、原因与措施", "5. Causes and measures")),
        _measures(say, tasks),
    ]


def _measures(say: ComplaintFormatter, tasks: list[Task], *, least: int = 3) -> TableBlock:
    rows: list[TableRow] = []
    for task in tasks:
        cause = say.line(t("原因：", "Cause: ")) + task.cause if task.cause else ""
        rows.append(TableRow((f"{say.line(task.department.name)}  {cause}",), heading=True))
        rows.extend(
            TableRow(
                (
                    say.line(KINDS.get(m.measure, t("", ""))),
                    m.text,
                    m.responsible,
                    say.say(m.planned_on),
                    say.say(m.done_on),
                    task.effect,
                )
            )
            for m in task.rows
        )
    columns = (
        TableColumn(say.w("类别", "Kind"), 1),
        TableColumn(say.w("措施", "Measure"), 2.7),
        TableColumn(say.w("负责人", "By"), 1),
        TableColumn(say.w("计划", "Planned"), 1.1),
        TableColumn(say.w("完成", "Done"), 1.1),
        TableColumn(say.w("效果", "Effect"), 1.5),
    )
    return TableBlock(columns, tuple(rows), least_rows=least)


def _outcome(say: ComplaintFormatter) -> list[Block]:
    c, rows = say.printing.record, say.rows
    answer = rows["answers"][-1] if rows["answers"] else None
    call = next((x for x in reversed(rows["calls"]) if x.reached), None)
    decision = {None: set(), True: {"yes"}, False: {"no"}}[answer.accepted if answer else None]
    remedies = "；".join(
        say.with_amount("remedy", r.remedy, r) for r in rows["remedies"] if r.decision == Remedy.GRANTED
    )
    called = say.printing.procedure.step("complaint.call_back") is not None
    return [
        SectionBar(say.bar("六、结论与答复", "6. Verdict and answer")),
        say.checks("结论", "Verdict", "verdict", {c.verdict}),
        LongText(say.w("结论依据", "Reason"), c.verdict_reason, lines=2),
        LongText(say.w("给予的补救", "Remedies"), remedies, lines=1),
        LongText(say.w("客户要求的处理", "Demands"), "；".join(say.decided(d) for d in rows["demands"]), lines=1),
        LongText(say.w("给客户的答复", "Answer"), answer.text if answer else "", lines=3),
        CheckBoxes(
            say.w("客户意见", "Customer"),
            (
                CheckOption(say.line(t("接受", "accepts")), "yes" in decision),
                CheckOption(say.line(t("不接受", "refuses")), "no" in decision),
            ),
            answer.reason if answer else "",
        ),
        SectionBar(
            say.bar("七、回访与结案", "7. Call-back and closing") if called else say.bar("七、结案", "7. Closing")
        ),
        *(
            [say.checks("满意度", "Satisfaction", "satisfaction", {c.satisfaction}, call.words if call else "")]
            if called
            else []
        ),
        LongText(say.w("结案说明", "Closing note"), c.closing_note or c.reject_reason or c.withdraw_reason, lines=1),
        Signatures(
            (
                say.signature("登记", "Registered", c.opened_by, c.opened_at),
                say.signature_of("结论", "Verdict", say.latest(*VERDICTS) if c.verdict_by else None),
                say.signature("批准", "Approved", c.verdict_approved_by, c.verdict_approved_at),
                say.signature_of("结案", "Closed", say.latest("complaint.closed") if c.phase == "closed" else None),
            )
        ),
    ]


def feedback_sheet(printing: PrintJob) -> PrintSheet:
    """《问题反馈分析改善表》 (P2 4.3-2): the demands stand as interim measures in rows 1 to 3."""
    say = ComplaintFormatter(printing)
    c = printing.record
    concluded = say.latest(*VERDICTS) if c.verdict_by else None
    demands = [say.with_amount("demand", d.demand, d) for d in say.rows["demands"]]
    interim = [TableRow((str(i + 1), demands[i] if i < len(demands) else "")) for i in range(max(3, len(demands)))]
    blocks: list[Block] = [
        SectionBar(say.bar("一、问题反馈", "1. Feedback")),
        FactGrid(
            (
                say.fact("客户", "Customer", c.who, 0),
                say.fact("型号规格", "Model", c.model),
                say.fact("发货日期", "Shipped on", c.ship_date),
                say.fact("机号", "Serial", c.serial),
                say.fact("批次号", "Batch", c.batch),
                say.fact("不良数量", "Defective", say.quantity(c.defect_quantity)),
                say.fact("反馈时间", "Received at", c.received_at),
                *say.own_facts(),
            )
        ),
        LongText(say.w("质量问题描述", "Problem"), c.problem, lines=4),
        TableBlock(
            (
                TableColumn(say.w("行", "Row"), 0.3, "center"),
                TableColumn(say.w("临时措施（客户诉求）", "Interim measures (the customer's demands)"), 6),
            ),
            tuple(interim),
        ),
        LongText(say.w("核实情况", "Findings"), c.findings, lines=2),
        say.photos(),
        SectionBar(say.bar("二、分析与改善", "2. Analysis and improvement")),
        _measures(say, say.rows["tasks"], least=6),
        SectionBar(say.bar("三、汇总", "3. Summary")),
        say.checks("结论", "Verdict", "verdict", {c.verdict}),
        LongText(say.w("汇总说明", "Summary"), c.statement, lines=3),
        Signatures(
            (
                say.signed("反馈", "Feedback", "reception", c.opened_by, c.opened_at),
                say.signed("质量", "Quality", "quality", c.verdict_by, concluded.at if concluded else None),
                say.signed("责任部门", "Responsible department", "production"),
                say.signed("技术", "Technical", "technical"),
            )
        ),
    ]
    return say.sheet(blocks)


def liaison_sheet(printing: PrintJob) -> PrintSheet:
    """《内部联络单》 (P1 5.4.6): one page for each department that was given a task."""
    say = ComplaintFormatter(printing)
    blocks: list[Block] = []
    for task in say.rows["tasks"]:
        if blocks:
            blocks.append(PageBreak())
        blocks.extend(_liaison(say, task))
    return say.sheet(blocks or _empty_liaison(say))


def _liaison(say: ComplaintFormatter, task: Task) -> list[Block]:
    c = say.printing.record
    owed = Obligation.objects.filter(kind="complaint", record_id=c.pk, part=task.part_key).order_by("id").first()
    sender = task.assigned_by
    declined = say.line(t("不接受：", "Declined: ")) + say.option("decline", task.decline_reason)
    answer = "\n".join(
        [
            declined if task.state == "declined" else task.cause,
            *(f"{i}. {m.text}（{m.responsible} {say.say(m.planned_on)}）" for i, m in enumerate(task.rows, 1)),
        ]
    )
    return [
        FactGrid(
            (
                say.fact("发出部门", "From", sender.department.name if sender and sender.department else ""),
                say.fact("接收部门", "To", task.department.name),
                say.fact("日期", "Date", task.assigned_at),
                say.fact("要求回复", "Reply by", owed.due_at if owed else None),
                say.fact("主题", "Subject", c.subject, 0),
                say.fact("投诉编号", "Complaint", c.number, 0),
            )
        ),
        LongText(
            say.w("内容", "Content"),
            f"{c.problem}\n{task.question}" if task.question != c.problem else c.problem,
            lines=8,
        ),
        LongText(say.w("回复", "Reply"), answer.strip(), lines=8),
        Signatures(
            (
                say.signature("发出", "Sent", sender, task.assigned_at),
                say.signature("接收", "Received", task.accepted_by),
                say.signature("回复", "Answered", task.answered_by, task.answered_at),
            ),
            columns=3,
        ),
    ]


def _empty_liaison(say: ComplaintFormatter) -> list[Block]:
    c = say.printing.record
    return [
        FactGrid(
            (
                say.fact("发出部门", "From"),
                say.fact("接收部门", "To"),
                say.fact("主题", "Subject", c.subject, 0),
                say.fact("投诉编号", "Complaint", c.number, 0),
            )
        ),
        LongText(say.w("内容", "Content"), c.problem, lines=8),
        LongText(say.w("回复", "Reply"), "", lines=8),
        Signatures((say.signature("发出", "Sent"), say.signature("接收", "Received")), columns=3),
    ]


def costs_of(complaint: Complaint, procedure: Procedure) -> list[CostItem]:
    """Money granted to the customer as remedy; what goods cost stands with the requests."""
    rows = complaint.remedies.filter(decision=Remedy.GRANTED, amount__isnull=False).order_by("id")
    return [CostItem(worded(procedure, "remedy", row.remedy), row.note, None, row.amount, row.currency) for row in rows]
