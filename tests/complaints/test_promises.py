"""Promises to the customer run on the customer's clock: kept one by one, and none is left behind at closing."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import ending, intake
from huiyin.complaints.actions.values import PromiseInput
from huiyin.complaints.models import Complaint, Promise
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 10:00")
SUNDAY = PromiseInput("周日到现场", at("2026-11-22 15:00"))
SOON = PromiseInput("下午回电", at("2026-11-16 15:00"))


def made(works: Factory, complaint: Complaint, promise: PromiseInput, when: str = "2026-11-16 10:00") -> Promise:
    return intake.promise(complaint, promise, context=works.context("mei", when))


def test_a_promise_is_due_when_it_was_promised_even_on_a_sunday(works: Factory) -> None:
    complaint = works.complaint()
    row = made(works, complaint, SUNDAY)
    owed = Obligation.objects.get(part=row.part_key)
    assert (owed.due_at, owed.original_due_at, owed.owner_person) == (
        SUNDAY.promised_at,
        SUNDAY.promised_at,
        works.mei,
    )
    # an hour of work before a Sunday afternoon lies on the Friday
    assert owed.next_alarm_at == at("2026-11-20 16:30")


def test_each_promise_is_kept_by_itself(works: Factory) -> None:
    complaint = works.complaint()
    first, second = made(works, complaint, SOON), made(works, complaint, SUNDAY)
    intake.keep_promise(complaint, first, "已回电", context=works.context("mei", "2026-11-16 14:00"))
    kept = dict(Obligation.objects.filter(rule="customer-promise").values_list("part", "fulfilled_at"))
    assert kept == {first.part_key: at("2026-11-16 14:00"), second.part_key: None}
    assert verify().code == 0


def test_a_kept_promise_is_not_kept_again(works: Factory) -> None:
    complaint = works.complaint()
    first, _ = made(works, complaint, SOON), made(works, complaint, SUNDAY)
    intake.keep_promise(complaint, first, "已回电", context=works.context("mei", "2026-11-16 14:00"))
    with pytest.raises(Refused) as refused:
        intake.keep_promise(complaint, first, "又回电", context=works.context("song", "2026-11-16 15:00"))
    assert [r.show("zh") for r in refused.value.reasons] == ["这项承诺已经兑现"]
    assert Promise.objects.get(pk=first.pk).kept_note == "已回电"


def test_a_promise_of_another_complaint_is_not_kept_here(works: Factory) -> None:
    one, other = works.complaint(), works.complaint()
    mine, _ = made(works, one, SOON), made(works, other, SUNDAY)
    with pytest.raises(Refused):
        intake.keep_promise(other, mine, "", context=works.context("mei", "2026-11-16 11:00"))
    assert Promise.objects.get(pk=mine.pk).kept_at is None


def test_a_complaint_is_not_closed_over_an_open_promise(works: Factory) -> None:
    story = told(works, "called_back", promise=SUNDAY)
    with pytest.raises(Refused) as refused:
        story.close()
    assert [r.show("zh") for r in refused.value.reasons] == ["还有对客户的承诺没有兑现"]


def test_withdrawing_ends_what_was_promised(works: Factory) -> None:
    complaint = works.complaint()
    row = made(works, complaint, SUNDAY)
    ending.withdraw(complaint, "装错了", context=works.context("mei", "2026-11-16 11:00"))
    assert Obligation.objects.get(part=row.part_key).cancelled_at == at("2026-11-16 11:00")


def test_without_a_promise_there_is_none_to_keep(office: Office) -> None:
    complaint = office.works.complaint()
    page = office.desk("mei").get(f"/complaints/{complaint.number}/promise-kept")
    assert (page.status, "没有未兑现的承诺" in page.text) == (200, True)


def test_the_page_asks_what_and_by_when(office: Office) -> None:
    complaint = office.works.complaint()
    path = f"/complaints/{complaint.number}/promise"
    page = ParsedPage(office.desk("mei").send(path, text="下午回电", promised_at="下周一"))
    assert (page.status, page.form(path).values["text"], page.form(path).values["promised_at"]) == (
        422,
        ["下午回电"],
        ["下周一"],
    )
    assert "请写成 2026-11-21 14:05 的样子" in page.text
    assert office.desk("mei").send(path, text="下午回电", promised_at="2026-11-16 15:00").status_code == 302
    assert complaint.promises.get().promised_at == at("2026-11-16 15:00")
