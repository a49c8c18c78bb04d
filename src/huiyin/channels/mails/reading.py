"""A mail read from its raw bytes: who wrote what, which files came along, and what could not be read. Never raises."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from huiyin.channels.mails.automatic import mark_of
from huiyin.channels.mails.bodies import BodyCollector
from huiyin.channels.mails.charsets import one_line
from huiyin.channels.mails.headers import MailHeaders, words
from huiyin.channels.mails.structure import DEEPEST, MOST_PARTS, MimePart, parse_structure
from huiyin.contacts.values import HEADERS, ParsedMail
from huiyin.kernel.text import Text, t

LONGEST_ID = 250
UNREADABLE_SHOWN = 2000
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
KNOWN_BY = ("from", "subject", "date", "to", "message-id", "received", "mime-version", "content-type")
_ANGLE = re.compile(rb"<([^<>]*)>")
_BARE = re.compile(rb"[^\s<>,;:\"()]{1,100}@[^\s<>,;:\"()]{1,200}")
_IDS = re.compile(rb"<([^<>\s]{1,250})>")


def read(raw: bytes) -> ParsedMail:
    """The mail in ``raw``; whatever is wrong with it stands in its notes."""
    structure = parse_structure(raw)
    root, headers = structure.root, structure.root.headers
    bodies = BodyCollector()
    text, html = bodies.of(root)
    name, address = sender_of(headers)
    readable = any(headers.has(known) for known in KNOWN_BY)
    notes = list(bodies.notes)
    if structure.cut:
        notes.append(
            t(
                "邮件多于 {parts} 个部分或深于 {levels} 层，其余只在原文里",
                "More than {parts} parts or {levels} levels; the rest is in the original only",
                parts=MOST_PARTS,
                levels=DEEPEST,
            )
        )
    if not readable:
        notes.append(t("这些字节不像一封邮件，请看原文", "These bytes do not look like a mail; see the original"))
    return ParsedMail(
        subject=headers.text("subject")[:300],
        sender=address,
        sender_name=name,
        text=text if readable else text[:UNREADABLE_SHOWN],
        html=html,
        message_id=message_id_of(headers),
        sent_at=moment_of(headers),
        answers=answered_by(headers),
        files=tuple(bodies.files),
        mark=mark_of(headers, root.type, address) if readable else "unreadable",
        notes=tuple(_once([*_doubts(root), *notes])),
        headers={name: headers.text(name)[:1000] for name in HEADERS if headers.has(name)},
    )


def sender_of(headers: MailHeaders) -> tuple[str, str]:
    """Name and address of who wrote, by ``From`` alone; an address inside the name counts for nothing."""
    value = headers.raw("from") or headers.raw("sender")
    angles = list(_ANGLE.finditer(value))
    if angles and b"@" in angles[-1][1]:
        name, address = value[: angles[-1].start()], angles[-1][1]
    elif bare := _BARE.search(value):
        name, address = value[: bare.start()] + b" " + value[bare.end() :], bare[0]
    else:
        name, address = value, b""
    plain = words(name, headers.hint).strip(" \"'()<>,;")
    return plain[:120], one_line(words(address)).replace(" ", "")[:254]


def message_id_of(headers: MailHeaders) -> str:
    """The mail's own id without its brackets; a monstrous one by its digest; empty without one."""
    found = one_line(words(headers.raw("message-id"))).strip("<> ")
    return found if len(found) <= LONGEST_ID else f"sha256:{sha256(found.encode()).hexdigest()}"


def answered_by(headers: MailHeaders) -> tuple[str, ...]:
    """The ids of the mails this one answers, the nearest first."""
    ids = _IDS.findall(headers.raw("in-reply-to"))[:3] + _IDS.findall(headers.raw("references"))[-20:][::-1]
    return tuple(dict.fromkeys(one_line(one.decode("utf-8", "replace")) for one in ids))


def moment_of(headers: MailHeaders) -> datetime | None:
    """When the sender says it was sent, in UTC; None when that is no moment."""
    try:
        found = parsedate_to_datetime(headers.text("date")[:100])
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found if found >= EARLIEST else None


def _doubts(root: MimePart) -> list[Text]:
    if root.type in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        return [t("邮件是加密的，这里读不到内容", "The mail is encrypted; its text cannot be read here")]
    return []


def _once(notes: list[Text]) -> list[Text]:
    return list({note.show("en"): note for note in notes}.values())
