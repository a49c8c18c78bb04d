"""A mail arrives: one contact with its message and files, entered once whatever happens on the way (F7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from huiyin.contacts.actions import add_arrival_payload, first_words
from huiyin.contacts.models import Contact, Message
from huiyin.contacts.queries import Party, mail_channel, party_of, replied_contact
from huiyin.contacts.values import MARKS, MAY_MATTER, SET_ASIDE, MailFile, ParsedMail
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.records.files import files
from huiyin.records.files.sniff import FileRejected
from huiyin.records.models import Attachment
from huiyin.records.steps.stepping import StepRun, step

CLOCKS_DIFFER = timedelta(hours=1)
"""How far a sender's clock may run ahead before its date is not believed."""


@dataclass(frozen=True, slots=True)
class StoredMailFile:
    """A file of a mail whose bytes are in the store, and where the text shows it."""

    kept: files.StoredFile
    inline_id: str


@dataclass(frozen=True, slots=True)
class RejectedMailFile:
    """A file that the rules did not let in; its bytes are in the raw mail only."""

    name: str
    size: int
    reason: Text

    def as_json(self) -> dict[str, str | int]:
        """As the message's row keeps it."""
        return {
            "name": self.name,
            "size": self.size,
            "zh": self.reason.show("zh"),
            "en": self.reason.show("en"),
        }


def receive(mail: ParsedMail, raw: files.StoredBytes, *, message_id: str, procedure_id: int, at: datetime) -> Contact:
    """Enter a mail as a contact; an automatic one is filed at once and owes nobody anything.

    Raises OSError when the store cannot take the files, IntegrityError when the same message was entered meanwhile.
    """
    kept, refused = store_mail_files(mail.files)
    party = party_of(mail.sender)
    earlier = replied_contact(mail.answers, mail.sender, party.customer)
    contact = _contact(mail, party, procedure_id, at)
    aside = _is_set_aside(mail, party, procedure_id)
    if aside:
        contact.filed_as = "automatic"
    with step(contact, "set_aside" if aside else "register", actor=None, at=at) as run:
        message = Message.objects.create(
            contact=contact,
            message_id=message_id,
            raw_sha256=raw.sha256,
            raw_size=raw.size,
            substance=content_digest(mail),
            sender=mail.sender,
            sender_name=mail.sender_name,
            sent_at=mail.sent_at,
            in_reply_to=(mail.answers or ("",))[0],
            earlier=earlier,
            mark=mail.mark,
            headers=mail.headers,
            html=mail.html,
            notes=[_as_json(note) for note in (*mail.notes, *_doubts(party))],
            refused=[one.as_json() for one in refused],
        )
        run.touched(message, *_attach(contact, kept, run))
        add_arrival_payload(run, contact)
        if mail.mark:
            run.add_payload(mark=MARKS[mail.mark])
    return contact


def store_mail_files(found: Iterable[MailFile]) -> tuple[list[StoredMailFile], list[RejectedMailFile]]:
    """Store each file under the rules for uploads; those not let in come back with the reason. Raises OSError."""
    kept, refused = [], []
    for one in found:
        if one.sealed:
            digest, size = files.store_raw(one.data)
            kept.append(StoredMailFile(files.StoredFile(one.name, digest, size, one.type), one.inline_id))
            continue
        try:
            kept.append(StoredMailFile(files.store(one), one.inline_id))
        except FileRejected as unfit:
            if isinstance(unfit.__cause__, OSError):  # the disk, not the file: the mail must come again
                raise unfit.__cause__ from unfit
            refused.append(RejectedMailFile(one.name[:200], len(one.data), unfit.reason))
    return kept, refused


def content_digest(mail: ParsedMail) -> str:
    """A digest of what the sender said, the same however the mail travelled.

    Tells a copy from another mail under the same id.
    """
    digest = sha256()
    for piece in (mail.sender.lower(), mail.subject, mail.text, str(mail.sent_at or "")):
        digest.update(piece.encode() + b"\0")
    for one in mail.files:
        digest.update(sha256(one.data).digest())
    return digest.hexdigest()


def _contact(mail: ParsedMail, party: Party, procedure_id: int, at: datetime) -> Contact:
    sent_at = mail.sent_at if mail.sent_at is not None and mail.sent_at <= at + CLOCKS_DIFFER else at
    return Contact(
        procedure_id=procedure_id,
        channel=mail_channel(procedure_id),
        happened_at=sent_at,
        customer=party.customer,
        contact_person=party.person,
        party_name=party.person.name if party.person else mail.sender_name,
        party_phone=party.person.best_telephone if party.person else "",
        party_email=mail.sender,
        topic=mail.subject or first_words(mail.text),
        text=mail.text,
    )


def _is_set_aside(mail: ParsedMail, party: Party, procedure_id: int) -> bool:
    """Whether the mail is filed at once: automatic, not from a system in a customer's file,
    and the procedure has the step.
    """
    if mail.mark not in SET_ASIDE or (mail.mark in MAY_MATTER and party.certain):
        return False
    table = versions.procedure_of(procedure_id).step_table("contact")
    return table.transition(None, "set_aside") is not None


def _attach(contact: Contact, kept: Iterable[StoredMailFile], run: StepRun) -> list[Attachment]:
    return [files.attach_stored(contact, one.kept, actor=None, at=run.at, inline_id=one.inline_id) for one in kept]


def _doubts(party: Party) -> list[Text]:
    if party.customer is not None and not party.certain:
        return [
            t(
                "客户是按邮箱域名认出的，请核对",
                "The customer was recognised by the address's domain; please check",
            )
        ]
    return []


def _as_json(text: Text) -> dict[str, str]:
    return {"zh": text.show("zh"), "en": text.show("en")}
