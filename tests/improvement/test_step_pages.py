"""Each step's page of a case takes the step for whom it may, and says to others why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from huiyin.improvement.actions import effects, submitting
from huiyin.improvement.models import Problem
from huiyin.improvement.steps import STEPS
from tests.cast import Factory
from tests.desk import Office, ParsedPage, stopped
from tests.improvement import cases
from tests.stage import stage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite_alone,
]  # what is done there is asked of both databases by the files of the actions
works = stage("base")
DEFECT = "leakage"
Before = Callable[[Factory], Problem]


@pytest.fixture
def office(works: Factory) -> Iterator[Office]:
    with stopped("2026-12-14 10:00") as clock:
        yield Office(works, clock)


def up_to(last: Any) -> Before:
    """A case as far as ``last``."""
    return lambda works: cases.through(works, last)


def ready(last: Any, *more: Callable[[Factory, Problem], Any]) -> Before:
    """A case as far as ``last``, with what the next step asks for."""

    def before(works: Factory) -> Problem:
        problem = cases.through(works, last) if last else cases.case(works)
        for one in more:
            one(works, problem)
        return problem

    return before


def causes(works: Factory, problem: Problem) -> None:
    cases.proven_cause(works, problem, "occurrence", "沟槽深度超差 0.2 mm，O 形圈压缩量不足")
    cases.proven_cause(works, problem, "escape", "出厂试压压力低于规定值，漏检")


def actions(works: Factory, problem: Problem) -> None:
    for cause in problem.causes.order_by("id"):
        cases.action(works, problem, cause, "防错夹具")


def carried_out(works: Factory, problem: Problem) -> None:
    cases.effect(works, problem)
    for one in problem.actions.filter(chosen=True).order_by("id"):
        cases.changed(works, one, done_on=cases.day("2026-11-25"), cut_in_batch="B2613", proof="照片")


def containment(works: Factory, problem: Problem) -> None:
    cases.described(works, problem)
    cases.row(works, problem, "containment", location="finished", suspect=10, inspected=10, ok=9, ng=1, scrapped=1)


def documents(works: Factory, problem: Problem) -> None:
    cases.row(
        works,
        problem,
        "document",
        document="pfmea",
        before="A/1",
        after="A/2",
        done_on=cases.day("2026-12-12"),
    )


def submitted(works: Factory, problem: Problem) -> None:
    submitting.submit(problem, "张工", "D5", "", context=works.context("lin", "2026-12-01 09:00"))


def failed(works: Factory, problem: Problem) -> None:
    one = problem.effects.get()
    effects.check_effect(problem, one, "failed", "12%", "", context=works.context("qian", "2026-12-10 16:00"))


@dataclass(frozen=True)
class CaseStepWalk:
    """One step by its page: who takes it from where, what they write, where the case stands afterwards."""

    noun: str
    before: Before
    after: str
    by: str = "lin"
    typed: dict[str, Any] = field(default_factory=dict)


WALKS = (
    CaseStepWalk(
        "decision",
        ready(None),
        "open",
        typed={"needs_cause": "yes", "needs_action": "yes", "needs_effect": "yes", "reason": "影响使用"},
    ),
    CaseStepWalk("containment", ready(None, containment), "contained"),
    CaseStepWalk("analysis", ready(cases.contained, causes), "analysed", typed={"words": "两条线都已证实"}),
    CaseStepWalk("choice", ready(cases.analysed, actions), "planned"),
    CaseStepWalk(
        "effect",
        up_to(cases.planned),
        "planned",
        typed={
            "metric": "渗油率",
            "baseline": "30%",
            "target": "0",
            "starts_on": "2026-12-15",
            "ends_on": "2026-12-30",
            "checker": "钱卫东",
        },
    ),
    CaseStepWalk("effect-dropped", up_to(cases.implemented), "implemented", typed={"reason": "指标选错"}),
    CaseStepWalk("implementation", ready(cases.planned, carried_out), "implemented"),
    CaseStepWalk(
        "effect-check", up_to(cases.implemented), "implemented", by="qian", typed={"result": "0%", "verdict": "proven"}
    ),
    CaseStepWalk("proof", ready(cases.implemented, cases.checked), "proven"),
    CaseStepWalk("failure", ready(cases.implemented, failed), "contained", typed={"words": "仍有渗油"}),
    CaseStepWalk("prevention", ready(cases.proven, documents), "prevented"),
    CaseStepWalk("approval", up_to(cases.prevented), "closed", by="qian"),
    CaseStepWalk("return", up_to(cases.prevented), "proven", by="qian", typed={"words": "横向展开没有写"}),
    CaseStepWalk("submission", up_to(cases.analysed), "analysed", typed={"to": "张工", "reaches": "D4"}),
    CaseStepWalk(
        "submission-decision",
        ready(cases.analysed, submitted),
        "analysed",
        typed={"decision": "accepted", "score": "90"},
    ),
    CaseStepWalk("handover", ready(None), "open", typed={"owner": "陶工", "reason": "结构问题"}),
    CaseStepWalk("reopening", up_to(cases.closed), "contained", by="qian", typed={"words": "又漏了"}),
    CaseStepWalk("cancellation", ready(None), "cancelled", by="qian", typed={"words": "重复立案"}),
)


@pytest.mark.parametrize("walk", WALKS, ids=lambda one: one.noun)
def test_the_page_takes_the_step(works: Factory, office: Office, walk: CaseStepWalk) -> None:
    problem = walk.before(works)
    path = f"/problems/{problem.number}/{walk.noun}"
    answer = office.desk(walk.by).send(path, **walk.typed)
    said = ParsedPage(answer).text[:900] if answer.status_code != 302 else ""
    assert (answer.status_code, said) == (302, "")
    problem.refresh_from_db()
    assert (answer["Location"], problem.state) == (f"/problems/{problem.number}", walk.after)


@pytest.mark.parametrize("noun", sorted(STEPS.by_noun))
def test_whoever_may_not_is_told_why_and_others_find_nothing(works: Factory, office: Office, noun: str) -> None:
    problem = cases.case(works)
    path = f"/problems/{problem.number}/{noun}"
    assert office.desk("cai").get(path).status == 404
    assert office.desk("cai").post(path, {}).status_code == 404
    page = office.desk("mei").get(path)
    assert page.status in (200, 404)
    answer = office.desk("lin").post(path, {})
    assert answer.status_code in (302, 422)


def test_an_earlier_report_is_referred_to(works: Factory, office: Office) -> None:
    earlier, problem = cases.through(works, cases.closed, defect=DEFECT), cases.case(works, defect=DEFECT)
    lin = office.desk("lin")
    page = lin.get(f"/problems/{problem.number}/alike")
    path = f"/problems/{problem.number}/reference?other={earlier.number}"
    assert ("同一产品 同一不良现象" in page.text, path in page.links) == (True, True)
    assert lin.get(path.partition("?")[0], other=earlier.number).form(path.partition("?")[0]).values["other"] == [
        earlier.number
    ]
    answer = lin.send(f"/problems/{problem.number}/reference", other=earlier.number, reason="同一沟槽超差")
    problem.refresh_from_db()
    assert (answer.status_code, problem.state, problem.refers_to) == (302, "referred", earlier)
    assert f"引用报告 {earlier.number}" in lin.get(f"/problems/{problem.number}").text


def test_complaints_are_attached_and_taken_off(works: Factory, office: Office) -> None:
    complaint, problem = works.complaint(), cases.case(works)
    lin = office.desk("lin")
    base = f"/problems/{problem.number}"
    refused = ParsedPage(lin.send(f"{base}/case", case="FK999"))
    assert (refused.status, "没有编号为 FK999 的投诉" in refused.text) == (422, True)
    assert lin.send(f"{base}/case", case=complaint.number).status_code == 302
    assert f"/complaints/{complaint.number}" in lin.get(base).links
    assert lin.send(f"{base}/case-removal", reason="另有原因").status_code == 302
    assert f"/complaints/{complaint.number}" not in lin.get(base).links


def test_who_approves_reads_the_weak_points_and_is_not_stopped(works: Factory, office: Office) -> None:
    problem = cases.through(works, cases.prevented)
    page = office.desk("qian").get(f"/problems/{problem.number}/approval")
    assert "没有追问系统的原因" in page.text
    assert "没有追问系统的原因" not in office.desk("qian").get(f"/problems/{problem.number}/handover").text
