"""The first-contact owner hands over only to somebody who takes it; until then it, and what it owes, stays theirs."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import ending, ownership
from huiyin.complaints.models import Complaint
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.obligations.queries import open_for
from huiyin.people.models import Person
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 10:30")


def owners(complaint: Complaint) -> dict[str, tuple[str | None, str | None]]:
    """Who owes each open obligation: person and department."""
    rows = Obligation.objects.filter(OPEN, record_id=complaint.pk).select_related("owner_person", "owner_department")
    return {
        row.rule: (
            row.owner_person.username if row.owner_person else None,
            row.owner_department.key if row.owner_department else None,
        )
        for row in rows
    }


def test_until_it_is_taken_the_owner_stays_and_somebody_owes_the_answer(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.song, "休假", context=works.context("mei", "2026-11-16 09:30"))
    assert (complaint.owner, complaint.transfer_to) == (works.mei, works.song)
    row = Obligation.objects.get(record_id=complaint.pk, rule="transfer-acceptance")
    assert (row.due_at, row.fulfilled_at) == (at("2026-11-16 15:00"), None)
    assert owners(complaint)["transfer-acceptance"] == ("song", "reception")


def test_the_receiver_is_told(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.lin, "型号归你", context=works.context("mei", "2026-11-16 09:30"))
    assert [n.text_zh for n in Notice.objects.filter(person=works.lin)] == ["王晓梅提出移交给林志远：型号归你"]


def test_with_the_complaint_goes_what_its_owner_owes(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.lin, "休假", context=works.context("mei", "2026-11-16 09:30"))
    assert owners(complaint)["answer"] == ("mei", "reception")
    assert owners(complaint)["transfer-acceptance"] == ("lin", "quality")
    ownership.accept_transfer(complaint, context=works.context("lin", "2026-11-16 10:00"))
    assert (complaint.owner, complaint.transfer_to, complaint.transfer_reason) == (works.lin, None, "")
    assert owners(complaint) == {"answer": ("lin", "quality"), "verify": ("lin", "quality")}
    assert timeline("complaint", complaint.pk)[0].text.zh == "林志远接手了投诉（原负责人王晓梅）"
    assert verify().code == 0


def test_what_belongs_to_a_department_stays_with_it(works: Factory) -> None:
    story = told(works, "verified")
    ownership.offer_transfer(story.complaint, works.lin, "休假", context=story.context("mei"))
    ownership.accept_transfer(story.complaint, context=story.context("lin"))
    assert owners(story.complaint) == {"answer": ("lin", "quality"), "judge": (None, "reception")}


def test_declined_it_stays_where_it_was(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.lin, "休假", context=works.context("mei", "2026-11-16 09:30"))
    ownership.decline_transfer(complaint, "我也休假", context=works.context("lin", "2026-11-16 10:00"))
    assert (complaint.owner, complaint.transfer_to) == (works.mei, None)
    assert owners(complaint)["answer"] == ("mei", "reception")
    row = Obligation.objects.get(record_id=complaint.pk, rule="transfer-acceptance")
    assert row.fulfilled_at == at("2026-11-16 10:00")


def test_whoever_it_is_offered_to_is_reminded(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.fang, "开票问题", context=works.context("mei", "2026-11-16 09:30"))
    fang = Person.objects.get(pk=works.fang.pk)
    assert [row.rule for row in open_for(fang)] == ["transfer-acceptance"]
    sweep(at=at("2026-11-16 15:00"))
    said = "“接收或谢绝移交；此前仍由首问人负责”已到期，已提醒：方会计"
    assert said in [n.text_zh for n in Notice.objects.filter(person=fang)]


def test_nobody_else_takes_it(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.lin, "休假", context=works.context("mei", "2026-11-16 09:30"))
    with pytest.raises(Refused) as refused:
        ownership.accept_transfer(complaint, context=works.context("qian", "2026-11-16 10:00"))
    assert [r.show("en") for r in refused.value.reasons] == ["The transfer is meant for somebody else"]


def test_the_owner_cannot_be_asked_to_take_it(works: Factory) -> None:
    complaint = works.complaint()
    with pytest.raises(Refused) as refused:
        ownership.offer_transfer(complaint, works.mei, "换人", context=works.context("song", "2026-11-16 09:30"))
    assert {k: v.show("zh") for k, v in refused.value.fields.items()} == {"to": "王晓梅已经是负责人"}


def test_a_second_offer_waits_for_the_first(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.lin, "休假", context=works.context("mei", "2026-11-16 09:30"))
    with pytest.raises(Refused) as refused:
        ownership.offer_transfer(complaint, works.song, "休假", context=works.context("mei", "2026-11-16 09:40"))
    assert [r.show("zh") for r in refused.value.reasons] == ["已经在移交，等对方接收"]


def test_a_withdrawn_complaint_is_not_being_handed_over(works: Factory) -> None:
    complaint = works.complaint()
    ownership.offer_transfer(complaint, works.lin, "休假", context=works.context("mei", "2026-11-16 09:30"))
    ending.withdraw(complaint, "客户撤回", context=works.context("mei", "2026-11-16 09:40"))
    assert owners(complaint) == {}


def test_whoever_it_is_offered_to_sees_it_and_finds_both_buttons(office: Office) -> None:
    complaint = office.works.complaint()
    page = f"/complaints/{complaint.number}"
    assert office.desk("fang").get(page).status == 404
    sent = office.works.context("mei", "2026-11-16 09:30")
    ownership.offer_transfer(complaint, office.works.fang, "开票问题", context=sent)
    shown = office.desk("fang").get(page)
    assert shown.status == 200
    assert [f"{page}/{noun}" in shown.links for noun in ("transfer-acceptance", "transfer-decline")] == [
        True,
        True,
    ]
    assert office.desk("fang").send(f"{page}/transfer-acceptance").status_code == 302
    assert Complaint.objects.get(pk=complaint.pk).owner == office.works.fang
