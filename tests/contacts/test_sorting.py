"""A contact becomes a case, is filed, or is taken up again; facts are corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.contacts import actions
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.refusals import ChangedMeanwhile, Refused
from tests.cast import at
from tests.channels.mail.letters import letter
from tests.contacts.conftest import ContactDesk


def owed(contact: Contact) -> list[str]:
    """The rules of what is still owed on it."""
    return [o.rule for o in Obligation.objects.filter(OPEN, kind="contact", record_id=contact.pk).order_by("rule")]


def test_converting_settles_what_was_owed(desk: ContactDesk) -> None:
    contact = desk.call(promise_text="回话", promised_at=at("2026-11-16 15:00"))
    assert owed(contact) == ["contact-promise", "contact-sorted"]
    actions.convert(contact, "complaint", "KS2026-0001", context=desk.context())
    assert (contact.state, contact.phase, contact.became) == ("converted", "closed", "complaint:KS2026-0001")
    assert (contact.became_kind, contact.became_number) == ("complaint", "KS2026-0001")
    assert owed(contact) == []
    assert timeline("contact", contact.pk)[0].text.zh == "王晓梅把它转为投诉 KS2026-0001"


def test_a_wrong_conversion_is_taken_back_and_owed_again(desk: ContactDesk) -> None:
    contact = desk.call()
    actions.convert(contact, "complaint", "KS2026-0001", context=desk.context())
    actions.revert(contact, "只是询价", context=desk.context(when="2026-11-16 10:00"))
    assert (contact.state, contact.became, contact.closed_at) == ("registered", "", None)
    assert owed(contact) == ["contact-sorted"]
    assert timeline("contact", contact.pk)[0].text.zh == "王晓梅撤销了“转为投诉 KS2026-0001”：只是询价"


def test_filing_says_what_it_was(desk: ContactDesk) -> None:
    contact = desk.call()
    actions.file(contact, "enquiry", "已报价", context=desk.context())
    assert (contact.state, contact.filed_as, contact.analysis) == ("filed", "enquiry", "已报价")
    assert owed(contact) == []
    assert timeline("contact", contact.pk)[0].text.en == "王晓梅 filed it: Enquiry. 已报价"


def test_filing_as_something_unknown_is_refused(desk: ContactDesk) -> None:
    contact = desk.call()
    with pytest.raises(Refused) as refused:
        actions.file(contact, "nonsense", "", context=desk.context())
    assert list(refused.value.fields) == ["filed_as"]


def test_a_filed_contact_is_taken_up_again(desk: ContactDesk) -> None:
    contact = desk.mail(letter(Auto_Submitted="auto-replied"))
    assert contact.state == "filed"
    assert Obligation.objects.count() == 0
    actions.revert(contact, "客户手写的", context=desk.context(when="2026-11-16 10:00"))
    assert (contact.state, contact.filed_as) == ("registered", "")
    row = Obligation.objects.get()
    assert (row.rule, row.base_at, row.due_at, row.owner_person) == (
        "contact-sorted",
        at("2026-11-16 10:00"),
        at("2026-11-17 10:00"),
        desk.factory.mei,
    )
    page = desk.browser().get(f"/obligations/{row.pk}").content.decode()
    assert "按记录当时的状态从那一刻起算：王晓梅撤销了“" in page


def test_what_was_taken_up_and_filed_again_is_owed_as_before(desk: ContactDesk) -> None:
    contact = desk.mail(letter(Auto_Submitted="auto-replied"))
    actions.revert(contact, "客户手写的", context=desk.context(when="2026-11-16 10:00"))
    actions.file(contact, "enquiry", "已报价", context=desk.context(when="2026-11-16 10:30"))
    assert owed(contact) == []
    actions.revert(contact, "还要报价", context=desk.context(when="2026-11-16 11:00"))
    row = Obligation.objects.get()
    assert (row.rule, row.is_open, row.due_at) == ("contact-sorted", True, at("2026-11-17 10:00"))


def test_a_converted_contact_cannot_be_converted_again(desk: ContactDesk) -> None:
    contact = desk.call()
    actions.convert(contact, "complaint", "KS2026-0001", context=desk.context())
    with pytest.raises(Refused):
        actions.convert(contact, "complaint", "KS2026-0002", context=desk.context())
    contact.refresh_from_db()
    assert contact.became == "complaint:KS2026-0001"


def test_only_who_the_procedure_names_takes_back(desk: ContactDesk) -> None:
    contact = desk.call("peng")
    actions.file(contact, "answered", "", context=desk.context("peng"))
    with pytest.raises(Refused) as refused:
        actions.revert(contact, "弄错了", context=desk.context("peng"))
    assert len(refused.value.reasons) == 1


def test_who_sorts_a_mail_becomes_its_first_contact(desk: ContactDesk) -> None:
    contact = desk.mail(letter())
    actions.file(contact, "enquiry", "", context=desk.context("song"))
    assert contact.owner == desk.factory.song


def facts_of(contact: Contact) -> ContactFacts:
    return ContactFacts(
        channel=contact.channel,
        happened_at=contact.happened_at,
        party_name=contact.party_name,
        text=contact.text,
    )


def test_facts_are_corrected_and_the_promise_stays(desk: ContactDesk) -> None:
    contact = desk.call(promise_text="回话", promised_at=at("2026-11-16 15:00"))
    customer = desk.customer()
    actions.supplement(contact, replace(facts_of(contact), customer=customer, topic="漏油"), context=desk.context())
    contact.refresh_from_db()
    assert (contact.customer, contact.topic) == (customer, "漏油")
    assert (contact.promise_text, contact.promised_at) == ("回话", at("2026-11-16 15:00"))
    line = timeline("contact", contact.pk)[0]
    assert line.changes["topic"] == ["接头处漏油，问何时来人。", "漏油"]
    assert (verify().code, verify().fault) == (0, None)


def test_two_people_correct_at_once(desk: ContactDesk) -> None:
    contact = desk.call()
    version = contact.version
    actions.supplement(contact, replace(facts_of(contact), topic="甲"), context=desk.context(version=version))
    with pytest.raises(ChangedMeanwhile):
        actions.supplement(
            contact, replace(facts_of(contact), topic="乙"), context=desk.context("song", version=version)
        )
