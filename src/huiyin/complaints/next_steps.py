"""What is particular about the next steps of a complaint: decisions beside the way, and authority over remedies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.complaints.models import Remedy
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.authority import above_limit
from huiyin.records.steps.pages import StepAction

DECISIONS = frozenset({"approve_verdict", "approve_remedy", "accept_transfer", "keep_promise"})
"""Steps that leave the state as it is, yet somebody waits for them."""


def within_limit(
    actions: list[StepAction], remedies: Sequence[Remedy], person: Person, procedure: Procedure
) -> list[StepAction]:
    """The same steps; approving says why not when every waiting request is beyond the reader's own authority."""
    waiting = [row for row in remedies if row.decision == Remedy.REQUESTED]
    reasons = [_why_not(row, person, procedure) for row in waiting]
    if not waiting or None in reasons:
        return actions
    refused = tuple(dict.fromkeys(reason for reason in reasons if reason is not None))
    return [
        replace(a, offer=replace(a.offer, reasons=(*a.offer.reasons, *refused)))
        if a.offer.verb == "approve_remedy" and a.offer.may
        else a
        for a in actions
    ]


def _why_not(row: Remedy, person: Person, procedure: Procedure) -> Text | None:
    if row.asked_by_id == person.pk:
        return t("不能批准自己的申请", "Nobody approves their own request")
    return above_limit(person, row.amount, procedure)
