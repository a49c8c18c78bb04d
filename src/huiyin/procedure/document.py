"""The effective procedure as one readable document in Markdown: what ``packs show`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from huiyin.kernel.durations import Duration
from huiyin.kernel.text import Text, t
from huiyin.procedure.clauses import ClauseNode, clause_tree
from huiyin.procedure.describe import (
    FieldLine,
    KindDescription,
    conditions_said,
    described_kinds,
    joined,
    kind_label,
)
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.schema import Procedure
from huiyin.procedure.sections import SECTIONS
from huiyin.procedure.words import PERMANENT, PROMISED, UNLIMITED


def document(procedure: Procedure, language: str, parent: Procedure | None = None) -> Iterator[str]:
    """The lines of the document; with a ``parent`` only of what the procedure says beside it or otherwise."""
    before = None
    for line in _lines(Speaker(procedure, language, parent)):
        if line or before:
            yield line
        before = line


def _lines(say: Speaker) -> Iterator[str]:
    procedure = say.procedure
    yield f"# {say(procedure.title)}"
    yield ""
    base = f", {say(t('基于', 'extends'))} {procedure.extends}" if procedure.extends else ""
    yield f"`{procedure.key}` {procedure.version}{base}"
    for part in (_departments, _forms, _kinds, _approvals, _duties, _limits, _clauses):
        yield from part(say)


class Speaker:
    """Says texts of a procedure in one language, as lines of Markdown."""

    def __init__(self, procedure: Procedure, language: str, parent: Procedure | None = None) -> None:
        self.procedure, self.language, self.parent = procedure, language, parent

    def listed(self, section: str) -> list[Any]:
        """The entries of a section that are to be shown: all, or those that the parent has not or has otherwise."""
        attribute, _ = SECTIONS[section]
        entries = getattr(self.procedure, attribute)
        before = {one.key: one for one in getattr(self.parent, attribute)} if self.parent is not None else {}
        return [one for one in entries if before.get(one.key) != one]

    def __call__(self, text: Text | str | None) -> str:
        """A text as it stands in a line or a cell."""
        shown = text.show(self.language) if isinstance(text, Text) else text or ""
        return " ".join(shown.split()).replace("|", "\\|")

    def heading(self, level: int, text: Text) -> Iterator[str]:
        """A heading with its empty lines."""
        yield from ("", "#" * level + " " + self(text), "")

    def table(self, heads: Sequence[Text], rows: Iterable[Sequence[Text | str | None]]) -> Iterator[str]:
        """A table, without the columns in which nothing stands; nothing at all without rows."""
        written = [[self(cell) for cell in row] for row in rows]
        kept = [i for i in range(len(heads)) if any(row[i] for row in written)]
        if not kept:
            return
        yield self._line(self(heads[i]) for i in kept)
        yield self._line("---" for _ in kept)
        for row in written:
            yield self._line(row[i] for i in kept)

    @staticmethod
    def _line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |"


def _departments(say: Speaker) -> Iterator[str]:
    words = say.procedure.vocabulary.functions
    rows = [
        (one.name, joined(words.get(key, Text(key, key)) for key in one.functions)) for one in say.listed("department")
    ]
    if rows:
        yield from say.heading(2, t("部门", "Departments"))
        yield from say.table((t("部门", "Department"), t("职能", "Functions")), rows)


def _forms(say: Speaker) -> Iterator[str]:
    rows = [
        (one.number, one.title, one.revision, _kept(one.retention), kind_label(say.procedure, one.record), one.clause)
        for one in say.listed("form")
    ]
    heads = (
        t("编号", "Number"),
        t("名称", "Title"),
        t("版次", "Revision"),
        t("保存", "Kept for"),
        t("记录", "Record"),
        t("条款", "Clause"),
    )
    if rows:
        yield from say.heading(2, t("表单", "Forms"))
        yield from say.table(heads, rows)


def _kept(written: str) -> Text:
    return t("长期", "permanently") if written == PERMANENT else Duration.parse(written).label


def _kinds(say: Speaker) -> Iterator[str]:
    touched = {one.kind for section in ("state", "step", "field") for one in say.listed(section)}
    touched |= {one.part_of or one.key for one in say.listed("kind")}
    kinds = [kind for kind in described_kinds(say.procedure) if kind.key in touched]
    if kinds:
        yield from say.heading(2, t("记录与步骤", "Records and steps"))
    for kind in kinds:
        yield from _kind(say, kind)


def _kind(say: Speaker, kind: KindDescription) -> Iterator[str]:
    yield from say.heading(3, kind.label)
    if kind.help is not None:
        yield from (say(kind.help), "")
    if kind.about.zh:
        yield from (say(t("关于：{about}", "About: {about}", about=kind.about)), "")
    if kind.fields:
        yield from say.heading(4, t("字段", "Fields"))
        yield from _field_table(say, kind.fields)
    for label, fields in kind.tables:
        yield from say.heading(4, t("明细：{table}", "Rows: {table}", table=label))
        yield from _field_table(say, fields)
    yield from say.heading(4, t("步骤", "Steps"))
    heads = (
        t("步骤", "Step"),
        t("从", "From"),
        t("到", "To"),
        t("谁办", "By whom"),
        t("条件", "Only when"),
        t("条款", "Clause"),
    )
    yield from say.table(heads, ((s.label, s.before, s.after, s.by, s.guards, s.clause) for s in kind.steps))
    if kind.flow:
        yield from say.heading(4, t("流程", "Flow"))
        for state, ways in kind.flow:
            yield f"- {say(t('{state}：{ways}', '{state}: {ways}', state=state, ways=ways))}"


def _field_table(say: Speaker, fields: Iterable[FieldLine]) -> Iterator[str]:
    heads = (
        t("字段", "Field"),
        t("类型", "Type"),
        t("选项", "Options"),
        t("在哪一步填", "Asked by"),
        t("哪一步必填", "Needed by"),
        t("显示条件", "Shown when"),
        t("说明", "Help"),
    )
    return say.table(heads, ((f.label, f.type, f.options, f.asked, f.needed, f.shown, f.help) for f in fields))


def _approvals(say: Speaker) -> Iterator[str]:
    procedure = say.procedure
    approvals = say.listed("approval")
    if approvals:
        yield from say.heading(2, t("审批", "Approvals"))
    for approval in approvals:
        yield from say.heading(3, approval.label)
        levels = [each for each in procedure.levels if each.approval == approval.key]
        rows = [
            (
                level.label,
                joined(procedure.role_label(word) for word in level.who),
                str(level.need),
                conditions_said(procedure, approval.kind, level.when),
            )
            for level in levels
        ]
        heads = (t("级", "Level"), t("谁签", "Who signs"), t("几人", "How many"), t("条件", "When"))
        yield from say.table(heads, rows)


def _duties(say: Speaker) -> Iterator[str]:
    heads = (
        t("责任", "Duty"),
        t("产生于", "Arises from"),
        t("谁", "Who"),
        t("期限", "Within"),
        t("条件", "When"),
        t("条款", "Clause"),
    )
    rows = [_duty(say.procedure, rule) for rule in say.listed("obligation")]
    if rows:
        yield from say.heading(2, t("责任与时限", "Duties and deadlines"))
        yield from say.table(heads, rows)


def _duty(procedure: Procedure, rule: ObligationRule) -> tuple[Text | str, ...]:
    within = t("承诺的时间", "the promised moment") if rule.within == PROMISED else Duration.parse(rule.within).label
    if rule.is_own_limit:
        within = t("{within}（公司自定）", "{within} (set by the company)", within=within)
    kind, conditions = rule.opens.partition(".")[0], rule.when
    if rule.for_each is not None:
        kind, conditions = rule.for_each, rule.where
    return (
        rule.label,
        _arises(procedure, rule),
        procedure.role_label(rule.owner),
        within,
        conditions_said(procedure, kind, conditions),
        rule.clause,
    )


def _arises(procedure: Procedure, rule: ObligationRule) -> Text:
    """The event that opens a duty, or how often it comes round and for whom."""
    event = procedure.vocabulary.events.get(rule.opens)
    if event is not None:
        return event.label
    turns = joined(_periods()[turn.every] for turn in rule.turns)
    if rule.for_each is None:
        return turns
    return t("{turns}，{subject}", "{turns}, {subject}", turns=turns, subject=_subjects()[rule.for_each])


def _subjects() -> dict[str, Text]:
    return {
        "customer": t("每位客户", "for each customer"),
        "delivery": t("每次交付", "for each delivery"),
        "department": t("每个部门", "for each department"),
        "person": t("每个人", "for each person"),
    }


def _periods() -> dict[str, Text]:
    return {
        "day": t("每天", "every day"),
        "week": t("每周", "every week"),
        "month": t("每月", "every month"),
        "quarter": t("每季度", "every quarter"),
        "half": t("每半年", "every half year"),
        "year": t("每年", "every year"),
    }


def _limits(say: Speaker) -> Iterator[str]:
    procedure = say.procedure
    rows: list[tuple[Text | str, ...]] = [
        (one.label or one.key, procedure.role_label(level.who), _limit(level.limit))
        for one in say.listed("authority")
        for level in one.levels
    ]
    rows += [(one.label, one.owner, _target(one)) for one in say.listed("target")]
    if rows:
        yield from say.heading(2, t("权限与目标", "Limits and targets"))
        yield from say.table((t("什么", "What"), t("谁", "Who"), t("界限", "Limit")), rows)


def _limit(written: str) -> Text:
    return t("不限", "without limit") if written == UNLIMITED else Text(written, written)


def _target(one: Any) -> Text:
    bounds = [f"{sign} {n}" for sign, n in (("≥", one.at_least), ("≤", one.at_most)) if n is not None]
    said = t("{period} {bounds}", "{period} {bounds}", period=_periods()[one.every], bounds=", ".join(bounds))
    own = t("{said}（公司自定）", "{said} (set by the company)", said=said)
    return own if one.is_own_limit else said


def _clauses(say: Speaker) -> Iterator[str]:
    own = {one.key for one in say.listed("clause")}
    if own:
        yield from say.heading(2, t("条款", "Clauses"))
    for top in clause_tree(say.procedure):
        for depth, node in top.walk():
            if node.clause.key in own:
                yield from _clause(say, depth, node)


def _clause(say: Speaker, depth: int, node: ClauseNode) -> Iterator[str]:
    indent, clause = "  " * depth, node.clause
    yield f"{indent}- **{clause.key}** {say(clause.title)}"
    if clause.duty is not None:
        yield f"{indent}  {say(clause.duty)}"
    if node.evidence:
        shown = joined(one.label for one in node.evidence)
        yield f"{indent}  {say(t('证据：{shown}', 'Evidence: {shown}', shown=shown))}"
    if clause.gap is not None:
        yield f"{indent}  {say(t('尚缺：{gap}', 'Missing: {gap}', gap=clause.gap))}"
