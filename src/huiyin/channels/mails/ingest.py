"""Taking a mail in: raw bytes first, then the contact, once per message; a repetition says what it became (F7)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError

from huiyin.channels.mails.reading import read
from huiyin.contacts.arrival import content_digest, receive
from huiyin.contacts.models import Contact, Message
from huiyin.contacts.values import ParsedMail
from huiyin.kernel.text import t
from huiyin.records.files.files import store_raw

LARGEST = 100 * 1024 * 1024
"""Bytes; more than any mail server lets pass."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of a mail; ``again`` when it had been taken in before."""

    contact: Contact
    message: Message
    again: bool


def ingest(raw: bytes, *, procedure_id: int, at: datetime) -> IngestResult:
    """Take a mail in; whatever the bytes are, they are kept and somebody sees a contact.

    Raises OSError when the store cannot take them, so that the mail stays where it came from.
    """
    stored = store_raw(raw)
    mail = _read(raw)
    # The id before the look for a copy: one entered by another process between the two then either is found or
    # bears the id that is about to be entered. The other way round it would be taken for another mail's id.
    message_id = _free_id(mail, stored.sha256)
    known = _known(mail, stored.sha256)
    if known is not None:
        return IngestResult(known.contact, known, again=True)
    try:
        contact = receive(mail, stored, message_id=message_id, procedure_id=procedure_id, at=at)
    except IntegrityError:  # another process took the same mail in at the same moment
        known = _known(mail, stored.sha256)
        if known is None:
            raise
        return IngestResult(known.contact, known, again=True)
    return IngestResult(contact, contact.message, again=False)


def _read(raw: bytes) -> ParsedMail:
    """The mail as read; should reading fail against all promises, an empty one that leads somebody to the original."""
    try:
        return read(raw)
    except Exception:
        log.exception("a mail of %d bytes could not be read", len(raw))
        return ParsedMail(
            subject="",
            sender="",
            sender_name="",
            text="",
            mark="unreadable",
            notes=(t("读这封邮件时程序出错，请看原文", "The program failed to read this mail; see the original"),),
        )


def _known(mail: ParsedMail, digest: str) -> Message | None:
    """The message that this mail was taken in as before: the same bytes, or the same id saying the same.

    An id alone proves nothing: some programs use one id for every mail, and anybody can write a stranger's.
    """
    same = Message.objects.filter(raw_sha256=digest).select_related("contact").first()
    if same is not None or not mail.message_id:
        return same
    ids = [mail.message_id, _second_id(mail)]
    said = Message.objects.filter(message_id__in=ids, substance=content_digest(mail)).select_related("contact")
    return said.first()


def _free_id(mail: ParsedMail, digest: str) -> str:
    """The id under which the message is entered: its own;
    with its substance when another mail bears that id already.
    """
    if not mail.message_id:
        return f"sha256:{digest}"
    taken = Message.objects.filter(message_id=mail.message_id).exists()
    return _second_id(mail) if taken else mail.message_id


def _second_id(mail: ParsedMail) -> str:
    return f"sha256:{sha256(f'{mail.message_id} {content_digest(mail)}'.encode()).hexdigest()}"
