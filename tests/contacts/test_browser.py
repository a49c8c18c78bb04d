"""Contacts in a real browser: nothing of a stranger's mail runs, and a mail becomes a complaint by pressing buttons."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.complaints.models import Complaint
from huiyin.contacts.models import Contact
from tests.browser import TELEPHONE
from tests.cast import Factory, factory
from tests.contacts.conftest import ContactDesk
from tests.contacts.test_pages import formatted


@pytest.fixture
def works(transactional_db: Any) -> Factory:
    """A company of its own for each test: what a browser sees must stand in the database."""
    return factory("base")


@pytest.mark.browser
def test_a_mail_is_read_and_becomes_a_complaint(desk: ContactDesk, open_page: Any) -> None:
    contact = desk.mail(formatted())
    page = open_page(desk.factory.mei, f"/contacts/{contact.number}")
    picture = page.locator(".letter img")
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 1
    page.get_by_role("link", name="转为投诉").click()
    page.get_by_label("严重程度").select_option(index=1)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/complaints/KS*")
    complaint = Complaint.objects.get()
    contact.refresh_from_db()
    assert (complaint.source, contact.became_number) == (contact, complaint.number)


@pytest.mark.browser
def test_a_call_is_registered_on_a_telephone(desk: ContactDesk, open_page: Any) -> None:
    page = open_page(desk.factory.mei, "/contacts/new", screen=TELEPHONE)
    page.get_by_label("对方姓名").fill("周厂长")
    page.get_by_label("内容").fill("接头处漏油")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/contacts/LX*")
    assert Contact.objects.get().party_name == "周厂长"
    assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"]


@pytest.mark.browser
def test_a_customer_is_found_while_typing(desk: ContactDesk, open_page: Any) -> None:
    customer = desk.customer()
    page = open_page(desk.factory.mei, "/contacts/new")
    page.get_by_label("客户", exact=True).press_sequentially("hcjd")
    page.locator(".lookup-list [role=option]").first.click()
    page.locator(".card-panel").wait_for()
    page.get_by_label("内容").fill("询价")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/contacts/LX*")
    assert Contact.objects.get().customer == customer


@pytest.mark.browser
def test_a_contact_that_becomes_a_complaint_shows_resembling_cases_at_once(desk: ContactDesk, open_page: Any) -> None:
    customer = desk.customer()
    known = desk.factory.complaint(problem="接头处漏油，地上有油渍，泵站停机", customer=customer)
    contact = desk.call(text="接头处漏油，地上有油渍，泵站停机了", customer=customer)
    page = open_page(desk.factory.mei, f"/complaints/new?contact={contact.number}")
    page.locator("#resembling .card-number", has_text=known.number).first.wait_for()
    empty = open_page(desk.factory.mei, "/complaints/new")
    empty.wait_for_timeout(800)
    assert empty.locator("#resembling .card-number").count() == 0


@pytest.mark.browser
def test_a_restored_draft_shows_resembling_cases_at_once(desk: ContactDesk, open_page: Any) -> None:
    known = desk.factory.complaint(problem="接头处漏油，地上有油渍，泵站停机")
    page = open_page(desk.factory.mei, "/complaints/new")
    page.locator("#opening [name=problem]").fill("接头处漏油，地上有油渍，泵站停机了")
    page.locator("#resembling .card-number", has_text=known.number).first.wait_for()
    page.wait_for_timeout(600)
    page.reload()
    page.locator(".draft-note").wait_for()
    page.locator("#resembling .card-number", has_text=known.number).first.wait_for()
