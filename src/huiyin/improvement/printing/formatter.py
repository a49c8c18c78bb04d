"""What every order of the report shares: the case read once, its rows as tables of the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from huiyin.improvement.models import Action, Cause, EffectCheck
from huiyin.improvement.queries import ProblemRows, load_details
from huiyin.improvement.report.containment import contradictions, totals
from huiyin.improvement.report.sections import BY_KEY, LEGS, QUESTIONS
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.print import forms
from huiyin.records.print.sheets import Block, FactGrid, LongText, SectionBar, TableBlock, TableColumn, TableRow

RESULTS = {"passed": t("已验证", "Verified"), "failed": t("未证实", "Not confirmed")}
VERDICTS = {EffectCheck.PROVEN: t("有效", "Effective"), EffectCheck.FAILED: t("无效", "Not effective")}
CANDIDATES = t("备选与选定的措施", "Actions weighed and chosen")
MEASURES = {
    Action.INTERIM: t("临时措施", "Interim actions"),
    Action.CORRECTIVE: t("纠正措施", "Corrective actions"),
    Action.PREVENTIVE: t("预防措施", "Preventive actions"),
}
YES_NO: dict[bool | None, Text] = {True: t("是", "yes"), False: t("否", "no")}
BRACKETED = re.compile(r"（[A-Za-z ]+）$")
DEEPEST = 12
"""Whys below one another that are indented further and further; deeper ones stand at this depth."""


@dataclass
class ReportFormatter(forms.PrintFormatter):
    """Everything of one case, said in one language."""

    rows: ProblemRows = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rows = load_details(self.printing.record)

    def titled(self, step: str, title: Text | None = None) -> SectionBar:
        """The bar of a discipline; ``title`` where an order calls it otherwise."""
        said = title or BY_KEY[step].title
        return SectionBar(self.bar(f"{step}  {said.zh}", f"{step}  {said.en}"))

    def texts(self, step: str, *, lines: int = 2, only: tuple[str, ...] = ()) -> list[Block]:
        """The texts of a discipline, each under its label; an empty one leaves room only where nothing is written."""
        wanted = [f for f in BY_KEY[step].fields if not only or f.name in only]
        written = [f for f in wanted if self.rows.text(f.name)] or wanted[:1]
        return [
            LongText(self.w(self._alone(f.label.zh), f.label.en), self.rows.text(f.name), lines=lines) for f in written
        ]

    def _alone(self, zh: str) -> str:
        """A Chinese label without its English word in brackets where the English label stands below it anyway."""
        return BRACKETED.sub("", zh) if self.printing.language == "both" else zh

    def who(self, person: Person | None, name: str = "") -> str:
        """A person of ours, or a name somebody wrote."""
        return self.say(person) or name

    def header(self) -> FactGrid:
        """Which case this is."""
        p = self.printing.record
        return FactGrid(
            (
                self.fact("题目", "Title", p.title, 0),
                self.fact("客户", "Customer", p.customer_name),
                self.fact("客户编号", "Customer's reference", p.customer_reference),
                self.fact("产品型号", "Product", p.model),
                self.fact("批次", "Batch", p.batch),
                self.fact("缺陷", "Defect", self.option("defect", p.defect)),
                self.fact("严重程度", "Severity", self.option("severity", p.severity)),
                self.fact("发现日期", "Noticed on", p.noticed_on),
                self.fact("立案", "Opened", p.opened_at),
                self.fact("组长", "Leader", p.owner),
                self.fact("版本", "Revision", str(p.revision)),
                *self.own_facts(),
            )
        )

    def team(self) -> TableBlock:
        """The team with its changes."""
        columns = (
            TableColumn(self.w("姓名", "Name"), 1.2),
            TableColumn(self.w("职责", "Role"), 1.2),
            TableColumn(self.w("分工", "Task"), 2.4),
            TableColumn(self.w("联系方式", "Contact"), 1.6),
            TableColumn(self.w("起止", "From – to"), 1.6),
        )
        rows = tuple(
            TableRow(
                (
                    self.who(m.person, m.name),
                    self.option("team_role", m.role),
                    m.task,
                    m.contact,
                    f"{self.say(m.joined_on)} – {self.say(m.left_on)}" if m.joined_on or m.left_on else "",
                )
            )
            for m in self.rows.members
        )
        return TableBlock(columns, rows, least_rows=2)

    def contrasts(self) -> list[Block]:
        """The is/is-not table, if there is one."""
        if not self.rows.contrasts:
            return []
        columns = (
            TableColumn(self.w("问题", "Question"), 0.8),
            TableColumn(self.w("是", "Is"), 2),
            TableColumn(self.w("不是", "Is not"), 2),
            TableColumn(self.w("区别", "Difference"), 2),
            TableColumn(self.w("变化", "Change"), 2),
        )
        rows = tuple(
            TableRow((self.line(QUESTIONS.get(c.question, c.question)), c.is_so, c.is_not, c.difference, c.change))
            for c in self.rows.contrasts
        )
        return [TableBlock(columns, rows, self.bar("是 / 不是", "Is / is not"))]

    def containment(self) -> TableBlock:
        """Suspect goods place by place with a sum."""
        names = ("suspect", "inspected", "ok", "ng", "reworked", "scrapped", "returned", "held")
        heads = (
            ("可疑", "Suspect"),
            ("已检", "Inspected"),
            ("合格", "OK"),
            ("不合格", "NG"),
            ("返工", "Reworked"),
            ("报废", "Scrapped"),
            ("退回", "Returned"),
            ("封存", "Held"),
        )
        columns = (
            TableColumn(self.w("地点", "Place"), 1.7),
            *(TableColumn(self.w(zh, en), 1.1 if len(en) > 8 else 0.95, "right") for zh, en in heads),
            TableColumn(self.w("负责 / 日期", "By / on"), 1.5),
        )
        left_out = self.line(t("（自相矛盾，未计入合计）", "(contradicts itself, not in the total)"))
        rows = [
            TableRow(
                (
                    " ".join(
                        x
                        for x in (
                            self.option("containment_location", c.location),
                            c.place,
                            c.batch,
                            left_out if contradictions(c, "") else "",
                        )
                        if x
                    ),
                    *(self.say(getattr(c, name)) for name in names),
                    " ".join(x for x in (c.responsible, self.say(c.done_on)) if x),
                )
            )
            for c in self.rows.containments
        ]
        if rows:
            sums = totals(self.rows.containments)
            rows.append(
                TableRow((self.line(t("合计", "Total")), *(self.say(getattr(sums, name)) for name in names), ""))
            )
        return TableBlock(columns, tuple(rows), self.bar("可疑品清点", "Suspect goods"), least_rows=2)

    def causes(self, leg: str) -> TableBlock:
        """The whys of one leg, each below the one it answers; root causes with how they were verified."""
        columns = (
            TableColumn(self.w("为什么", "Why"), 4),
            TableColumn(self.w("证据", "Evidence"), 2.4),
            TableColumn(self.w("根本原因", "Root cause"), 1),
            TableColumn(self.w("验证（有 / 无）", "Verified (on / off)"), 2.6),
        )
        rows = tuple(self._cause(cause, depth) for cause, depth in self.walk(leg))
        return TableBlock(columns, rows, self.bar(LEGS[leg].zh, LEGS[leg].en), least_rows=1)

    def walk(self, leg: str, under: int | None = None, depth: int = 0) -> list[tuple[Cause, int]]:
        """The causes of a leg in reading order with their depth."""
        found: list[tuple[Cause, int]] = []
        for cause in self.rows.whys(leg, under):
            found += [(cause, depth), *self.walk(leg, cause.pk, depth + 1)]
        return found

    def _cause(self, cause: Cause, depth: int) -> TableRow:
        result = self.line(RESULTS[cause.result]) if cause.result in RESULTS and cause.is_root else ""
        proof = " / ".join(x for x in (cause.when_on, cause.when_off) if x)
        tested = " ".join(x for x in (self.say(cause.verified_by), self.say(cause.verified_on)) if x) if result else ""
        ruled_out = t("已排除", "ruled out") if cause.ruled_out else None
        marked = t("是", "yes") if cause.is_root else ruled_out
        steps = "　" * min(depth, DEEPEST) + ("└ " if depth else "")
        return TableRow(
            (
                f"{steps}{cause.text}",
                cause.evidence,
                self.line(marked),
                " · ".join(x for x in (result, proof, tested) if x),
            )
        )

    def actions(self, measure: str, *, candidates: bool = False) -> TableBlock:
        """Measures of one kind; ``candidates`` shows what was weighed, else only what is or was to be done."""
        rows = [
            a
            for a in self.rows.actions
            if a.measure == measure and (candidates or a.chosen or a.measure != Action.CORRECTIVE)
        ]
        columns: list[TableColumn] = [
            TableColumn(self.w("措施", "Action"), 3.6),
            TableColumn(self.w("针对原因", "Against cause"), 2.2),
        ]
        if candidates:
            columns += [TableColumn(self.w("利弊", "For and against"), 2.4), TableColumn(self.w("选定", "Chosen"), 0.8)]
        else:
            columns += [
                TableColumn(self.w("负责", "By"), 1.1),
                TableColumn(self.w("计划 / 完成", "Planned / done"), 1.8),
                TableColumn(self.w("切入", "Cut-in"), 1.5),
            ]
        title = CANDIDATES if candidates else MEASURES[measure]
        lines = tuple(self._action(a, candidates) for a in rows)
        return TableBlock(tuple(columns), lines, self.bar(title.zh, title.en), least_rows=2)

    def _action(self, a: Action, candidates: bool) -> TableRow:
        cause = next((c.text for c in self.rows.causes if c.pk == a.cause_id), "")
        start = (a.text, cause)
        if candidates:
            weighed = "；".join(x for x in (a.pros, a.cons) if x)
            chosen = self.line(YES_NO.get(a.chosen))
            return TableRow((*start, weighed, chosen))
        days = f"{self.say(a.planned_on) or '—'} / {self.say(a.done_on) or '—'}" if a.planned_on or a.done_on else ""
        cut_in = " ".join(x for x in (a.cut_in_batch, self.say(a.cut_in_on)) if x)
        return TableRow((*start, self.who(a.responsible), days, cut_in))

    def effects(self) -> TableBlock:
        """How the effect was to be shown, and whether it was."""
        columns = (
            TableColumn(self.w("指标", "Metric"), 2),
            TableColumn(self.w("原值 → 目标", "Baseline → target"), 1.8),
            TableColumn(self.w("观察期", "Window"), 1.9),
            TableColumn(self.w("结果", "Result"), 1.5),
            TableColumn(self.w("结论", "Verdict"), 0.9),
            TableColumn(self.w("验证人", "Checker"), 1),
        )
        rows = tuple(
            TableRow(
                (
                    e.metric,
                    f"{e.baseline} → {e.target}",
                    f"{self.say(e.starts_on)} – {self.say(e.ends_on)}",
                    e.result,
                    self.line(VERDICTS.get(e.verdict, "")),
                    self.say(e.checked_by or e.checker),
                )
            )
            for e in self.rows.current_effects
        )
        return TableBlock(columns, rows, self.bar("效果验证", "Proof of effect"), least_rows=1)

    def documents(self) -> TableBlock:
        """Documents revised, or why not."""
        columns = (
            TableColumn(self.w("文件", "Document"), 1.6),
            TableColumn(self.w("编号", "Number"), 1.3),
            TableColumn(self.w("修订前", "Before"), 1.3),
            TableColumn(self.w("修订后", "After"), 1.3),
            TableColumn(self.w("内容或不修订的理由", "Change, or why none"), 2.8),
            TableColumn(self.w("负责 / 完成", "By / done"), 1.5),
        )
        rows = tuple(
            TableRow(
                (
                    self.option("document", d.document),
                    d.number,
                    d.before,
                    d.after,
                    d.waiver or d.change,
                    " ".join(x for x in (self.who(d.responsible), self.say(d.done_on)) if x),
                )
            )
            for d in self.rows.documents
        )
        return TableBlock(columns, rows, self.bar("文件更新", "Documents revised"), least_rows=2)

    def deployments(self) -> TableBlock:
        """Where else the measure was carried to, and why not elsewhere."""
        columns = (
            TableColumn(self.w("范围", "Scope"), 1),
            TableColumn(self.w("对象", "What"), 1.8),
            TableColumn(self.w("适用", "Applies"), 0.7),
            TableColumn(self.w("措施或理由", "Action, or reason"), 3),
            TableColumn(self.w("负责 / 完成", "By / done"), 1.5),
        )
        rows = tuple(
            TableRow(
                (
                    self.option("deployment_scope", d.scope),
                    d.name,
                    self.line(YES_NO.get(d.applies)),
                    d.action or d.reason,
                    " ".join(x for x in (self.who(d.responsible), self.say(d.done_on)) if x),
                )
            )
            for d in self.rows.deployments
        )
        return TableBlock(columns, rows, self.bar("横向展开", "Carried over to others"), least_rows=1)
