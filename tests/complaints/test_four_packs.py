"""What differs between the built-in packs on the way of a complaint, and what holds in all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import ending, judging
from huiyin.complaints.models import Complaint
from huiyin.improvement.actions import opening
from huiyin.improvement.models import Problem
from huiyin.improvement.values import ProblemFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.files.files import attach
from huiyin.records.steps.authority import limit_of
from huiyin.records.steps.refusals import Refused
from tests.cast import factory, pack
from tests.records.office import picture, upload
from tests.story import Story, told

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # what differs between packs differs in both

PACKS = ("base", "feedback", "communication", "complaint-measures")


def open_rules(story: Story) -> list[str]:
    rows = Obligation.objects.filter(OPEN, record_id=story.complaint.pk)
    return sorted(rows.values_list("rule", flat=True))


@pytest.mark.parametrize(
    ("key", "limits"),
    [
        ("base", {"mei": 0, "song": 1000, "qian": 1000, "shen": 1000, "zong": None, "lin": 0, "fang": 1000}),
        ("feedback", {"mei": 0, "song": 2000, "lin": 0, "qian": 2000, "zong": None, "tao": 2000}),
        ("communication", {"mei": 0, "song": 3000, "qian": 0, "bai": 10000, "zong": None}),
        ("complaint-measures", {"mei": 0, "song": 5000, "qian": 5000, "bai": 20000, "zong": None}),
    ],
)
def test_who_may_promise_how_much_is_the_procedures(key: str, limits: dict[str, int | None]) -> None:
    company = factory(key)
    found = {name: limit_of(company.context(name, "2026-11-16 09:00").actor, company.procedure) for name in limits}
    assert found == {name: None if v is None else Decimal(v) for name, v in limits.items()}


@pytest.mark.parametrize("key", ["base", "feedback", "communication", "complaint-measures"])
def test_what_is_closed_owes_nothing_but_measures_still_to_be_carried_out(key: str) -> None:
    story = told(factory(key), "closed")
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.phase, now.closed_at) == ("closed", "closed", story.now)
    left = set(Obligation.objects.filter(OPEN, record_id=now.pk).values_list("rule", flat=True))
    assert left - {"carry-out"} == set()
    assert verify().code == 0


def test_the_measures_pack_closes_only_what_was_carried_out_and_verified() -> None:
    story = told(factory("complaint-measures"), "accepted")
    with pytest.raises(Refused) as refused:
        ending.close(story.complaint, "好", context=story.context("bai"))
    assert [r.show("zh") for r in refused.value.reasons] == ["制造部的措施还没有验证效果"]


def test_where_the_procedure_says_so_a_rejected_one_is_still_explained_to_the_customer() -> None:
    story = told(factory("communication"), "judged")
    attach(story.complaint, upload("铭牌.png", picture()), actor=story.works.lin, at=story.now)
    ending.reject(story.complaint, "not-our-product", "铭牌不符", context=story.context("lin"))
    assert (story.complaint.state, story.complaint.phase) == ("decided", "answer")
    assert open_rules(story) == ["answer", "explain"]
    story.answer()
    assert open_rules(story) == ["customer-opinion"]


def test_two_of_the_packs_close_after_acceptance_without_a_call_back() -> None:
    found = {key: pack(key).step("complaint.call_back") is not None for key in PACKS}
    assert found == {"base": True, "feedback": False, "communication": True, "complaint-measures": False}


def a_case(story: Story, *complaints: Complaint) -> Problem:
    """Quality opens a case, which explains these complaints."""
    facts = ProblemFacts("接头漏油", severity="function")
    return opening.open_problem(facts, procedure_id=story.works.version, cases=complaints, context=story.context("lin"))


@pytest.mark.parametrize(
    ("key", "rule", "act"), [("communication", "eight-steps", "judge"), ("complaint-measures", "abnormality-sheet", "")]
)
@pytest.mark.parametrize("how", ["opened", "attached", "before", "withdrawn"])
def test_the_sheet_is_a_case_that_somebody_owes(key: str, rule: str, act: str, how: str) -> None:
    story = told(factory(key), "verified" if act else "judged")
    other = a_case(story, story.complaint) if how == "before" else a_case(story) if how == "attached" else None
    if act:
        story.judge()
    else:
        judging.settle(story.complaint, "换了标签", "justified", context=story.context("bai"))
    owed = Obligation.objects.filter(rule=rule, record_id=story.complaint.pk)
    if how == "before":
        assert not owed.exists()
        return
    assert open_rules(story).count(rule) == 1
    match how:
        case "opened":
            other = a_case(story, story.complaint)
        case "attached" if other is not None:
            opening.attach_case(other, story.complaint, context=story.context("lin"))
        case _:
            ending.withdraw(story.complaint, "装错", context=story.context("mei"))
    row = owed.get()
    ended = (row.fulfilled_at, row.cancelled_at)
    assert ended == ((None, story.now) if how == "withdrawn" else (story.now, None))
    said = [sentence(one, "zh") for one in Entry.objects.filter(event="obligation.fulfilled").order_by("id")]
    assert said == ([] if other is None else [f"“{row.label.zh}”由 {other.number} 办理"])
    assert verify().code == 0


def test_what_is_no_matter_of_quality_needs_no_eight_steps() -> None:
    story = told(factory("communication"), "verified")
    story.judge(cause_kind="non-quality")
    assert "eight-steps" not in open_rules(story)


def concludes(story: Story, verb: str, who: str, within: str) -> Complaint:
    """Who merges the measures this way, having answered whether it lay within the service period."""
    context = story.context(who, values={"within_service_period": within} if within else {})
    getattr(judging, verb)(story.complaint, "justified", "实物确认", "已更换工装", context=context)
    return Complaint.objects.get(pk=story.complaint.pk)


@pytest.mark.parametrize(
    ("within", "verb", "state", "owed"),
    [
        ("yes", "conclude", "concluded", ["answer", "carry-out", "eight-steps", "verdict-approval"]),
        ("no", "conclude_finally", "decided", ["answer", "carry-out", "eight-steps"]),
    ],
)
def test_only_what_happened_within_the_service_period_waits_for_management(
    within: str, verb: str, state: str, owed: list[str]
) -> None:
    story = told(factory("communication"), "approved_tasks")
    other = {"yes": "no", "no": "yes"}[within]
    for answer, why in (
        (other, "“是否售后期内的质量异常”须是“{}”，现在是“{}”"),
        ("", "请填写“是否售后期内的质量异常”"),
    ):
        with pytest.raises(Refused) as refused:
            concludes(story, verb, "lin", answer)
        words = {"yes": "是", "no": "否"}
        assert {name: said.show("zh") for name, said in refused.value.fields.items()} == {
            "within_service_period": why.format(words[within], words[other])
        }
    now = concludes(story, verb, "lin", within)
    approved = (now.verdict_approved_by, now.verdict_approved_at)
    assert (now.state, now.extra["within_service_period"], open_rules(story)) == (state, within, owed)
    assert approved == ((None, None) if within == "yes" else (story.works.lin, story.now))
    story.approve_verdict() if within == "yes" else None
    for chapter in ("answer", "accept", "call_back", "close"):
        getattr(story, chapter)()
    assert (story.complaint.state, verify().code) == ("closed", 0)


def test_what_was_answered_before_is_asked_again_and_may_be_answered_otherwise() -> None:
    story = told(factory("communication"), "approved_tasks")
    concludes(story, "conclude_finally", "lin", "no")
    story.answer()
    story.refuse()
    assert open_rules(story) == ["answer-again", "carry-out", "conclude-again", "eight-steps"]
    now = concludes(story, "conclude", "lin", "yes")
    assert (now.state, now.verdict_approved_at, now.extra["within_service_period"]) == ("concluded", None, "yes")
    assert open_rules(story) == ["answer-again", "carry-out", "eight-steps", "verdict-approval"]


@pytest.mark.parametrize("key", ["base", "feedback", "complaint-measures"])
def test_only_the_pack_that_names_it_has_a_verdict_that_nobody_approves(key: str) -> None:
    story = told(factory(key), "approved_tasks")
    with pytest.raises(Refused) as refused:
        concludes(story, "conclude_finally", story.judge_name(), "no")
    assert [r.show("zh") for r in refused.value.reasons] == [
        f"现在处于“{story.works.procedure.state('complaint', 'handling').label.zh}”，不能“汇总结论，无须批准”"
    ]


@pytest.mark.parametrize(("key", "function"), [*((key, "quality") for key in PACKS[:3]), (PACKS[3], "office")])
@pytest.mark.parametrize("after", ["refused", "reopened", "returned"])
def test_who_must_conclude_anew_owes_it_until_it_is_done(key: str, function: str, after: str) -> None:
    story = told(factory(key), "concluded" if after == "returned" else "answered")
    match after:
        case "refused":
            story.refuse()
        case "returned":
            returns = "mei" if key == "feedback" else "zong"
            judging.return_verdict(story.complaint, "依据不足", context=story.context(returns))
        case _:
            story.accept()
            story.call_back()
            ending.reopen(story.complaint, "又漏了", context=story.context("zong"))
    owed = Obligation.objects.get(OPEN, record_id=story.complaint.pk, rule__startswith="conclude-")
    assert owed.owner_department is not None
    assert function in owed.owner_department.functions
    story.conclude()
    assert not Obligation.objects.filter(OPEN, pk=owed.pk).exists()
