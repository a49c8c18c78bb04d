"""Remedies: granted within one's limit, requested above it, approved or denied by somebody whose limit suffices."""

from __future__ import annotations

from huiyin.complaints.actions.judging import option
from huiyin.complaints.actions.values import RemedyWanted
from huiyin.complaints.models import Complaint, Remedy
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.authority import above_limit
from huiyin.records.steps.context import Sent
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Taken, step


def grant(complaint: Complaint, wanted: RemedyWanted, *, sent: Sent) -> Remedy:
    """Grant a remedy within one's own limit; above it nothing is saved."""
    with step(complaint, "grant_remedy", **sent.how) as taken:
        refusal = above_limit(sent.actor, wanted.amount, taken.procedure) if sent.actor else None
        if refusal:
            raise Refused(fields={"amount": refusal})
        row = _row(complaint, wanted, Remedy.GRANTED, taken.procedure, sent)
        taken.touched(row)
        taken.about = row
        say(taken, row)
    return row


def request(complaint: Complaint, wanted: RemedyWanted, *, sent: Sent) -> Remedy:
    """Ask for a remedy that is above one's limit."""
    with step(complaint, "request_remedy", **sent.how) as taken:
        row = _row(complaint, wanted, Remedy.REQUESTED, taken.procedure, sent)
        taken.touched(row)
        taken.about = row
        say(taken, row)
    return row


def say(taken: Taken, row: Remedy, note: str = "") -> None:
    """What was asked for or granted, as the time-line reads it and as numbers."""
    label = option(taken, "remedy", row.remedy)
    parts = [label if isinstance(label, Text) else Text(label, label)]
    if row.quantity is not None:
        parts.append(t("数量 {n}", "quantity {n}", n=f"{row.quantity.normalize():f}"))
    if row.amount is not None:
        parts.append(t("金额 {n} {unit}", "amount {n} {unit}", n=f"{row.amount:,.2f}", unit=row.currency))
    what = Text("，".join(p.show("zh") for p in parts), ", ".join(p.show("en") for p in parts))
    taken.particulars(what=what, remedy=label, amount=row.amount, quantity=row.quantity, note=note or row.note)


def _row(complaint: Complaint, wanted: RemedyWanted, decision: str, procedure: Procedure, sent: Sent) -> Remedy:
    granted = decision == Remedy.GRANTED
    return Remedy.objects.create(
        complaint=complaint,
        remedy=wanted.remedy,
        quantity=wanted.quantity,
        amount=wanted.amount,
        note=wanted.note,
        currency=procedure.currency,
        decision=decision,
        asked_by=sent.actor,
        asked_at=sent.at,
        decided_by=sent.actor if granted else None,
        decided_at=sent.at if granted else None,
    )


def approve(complaint: Complaint, row: Remedy, note: str, *, sent: Sent) -> Remedy:
    """Approve a requested remedy; the approver's own limit must suffice and nobody approves their own request."""
    with step(complaint, "approve_remedy", **sent.how) as taken:
        row.refresh_from_db()
        _must_wait(complaint, row)
        if sent.actor is not None:
            if row.asked_by_id == sent.actor.pk:
                raise Refused([t("不能批准自己的申请", "Nobody approves their own request")])
            refusal = above_limit(sent.actor, row.amount, taken.procedure)
            if refusal:
                raise Refused([refusal])
        _decide(row, Remedy.GRANTED, note, sent)
        taken.touched(row)
        taken.about = row
        say(taken, row, note)
    return row


def deny(complaint: Complaint, row: Remedy, note: str, *, sent: Sent) -> Remedy:
    """Do not grant what was requested, with the reason."""
    with step(complaint, "deny_remedy", **sent.how) as taken:
        row.refresh_from_db()
        _must_wait(complaint, row)
        _decide(row, Remedy.DENIED, note, sent)
        taken.touched(row)
        taken.about = row
        say(taken, row, note)
    return row


def _must_wait(complaint: Complaint, row: Remedy) -> None:
    if row.complaint_id != complaint.pk or row.decision != Remedy.REQUESTED:
        raise Refused([t("这项申请已经批复", "This request has been decided already")])


def _decide(row: Remedy, decision: str, note: str, sent: Sent) -> None:
    row.decision, row.decided_by, row.decided_at, row.decision_note = decision, sent.actor, sent.at, note
    row.save()
