"""Remedies: granted within one's limit, requested above it, approved or denied by somebody whose limit suffices."""

from __future__ import annotations

from huiyin.complaints.actions.judging import option
from huiyin.complaints.actions.values import RemedyInput
from huiyin.complaints.models import Complaint, Remedy
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.authority import above_limit
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step


def grant(complaint: Complaint, wanted: RemedyInput, *, context: StepContext) -> Remedy:
    """Grant a remedy within one's own limit; above it nothing is saved."""
    with step(complaint, "grant_remedy", **context.step_kwargs) as run:
        refusal = above_limit(context.actor, wanted.amount, run.procedure) if context.actor else None
        if refusal:
            raise Refused(fields={"amount": refusal})
        row = _row(complaint, wanted, Remedy.GRANTED, run.procedure, context)
        run.touched(row)
        run.about = row
        _say(run, row)
    return row


def request(complaint: Complaint, wanted: RemedyInput, *, context: StepContext) -> Remedy:
    """Ask for a remedy that is above one's limit."""
    with step(complaint, "request_remedy", **context.step_kwargs) as run:
        row = _row(complaint, wanted, Remedy.REQUESTED, run.procedure, context)
        run.touched(row)
        run.about = row
        _say(run, row)
    return row


def _say(run: StepRun, row: Remedy, note: str = "") -> None:
    """What was asked for or granted, as the time-line reads it and as numbers."""
    label = option(run, "remedy", row.remedy)
    parts = [label if isinstance(label, Text) else Text(label, label)]
    if row.quantity is not None:
        parts.append(t("数量 {n}", "quantity {n}", n=f"{row.quantity.normalize():f}"))
    if row.amount is not None:
        parts.append(t("金额 {n} {unit}", "amount {n} {unit}", n=f"{row.amount:,.2f}", unit=row.currency))
    what = Text("，".join(p.show("zh") for p in parts), ", ".join(p.show("en") for p in parts))
    run.add_payload(what=what, remedy=label, amount=row.amount, quantity=row.quantity, note=note or row.note)


def _row(
    complaint: Complaint, wanted: RemedyInput, decision: str, procedure: Procedure, context: StepContext
) -> Remedy:
    granted = decision == Remedy.GRANTED
    return Remedy.objects.create(
        complaint=complaint,
        **wanted.by_name(),
        currency=procedure.currency,
        decision=decision,
        asked_by=context.actor,
        asked_at=context.at,
        decided_by=context.actor if granted else None,
        decided_at=context.at if granted else None,
    )


def approve(complaint: Complaint, remedy: Remedy, note: str, *, context: StepContext) -> Remedy:
    """Approve a requested remedy; the approver's own limit must suffice and nobody approves their own request."""
    with step(complaint, "approve_remedy", **context.step_kwargs) as run:
        remedy.refresh_from_db()
        _must_wait(complaint, remedy)
        if context.actor is not None:
            if remedy.asked_by_id == context.actor.pk:
                raise Refused([t("不能批准自己的申请", "Nobody approves their own request")])
            refusal = above_limit(context.actor, remedy.amount, run.procedure)
            if refusal:
                raise Refused([refusal])
        _decide(remedy, Remedy.GRANTED, note, context)
        run.touched(remedy)
        run.about = remedy
        _say(run, remedy, note)
    return remedy


def deny(complaint: Complaint, remedy: Remedy, note: str, *, context: StepContext) -> Remedy:
    """Do not grant what was requested, with the reason."""
    with step(complaint, "deny_remedy", **context.step_kwargs) as run:
        remedy.refresh_from_db()
        _must_wait(complaint, remedy)
        _decide(remedy, Remedy.DENIED, note, context)
        run.touched(remedy)
        run.about = remedy
        _say(run, remedy, note)
    return remedy


def _must_wait(complaint: Complaint, row: Remedy) -> None:
    if row.complaint_id != complaint.pk or row.decision != Remedy.REQUESTED:
        raise Refused([t("这项申请已经批复", "This request has been decided already")])


def _decide(row: Remedy, decision: str, note: str, context: StepContext) -> None:
    row.decision, row.decided_by, row.decided_at, row.decision_note = decision, context.actor, context.at, note
    row.save()
