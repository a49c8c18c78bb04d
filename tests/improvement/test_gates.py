"""From one discipline to the next: each gate with the sentence of what is missing, and open once it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.improvement.actions import content, moving, opening
from huiyin.improvement.models import Problem
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from tests.cast import Factory, at, day
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")

Act = Callable[..., Problem]


def attempt(
    works: Factory, act: Act, problem: Problem, *, by: str = "lin", when: str = "2026-11-20 10:00"
) -> list[str]:
    return refused(lambda: act(problem, "好", context=works.context(by, when)))


def owed(problem: Problem, *rules: str) -> dict[str, Any]:
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk)
    return dict((rows.filter(rule__in=rules) if rules else rows).values_list("rule", "due_at"))


def test_the_whole_way(works: Factory) -> None:
    problem = cases.case(works)
    states = []
    for stretch in cases.WAY:
        stretch(works, problem)
        states.append(problem.state)
    assert states == ["contained", "analysed", "planned", "implemented", "proven", "prevented", "closed"]
    assert (problem.phase, problem.approved_by, problem.approved_at) == (
        "closed",
        works.qian,
        at("2026-12-14 09:00"),
    )
    assert owed(problem) == {}
    assert verify().code == 0


def test_d3_needs_team_and_description(works: Factory) -> None:
    problem = cases.case(works)
    lacking = [f"请先填写“{name}”" for name in ("是什么（What）", "什么时候（When）", "有多少（How many）", "问题陈述")]
    assert attempt(works, moving.contain, problem) == ["小组需要一名组长和至少一名其他成员", *lacking]
    cases.row(works, problem, "member", person=works.lin, role="leader")
    assert attempt(works, moving.contain, problem)[0] == "小组需要一名组长和至少一名其他成员"
    cases.described(works, problem)
    assert attempt(works, moving.contain, problem) == []
    assert (problem.state, problem.contained_at) == ("contained", at("2026-11-20 10:00"))


def test_d4_needs_every_piece_accounted_for(works: Factory) -> None:
    problem = cases.described(works, cases.case(works))
    moving.contain(problem, "", context=works.context("lin", "2026-11-16 15:00"))
    cases.proven_cause(works, problem, "occurrence", "沟槽超差")
    cases.proven_cause(works, problem, "escape", "没试压")
    assert attempt(works, moving.analyse, problem) == ["请先完成遏制，或说明为什么不需要"]
    place = cases.row(works, problem, "containment", location="finished", suspect=100, inspected=60, ok=55, ng=5)
    assert attempt(works, moving.analyse, problem) == [
        "成品库：已检数量合计 60 件，比可疑数量（100 件）少 40 件",
        "成品库：返工数量、报废数量、退回数量、隔离数量合计 0 件，比不合格数量（5 件）少 5 件",
    ]
    cases.changed(works, place, inspected=100, ok=95, scrapped=5)
    assert attempt(works, moving.analyse, problem) == []


def test_d4_may_say_that_nothing_had_to_be_contained(works: Factory) -> None:
    problem = cases.described(works, cases.case(works))
    cases.text(works, problem, "containment", "单件定制，无同批")
    moving.contain(problem, "", context=works.context("lin", "2026-11-16 15:00"))
    cases.proven_cause(works, problem, "occurrence", "沟槽超差")
    cases.proven_cause(works, problem, "escape", "没试压")
    assert attempt(works, moving.analyse, problem) == []


def test_d4_needs_both_legs_each_proven(works: Factory) -> None:
    problem = cases.contained(works, cases.case(works))
    assert attempt(works, moving.analyse, problem) == [
        "“发生”的根本原因还没有标出",
        "“流出”的根本原因还没有标出",
    ]
    cause = cases.row(works, problem, "cause", leg="occurrence", text="沟槽超差", is_root=True)
    cases.proven_cause(works, problem, "escape", "没试压")
    assert attempt(works, moving.analyse, problem) == ["原因“沟槽超差”还没有验证"]
    cases.changed(works, cause, result="failed", method="换沟槽试")
    assert attempt(works, moving.analyse, problem) == ["原因“沟槽超差”还没有验证"]
    cases.changed(works, problem.causes.get(pk=cause.pk), result="passed")
    assert attempt(works, moving.analyse, problem) == []
    done = problem.causes.get(pk=cause.pk)
    assert (done.verified_by, done.verified_on, done.verified_text) == (
        works.lin,
        day("2026-11-16"),
        "沟槽超差",
    )


def test_rewording_a_cause_voids_its_proof(works: Factory) -> None:
    """D4 → D5 asks for the test of the cause as it is worded now, not of another one."""
    problem = cases.analysed(works, cases.contained(works, cases.case(works)))
    cause = problem.causes.order_by("id")[0]
    for one in problem.causes.order_by("id"):
        cases.action(works, problem, one, "防错夹具")
    cases.changed(works, cause, text="刀具磨损使沟槽变浅", result="passed")
    assert attempt(works, moving.choose, problem) == ["原因“刀具磨损使沟槽变浅”还没有验证"]
    cases.changed(works, problem.causes.get(pk=cause.pk), result="passed", method="新刀对比")
    assert attempt(works, moving.choose, problem) == []


def test_d5_needs_a_choice_for_each_cause_and_a_plan(works: Factory) -> None:
    problem = cases.analysed(works, cases.contained(works, cases.case(works)))
    one, other = problem.causes.order_by("id")
    assert attempt(works, moving.choose, problem) == ["请先选定纠正措施"]
    first = cases.action(works, problem, one, "防错夹具", responsible=None, planned_on=None)
    candidate = cases.action(works, problem, other, "试压机联锁", chosen=None)
    assert attempt(works, moving.choose, problem) == [
        f"原因“{other.text}”没有选定措施",
        "备选措施“试压机联锁”还没有取舍",
        "措施“防错夹具”没有负责人或期限",
    ]
    cases.changed(works, candidate, chosen=True)
    cases.changed(works, first, planned_on=day("2026-11-24"))
    assert attempt(works, moving.choose, problem) == ["措施“防错夹具”没有负责人或期限"]
    cases.changed(works, problem.actions.get(pk=first.pk), department=works.tao.department)
    assert attempt(works, moving.choose, problem) == []
    assert owed(problem, "problem-carry-out") == {"problem-carry-out": at("2026-11-25 17:30")}


def test_d6_needs_cut_in_and_a_planned_check(works: Factory) -> None:
    problem = cases.through(works, cases.planned)
    one, other = problem.actions.order_by("id")
    assert attempt(works, moving.implement, problem) == [
        f"措施“{one.text}”还没有完成日期",
        f"措施“{other.text}”还没有完成日期",
        "请先计划效果验证",
    ]
    cases.effect(works, problem)
    cases.changed(works, one, done_on=day("2026-11-25"), cut_in_batch="B2613")
    cases.changed(works, other, done_on=day("2026-11-25"))
    assert attempt(works, moving.implement, problem) == [f"措施“{other.text}”没有切入批次或日期"]
    cases.changed(works, problem.actions.get(pk=other.pk), cut_in_on=day("2026-11-26"))
    assert attempt(works, moving.implement, problem) == []
    assert owed(problem, "problem-carry-out") == {}


def test_d7_needs_proven_effect(works: Factory) -> None:
    problem = cases.through(works, cases.implemented)
    assert attempt(works, moving.prove, problem) == ["“渗油率”还没有验证"]
    assert attempt(works, moving.prevent, problem) == ["现在处于“已实施，验证中”，不能“预防与标准化完成（D7）”"]
    cases.checked(works, problem)
    assert attempt(works, moving.prove, problem) == []


def test_d8_needs_documents_and_deployment_settled(works: Factory) -> None:
    problem = cases.through(works, cases.proven)
    paper = cases.row(works, problem, "document", document="control-plan", number="CP-40", before="A/1")
    line = cases.row(works, problem, "deployment", scope="line", name="二线", applies=True)
    both = ["文件“控制计划 CP-40”还没有更新，也没有免改理由", "横向展开“二线”还没有完成，也没有说明理由"]
    assert attempt(works, moving.prevent, problem) == both
    cases.changed(works, paper, after="A/2", done_on=day("2026-12-11"))
    cases.changed(works, line, applies=False)
    assert attempt(works, moving.prevent, problem) == both[1:]
    cases.changed(works, problem.deployments.get(), reason="二线无此工序")
    assert attempt(works, moving.prevent, problem) == []


def test_a_document_may_be_waived_with_a_reason(works: Factory) -> None:
    problem = cases.through(works, cases.proven)
    cases.row(works, problem, "document", document="dfmea", waiver="设计未变")
    assert attempt(works, moving.prevent, problem) == []


def test_nobody_approves_their_own_report(works: Factory) -> None:
    problem = cases.through(works, cases.prevented)
    assert attempt(works, moving.approve, problem, by="lin")[0].startswith("这一步由")
    own = problem
    opening.hand_over(own, works.qian, context=works.context("lin", "2026-12-12 11:00"))
    assert attempt(works, moving.approve, own, by="qian") == ["批准须由负责人以外的人作出"]
    assert attempt(works, moving.approve, own, by="zong") == []


def test_a_returned_report_is_reworked_and_comes_back(works: Factory) -> None:
    problem = cases.through(works, cases.prevented)
    assert owed(problem, "problem-approval") == {"problem-approval": at("2026-12-15 17:30")}
    moving.return_report(problem, "缺横向展开", context=works.context("qian", "2026-12-14 09:00"))
    assert (problem.state, problem.return_reason) == ("proven", "缺横向展开")
    assert owed(problem, "problem-approval", "problem-rework") == {"problem-rework": at("2026-12-17 09:00")}
    cases.row(works, problem, "deployment", scope="line", name="二线", applies=False, reason="无此工序")
    assert attempt(works, moving.prevent, problem) == []
    assert (problem.return_reason, owed(problem, "problem-rework")) == ("", {})


def test_a_case_opened_by_mistake_is_cancelled(works: Factory) -> None:
    problem = cases.case(works)
    assert attempt(works, moving.cancel, problem, by="lin")[0].startswith("这一步由")
    moving.cancel(problem, "重复立案", context=works.context("qian", "2026-11-16 10:00"))
    assert (problem.phase, problem.cancel_reason, owed(problem)) == ("void", "重复立案", {})
    assert (
        refused(
            lambda: content.write(
                problem, "symptom", "改", version=None, context=works.context("lin", "2026-11-16 11:00")
            )
        )
        != []
    )


def test_a_cause_worded_anew_after_its_effect_was_proven_is_tested_before_d7_ends(works: Factory) -> None:
    problem = cases.through(works, cases.proven)
    root = problem.causes.filter(is_root=True).first()
    assert root is not None
    cases.changed(works, root, text="另一个原因")
    assert attempt(works, moving.prevent, problem) == ["原因“另一个原因”还没有验证"]
    root.refresh_from_db()
    cases.changed(works, root, method="换件对比", result="passed")
    assert attempt(works, moving.prevent, problem) == []
