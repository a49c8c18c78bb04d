"""Registering on the page: the complaint, the files that came with it, and the contact it was made from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from huiyin.complaints.actions.intake import register
from huiyin.complaints.actions.values import ComplaintFacts, DemandInput, PromiseInput
from huiyin.complaints.models import Complaint
from huiyin.contacts import actions as contact_actions
from huiyin.contacts.models import Contact
from huiyin.kernel.text import Text
from huiyin.records.files.files import attach_all
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused


@transaction.atomic
def open_complaint(
    facts: ComplaintFacts,
    *,
    procedure_id: int,
    demands: Sequence[DemandInput] = (),
    promise: PromiseInput | None = None,
    uploads: Sequence[Any] = (),
    contact_files: Collection[int] = (),
    about: Contact | None = None,
    context: StepContext,
) -> Complaint:
    """Register a complaint with its files; or nothing at all, if only one of them is refused.

    Made from the contact ``about``, it takes over those of its files whose ids stand in ``contact_files``; the contact
    says what it became. Raises Refused when the contact cannot be converted.
    """
    complaint = register(facts, procedure_id=procedure_id, demands=demands, promise=promise, context=context)
    if uploads:
        _attach(complaint, uploads, context)
    if about is not None:
        contact_actions.copy_files_to(about, complaint, contact_files, actor=context.actor, at=context.at)
        conversion = StepContext(context.actor, context.at)  # without the form's token: that one is the complaint's
        contact_actions.convert(about, complaint.kind, complaint.number, context=conversion)
    return complaint


def _attach(complaint: Complaint, uploads: Sequence[Any], context: StepContext) -> None:
    """Refusals of several files become one sentence at the field in which they were chosen."""
    try:
        attach_all(complaint, uploads, actor=context.actor, at=context.at)
    except Refused as refused:
        sentences = [(reason.show("zh"), reason.show("en")) for reason in refused.reasons]
        zh, en = zip(*sentences, strict=True)
        raise Refused(fields={"photos": Text("；".join(zh), "; ".join(en))}) from None
