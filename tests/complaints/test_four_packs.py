"""What differs between the built-in packs on the way of a complaint, and what holds in all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import ending, judging
from huiyin.complaints.models import Complaint
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.files.files import attach
from huiyin.records.steps.authority import limit_of
from huiyin.records.steps.refusals import Refused
from tests.cast import factory, pack
from tests.records.office import picture, upload
from tests.story import Story, told

pytestmark = pytest.mark.django_db

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
