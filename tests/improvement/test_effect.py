"""The proof of effect: planned with a checker who owns nothing, owed at the window's end, the way back on failure."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import effects, moving, opening
from huiyin.improvement.models import Problem
from huiyin.improvement.queries import checks_now, load_details
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.models import Delegation, Person
from tests.cast import Factory, at, day
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def owed(problem: Problem) -> list[tuple[object, ...]]:
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk, rule="problem-effect")
    return list(rows.order_by("id").values_list("part", "owner_person__username", "due_at"))


def test_the_check_is_owed_by_its_checker_at_the_end_of_work_of_the_last_day(works: Factory) -> None:
    problem = cases.through(works, cases.planned)
    one = cases.effect(works, problem)
    other = cases.effect(works, problem, metric="退货", ends_on=day("2026-12-20"), checker=works.peng)  # a Sunday
    assert owed(problem) == [
        (one.part_key, "qian", at("2026-12-10 17:30")),
        (other.part_key, "peng", at("2026-12-20 23:59")),
    ]
    planned = Entry.objects.filter(event="problem.effect_planned").order_by("id")
    bells = Notice.objects.filter(entry_id__in=planned.values("id"), person__in=(works.qian, works.peng))
    assert list(bells.order_by("id").values_list("person__username", flat=True)) == ["qian", "peng"]
    said = sentence(planned[0], "zh")
    assert said == "林志远计划验证效果：渗油率，由钱卫东在 2026-12-10 前验证"


def test_each_check_settles_its_own_obligation(works: Factory) -> None:
    problem = cases.through(works, cases.implemented)
    other = cases.effect(works, problem, metric="退货", checker=works.peng, when="2026-11-26 09:00")
    first = problem.effects.earliest("id")
    effects.check_effect(problem, first, "proven", "0%", "", context=works.context("qian", "2026-12-10 15:00"))
    assert owed(problem) == [(other.part_key, "peng", at("2026-12-10 17:30"))]
    prove = lambda: moving.prove(problem, "", context=works.context("lin", "2026-12-11 09:00"))  # noqa: E731
    assert refused(prove) == ["“退货”还没有验证"]
    effects.check_effect(problem, other, "proven", "0 件", "", context=works.context("peng", "2026-12-10 15:00"))
    assert (refused(prove), owed(problem), problem.state) == ([], [], "proven")


def test_who_owns_the_actions_may_not_check(works: Factory) -> None:
    problem = cases.through(works, cases.planned)
    own = "{}负责措施，不能自己验证效果"
    assert refused(lambda: cases.effect(works, problem, checker=works.lin)) == [own.format("林志远")]
    assert refused(lambda: cases.effect(works, problem, checker=works.tao)) == [own.format("陶工")]
    said = refused(lambda: cases.effect(works, problem, checker=works.tao), "en")
    assert said == ["陶工 answers for the actions and cannot check their effect"]
    assert owed(problem) == []


def test_only_the_checker_checks_or_the_heads_above(works: Factory) -> None:
    problem = cases.through(works, cases.planned)
    cases.effect(works, problem, checker=works.peng)
    for one in problem.actions.order_by("id"):
        cases.changed(works, one, done_on=day("2026-11-25"), cut_in_batch="B2613")
    moving.implement(problem, "", context=works.context("lin", "2026-11-25 16:00"))
    check = lambda who: refused(lambda: cases.checked(works, problem, by=who))  # noqa: E731
    assert check("lin") == ["林志远负责措施，不能自己验证效果"]
    assert check("shen") == ["这项效果由彭师傅验证"]
    Delegation.objects.create(
        person=works.peng, deputy=works.shen, starts_at=at("2026-12-09 00:00"), ends_at=at("2026-12-12 00:00")
    )
    assert check("shen") == []
    assert problem.effects.get().checked_by == works.shen


def test_an_owner_who_came_later_voids_the_proof(works: Factory) -> None:
    """The check was made by somebody who now answers for the case: it does not count."""
    problem = cases.through(works, cases.implemented)
    cases.checked(works, problem)
    opening.hand_over(problem, works.qian, context=works.context("lin", "2026-12-10 17:00"))
    said = refused(lambda: moving.prove(problem, "", context=works.context("qian", "2026-12-11 09:00")))
    assert said == ["钱卫东负责措施，不能自己验证效果"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"metric": " "}, ["请填写"]),
        ({"ends_on": day("2026-11-20")}, ["结束不能早于开始"]),
    ],
)
def test_plans_that_do_not_fit(works: Factory, values: dict[str, object], said: list[str]) -> None:
    problem = cases.through(works, cases.planned)
    assert refused(lambda: cases.effect(works, problem, **values)) == said
    assert owed(problem) == []


def test_a_window_may_be_one_day(works: Factory) -> None:
    problem = cases.through(works, cases.planned)
    one = cases.effect(works, problem, starts_on=day("2026-12-10"), ends_on=day("2026-12-10"))
    assert one.is_open


@pytest.mark.parametrize(
    ("verdict", "result", "said"),
    [("perhaps", "0%", "请选择结论"), ("dropped", "0%", "请选择结论"), ("proven", " ", "请填写测得的结果")],
)
def test_a_verdict_is_one_of_two_and_says_what_was_measured(
    works: Factory, verdict: str, result: str, said: str
) -> None:
    problem = cases.through(works, cases.implemented)
    one, sent = problem.effects.get(), works.context("qian", "2026-12-10 16:00")
    assert refused(lambda: effects.check_effect(problem, one, verdict, result, "", context=sent)) == [said]
    one.refresh_from_db()
    assert one.is_open


def test_a_check_is_settled_once(works: Factory) -> None:
    problem = cases.through(works, cases.implemented)
    first, sent = problem.effects.get(), works.context("qian", "2026-12-10 16:00")
    other = cases.effect(works, problem, metric="退货", when="2026-11-26 09:00")
    effects.check_effect(problem, first, "proven", "0%", "", context=sent)
    settled = ["这项验证已经了结"]
    assert refused(lambda: effects.check_effect(problem, first, "failed", "12%", "", context=sent)) == settled
    assert refused(lambda: effects.drop_effect(problem, first, "", context=sent)) == settled
    foreign = cases.case(works, title="另一件")
    assert refused(lambda: effects.check_effect(foreign, other, "proven", "0%", "", context=sent)) != []
    first.refresh_from_db()
    assert (first.verdict, first.result) == ("proven", "0%")


def test_a_failure_counts_until_the_causes_are_found_anew(works: Factory) -> None:
    """One that was judged in the very moment is of the new round."""
    problem = cases.through(works, cases.implemented)
    cases.checked(works, problem, "failed", when="2026-12-10 16:00")
    for found, counts in (("2026-12-10 15:59", 1), ("2026-12-10 16:00", 1), ("2026-12-10 16:01", 0)):
        problem.analysed_at = at(found)
        assert len(checks_now(load_details(problem), problem)) == counts, found


def test_a_failed_check_leaves_only_the_way_back_to_the_cause(works: Factory) -> None:
    problem = cases.through(works, cases.implemented)
    other = cases.effect(works, problem, metric="退货", checker=works.peng, when="2026-11-26 09:00")
    effects.check_effect(
        problem,
        problem.effects.earliest("id"),
        "failed",
        "12%",
        "仍渗",
        context=works.context("qian", "2026-12-10 15:00"),
    )
    said = refused(lambda: moving.prove(problem, "", context=works.context("lin", "2026-12-11 09:00")), "en")
    assert said == ["“渗油率” missed its target; the way is back to the cause", "“退货” is not checked yet"]
    moving.reject_effect(problem, "12% 仍渗", context=works.context("lin", "2026-12-11 10:00"))
    assert (problem.state, owed(problem)) == ("contained", [])
    assert [e.verdict for e in problem.effects.order_by("id")] == ["failed", "dropped"]
    assert {c.result for c in problem.causes.all()} == {""}
    assert {a.chosen for a in problem.actions.all()} == {False}
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk, rule="problem-causes-again")
    assert [o.due_at for o in rows] == [at("2026-12-16 10:00")]
    other.refresh_from_db()
    assert verify().code == 0


def test_after_a_failure_the_second_round_counts_on_its_own(works: Factory) -> None:
    problem = cases.through(works, cases.implemented)
    cases.checked(works, problem, "failed")
    moving.reject_effect(problem, "仍渗", context=works.context("lin", "2026-12-11 10:00"))
    for one in problem.causes.order_by("id"):
        cases.changed(works, one, result="passed", method="第二轮试验")
    moving.analyse(problem, "", context=works.context("lin", "2026-12-12 10:00"))
    for one in problem.causes.order_by("id"):
        cases.action(works, problem, one, "自动检测装置")
    moving.choose(problem, "", context=works.context("lin", "2026-12-12 11:00"))
    for act in problem.actions.filter(chosen=True):
        cases.changed(works, act, done_on=day("2026-12-13"), cut_in_batch="B2616")
    implement = lambda: moving.implement(problem, "", context=works.context("lin", "2026-12-13 11:00"))  # noqa: E731
    assert refused(implement) == ["请先计划效果验证"]
    cases.effect(works, problem, starts_on=day("2026-12-14"), ends_on=day("2026-12-28"), when="2026-12-13 10:00")
    assert refused(implement) == []
    cases.checked(works, problem, when="2026-12-28 15:00")
    moving.prove(problem, "", context=works.context("lin", "2026-12-28 16:00"))
    assert (problem.state, [e.verdict for e in problem.effects.order_by("id")]) == (
        "proven",
        ["failed", "proven"],
    )


def test_a_check_planned_amiss_is_dropped(works: Factory) -> None:
    problem = cases.through(works, cases.planned)
    one = cases.effect(works, problem)
    effects.drop_effect(problem, one, "改看退货率", context=works.context("lin", "2026-11-20 09:00"))
    assert (owed(problem), one.verdict) == ([], "dropped")
    again = refused(lambda: effects.drop_effect(problem, one, "", context=works.context("lin", "2026-11-20 09:01")))
    assert again == ["没有待验证的效果"]
    assert verify().code == 0


def test_a_cancelled_case_waits_for_no_effect(works: Factory) -> None:
    """What was planned to be checked is dropped with the case, so that nothing on it seems to wait; verdicts stay."""
    problem = cases.through(works, cases.planned)
    judged = cases.effect(works, problem, metric="退货")
    effects.drop_effect(problem, judged, "计划有误", context=works.context("lin", "2026-11-19 12:00"))
    cases.effect(works, problem)
    moving.cancel(problem, "不是我们的产品", context=works.context("qian", "2026-11-20 09:00"))
    assert list(problem.effects.order_by("id").values_list("verdict", flat=True)) == ["dropped", "dropped"]
    assert (owed(problem), verify().code) == ([], 0)


def test_of_quality_the_head_checks_in_the_checkers_place_and_nobody_else(works: Factory) -> None:
    quality = works.lin.department
    works.people["xu"] = Person.objects.create_person("xu", None, name="徐检", department=quality)
    problem = cases.through(works, cases.implemented)
    other = cases.effect(works, problem, metric="退货", checker=works.peng, when="2026-11-26 09:00")
    judge = lambda who: refused(  # noqa: E731
        lambda: effects.check_effect(
            problem, other, "proven", "0 件", "", context=works.context(who, "2026-12-10 15:00")
        )
    )
    assert (judge("xu"), judge("qian")) == (["这项效果由彭师傅验证"], [])
    other.refresh_from_db()
    assert other.checked_by == works.qian
