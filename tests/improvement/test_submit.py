"""What the customer was given stays as it was, and what they decided is on record."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import moving, submitting
from huiyin.improvement.models import Problem, Submission
from huiyin.improvement.queries import snapshot
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from tests.cast import Factory, at
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def given(works: Factory, problem: Problem, reaches: str = "D4", when: str = "2026-11-20 09:00") -> Submission:
    return submitting.submit(problem, "周厂 SQE", reaches, "请审", context=works.context("lin", when))


def owed(problem: Problem) -> dict[str, object]:
    rules = ("problem-customer-decision", "problem-submit-again")
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk, rule__in=rules)
    return dict(rows.values_list("rule", "due_at"))


def test_a_submission_is_frozen(works: Factory) -> None:
    problem = cases.through(works, cases.analysed)
    one = given(works, problem)
    before = Submission.objects.get(pk=one.pk).content
    assert before == snapshot(problem, "D4")
    assert list(before["sections"]) == ["D0", "D1", "D2", "D3", "D4"]
    assert before["sections"]["D2"]["texts"]["statement"] == "HY-40 接头在 O 形圈处渗油"
    assert before["sections"]["D4"]["rows"]["cause"][0]["text"].startswith("沟槽深度超差")
    assert before["sections"]["D1"]["rows"]["member"][0]["person"] == {"zh": "林志远", "en": "林志远"}
    assert before["sections"]["D3"]["rows"]["containment"][0]["suspect"] == "100.000"
    assert (before["header"]["number"], before["header"]["revision"]) == (problem.number, 0)
    cases.text(works, problem, "statement", "另一句话")
    cases.changed(works, problem.causes.earliest("id"), text="改写后的原因")
    assert Submission.objects.get(pk=one.pk).content == before
    assert snapshot(problem, "D4") != before
    assert verify().code == 0


def test_the_journal_notices_a_snapshot_that_was_tampered_with(works: Factory) -> None:
    problem = cases.through(works, cases.analysed)
    one = given(works, problem)
    Submission.objects.filter(pk=one.pk).update(content={"sections": {}})
    assert verify().code == 1


def test_the_customer_decides_with_a_score(works: Factory) -> None:
    problem = cases.through(works, cases.analysed)
    one = given(works, problem)
    assert owed(problem) == {"problem-customer-decision": at("2026-12-04 09:00")}
    submitting.decide_submission(one, "accepted", 88, "可以", context=works.context("lin", "2026-11-24 09:00"))
    assert (one.decision, one.score, one.words, one.decided_at) == (
        "accepted",
        88,
        "可以",
        at("2026-11-24 09:00"),
    )
    assert owed(problem) == {}
    said = sentence(Entry.objects.filter(event="problem.submission_decided").get(), "zh")
    assert said == "客户意见：认可（评分 88）。可以"


def test_a_rejected_report_is_owed_again(works: Factory) -> None:
    problem = cases.through(works, cases.analysed)
    one = given(works, problem)
    submitting.decide_submission(one, "rejected", None, "证据不足", context=works.context("lin", "2026-11-24 09:00"))
    assert owed(problem) == {"problem-submit-again": at("2026-11-27 09:00")}
    given(works, problem, when="2026-11-25 09:00")
    assert list(owed(problem)) == ["problem-customer-decision"]


def test_decisions_that_do_not_fit(works: Factory) -> None:
    problem = cases.through(works, cases.analysed)
    sent = works.context("lin", "2026-11-24 09:00")
    one = given(works, problem)
    decide = submitting.decide_submission
    assert refused(lambda: given(works, problem, "D2")) == ["请选择提交到哪一步"]
    assert refused(lambda: decide(one, "perhaps", None, "", context=sent)) == ["请选择客户意见"]
    assert refused(lambda: decide(one, "accepted", 101, "", context=sent)) == ["评分在 0 到 100 之间"]
    decide(one, "accepted", 100, "", context=sent)
    assert refused(lambda: decide(one, "rejected", 0, "", context=sent)) == ["没有等客户答复的提交"]


def test_the_report_is_not_approved_while_the_customer_ponders(works: Factory) -> None:
    problem = cases.through(works, cases.prevented)
    one = given(works, problem, "D8", "2026-12-12 11:00")
    approve = lambda: moving.approve(problem, "", context=works.context("qian", "2026-12-14 09:00"))  # noqa: E731
    assert refused(approve) == ["提交给周厂 SQE的报告还没有答复"]
    submitting.decide_submission(one, "conditional", 70, "补照片", context=works.context("lin", "2026-12-13 09:00"))
    assert refused(approve) == []


def test_a_closed_report_may_still_be_given(works: Factory) -> None:
    problem = cases.through(works, cases.closed)
    one = given(works, problem, "D8", "2026-12-15 09:00")
    assert one.content["sections"]["D7"]["rows"]["document"][0]["after"] == "A/2"
