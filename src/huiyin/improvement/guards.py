"""The conditions that packs may put before the steps of a problem case; each answers with nothing or with reasons."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.improvement import vocabulary  # noqa: F401 - the guards whose code stands here are declared there
from huiyin.improvement.actions.effects import OWNS, owners_of
from huiyin.improvement.models import (
    Action,
    Cause,
    Deployment,
    DocumentUpdate,
    EffectCheck,
    Problem,
    Submission,
)
from huiyin.improvement.queries import ProblemRows, checks_now, load_details
from huiyin.improvement.report.containment import contradictions, unfinished, units_of
from huiyin.improvement.report.rounds import needs_new_analysis
from huiyin.improvement.report.sections import FIELDS, LEGS
from huiyin.kernel.text import Text, t
from huiyin.procedure.vocabulary import check
from huiyin.records.steps.conditions import GuardContext, applicability

Reasons = Iterable[Text] | bool
DESCRIBED = ("what", "when", "how_many", "statement")
LEADER = "leader"


def _rows(s: GuardContext) -> ProblemRows:
    rows: ProblemRows = s.once("rows", lambda: load_details(s.record))
    return rows


@check("problem", "is_decided")
def is_decided(s: GuardContext) -> Reasons:
    return s.record.needs_action is not None


@check("problem", "has_department")
def has_department(s: GuardContext) -> Reasons:
    """Who is to act; nobody where no action is needed."""
    return not (s.record.needs_action or s.record.needs_cause) or s.record.department_id is not None


@check("problem", "action_needed")
def action_needed(s: GuardContext) -> Reasons:
    return s.record.needs_action is not False


@check("problem", "team_named")
def team_named(s: GuardContext) -> Reasons:
    present = [member for member in _rows(s).members if member.left_on is None]
    return any(member.role == LEADER for member in present) and len(present) > 1


@check("problem", "problem_described")
def problem_described(s: GuardContext) -> Reasons:
    missing = t("请先填写“{field}”", "Fill in “{field}” first")
    return [missing.with_values(field=FIELDS[name].label) for name in DESCRIBED if not _rows(s).text(name).strip()]


@check("problem", "containment_adds_up")
def containment_adds_up(s: GuardContext) -> Reasons:
    """Every place is inspected to the last piece and what was NG is accounted for; or D3 says why nothing had to be."""
    rows = _rows(s)
    if not rows.containments:
        return bool(rows.text("containment").strip())
    units = units_of(s.procedure)
    return [
        t("{place}：{reason}", "{place}: {reason}", place=_place(s, row.location), reason=reason)
        for row in rows.containments
        for reason in unfinished(row, s.record.unit, units)
    ]


@check("problem", "containment_agrees")
def containment_agrees(s: GuardContext) -> Reasons:
    """No place contradicts itself; whether it is inspected to the end is not asked here."""
    units = units_of(s.procedure)
    return [
        t("{place}：{reason}", "{place}: {reason}", place=_place(s, row.location), reason=reason)
        for row in _rows(s).containments
        for reason in contradictions(row, s.record.unit, units)
    ]


@check("problem", "every_place_checked")
def every_place_checked(s: GuardContext) -> Reasons:
    """Each place the procedure names has been looked at, be it with nothing found (P2 4.6: shop floor and stock)."""
    seen = {row.location for row in _rows(s).containments}
    missing = t("还没有登记{place}", "Nothing is entered for: {place}")
    return [
        missing.with_values(place=option.label)
        for option in s.procedure.catalogue("containment_location")
        if option.key not in seen
    ]


def _place(s: GuardContext, key: str) -> Text:
    option = s.procedure.option("containment_location", key)
    return option.label if option else t(key, key)


@check("problem", "has_root_causes")
def has_root_causes(s: GuardContext) -> Reasons:
    """The full path wants to know why it occurred and why it escaped; the others why it occurred."""
    if s.record.needs_cause is False:
        return True
    full = s.record.path == Problem.FULL
    legs = {cause.leg for cause in _rows(s).roots}
    missing = t("“{leg}”的根本原因还没有标出", "No root cause is marked under “{leg}” yet")
    wanted = (Cause.OCCURRENCE, Cause.ESCAPE) if full else (Cause.OCCURRENCE,)
    return [missing.with_values(leg=LEGS[leg]) for leg in wanted if leg not in legs]


@check("problem", "causes_proven")
def causes_proven(s: GuardContext) -> Reasons:
    """Each root cause passed its test as it is worded now."""
    if s.record.needs_cause is False:
        return True
    open_ = t("原因“{text}”还没有验证", "The cause “{text}” is not proven yet")
    return [open_.with_values(text=c.text[:40]) for c in _rows(s).roots if not c.is_proven]


@check("problem", "cause_sought_anew")
def cause_sought_anew(s: GuardContext) -> Reasons:
    """In a new round something is written on the cause, or it is said why the cause stays what it was."""
    return bool(s.record.cause_stays) or not s.once("sought anew", lambda: needs_new_analysis(s.record, _rows(s)))


@check("problem", "has_chosen_action")
def has_chosen_action(s: GuardContext) -> Reasons:
    """Each root cause has a chosen action, and every candidate was either taken or set aside."""
    if s.record.needs_action is False:
        return True
    rows = _rows(s)
    if not rows.chosen:
        return False
    aimed = {action.cause_id for action in rows.chosen}
    nothing = t("原因“{text}”没有选定措施", "No action is chosen against the cause “{text}”")
    undecided = t("备选措施“{text}”还没有取舍", "The candidate “{text}” is neither chosen nor set aside")
    return [
        *(nothing.with_values(text=c.text[:40]) for c in rows.roots if c.pk not in aimed),
        *(undecided.with_values(text=a.text[:40]) for a in rows.actions if _is_candidate(a)),
    ]


def _is_candidate(action: Action) -> bool:
    return action.measure == Action.CORRECTIVE and action.chosen is None


@check("problem", "actions_planned")
def actions_planned(s: GuardContext) -> Reasons:
    missing = t("措施“{text}”没有负责人或期限", "The action “{text}” has no person or no date")
    return [
        missing.with_values(text=a.text[:40])
        for a in _rows(s).chosen
        if a.planned_on is None or (a.responsible_id is None and a.department_id is None)
    ]


@check("problem", "actions_done")
def actions_done(s: GuardContext) -> Reasons:
    """Each chosen action is done and says from which batch or day on it holds."""
    if s.record.needs_action is False:
        return True
    undone = t("措施“{text}”还没有完成日期", "The action “{text}” has no day on which it was done")
    uncut = t("措施“{text}”没有切入批次或日期", "The action “{text}” has no cut-in batch or date")
    return [
        (undone if a.done_on is None else uncut).with_values(text=a.text[:40])
        for a in _rows(s).chosen
        if a.done_on is None or not (a.cut_in_batch or a.cut_in_on)
    ]


@check("problem", "effects_planned")
def effects_planned(s: GuardContext) -> Reasons:
    return s.record.needs_effect is False or any(
        effect.verdict != EffectCheck.FAILED for effect in _rows(s).current_effects
    )


def _undone(s: GuardContext) -> list[EffectCheck]:
    return checks_now(_rows(s), s.record)


@check("problem", "effect_proven")
def effect_proven(s: GuardContext) -> Reasons:
    if s.record.needs_effect is False:
        return True
    effects = _undone(s)
    if not effects:
        return False
    waiting = t("“{metric}”还没有验证", "“{metric}” is not checked yet")
    failed = t(
        "“{metric}”没有达到目标，只能退回重查原因",
        "“{metric}” missed its target; the way is back to the cause",
    )
    return [
        (waiting if e.is_open else failed).with_values(metric=e.metric)
        for e in effects
        if e.verdict != EffectCheck.PROVEN
    ]


@check("problem", "checker_differs")
def checker_differs(s: GuardContext) -> Reasons:
    """Nobody who answers for the case or its actions judged their effect."""
    owners = s.once("owners", lambda: owners_of(s.record))
    judged = [e for e in _undone(s) if e.checked_by_id in owners]
    return [OWNS.with_values(who=e.checked_by.display_name) for e in judged if e.checked_by]


@check("problem", "documents_settled")
def documents_settled(s: GuardContext) -> Reasons:
    missing = t("文件“{name}”还没有更新，也没有免改理由", "The document “{name}” is neither revised nor waived")
    return [missing.with_values(name=_document(s, row)) for row in _rows(s).documents if not row.is_settled]


def _document(s: GuardContext, row: DocumentUpdate) -> Text:
    option = s.procedure.option("document", row.document)
    label = option.label if option else t(row.document, row.document)
    return t("{label} {number}", "{label} {number}", label=label, number=row.number) if row.number else label


@check("problem", "deployment_settled")
def deployment_settled(s: GuardContext) -> Reasons:
    missing = t(
        "横向展开“{name}”还没有完成，也没有说明理由",
        "The deployment “{name}” is neither done nor set aside with a reason",
    )
    rows: list[Deployment] = _rows(s).deployments
    return [missing.with_values(name=row.name) for row in rows if not row.is_settled]


@check("problem", "submissions_decided")
def submissions_decided(s: GuardContext) -> Reasons:
    waiting = t("提交给{to}的报告还没有答复", "The report submitted to {to} is not decided yet")
    return [waiting.with_values(to=row.to) for row in _rows(s).submissions if not row.decision]


@check("problem", "customer_content")
def customer_content(s: GuardContext) -> Reasons:
    """The last report given to the customer was accepted (P1 5.4.4.3)."""
    rows: list[Submission] = _rows(s).submissions
    return bool(rows) and rows[-1].decision == Submission.ACCEPTED


@check("problem", "approver_differs")
def approver_differs(s: GuardContext) -> Reasons:
    return s.actor is None or s.record.owner_id != s.actor.pk


@check("problem", "nothing_lost")
def nothing_lost(s: GuardContext) -> Reasons:
    """No cost of poor quality came about (P6 3)."""
    return not any(row.actual for row in _rows(s).costs)


@check("problem", "may_refer")
def may_refer(s: GuardContext) -> Reasons:
    """Same customer or product, causes submitted to the customer or found, and not itself a reference."""
    here, other = s.record, s.record.refers_to
    if other is None:
        return False
    reasons = []
    if other.pk == here.pk:
        reasons.append(t("不能引用自己", "A case cannot refer to itself"))
    same_customer = here.customer_id is not None and here.customer_id == other.customer_id
    if not (same_customer or (here.model and here.model == other.model)):
        reasons.append(
            t(
                "{number} 既不是同一客户，也不是同一产品",
                "{number} concerns neither the same customer nor the same product",
                number=other.number,
            )
        )
    if other.refers_to_id is not None or other.state == "referred":
        reasons.append(t("{number} 本身是引用", "{number} is a reference itself", number=other.number))
    if other.phase == "void":
        reasons.append(t("{number} 已撤销", "{number} was cancelled", number=other.number))
    if other.analysed_at is None and not _reached_d4(other):
        reasons.append(t("{number} 还没有提交 D4", "{number} has not submitted its D4 yet", number=other.number))
    return reasons


def _reached_d4(other: Problem) -> bool:
    return other.submissions.filter(reaches__gte="D4").exists()


def _effect_waits(s: GuardContext) -> bool:
    return any(effect.is_open for effect in _rows(s).effects)


@applicability("problem.check_effect", "problem.drop_effect")
def has_open_effect(s: GuardContext) -> Text | None:
    return None if _effect_waits(s) else t("没有待验证的效果", "No effect check waits")


@applicability("problem.decide_submission")
def has_open_submission(s: GuardContext) -> Text | None:
    waits = any(not row.decision for row in _rows(s).submissions)
    return None if waits else t("没有等客户答复的提交", "No submission waits for the customer")


@applicability("problem.settle")
def needs_no_action(s: GuardContext) -> Text | None:
    simplified = s.record.needs_action is False or s.record.path == Problem.LIGHT
    return None if simplified else t("需要采取措施，不能只作说明", "Action is needed; a statement is not enough")
