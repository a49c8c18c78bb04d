"""One case in several orders: VDA's 8D, Ford's global 8D, and the eight steps of a communication procedure.

These are what the customer is given: what the problem cost and from whom it is recovered stands on none of them.
"""

from __future__ import annotations

from huiyin.improvement.models import Action, Problem
from huiyin.improvement.printing.formatter import ReportFormatter
from huiyin.improvement.report.sections import LEGS
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure
from huiyin.records.print.costs import CostItem, worded
from huiyin.records.print.forms import PrintJob
from huiyin.records.print.sheets import Block, LongText, PrintSheet, SectionBar, Signatures

STEPS: tuple[Text, ...] = (
    t("成立小组", "The team"),
    t("描述问题", "The problem"),
    t("临时措施", "Interim measures"),
    t("查明根本原因", "The root cause"),
    t("选定纠正措施", "Corrective measures chosen"),
    t("实施并验证", "Carried out and verified"),
    t("预防再发", "Recurrence prevented"),
    t("总结与认可", "Summary and recognition"),
)
"""The eight steps of 《质量问题“八步法”处理表》 (P1 5.4.4.2)."""


def vda(printing: PrintJob) -> PrintSheet:
    """In the order of VDA's 8D: D0 to D8, causes by leg, choice and implementation apart."""
    say = ReportFormatter(printing)
    return say.sheet(
        [
            say.header(),
            say.titled("D0"),
            *say.texts("D0"),
            say.titled("D1"),
            say.team(),
            *say.texts("D1", lines=1),
            say.titled("D2"),
            *say.texts("D2", lines=1),
            *say.contrasts(),
            say.photos(),
            say.titled("D3"),
            say.containment(),
            say.actions(Action.INTERIM),
            *say.texts("D3"),
            say.titled("D4"),
            *(say.causes(leg) for leg in LEGS),
            *say.texts("D4"),
            say.titled("D5"),
            say.actions(Action.CORRECTIVE, candidates=True),
            *say.texts("D5"),
            say.titled("D6"),
            say.actions(Action.CORRECTIVE),
            say.effects(),
            *say.texts("D6"),
            say.titled("D7"),
            say.actions(Action.PREVENTIVE),
            say.documents(),
            say.deployments(),
            *say.texts("D7"),
            say.titled("D8"),
            *say.texts("D8"),
            *_signed(say),
        ]
    )


def ford(printing: PrintJob) -> PrintSheet:
    """In the order of Ford's global 8D: emergency response and proof, escape point, chosen and implemented actions."""
    say = ReportFormatter(printing)
    return say.sheet(
        [
            say.header(),
            say.titled("D0", t("症状与应急响应", "Symptom(s) and emergency response actions")),
            *say.texts("D0"),
            say.titled("D1", t("小组", "Team")),
            say.team(),
            say.titled("D2", t("问题陈述与描述", "Problem statement and description")),
            *say.texts("D2", only=("statement",)),
            *say.texts("D2", lines=1, only=("what", "where", "when", "who", "why", "how", "how_many")),
            *say.contrasts(),
            say.photos(),
            say.titled("D3", t("临时遏制措施（ICA）", "Interim containment actions")),
            say.actions(Action.INTERIM),
            say.containment(),
            *say.texts("D3"),
            say.titled("D4", t("根本原因与流出点", "Root cause(s) and escape point")),
            say.causes("occurrence"),
            say.causes("escape"),
            say.causes("system"),
            *say.texts("D4"),
            say.titled("D5", t("选定的永久纠正措施（PCA）", "Chosen permanent corrective actions")),
            say.actions(Action.CORRECTIVE, candidates=True),
            *say.texts("D5"),
            say.titled("D6", t("实施的永久纠正措施与确认", "Implemented permanent corrective actions and validation")),
            say.actions(Action.CORRECTIVE),
            say.effects(),
            *say.texts("D6"),
            say.titled("D7", t("预防再发与系统建议", "Prevention and systemic recommendations")),
            say.actions(Action.PREVENTIVE),
            say.documents(),
            say.deployments(),
            *say.texts("D7"),
            say.titled("D8", t("小组与个人的认可", "Team and individual recognition")),
            *say.texts("D8"),
            *_signed(say),
        ]
    )


def eight_steps(printing: PrintJob) -> PrintSheet:
    """《质量问题“八步法”处理表》: eight numbered steps, the last one with the customer's opinion (P1 5.4.4.2–3)."""
    say = ReportFormatter(printing)

    def step(n: int) -> SectionBar:
        title = STEPS[n - 1]
        return SectionBar(say.bar(f"{'一二三四五六七八'[n - 1]}、{title.zh}", f"{n}. {title.en}"))

    return say.sheet(
        [
            say.header(),
            step(1),
            say.team(),
            step(2),
            *say.texts("D0"),
            *say.texts("D2", lines=1),
            say.photos(),
            step(3),
            say.actions(Action.INTERIM),
            say.containment(),
            *say.texts("D3"),
            step(4),
            say.causes("occurrence"),
            say.causes("escape"),
            *say.texts("D4"),
            step(5),
            say.actions(Action.CORRECTIVE, candidates=True),
            *say.texts("D5"),
            step(6),
            say.actions(Action.CORRECTIVE),
            say.effects(),
            *say.texts("D6"),
            step(7),
            say.actions(Action.PREVENTIVE),
            say.documents(),
            say.deployments(),
            *say.texts("D7"),
            step(8),
            *say.texts("D8"),
            *_opinion(say),
            *_signed(say),
        ]
    )


def _opinion(say: ReportFormatter) -> list[Block]:
    """What the customer said to the last submission."""
    last = say.rows.submissions[-1] if say.rows.submissions else None
    said = f"{say.option('submission_decision', last.decision)} {last.words}".strip() if last else ""
    return [LongText(say.w("客户意见", "Customer's opinion"), said, lines=2)]


def _signed(say: ReportFormatter) -> list[Block]:
    """Leader, quality and whoever approved."""
    p = say.printing.record
    return [
        Signatures(
            (
                say.signature("组长", "Team leader", p.owner if p.approved_at else None, p.approved_at),
                say.signed("质量", "Quality", "quality"),
                say.signature("批准", "Approved", p.approved_by, p.approved_at),
            ),
            columns=3,
        )
    ]


def costs_of(problem: Problem, procedure: Procedure) -> list[CostItem]:
    """What the case cost, planned and actual, and from whom it is recovered: for the internal sheet alone."""
    return [
        CostItem(
            worded(procedure, "cost", row.cost),
            row.note,
            row.planned,
            row.actual,
            row.currency,
            row.recover_from,
        )
        for row in problem.costs.order_by("id")
    ]
