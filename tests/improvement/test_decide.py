"""What a case needs is decided; where no action is needed a short statement is enough, approved by somebody else."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import moving, opening
from huiyin.improvement.models import Problem
from huiyin.improvement.next_steps import offer_as_primary
from huiyin.improvement.queries import load_details
from huiyin.improvement.values import NeedsDecision
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.kernel.text import t
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.conditions import OfferedStep
from huiyin.records.steps.pages import StepAction
from tests.cast import Factory, at
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")
NOTHING = NeedsDecision(False, False, False, "运输压痕，不影响使用")


def owed(problem: Problem) -> dict[str, object]:
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk)
    return dict(rows.values_list("rule", "due_at"))


def settle(works: Factory, problem: Problem) -> list[str]:
    sent = works.context("lin", "2026-11-16 11:00")
    return refused(lambda: moving.settle(problem, "属运输压痕，已说明", context=sent))


def test_the_decision_stands_on_the_case_and_in_the_journal(works: Factory) -> None:
    problem = cases.case(works)
    opening.decide(
        problem, NeedsDecision(True, True, False, "已有同类"), context=works.context("lin", "2026-11-16 10:00")
    )
    assert (problem.needs_cause, problem.needs_action, problem.needs_effect) == (True, True, False)
    said = Entry.objects.get(event="problem.decided")
    assert sentence(said, "zh") == "林志远判定：原因分析、纠正和预防措施（已有同类）"
    assert sentence(said, "en") == "林志远 decided: cause analysis, corrective or preventive action (已有同类)"


def test_a_decision_wants_its_reason(works: Factory) -> None:
    problem = cases.case(works)
    sent = works.context("lin", "2026-11-16 10:00")
    assert refused(lambda: opening.decide(problem, NeedsDecision(True, True, True, ""), context=sent)) == [
        "请填写“判定理由”"
    ]


def test_without_a_decision_there_is_no_short_way(works: Factory) -> None:
    problem = cases.case(works)
    assert settle(works, problem) == ["需要采取措施，不能只作说明"]
    opening.decide(problem, NOTHING, context=works.context("lin", "2026-11-16 10:00"))
    assert settle(works, problem) == []
    assert (problem.state, problem.statement) == ("settled", "属运输压痕，已说明")
    assert owed(problem) == {
        "problem-close": at("2026-12-16 09:00"),
        "problem-statement-approval": at("2026-11-18 11:00"),
    }
    moving.approve(problem, "同意", context=works.context("qian", "2026-11-17 09:00"))
    assert (problem.state, owed(problem)) == ("closed", {})


def test_a_case_of_simplified_handling_needs_no_decision(works: Factory) -> None:
    assert settle(works, cases.case(works, path="statement")) == []


def test_a_returned_statement_goes_back_where_it_came_from(works: Factory) -> None:
    problem = cases.case(works, path="statement")
    settle(works, problem)
    moving.return_report(problem, "请附照片", context=works.context("qian", "2026-11-16 14:00"))
    assert (problem.state, owed(problem)["problem-rework"]) == ("open", at("2026-11-19 14:00"))
    assert settle(works, problem) == []
    assert "problem-rework" not in owed(problem)


def test_what_is_not_needed_is_not_asked_for(works: Factory) -> None:
    problem = cases.contained(works, cases.case(works))
    opening.decide(
        problem, NeedsDecision(False, True, False, "原因已知"), context=works.context("lin", "2026-11-16 16:00")
    )
    sent = works.context("lin", "2026-11-17 10:00")
    assert refused(lambda: moving.analyse(problem, "", context=sent)) == []
    assert refused(lambda: moving.choose(problem, "", context=sent)) == ["请先选定纠正措施"]
    one = cases.action(works, problem, None, "更换包装")
    assert refused(lambda: moving.choose(problem, "", context=sent)) == []
    cases.changed(works, one, done_on=at("2026-11-17 09:00").date(), cut_in_batch="B2613")
    assert refused(lambda: moving.implement(problem, "", context=sent)) == []
    assert refused(lambda: moving.prove(problem, "", context=sent)) == []


@pytest.mark.parametrize(("moves", "kind"), [(True, "primary"), (False, "plain")])
def test_deciding_leads_on_where_the_case_moves_with_it(works: Factory, moves: bool, kind: str) -> None:
    """Where the procedure begins with the decision it is the next step; where it may come at any time, one of many."""
    problem = cases.case(works)
    offers = [OfferedStep(verb, t("x", "x"), (), True, "") for verb in ("decide", "write")]
    offered = [StepAction(one, "", "plain", moves) for one in offers]
    assert [one.kind for one in offer_as_primary(offered, problem, load_details(problem))] == [kind, "plain"]
