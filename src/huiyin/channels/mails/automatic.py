"""Mails that no person wrote: automatic replies, bounces, bulk mail and loops, told by their headers (RFC 3834)."""

from __future__ import annotations

import re

from huiyin.channels.mails.headers import MailHeaders

MOST_HOPS = 60
REPLIES = frozenset({"auto-replied", "auto-replied-vacation"})
PRECEDENCE = {
    "bulk": "bulk",
    "junk": "bulk",
    "list": "bulk",
    "auto_reply": "auto-reply",
    "auto-reply": "auto-reply",
}
DAEMONS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mdaemon"})
_SUBJECT = re.compile(
    r"^\s*(?:自动回复|自動回覆|自动答复|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office)\s*[:：]?",
    re.IGNORECASE,
)


def mark_of(headers: MailHeaders, kind: str, sender: str) -> str:
    """Which automatic mail this is (a key of ``contacts.values.MARKS``); empty for one that a person wrote."""
    if _is_bounce(headers, kind, sender):
        return "bounce"
    if len(headers.every("received")) > MOST_HOPS:
        return "loop"
    submitted = headers.value("auto-submitted")
    if submitted in REPLIES or headers.has("x-autoreply") or headers.has("x-autorespond"):
        return "auto-reply"
    precedence = PRECEDENCE.get(headers.value("precedence"), "")
    if precedence == "auto-reply" or _SUBJECT.match(headers.text("subject")):
        return "auto-reply"
    if submitted not in ("", "no"):
        return "auto-generated"
    return precedence


def _is_bounce(headers: MailHeaders, kind: str, sender: str) -> bool:
    if headers.has("return-path") and headers.raw("return-path").strip() in (b"<>", b""):
        return headers.value("auto-submitted") not in REPLIES
    if kind == "multipart/report":
        return headers.parameters("content-type").get("report-type", "").lower() == "delivery-status"
    return sender.partition("@")[0].lower() in DAEMONS
