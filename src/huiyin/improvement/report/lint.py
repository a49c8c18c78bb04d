"""What makes an 8D weak, said in sentences: not refusals but advice, for whoever writes and whoever approves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.improvement.models import Action, Cause, EffectCheck, Problem
from huiyin.improvement.queries import ProblemRows
from huiyin.improvement.report.containment import contradictions, units_of
from huiyin.improvement.report.sections import LEGS
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions

BLAME = re.compile(
    r"(员工|工人|操作工|操作者|操作人员|作业员|检验员|人员|工人们).{0,6}(粗心|疏忽|大意|马虎|不认真|不仔细|责任心|失误|没注意|不小心|不负责)"
    r"|(粗心|疏忽|大意|马虎|责任心不[强够]|不小心|质量意识)"
    r"|(operators?|workers?|employees?|staff|inspectors?|human)\b.{0,24}"
    r"\b(careless\w*|negligen\w*|inattenti\w*|mistakes?|errors?|forgot|fault)"
    r"|careless\w*|negligen\w*|human error|lack of attention|not paying attention",
    re.IGNORECASE,
)
TRAINING = re.compile(
    r"培训|教育|宣导|宣贯|提醒|强调|加强管理|考核|罚款|加强检[验查]|班前会"
    r"|\btrain(?:ing|ed)?\b|re-?train\w*|remind\w*|instruct(?:ed|ion to)\b|awareness|toolbox talk"
    r"|more inspection|admonish\w*",
    re.IGNORECASE,
)
BARRIER = re.compile(
    r"防错|防呆|工装|夹具|模具|设备|传感|检测装置|自动|联锁|改造|更换|设计|尺寸|公差|程序|参数|图纸|材料|供应商|通止规|报警|限位|标准化|工艺"
    r"|poka|mistake.?proof|error.?proof|fixture|sensor|interlock|automat|design|tolerance|parameter|tooling"
    r"|mould|mold|replac|alarm|gauge|drawing|supplier",
    re.IGNORECASE,
)
SHORT = 8
"""A root cause in fewer characters than this hardly names one."""
DEPTH = 3
"""Whys that lead to a root cause, it included, at least."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """One weak point: in which section, and the sentence."""

    section: str
    text: Text


def weaknesses(problem: Problem, rows: ProblemRows) -> list[Weakness]:
    """Every weak point of the report as it stands, in the order of its sections."""
    found = [
        *_description(rows),
        *_containment(problem, rows),
        *_causes(problem, rows),
        *_actions(rows),
        *_effects(problem, rows),
        *_prevention(rows),
    ]
    return sorted(found, key=lambda one: one.section)


def _description(rows: ProblemRows) -> Iterator[Weakness]:
    statement = rows.text("statement")
    if statement and any(fold_same(statement, cause.text) for cause in rows.roots):
        yield Weakness("D4", t("根本原因只是重复了问题陈述", "The root cause only repeats the problem statement"))
    if rows.containments and not rows.text("clean_point") and rows.chosen:
        yield Weakness(
            "D3",
            t(
                "没有写明断点：从哪一批起是合格品",
                "The clean point is missing: from which batch on goods are good",
            ),
        )


def fold_same(one: str, other: str) -> bool:
    """Whether two texts say the same but for spaces, signs and case."""
    return bool(one.strip()) and _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _containment(problem: Problem, rows: ProblemRows) -> Iterator[Weakness]:
    """Places whose quantities contradict one another; the report cannot be submitted or approved with them."""
    procedure = versions.procedure_of(problem.procedure_id)
    units = units_of(procedure)
    for row in rows.containments:
        option = procedure.option("containment_location", row.location)
        place = option.label if option else t(row.location, row.location)
        for reason in contradictions(row, problem.unit, units):
            yield Weakness("D3", t("{place}：{reason}", "{place}: {reason}", place=place, reason=reason))


def _causes(problem: Problem, rows: ProblemRows) -> Iterator[Weakness]:
    for cause in rows.roots:
        name = cause.text[:30]
        if BLAME.search(cause.text):
            yield Weakness(
                "D4",
                t(
                    "“{text}”归咎于人：请追问为什么系统允许这样的失误",
                    "“{text}” blames a person: ask why the system let the mistake happen",
                    text=name,
                ),
            )
        if TRAINING.search(cause.text) and re.search(
            r"不足|不够|没有|缺|未|lack|insufficient|not enough|missing", cause.text, re.IGNORECASE
        ):
            yield Weakness(
                "D4",
                t(
                    "“{text}”把缺少培训当作根本原因：请追问为什么没有培训也能上岗",
                    "“{text}” takes missing training for the root: ask why work could be done without it",
                    text=name,
                ),
            )
        if len(_bare(cause.text)) < SHORT:
            yield Weakness(
                "D4", t("“{text}”太笼统，看不出机理", "“{text}” is too vague to show a mechanism", text=name)
            )
        if _depth(cause, rows) < DEPTH:
            yield Weakness(
                "D4",
                t(
                    "“{text}”只追问了 {n} 层为什么",
                    "“{text}” is only {n} whys deep",
                    text=name,
                    n=_depth(cause, rows),
                ),
            )
        if not cause.evidence.strip():
            yield Weakness("D4", t("“{text}”没有证据", "“{text}” has no evidence", text=name))
        if cause.is_proven and not (cause.when_on.strip() and cause.when_off.strip()):
            yield Weakness(
                "D4",
                t(
                    "“{text}”的验证没有开/关两种结果",
                    "The test of “{text}” does not say what happens when it is switched on and off",
                    text=name,
                ),
            )
    yield from _legs(problem, rows)
    yield from _recycled(rows)


def _depth(cause: Cause, rows: ProblemRows) -> int:
    """How many whys lead to a cause, it included."""
    by_id = {one.pk: one for one in rows.causes}
    depth, here, seen = 0, cause, set[int]()
    while here is not None and here.pk not in seen:
        seen.add(here.pk)
        depth += 1
        here = by_id.get(here.parent_id)  # type: ignore[assignment, arg-type]
    return depth


def _legs(problem: Problem, rows: ProblemRows) -> Iterator[Weakness]:
    missing = t("没有追问{leg}的原因", "The {leg} leg was not followed")
    if rows.roots and problem.path == Problem.FULL:
        legs = {cause.leg for cause in rows.roots}
        yield from (Weakness("D4", missing.with_values(leg=LEGS[leg])) for leg in LEGS if leg not in legs)


def _recycled(rows: ProblemRows) -> Iterator[Weakness]:
    """The same words for different things: two causes, or a cause and what is done against it."""
    roots = rows.roots
    for place, cause in enumerate(roots):
        if any(fold_same(cause.text, other.text) and cause.leg != other.leg for other in roots[:place]):
            yield Weakness(
                "D4",
                t(
                    "“{text}”照抄了另一条线的原因",
                    "“{text}” repeats the cause of another leg",
                    text=cause.text[:30],
                ),
            )
    for cause in roots:
        below = [one for one in rows.causes if one.parent_id == cause.pk or one.pk == cause.parent_id]
        if any(fold_same(cause.text, one.text) for one in below):
            yield Weakness(
                "D4",
                t(
                    "“{text}”上下两层为什么是同一句话",
                    "“{text}” answers a why with the same words",
                    text=cause.text[:30],
                ),
            )
    for action in rows.chosen:
        if any(fold_same(action.text, cause.text) for cause in roots):
            yield Weakness(
                "D5",
                t(
                    "措施“{text}”只是重复了原因",
                    "The action “{text}” only repeats the cause",
                    text=action.text[:30],
                ),
            )


def _actions(rows: ProblemRows) -> Iterator[Weakness]:
    for cause in rows.roots:
        against = [action for action in rows.chosen if action.cause_id == cause.pk]
        if against and all(_only_training(action) for action in against):
            yield Weakness(
                "D5",
                t(
                    "对“{text}”只有培训、提醒或考核，没有防错",
                    "Against “{text}” there is only training or reminding, nothing that prevents the mistake",
                    text=cause.text[:30],
                ),
            )
    if rows.chosen and not any(a.measure == Action.CORRECTIVE and a.chosen is False for a in rows.actions):
        yield Weakness("D5", t("没有比较过备选措施", "No alternative was weighed"))
    for action in rows.chosen:
        if action.done_on and action.cut_in_on and action.cut_in_on < action.done_on:
            yield Weakness(
                "D6",
                t(
                    "措施“{text}”的切入日期早于完成日期",
                    "The action “{text}” cut in before it was done",
                    text=action.text[:30],
                ),
            )
        if action.done_on and not action.proof.strip():
            yield Weakness(
                "D6",
                t(
                    "措施“{text}”没有实施证据",
                    "The action “{text}” has no proof of being carried out",
                    text=action.text[:30],
                ),
            )


def _only_training(action: Action) -> bool:
    return bool(TRAINING.search(action.text)) and not BARRIER.search(action.text)


def _effects(problem: Problem, rows: ProblemRows) -> Iterator[Weakness]:
    done = [action.cut_in_on or action.done_on for action in rows.chosen]
    last = max((day for day in done if day is not None), default=None)
    owners = {problem.owner_id, *(action.responsible_id for action in rows.chosen)} - {None}
    zone = versions.procedure_of(problem.procedure_id).zone
    for effect in rows.current_effects:
        checked = effect.checked_at.astimezone(zone).date() if effect.checked_at is not None else None
        if last is not None and effect.starts_on < last:
            yield Weakness(
                "D6",
                t(
                    "“{metric}”的观察期早于措施实施（{day}）",
                    "The window of “{metric}” begins before the actions were in force ({day})",
                    metric=effect.metric,
                    day=last,
                ),
            )
        if last is not None and checked is not None and checked < last:
            yield Weakness(
                "D6",
                t(
                    "“{metric}”在措施实施之前就验证了",
                    "“{metric}” was checked before the actions were in force",
                    metric=effect.metric,
                ),
            )
        if effect.checker_id in owners or effect.checked_by_id in owners:
            yield Weakness(
                "D6",
                t(
                    "“{metric}”由措施负责人自己验证",
                    "“{metric}” is checked by somebody who owns the actions",
                    metric=effect.metric,
                ),
            )
        if not re.search(r"\d", effect.target):
            yield Weakness(
                "D6",
                t("“{metric}”的目标没有数字", "The target of “{metric}” has no figure", metric=effect.metric),
            )
        if effect.verdict == EffectCheck.PROVEN and checked is not None and checked < effect.ends_on:
            yield Weakness(
                "D6",
                t(
                    "“{metric}”在观察期结束之前就下了结论",
                    "“{metric}” was judged before its window ended",
                    metric=effect.metric,
                ),
            )


def _prevention(rows: ProblemRows) -> Iterator[Weakness]:
    if not rows.chosen or not any(action.done_on for action in rows.chosen):
        return
    kinds = {row.document for row in rows.documents}
    if not kinds & {"pfmea", "dfmea"}:
        yield Weakness("D7", t("没有说明 FMEA 是否更新", "Nothing says whether the FMEA is revised"))
    if "control-plan" not in kinds:
        yield Weakness("D7", t("没有说明控制计划是否更新", "Nothing says whether the control plan is revised"))
    if not rows.deployments:
        yield Weakness("D7", t("没有考虑横向展开", "Deployment to other lines and products was not considered"))
    if not rows.text("lessons"):
        yield Weakness("D7", t("没有写经验教训", "No lessons are written down"))
