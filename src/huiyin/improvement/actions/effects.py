"""How the effect is to be shown, by whom and until when; and whether it was."""

from __future__ import annotations

from huiyin.improvement.models import EffectCheck, Problem
from huiyin.improvement.queries import load_details
from huiyin.improvement.values import EffectPlan
from huiyin.kernel.text import Text, t
from huiyin.obligations.site_calendar import calendar_at_site
from huiyin.people.models import Person
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step

VERDICTS = {EffectCheck.PROVEN: t("有效", "effective"), EffectCheck.FAILED: t("无效", "not effective")}
OWNS = t("{who}负责措施，不能自己验证效果", "{who} answers for the actions and cannot check their effect")


def plan_effect(problem: Problem, plan: EffectPlan, *, context: StepContext) -> EffectCheck:
    """Plan how the effect will be shown; the check is owed by its checker when the window ends."""
    with step(problem, "plan_effect", **context.step_kwargs) as run:
        refused = _unfit(problem, plan)
        if refused:
            raise Refused(fields=refused)
        row = EffectCheck.objects.create(
            problem=problem,
            version=1,
            **plan.by_name(),
        )
        run.touched(row)
        run.about = row
        department = plan.checker.department.key if plan.checker.department else None
        run.add_payload(
            metric=row.metric,
            baseline=row.baseline,
            target=row.target,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            checker=plan.checker.display_name,
            promised_at=calendar_at_site(run.procedure, department).end_of_work(row.ends_on),
        )
        run.notify(plan.checker)
    return row


def _unfit(problem: Problem, plan: EffectPlan) -> dict[str, Text]:
    refused = {
        name: t("请填写", "Fill this in")
        for name in ("metric", "baseline", "target")
        if not getattr(plan, name).strip()
    }
    if plan.ends_on < plan.starts_on:
        refused["ends_on"] = t("结束不能早于开始", "The end cannot come before the start")
    if owns_case_or_action(problem, plan.checker):
        refused["checker"] = OWNS.with_values(who=plan.checker.display_name)
    return refused


def owns_case_or_action(problem: Problem, person: Person) -> bool:
    """Whether the person owns the case or one of its chosen actions, and so cannot judge the effect."""
    return person.pk in owners_of(problem)


def owners_of(problem: Problem) -> set[int | None]:
    """Ids of the case's owner and of those who answer for its chosen actions."""
    return {problem.owner_id, *(action.responsible_id for action in load_details(problem).chosen)} - {None}


def _current(effect: EffectCheck, problem: Problem) -> None:
    effect.refresh_from_db()
    if effect.problem_id != problem.pk or not effect.is_open:
        raise Refused([t("这项验证已经了结", "This check is settled already")])


def drop_effect(problem: Problem, effect: EffectCheck, reason: str, *, context: StepContext) -> EffectCheck:
    """The check was planned amiss; another is planned in its place."""
    with step(problem, "drop_effect", **context.step_kwargs) as run:
        _current(effect, problem)
        effect.verdict, effect.words = EffectCheck.DROPPED, reason
        _close(effect, run)
        run.add_payload(metric=effect.metric, reason=reason)
    return effect


def check_effect(
    problem: Problem, effect: EffectCheck, verdict: str, result: str, words: str, *, context: StepContext
) -> EffectCheck:
    """Whether the effect is there: ``proven`` or ``failed``, with the result measured."""
    with step(problem, "check_effect", **context.step_kwargs) as run:
        _current(effect, problem)
        if verdict not in VERDICTS:
            raise Refused(fields={"verdict": t("请选择结论", "Choose the verdict")})
        if not result.strip():
            raise Refused(fields={"result": t("请填写测得的结果", "Fill in the result that was measured")})
        _may_check(problem, effect, context.actor)
        effect.verdict, effect.result, effect.words = verdict, result, words
        effect.checked_by, effect.checked_at = context.actor, context.at
        _close(effect, run)
        run.add_payload(
            metric=effect.metric,
            baseline=effect.baseline,
            target=effect.target,
            result=result,
            verdict=VERDICTS[verdict],
            words=words,
        )
    return effect


def _may_check(problem: Problem, effect: EffectCheck, actor: Person | None) -> None:
    """The named checker checks, or a head of quality or management; never somebody who answers for the actions."""
    if actor is None:
        return
    if owns_case_or_action(problem, actor):
        raise Refused([OWNS.with_values(who=actor.display_name)])
    named = effect.checker_id in {actor.pk, *(p.pk for p in actor.standing_for)}
    if not (named or actor.is_head_of("quality") or actor.holds("management")):
        raise Refused(
            [
                t(
                    "这项效果由{who}验证",
                    "This effect is checked by {who}",
                    who=effect.checker and effect.checker.display_name,
                )
            ]
        )


def _close(effect: EffectCheck, run: StepRun) -> None:
    effect.version += 1
    effect.save()
    run.touched(effect)
    run.about = effect
