"""《供方纠正措施要求单》 on paper: what is asked, what the supplier answered, review and effect."""

from __future__ import annotations

from typing import Any

from huiyin.improvement.suppliers.actions import last_answer
from huiyin.records.print.forms import PrintFormatter, PrintJob
from huiyin.records.print.sheets import Block, FactGrid, LongText, PrintSheet, SectionBar, Signatures
from huiyin.records.relations.relations import linked_records


def request_sheet(printing: PrintJob) -> PrintSheet:
    """The request with its last answer; places of an answer that has not come are left to be written by hand."""
    say = PrintFormatter(printing)
    answer = last_answer(printing.record)
    return say.sheet([*_asked(say), *_answered(say, answer), say.photos(), *_judged(say, answer)])


def _asked(say: PrintFormatter) -> list[Block]:
    r = say.printing.record
    serves = "、".join(one.record.number for one in linked_records(r, say.printing.person))
    return [
        SectionBar(say.bar("一、要求", "1. Request")),
        FactGrid(
            (
                say.fact("供方", "Supplier", r.supplier),
                say.fact("联系人", "Contact", " ".join(filter(None, (r.contact, r.telephone)))),
                say.fact("零件/型号", "Part or model", r.model),
                say.fact("批次号", "Batch", r.batch),
                say.fact("不良数量", "Defective", say.quantity(r.quantity)),
                say.fact("答复期限", "Answer due", r.answer_due),
                say.fact("我方负责人", "Our owner", r.owner),
                say.fact("发出时间", "Sent at", r.issued_at),
                say.fact("相关编号", "Related number", serves, 0),
            )
        ),
        LongText(say.w("不良描述", "Defect"), r.defect, lines=3),
        LongText(say.w("要求的遏制措施", "Containment asked for"), r.containment, lines=2),
    ]


def _answered(say: PrintFormatter, answer: Any) -> list[Block]:
    def words(name: str) -> str:
        return getattr(answer, name) if answer else ""

    def figure(name: str) -> str:
        return say.quantity(getattr(answer, name)) if answer else ""

    return [
        SectionBar(say.bar("二、供方答复", "2. The supplier's answer")),
        LongText(say.w("遏制措施", "Containment"), words("containment"), lines=2),
        FactGrid(
            (
                say.fact("可疑数量", "Suspect", figure("stock")),
                say.fact("已检", "Inspected", figure("inspected")),
                say.fact("合格", "Good", figure("good")),
                say.fact("不合格", "Bad", figure("bad")),
            )
        ),
        LongText(say.w("发生原因", "Why it occurred"), words("occurrence"), lines=3),
        LongText(say.w("流出原因", "Why it escaped"), words("escape"), lines=3),
        LongText(say.w("纠正措施", "Corrective action"), words("action"), lines=3),
        LongText(say.w("预防再发", "Prevention"), words("prevention"), lines=2),
        FactGrid(
            (
                say.fact("完成日期", "Done by", answer.action_on if answer else ""),
                say.fact("第几次答复", "Answer no.", answer.round if answer else ""),
                say.fact("答复人", "Answered by", words("name")),
                say.fact("电话", "Telephone", words("telephone")),
                say.fact("答复时间", "Answered at", answer.sent_at if answer else "", 0),
            )
        ),
    ]


def _judged(say: PrintFormatter, answer: Any) -> list[Block]:
    r = say.printing.record
    return [
        SectionBar(say.bar("三、审核与效果", "3. Review and effect")),
        FactGrid(
            (
                say.fact("验证效果的日期", "Effect check on", r.effect_due),
                say.fact("结案时间", "Closed at", r.closed_at),
            )
        ),
        LongText(say.w("退回原因", "Returned because"), r.return_reason, lines=1),
        LongText(say.w("验证结果", "Result of the check"), r.effect_result, lines=2),
        Signatures(
            (say.signed("采购", "Purchasing", "purchasing"), say.signed("质量", "Quality", "quality")), columns=2
        ),
    ]
