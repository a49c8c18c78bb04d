"""A complaint's page: other records only for those who may open them, moments of another year with their year."""

from __future__ import annotations

import re

import pytest

from huiyin.complaints.actions import ending, intake, judging
from huiyin.contacts.actions import register as register_contact
from huiyin.contacts.values import ContactFacts
from huiyin.customers.actions import register_customer
from huiyin.customers.values import CustomerFacts
from huiyin.records.steps.context import StepContext
from tests.cast import at, factory
from tests.desk import Office, stopped
from tests.story import told

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows


def test_numbers_of_records_one_may_not_open_are_not_told() -> None:
    with stopped("2026-11-16 10:00") as clock:
        works = factory("feedback")
        sent = works.context("mei", "2026-11-16 09:00")
        call = register_contact(
            ContactFacts(channel="telephone", happened_at=at("2026-11-16 08:55"), party_name="周厂长", text="漏油"),
            procedure_id=works.version,
            context=sent,
        )
        customer = register_customer(
            CustomerFacts(name="徐州恒岳重型机器有限公司"),
            procedure_id=works.version,
            context=StepContext(sent.actor, sent.at),
        )
        complaint = works.complaint(customer=customer, source=call)
        office = Office(works, clock)
        path = f"/complaints/{complaint.number}"
        pages = {name: office.desk(name).client.get(path).content.decode() for name in ("mei", "tao")}
        named = {
            name: [call.number in page, f"/customers/{customer.number}" in page, customer.name in page]
            for name, page in pages.items()
        }
        assert named == {"mei": [True, True, True], "tao": [False, False, True]}


def test_the_bar_of_what_ended_early_claims_no_step_that_was_not_taken() -> None:
    with stopped("2026-11-16 12:00") as clock:
        works = factory("base")
        first, merged, withdrawn = (works.complaint(when=f"2026-11-16 09:{i}0") for i in range(3))
        intake.verify(merged, "已核对", context=works.context("mei", "2026-11-16 10:00"))
        ending.merge(merged, first, context=works.context("mei", "2026-11-16 10:10"))
        ending.withdraw(withdrawn, "量错", context=works.context("mei", "2026-11-16 10:20"))
        desk = Office(works, clock).desk("mei")
        bars = []
        for complaint in (merged, withdrawn):
            page = desk.client.get(f"/complaints/{complaint.number}").content.decode()
            bars.append(re.findall(r'<li class="is-(\w+)".*?steps-label">(.*?)<', page, re.DOTALL))
        assert bars == [
            [("done", "已登记"), ("done", "已核实"), ("ended", "已并案")],
            [("done", "已登记"), ("ended", "已撤回")],
        ]


def test_the_bar_says_skipped_of_what_was_never_reached() -> None:
    with stopped("2026-11-16 12:00") as clock:
        works = factory("base")
        story = told(works, "judged")
        judging.settle(story.complaint, "当场解释清楚", "justified", context=story.context("lin"))
        page = Office(works, clock).desk("mei").client.get(f"/complaints/{story.complaint.number}")
        bar = re.findall(r'<li class="is-(\w+)".*?steps-label">(.*?)<', page.content.decode(), re.DOTALL)
        standing = {label: state for state, label in bar}
        assert [standing[label] for label in ("已登记", "已核实", "已判定", "处理中")] == [
            "done",
            "done",
            "done",
            "skipped",
        ]


def test_what_happened_in_another_year_says_so() -> None:
    with stopped("2026-12-31 10:00") as clock:
        works = factory("feedback")
        complaint = works.complaint(when="2026-11-16 09:00")
        office = Office(works, clock)
        path = f"/complaints/{complaint.number}"
        assert "2026-11-16 09:00" not in office.desk("mei").get(path).text
        clock.at("2027-01-01 10:00")
        assert "2026-11-16 09:00" in office.desk("mei").get(path).text
