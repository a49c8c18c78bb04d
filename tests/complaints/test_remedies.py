"""Remedies within and above one's limit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import remedies
from huiyin.complaints.actions.values import RemedyInput
from huiyin.complaints.models import Remedy
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 11:00")


def money(amount: str, remedy: str = "compensation") -> RemedyInput:
    return RemedyInput(remedy, amount=Decimal(amount))


def test_within_the_limit_it_is_granted_at_once(works: Factory) -> None:
    story = told(works, "judged")
    row = remedies.grant(story.complaint, money("1000"), context=story.context("song"))
    assert (row.decision, row.asked_by, row.decided_by, row.decided_at, row.currency) == (
        Remedy.GRANTED,
        works.song,
        works.song,
        story.now,
        "CNY",
    )
    assert verify().code == 0


def test_one_cent_above_it_is_refused_with_both_sums(works: Factory) -> None:
    story = told(works, "judged")
    with pytest.raises(Refused) as refused:
        remedies.grant(story.complaint, money("1000.01"), context=story.context("song"))
    assert {k: v.show("en") for k, v in refused.value.fields.items()} == {
        "amount": "1,000.01 is above your limit of 1,000.00; it can only be requested"
    }
    assert Remedy.objects.count() == 0


def test_goods_without_a_sum_need_no_limit(works: Factory) -> None:
    story = told(works, "judged")
    row = remedies.grant(story.complaint, RemedyInput("resupply", quantity=Decimal(10)), context=story.context("mei"))
    assert (row.decision, row.quantity, row.amount) == (Remedy.GRANTED, 10, None)


def test_what_is_requested_is_owed_a_decision_by_the_head(works: Factory) -> None:
    story = told(works, "judged")
    row = remedies.request(story.complaint, money("3000"), context=story.context("mei"))
    owed = Obligation.objects.get(record_id=story.complaint.pk, rule="remedy-approval")
    assert (owed.heads_only, owed.owner_department, owed.part) == (True, works.song.department, row.part_key)


def test_whose_limit_does_not_suffice_cannot_approve_but_may_deny(works: Factory) -> None:
    story = told(works, "judged")
    row = remedies.request(story.complaint, money("3000"), context=story.context("mei"))
    with pytest.raises(Refused) as refused:
        remedies.approve(story.complaint, row, "", context=story.context("song"))
    assert [r.show("zh") for r in refused.value.reasons] == ["3,000.00 元超过您的权限（1,000.00 元），只能申请"]
    remedies.deny(story.complaint, row, "先看 8D", context=story.context("song"))
    row.refresh_from_db()
    assert (row.decision, row.decided_by, row.decision_note) == (Remedy.DENIED, works.song, "先看 8D")
    assert Obligation.objects.get(record_id=story.complaint.pk, rule="remedy-approval").fulfilled_at == story.now


def test_nobody_approves_their_own_request(works: Factory) -> None:
    story = told(works, "judged")
    row = remedies.request(story.complaint, money("500"), context=story.context("song"))
    with pytest.raises(Refused) as refused:
        remedies.approve(story.complaint, row, "", context=story.context("song"))
    assert [r.show("zh") for r in refused.value.reasons] == ["不能批准自己的申请"]


def test_what_is_decided_stays_decided(works: Factory) -> None:
    story = told(works, "judged")
    first = remedies.request(story.complaint, money("3000"), context=story.context("mei"))
    remedies.request(story.complaint, money("50", "refund"), context=story.context("mei"))
    remedies.approve(story.complaint, first, "同意", context=story.context("zong"))
    with pytest.raises(Refused) as refused:
        remedies.deny(story.complaint, first, "", context=story.context("zong"))
    assert [r.show("zh") for r in refused.value.reasons] == ["这项申请已经批复"]


def test_each_request_is_owed_and_decided_by_itself(works: Factory) -> None:
    story = told(works, "judged")
    first = remedies.request(story.complaint, money("3000"), context=story.context("mei"))
    second = remedies.request(story.complaint, money("50", "refund"), context=story.context("mei"))
    remedies.approve(story.complaint, first, "", context=story.context("zong"))
    rows = Obligation.objects.filter(record_id=story.complaint.pk, rule="remedy-approval").order_by("id")
    assert [(r.part, r.fulfilled_at) for r in rows] == [(first.part_key, story.now), (second.part_key, None)]


def test_no_answer_goes_out_while_a_request_waits(works: Factory) -> None:
    story = told(works, "decided")
    remedies.request(story.complaint, money("3000"), context=story.context("mei"))
    with pytest.raises(Refused) as refused:
        story.answer()
    assert [r.show("zh") for r in refused.value.reasons] == ["还有补救申请没有批复"]


def test_a_request_of_another_complaint_cannot_be_decided_here(works: Factory) -> None:
    one, other = told(works, "judged"), told(works, "judged")
    row = remedies.request(one.complaint, money("3000"), context=one.context("mei"))
    remedies.request(other.complaint, money("10"), context=other.context("mei"))
    with pytest.raises(Refused):
        remedies.approve(other.complaint, row, "", context=other.context("zong"))
    assert Remedy.objects.get(pk=row.pk).decision == Remedy.REQUESTED


def test_the_page_refuses_on_the_amount_and_keeps_the_rest(office: Office) -> None:
    story = told(office.works, "judged")
    path = f"/complaints/{story.complaint.number}/remedy"
    page = ParsedPage(office.desk("song").send(path, remedy="compensation", amount="1,500", note="停线损失"))
    assert page.status == 422
    assert "1,500.00 元超过您的权限（1,000.00 元），只能申请" in page.text
    kept = page.form(path).values
    assert (kept["remedy"], kept["amount"], kept["note"]) == (["compensation"], ["1,500"], ["停线损失"])


def test_a_negative_sum_is_no_remedy(office: Office) -> None:
    story = told(office.works, "judged")
    path = f"/complaints/{story.complaint.number}/remedy"
    assert office.desk("song").send(path, remedy="compensation", amount="-5").status_code == 422
    assert Remedy.objects.count() == 0


def test_the_only_waiting_request_is_chosen_already(office: Office) -> None:
    story = told(office.works, "judged")
    row = remedies.request(story.complaint, money("3000"), context=story.context("mei"))
    path = f"/complaints/{story.complaint.number}/remedy-approval"
    assert office.desk("zong").sheet(path).values["remedy"] == [str(row.pk)]
    remedies.request(story.complaint, money("20", "refund"), context=story.context("mei"))
    assert office.desk("zong").sheet(path).values["remedy"] == [""]
