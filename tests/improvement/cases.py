"""A problem case on its way: one function per stretch, each ending where the next begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.improvement.actions import content, effects, moving
from huiyin.improvement.actions.opening import open_problem
from huiyin.improvement.models import Action, Cause, EffectCheck, Problem
from huiyin.improvement.values import EffectPlan, ProblemFacts
from huiyin.kernel.text import Text
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, day

DESCRIPTION = {
    "symptom": "接头渗油",
    "what": "O 形圈处渗油",
    "where": "主机接头",
    "when": "装机后一周",
    "how_many": "10 件中 3 件",
    "statement": "HY-40 接头在 O 形圈处渗油",
}
NOON = "2026-11-16 12:00"


def case(works: Factory, name: str = "lin", when: str = "2026-11-16 09:00", **facts: Any) -> Problem:
    """A case opened by ``name``."""
    given: dict[str, Any] = {
        "title": "接头漏油",
        "customer_name": "周厂",
        "model": "HY-40",
        "batch": "B2611",
        "defect": "",
        "severity": "function",
    } | facts
    return open_problem(ProblemFacts(**given), procedure_id=works.version, context=works.context(name, when))


def text(works: Factory, problem: Problem, name: str, words: str, *, by: str = "lin", when: str = NOON) -> Any:
    """``words`` in a field, over whatever stands there."""
    return content.write(problem, name, words, version=None, context=works.context(by, when))


def row(works: Factory, problem: Problem, kind: str, *, by: str = "lin", when: str = NOON, **values: Any) -> Any:
    """A new row."""
    return content.put_row(problem, kind, values, context=works.context(by, when))


def changed(works: Factory, one: Any, *, by: str = "lin", when: str = NOON, **values: Any) -> Any:
    """A row with other values, from its present version."""
    sent = works.context(by, when)
    return content.put_row(one.problem, one.part_kind, values, pk=one.pk, version=one.version, context=sent)


def described(works: Factory, problem: Problem) -> Problem:
    """Team and description stand (D1, D2)."""
    row(works, problem, "member", person=works.lin, role="leader")
    row(works, problem, "member", person=works.tao, role="member")
    for name, words in DESCRIPTION.items():
        text(works, problem, name, words)
    return problem


def contained(works: Factory, problem: Problem, *, when: str = "2026-11-16 15:00") -> Problem:
    """D0 to D3 done."""
    described(works, problem)
    row(
        works,
        problem,
        "containment",
        location="finished",
        suspect=100,
        inspected=100,
        ok=90,
        ng=10,
        scrapped=10,
    )
    return moving.contain(problem, "已隔离", context=works.context("lin", when))


def proven_cause(works: Factory, problem: Problem, leg: str, words: str) -> Cause:
    """A root cause that passed its on/off test."""
    cause = row(works, problem, "cause", leg=leg, text=words, evidence="测量记录", is_root=True)
    found: Cause = changed(works, cause, result="passed", method="开/关试验", when_on="漏", when_off="不漏")
    return found


def analysed(works: Factory, problem: Problem, *, when: str = "2026-11-18 10:00") -> Problem:
    """D4 done from ``contained``, with a cause of occurrence and one of escape."""
    proven_cause(works, problem, Cause.OCCURRENCE, "沟槽深度超差 0.2 mm，O 形圈压缩量不足")
    proven_cause(works, problem, Cause.ESCAPE, "出厂试压压力低于规定值，漏检")
    return moving.analyse(problem, "两条线都已证实", context=works.context("lin", when))


def action(works: Factory, problem: Problem, cause: Cause | None, words: str, **more: Any) -> Action:
    """A chosen corrective action of engineering, planned for the 25th."""
    given: dict[str, Any] = {
        "measure": Action.CORRECTIVE,
        "cause": cause,
        "text": words,
        "chosen": True,
        "responsible": works.tao,
        "planned_on": day("2026-11-25"),
    } | more
    found: Action = row(works, problem, "action", **given)
    return found


def planned(works: Factory, problem: Problem, *, when: str = "2026-11-19 10:00") -> Problem:
    """D5 done from ``analysed``."""
    for cause in problem.causes.order_by("id"):
        action(works, problem, cause, f"防错夹具控制：{cause.text[:10]}")
    return moving.choose(problem, "夹具最省", context=works.context("lin", when))


def effect(works: Factory, problem: Problem, *, when: str = "2026-11-19 11:00", **more: Any) -> EffectCheck:
    """A check by the head of quality whose window ends on 10 December."""
    given: dict[str, Any] = {
        "metric": "渗油率",
        "baseline": "30%",
        "target": "0%",
        "starts_on": day("2026-11-26"),
        "ends_on": day("2026-12-10"),
        "checker": works.qian,
    } | more
    return effects.plan_effect(problem, EffectPlan(**given), context=works.context("lin", when))


def implemented(works: Factory, problem: Problem, *, when: str = "2026-11-25 16:00") -> Problem:
    """D6 begun from ``planned``: everything carried out, one check planned."""
    effect(works, problem)
    for one in problem.actions.filter(chosen=True, done_on=None).order_by("id"):
        changed(works, one, done_on=day("2026-11-25"), cut_in_batch="B2613", proof="照片")
    return moving.implement(problem, "已切入", context=works.context("lin", when))


def checked(
    works: Factory, problem: Problem, verdict: str = "proven", *, by: str = "qian", when: str = "2026-12-10 16:00"
) -> EffectCheck:
    """The newest open check judged."""
    one = problem.effects.filter(verdict="").latest("id")
    return effects.check_effect(problem, one, verdict, "0%", "连续两批", context=works.context(by, when))


def proven(works: Factory, problem: Problem) -> Problem:
    """D6 done from ``implemented``."""
    checked(works, problem)
    return moving.prove(problem, "有效", context=works.context("lin", "2026-12-11 09:00"))


def prevented(works: Factory, problem: Problem) -> Problem:
    """D7 done from ``proven``."""
    row(
        works,
        problem,
        "document",
        document="pfmea",
        number="PF-40",
        before="A/1",
        after="A/2",
        done_on=day("2026-12-12"),
        when="2026-12-12 09:00",
    )
    return moving.prevent(problem, "已标准化", context=works.context("lin", "2026-12-12 10:00"))


def closed(works: Factory, problem: Problem) -> Problem:
    """D8 done from ``prevented``."""
    return moving.approve(problem, "同意结案", context=works.context("qian", "2026-12-14 09:00"))


WAY = (contained, analysed, planned, implemented, proven, prevented, closed)


def through(works: Factory, last: Callable[..., Problem], **facts: Any) -> Problem:
    """A case that went as far as ``last`` (one of ``WAY``)."""
    problem = case(works, **facts)
    for stretch in WAY:
        stretch(works, problem)
        if stretch is last:
            break
    return problem


def refused(act: Callable[[], Any], language: str = "zh") -> list[str]:
    """The sentences with which ``act`` is refused, those on fields included; empty when it is not."""
    try:
        act()
    except Refused as no:
        said: list[Text] = [*no.reasons, *no.fields.values()]
        return [one.show(language) for one in said]
    return []
