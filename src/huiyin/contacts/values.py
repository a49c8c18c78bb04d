"""Values that travel from forms and mails to actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.customers.models import ContactPerson, Customer
from huiyin.kernel.text import Text, t
from huiyin.records.facts import RecordFacts

FILED_AS: dict[str, Text] = {
    "answered": t("已当场答复", "Answered at once"),
    "enquiry": t("询价或咨询", "Enquiry"),
    "suggestion": t("建议", "Suggestion"),
    "praise": t("表扬", "Praise"),
    "repair": t("报修（另行安排）", "Repair request, arranged elsewhere"),
    "order": t("订单与交付事务", "Order and delivery matters"),
    "irrelevant": t("与客户服务无关", "Nothing to do with customer service"),
    "automatic": t("自动邮件", "Automatic mail"),
}
"""What a contact was in the end, when it became no case; counted on the list page."""

MARKS: dict[str, Text] = {
    "auto-reply": t("自动回复", "Automatic reply"),
    "auto-generated": t("系统自动发出", "Sent by a machine"),
    "bulk": t("群发邮件", "Bulk mail"),
    "bounce": t("退信", "Bounce"),
    "loop": t("循环邮件", "Mail loop"),
    "unreadable": t("无法读出", "Unreadable"),
}
"""What is remarkable about how a mail came; the key stands on the message."""

HEADERS = ("from", "to", "cc", "reply-to", "date", "subject", "message-id", "x-mailer", "return-path")
"""The fields of a mail's head that are kept and shown, in this order."""

SET_ASIDE = frozenset({"auto-reply", "auto-generated", "bulk", "bounce", "loop"})
"""Marks of mails that nobody need answer."""
MAY_MATTER = frozenset({"auto-generated", "bulk"})
"""Of those, what a customer's own system may send in earnest when its address is in the customer's file."""


SEALED = "application/vnd.ms-tnef"
"""The type of Outlook's container of attachments, kept without a look inside; its files stand beside it."""


@dataclass(frozen=True, slots=True)
class ContactFacts(RecordFacts):
    """What is known of a call, letter, mail, chat or visit."""

    channel: str
    happened_at: datetime
    direction: str = "in"
    stage: str = ""
    customer: Customer | None = None
    contact_person: ContactPerson | None = None
    party_name: str = ""
    party_phone: str = ""
    party_email: str = ""
    topic: str = ""
    text: str = ""
    promise_text: str = ""
    promised_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail; ``inline_id`` when the text shows it, ``sealed`` when it is kept without a look."""

    name: str
    data: bytes = field(repr=False)
    type: str = "application/octet-stream"
    inline_id: str = ""
    sealed: bool = False

    def chunks(self) -> list[bytes]:
        """The bytes, as uploads give them."""
        return [self.data]


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail as it was read from its bytes; ``html`` is harmless, ``message_id`` empty when the mail has none."""

    subject: str
    sender: str
    sender_name: str
    text: str
    html: str = ""
    message_id: str = ""
    sent_at: datetime | None = None
    answers: tuple[str, ...] = ()
    files: tuple[MailFile, ...] = ()
    mark: str = ""
    notes: tuple[Text, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
