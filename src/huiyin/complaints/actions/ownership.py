"""The first-contact owner: handed over only to somebody who accepts (P7, first-contact responsibility)."""

from __future__ import annotations

from huiyin.complaints.models import Complaint
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step


def offer_transfer(complaint: Complaint, to: Person, reason: str, *, context: StepContext) -> Complaint:
    """Ask a colleague to become the owner; until they accept the owner stays."""
    with step(complaint, "offer_transfer", **context.step_kwargs) as run:
        if to.pk == complaint.owner_id:
            raise Refused(fields={"to": t("{who}已经是负责人", "{who} is the owner already", who=to.display_name)})
        complaint.transfer_to, complaint.transfer_reason = to, reason
        run.notify(to)
        run.add_payload(to=to.display_name, reason=reason)
    return complaint


def accept_transfer(complaint: Complaint, *, context: StepContext) -> Complaint:
    """The colleague takes the complaint over."""
    with step(complaint, "accept_transfer", **context.step_kwargs) as run:
        run.add_payload(
            before=complaint.owner.display_name if complaint.owner else "",
            after=complaint.transfer_to.display_name,
        )
        complaint.owner, complaint.transfer_to, complaint.transfer_reason = complaint.transfer_to, None, ""
    return complaint


def decline_transfer(complaint: Complaint, reason: str, *, context: StepContext) -> Complaint:
    """The colleague does not take it; the owner stays."""
    with step(complaint, "decline_transfer", **context.step_kwargs) as run:
        complaint.transfer_to, complaint.transfer_reason = None, ""
        run.add_payload(reason=reason)
    return complaint
