"""A complaint that begins as a contact: what the form takes over, and what its page shows of the contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.complaints.forms.facts import RegisterComplaintForm
from huiyin.contacts.models import Contact
from huiyin.contacts.queries import files_of
from huiyin.contacts.values import SEALED
from huiyin.kernel.text import Text
from huiyin.procedure import versions
from huiyin.records.models import Attachment
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.ui.forms import LookupValue

LONGEST_PROBLEM = 10_000
"""Characters taken over; the whole of a longer mail stays on the contact."""


@dataclass(frozen=True, slots=True)
class ContactOrigin:
    """The contact a complaint is made from: its files, which of them go along, and why it cannot be (empty: it can)."""

    contact: Contact
    files: tuple[Attachment, ...]
    chosen: frozenset[int]
    reasons: tuple[Text, ...]


def known_from(contact: Contact) -> dict[str, Any]:
    """What the register form takes over, promises included: those on the contact end with it.

    A call was received when it came, a mail when it arrived here.
    """
    known: dict[str, Any] = {
        "received_at": contact.happened_at if contact.opened_by_id else contact.opened_at,
        "channel": contact.channel,
        "stage": contact.stage,
        "caller_name": contact.party_name[:60],
        "caller_phone": contact.party_phone,
        "contact_person": str(contact.contact_person_id or ""),
        "problem": problem_of(contact),
        "promise_text": contact.promise_text,
        "promised_at": contact.promised_at,
    }
    if contact.customer is not None:
        known["customer"] = LookupValue(contact.customer.name, str(contact.customer_id))
    return known


def origin_of(request: Any, form: RegisterComplaintForm) -> ContactOrigin | None:
    """The contact the form was filled from, if any; at first all its files are chosen but sealed ones."""
    contact: Contact | None = form.about
    if contact is None:
        return None
    files = tuple(files_of(contact))
    chosen = form.contact_files() if form.is_bound else frozenset(one.pk for one in files if one.mime != SEALED)
    procedure = versions.procedure_of(contact.procedure_id)
    reasons = step_refusals(GuardContext(contact, None, request.user, request.at, procedure), "contact", "convert")
    return ContactOrigin(contact, files, chosen, tuple(reasons))


def problem_of(contact: Contact) -> str:
    """The customer's own words, under their subject unless they begin with it."""
    topic, text = contact.topic.strip(), contact.text.strip()
    words = text if not topic or text.startswith(topic.rstrip("…")) else f"{topic}\n{text}".strip()
    return words[:LONGEST_PROBLEM]
