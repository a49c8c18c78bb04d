"""A complaint that begins as a contact: what is taken over, and both records tied together in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.complaints.models import Complaint
from huiyin.contacts import actions
from huiyin.contacts.access import contact_for
from huiyin.contacts.models import Contact
from huiyin.contacts.queries import files_of
from huiyin.contacts.values import SEALED
from huiyin.kernel.text import Text
from huiyin.procedure import versions
from huiyin.records.models import Attachment
from huiyin.records.steps.conditions import Situation, against
from huiyin.records.steps.context import StepContext
from huiyin.ui.forms import Looked

LONGEST_PROBLEM = 10_000
"""Characters taken over; the whole of a longer mail stays on the contact."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The contact a complaint is made from: its files, which of them go along, and why it cannot be (empty: it can)."""

    contact: Contact
    files: tuple[Attachment, ...]
    chosen: frozenset[int]
    reasons: tuple[Text, ...]

    def initial(self) -> dict[str, Any]:
        """What the register form takes over, promises included: those on the contact end with it.

        A call was received when it came, a mail when it arrived here.
        """
        contact = self.contact
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
            known["customer"] = Looked(contact.customer.name, str(contact.customer_id))
        return known

    def hand_over(self, complaint: Complaint, *, actor: Any, at: datetime) -> None:
        """Tie the two: the chosen files go along, the contact says what it became; raises Refused when it cannot."""
        actions.hand_files_on(self.contact, complaint, self.chosen, actor=actor, at=at)
        actions.convert(self.contact, complaint.kind, complaint.number, context=StepContext(actor, at))


def origin_of(request: Any) -> Origin | None:
    """The contact named by the address or the form, if any; Http404 when the person may not see it."""
    number = request.POST.get("contact") or request.GET.get("contact")
    if not number:
        return None
    contact = contact_for(request.user, number)
    files = tuple(files_of(contact))
    ticked = {int(pk) for pk in request.POST.getlist("contact_file") if pk.isdecimal() and len(pk) < 19}
    chosen = ticked if request.method == "POST" else {one.pk for one in files if one.mime != SEALED}
    procedure = versions.procedure_of(contact.procedure_id)
    reasons = against(Situation(contact, None, request.user, request.at, procedure), "contact", "convert")
    return Origin(contact, files, frozenset(chosen), tuple(reasons))


def problem_of(contact: Contact) -> str:
    """The customer's own words, under their subject unless they begin with it."""
    topic, text = contact.topic.strip(), contact.text.strip()
    words = text if not topic or text.startswith(topic.rstrip("…")) else f"{topic}\n{text}".strip()
    return words[:LONGEST_PROBLEM]
