"""A problem that comes back: noticed, and the closed case taken up again in a new revision."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import moving, opening, submitting
from huiyin.improvement.models import Problem
from huiyin.improvement.recurrence import same_words, similar_cases
from huiyin.improvement.values import ProblemFacts
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from tests.cast import Factory, at
from tests.desk import Office, stopped
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def seen(here: Problem | ProblemFacts) -> list[tuple[str, list[str], bool]]:
    return [
        (one.problem.number, [why.show("zh") for why in one.why], one.came_back)
        for one in similar_cases(here, Problem.objects.all())
    ]


def test_the_same_product_and_defect_is_noticed_while_opening(works: Factory) -> None:
    old = cases.through(works, cases.closed, defect="leak")
    open_ = cases.case(works, defect="leak")
    cases.case(works, defect="noise")
    cases.case(works, model="QT-9", defect="leak")
    facts = ProblemFacts(title="又漏", model="HY-40", defect="leak", severity="function")
    assert seen(facts) == [
        (open_.number, ["同一产品", "同一不良现象"], False),
        (old.number, ["同一产品", "同一不良现象"], True),
    ]
    assert seen(ProblemFacts(title="又漏", severity="function", defect="leak")) == []
    assert seen(ProblemFacts(title="又漏", severity="function", model="HY-40")) == []


def test_the_same_cause_is_noticed_once_it_is_found(works: Factory) -> None:
    old = cases.through(works, cases.closed)
    new = cases.case(works, when="2027-01-10 09:00")
    assert seen(new) == []
    cases.row(
        works,
        new,
        "cause",
        leg="occurrence",
        text="沟槽深度超差 0.3 mm，O 形圈压缩量不足",
        is_root=True,
        when="2027-01-10 10:00",
    )
    assert seen(new) == [(old.number, ["同一产品", "同一原因"], True)]
    assert seen(old) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("沟槽深度超差", "沟槽深度超差。", True),
        ("沟槽深度超差", "漏装垫片", False),
        ("Groove too deep", "groove TOO deep", True),
        ("漏", "漏", True),
        ("", "", False),
    ],
)
def test_when_two_wordings_say_the_same(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same


def test_reopening_makes_a_revision_and_asks_for_new_proof(works: Factory) -> None:
    problem = cases.through(works, cases.closed)
    first = submitting.submit(problem, "SQE", "D8", "", context=works.context("lin", "2026-12-15 09:00"))
    moving_words = "同一客户再次渗油"

    def reopen(who: str) -> Problem:
        return moving.reopen(problem, moving_words, context=works.context(who, "2027-01-11 09:00"))

    assert refused(lambda: reopen("mei"))[0].startswith("这一步由")
    reopen("lin")
    assert (problem.state, problem.revision, problem.reopen_reason) == ("contained", 1, moving_words)
    assert (problem.approved_by, problem.approved_at, problem.proven_at, problem.closed_at) == (
        None,
        None,
        None,
        None,
    )
    assert [e.verdict for e in problem.effects.all()] == ["dropped"]
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk).order_by("rule")
    assert list(rows.values_list("rule", "due_at")) == [
        ("problem-causes-reopened", at("2027-01-16 09:00")),
        ("problem-close-reopened", at("2027-02-10 09:00")),
        ("problem-customer-decision", at("2026-12-29 09:00")),
    ]
    second = submitting.submit(problem, "SQE", "D4", "", context=works.context("lin", "2027-01-12 09:00"))
    assert (first.revision, second.revision, second.content["header"]["revision"]) == (0, 1, 1)
    assert refused(lambda: cases.row(works, problem, "cost", cost="scrap", when="2027-01-12 10:00")) == []
    assert verify().code == 0


def test_a_complaint_that_comes_in_after_the_proof_says_that_it_may_be_back(works: Factory) -> None:
    problem = cases.through(works, cases.closed)
    before, after = works.complaint(when="2026-11-17 09:00"), works.complaint(when="2027-01-08 09:00")
    with stopped("2027-01-11 09:00") as clock:
        office = Office(works, clock)
        path = f"/problems/{problem.number}"
        opening.attach_case(problem, before, context=works.context("lin", "2027-01-10 09:00"))
        assert "可能再发" not in office.desk("lin").get(path).text
        opening.attach_case(problem, after, context=works.context("lin", "2027-01-10 10:00"))
        page = office.desk("lin").get(path)
        assert f"{after.number} 在效果证实以后才提出：问题可能再发。" in page.text
        assert page.links.count(f"{path}/reopening") >= 1
        moving.reopen(problem, "再发", context=works.context("lin", "2027-01-11 09:00"))
        assert "可能再发" not in office.desk("lin").get(path).text


def test_reopening_wants_a_reason(works: Factory) -> None:
    problem = cases.through(works, cases.closed)
    said = refused(lambda: moving.reopen(problem, "", context=works.context("lin", "2027-01-11 09:00")))
    assert said == ["请填写“重新立案的原因”"]
    problem.refresh_from_db()
    assert (problem.state, problem.revision) == ("closed", 0)


def test_a_new_case_says_which_one_came_back(works: Factory) -> None:
    old = cases.through(works, cases.closed)
    new = cases.case(works, recurrence_of=old, when="2027-01-10 09:00")
    assert [one.number for one in old.recurrences.all()] == [new.number]


def test_a_cause_that_was_ruled_out_makes_no_earlier_case_alike(works: Factory) -> None:
    old = cases.through(works, cases.closed)
    new = cases.case(works, when="2027-01-10 09:00")
    words = "沟槽深度超差 0.3 mm，O 形圈压缩量不足"
    when = "2027-01-10 10:00"
    cause = cases.row(works, new, "cause", leg="occurrence", text=words, is_root=True, when=when)
    assert [one[0] for one in seen(new)] == [old.number]
    cases.changed(works, cause, ruled_out=True, when="2027-01-10 11:00")
    assert seen(new) == []
