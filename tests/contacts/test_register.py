"""Somebody enters a call; it is numbered, owned, found again, and what was promised is owed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from huiyin.contacts.models import Contact
from huiyin.contacts.queries import files_of
from huiyin.journal.models import Entry
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.records.search import search
from huiyin.records.steps.refusals import AlreadyDone, Refused
from tests.cast import at
from tests.channels.mail.letters import EXE
from tests.contacts.conftest import ContactDesk, picture


def test_a_call_is_registered(desk: ContactDesk) -> None:
    contact = desk.call()
    assert (contact.number, contact.state, contact.phase) == ("LX202611-0001", "registered", "received")
    assert (contact.owner, contact.opened_by) == (desk.factory.mei, desk.factory.mei)
    assert (contact.who, contact.topic) == ("周厂长", "接头处漏油，问何时来人。")
    assert [line.text.zh for line in timeline("contact", contact.pk)] == [
        "王晓梅登记了周厂长的电话：接头处漏油，问何时来人。"
    ]


def test_who_registers_owes_the_sorting_within_a_workday(desk: ContactDesk) -> None:
    contact = desk.call()
    row = Obligation.objects.get(kind="contact", record_id=contact.pk)
    assert (row.rule, row.owner_person, row.due_at) == (
        "contact-sorted",
        desk.factory.mei,
        at("2026-11-17 09:30"),
    )


def test_a_promise_is_owed_at_its_moment(desk: ContactDesk) -> None:
    contact = desk.call(promise_text="下午发报价", promised_at=at("2026-11-16 15:00"))
    row = Obligation.objects.get(record_id=contact.pk, rule="contact-promise")
    assert (row.due_at, row.owner_person) == (at("2026-11-16 15:00"), desk.factory.mei)


def test_a_contact_is_found_by_its_words(desk: ContactDesk) -> None:
    contact = desk.call()
    found = search.search(desk.person("mei"), "漏油")
    assert [(hit.kind, hit.number) for hit in found] == [("contact", contact.number)]
    assert search.search(desk.person("peng"), "漏油") == []


def test_files_come_along_in_the_same_entry(desk: ContactDesk) -> None:
    contact = desk.call(uploads=[picture("漏油.png")])
    assert [one.name for one in files_of(contact)] == ["漏油.png"]
    assert [e.event for e in Entry.objects.filter(kind="contact")] == ["contact.registered"]
    assert (verify().code, verify().fault) == (0, None)


def test_a_program_refuses_the_whole_registration(desk: ContactDesk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    with pytest.raises(Refused) as refused:
        desk.call(uploads=[SimpleUploadedFile("a.exe", EXE)])
    assert [r.en for r in refused.value.reasons] == ["{name}: .{suffix} files are not taken, they can run programs"]
    assert Contact.objects.count() == 0


def test_the_same_form_sent_twice_registers_once(desk: ContactDesk) -> None:
    from huiyin.contacts.actions import register
    from huiyin.contacts.values import ContactFacts

    facts = ContactFacts(channel="telephone", happened_at=at("2026-11-16 09:00"), party_name="周厂长", text="漏油")
    token = uuid4()
    register(facts, procedure_id=desk.factory.version, context=desk.context(submission=token))
    with pytest.raises(AlreadyDone):
        register(facts, procedure_id=desk.factory.version, context=desk.context(submission=token))
    assert Contact.objects.count() == 1
