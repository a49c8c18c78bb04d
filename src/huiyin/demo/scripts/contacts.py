"""Calls, mails and chats that become no complaint: entered, and filed when they were dealt with; the last ones wait."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.base import ContentFile

from huiyin.contacts import actions
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.demo.cases import ComplaintDraft
from huiyin.demo.script import Script, WorkMinutes
from huiyin.demo.texts import sentences


def enquiry(script: Script, *, waits: bool = False) -> WorkMinutes:
    """A contact that comes to nothing more; ``waits``: nobody has filed it yet."""
    company, random = script.company, script.random
    customer = company.some_customer(random)
    person = random.choice(customer.people)
    filed_as, topic, analysis = random.choice(sentences.TOPICS)
    model = random.choice(customer.deliveries)[1].model if customer.deliveries else "WS-2SN-DN16"
    text = sentences.show(topic, customer.language, model=model)
    facts = ContactFacts(
        channel=company.option("channel", random.choice(("telephone", "wechat", "email")), "telephone", "email"),
        happened_at=company.calendar.after_work(script.at, -random.randrange(1, 9)),
        stage=company.option("stage", "pre-sale", "in-sale"),
        customer=customer.row,
        contact_person=person,
        party_name=person.name,
        party_phone=person.best_telephone,
        party_email=person.email,
        topic=text[:60],
        text=text,
    )
    contact = actions.register(facts, procedure_id=company.version, context=script.context("contact.register"))
    if waits:
        return
    yield script.wait_before("contact.file", contact)
    actions.file(contact, filed_as, sentences.show(analysis, "zh"), context=script.context("contact.file", contact))


def first_told(script: Script, draft: ComplaintDraft, photographs: Sequence[ContentFile]) -> Contact:
    """The contact in which a complaint was told first, with the photographs that came along."""
    facts, random = draft.facts, script.random
    person = facts.contact_person
    told = ContactFacts(
        channel=facts.channel,
        happened_at=script.company.calendar.after_work(script.at, -random.randrange(1, 9)),
        stage=facts.stage,
        customer=facts.customer,
        contact_person=person,
        party_name=draft.who,
        party_phone=facts.caller_phone,
        party_email=person.email if person else "",
        text=facts.problem,
    )
    sent = script.context("contact.register")
    return actions.register(told, procedure_id=script.company.version, uploads=photographs, context=sent)
