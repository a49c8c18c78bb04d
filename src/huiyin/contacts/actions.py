"""Every write on contacts, one function per verb; each is one ``step()`` and nothing else changes a contact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.contacts.models import Contact
from huiyin.contacts.values import FILED_AS, ContactFacts
from huiyin.journal.record_urls import kind_name
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.files.files import attach_all, attach_stored, tell_attached
from huiyin.records.models import Attachment
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step

LONGEST_TOPIC = 60


def register(facts: ContactFacts, *, procedure_id: int, uploads: Sequence[Any] = (), context: StepContext) -> Contact:
    """Enter a call, letter, chat or visit; who enters it owns it, and what was promised becomes an obligation."""
    contact = Contact(procedure_id=procedure_id, owner=context.actor)
    facts.apply_to(contact)
    contact.topic = contact.topic or first_words(contact.text)
    with step(contact, "register", **context.step_kwargs) as run:
        if uploads:
            attach_all(contact, uploads, actor=context.actor, at=context.at, run=run)
        add_arrival_payload(run, contact)
    return contact


def add_arrival_payload(run: StepRun, contact: Contact) -> None:
    """The particulars by which the journal tells of an arrival."""
    option = versions.procedure_of(contact.procedure_id).option("channel", contact.channel)
    run.add_payload(
        who=contact.who or t("不明的对方", "somebody unknown"),
        channel=option.label if option else contact.channel,
        topic=contact.topic or "—",
        direction=contact.direction,
    )
    if contact.promised_at is not None:
        run.add_payload(promised_at=contact.promised_at, promise=contact.promise_text)


def first_words(text: str) -> str:
    """A topic for a contact whose writer gave none: the first line, cut at a readable length."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= LONGEST_TOPIC else line[: LONGEST_TOPIC - 1] + "…"


def supplement(contact: Contact, facts: ContactFacts, *, context: StepContext) -> Contact:
    """Correct or complete what is known; what was promised stays as it was said."""
    with step(contact, "supplement", **context.step_kwargs):
        replace(facts, promise_text=contact.promise_text, promised_at=contact.promised_at).apply_to(contact)
        contact.topic = contact.topic or first_words(contact.text)
    return contact


def convert(contact: Contact, became_kind: str, became_number: str, *, context: StepContext) -> Contact:
    """The contact has become a record of its own (a complaint); call in the transaction that opens that record."""
    with step(contact, "convert", **context.step_kwargs) as run:
        contact.became = f"{became_kind}:{became_number}"
        contact.owner = contact.owner or context.actor
        run.add_payload(what=kind_name(became_kind), into=became_number)
    return contact


def revert(contact: Contact, reason: str, *, context: StepContext) -> Contact:
    """The conversion or the filing was wrong; the contact waits to be sorted again. The other record is not touched."""
    with step(contact, "revert", **context.step_kwargs) as run:
        run.add_payload(was=outcome_of(contact), reason=reason)
        contact.became = contact.filed_as = ""
    return contact


def outcome_of(contact: Contact) -> Text:
    """What became of a contact, in words."""
    if contact.became:
        return t(
            "转为{what} {number}",
            "turned into {what} {number}",
            what=kind_name(contact.became_kind),
            number=contact.became_number,
        )
    return t("归档", "filed") if contact.filed_as not in FILED_AS else FILED_AS[contact.filed_as]


def file(contact: Contact, filed_as: str, analysis: str, *, context: StepContext) -> Contact:
    """Nothing further comes of it; ``filed_as`` (a key of FILED_AS) says what it was, ``analysis`` what was done."""
    if filed_as not in FILED_AS:
        raise Refused(fields={"filed_as": t("请选择它是什么", "Choose what it was")})
    with step(contact, "file", **context.step_kwargs) as run:
        contact.filed_as, contact.analysis = filed_as, analysis
        contact.owner = contact.owner or context.actor
        run.add_payload(filed_as=FILED_AS[filed_as], analysis=analysis)
    return contact


def copy_files_to(
    contact: Contact, record: Any, chosen: Collection[int], *, actor: Person | None, at: datetime
) -> list[Attachment]:
    """Put the contact's files with these ids on another record too; call in the transaction that opens it.

    Bytes are shared.
    """
    rows = Attachment.objects.filter(kind="contact", record_id=contact.pk, pk__in=chosen, removed_at=None)
    copies = [attach_stored(record, row, actor=actor, at=at) for row in rows.order_by("id")]
    for copy in copies:
        tell_attached(record, copy)
    return copies
