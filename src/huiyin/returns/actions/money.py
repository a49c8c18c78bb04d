"""Compensation, decided within authority before anything is promised; freight and other losses as they come up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.records.steps.authority import approval_chain, limit_of
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step
from huiyin.returns.actions import wording
from huiyin.returns.actions.values import LossEntry
from huiyin.returns.models import Award, Loss, Replacement


def award(record: Replacement, amount: Decimal, reason: str, *, context: StepContext) -> Award:
    """Ask for compensation: within one's own limit it is approved by that, above it goes up level by level."""
    with step(record, "award", **context.step_kwargs) as run:
        row = _create_award(record, amount, reason, run, context)
        run.add_payload(amount=wording.sum_of(amount), currency=row.currency, reason=reason)
    return row


def _create_award(record: Replacement, amount: Decimal, reason: str, run: StepRun, context: StepContext) -> Award:
    if amount <= 0:
        raise Refused(fields={"amount": t("金额要大于零", "The amount must be above zero")})
    procedure = run.procedure
    above = limit_of(context.actor, procedure) if context.actor else Decimal(0)
    levels = approval_chain(amount, above, procedure)
    row = Award.objects.create(
        replacement=record,
        amount=amount,
        currency=procedure.currency,
        reason=reason,
        asked_by=context.actor,
        asked_at=context.at,
        state="requested" if levels else "approved",
        waits_for=levels[0] if levels else "",
        decided_by=None if levels else context.actor,
        decided_at=None if levels else context.at,
    )
    if levels:
        run.event("award.requested", row, who=procedure.role_label(levels[0]), **_sum_payload(row))
    else:
        run.event("award.approved", row, note=t("在本人权限之内", "Within their own limit"), **_sum_payload(row))
    return row


def _sum_payload(row: Award) -> dict[str, Any]:
    return {"amount": wording.sum_of(row.amount), "currency": row.currency}


def endorse(row: Award, note: str, *, context: StepContext) -> Award:
    """One level agrees and passes the request up to the next."""
    with step(row.replacement, "endorse", part=row, **context.step_kwargs) as run:
        way = approval_chain(row.amount, Decimal(-1), run.procedure)
        own = limit_of(context.actor, run.procedure) if context.actor else None
        beyond = approval_chain(row.amount, own, run.procedure) if own is not None else way[-1:]
        later = [who for who in beyond if way.index(who) > way.index(row.waits_for)]
        row.endorsed = [
            *row.endorsed,
            {"who": row.waits_for, "name": context.actor.name if context.actor else "", "note": note},
        ]
        row.waits_for = later[0] if later else way[-1]
        run.add_payload(who=run.procedure.role_label(row.waits_for), note=note, **_sum_payload(row))
    return row


def approve(row: Award, note: str, *, context: StepContext) -> Award:
    """Somebody whose limit suffices approves."""
    with step(row.replacement, "approve", part=row, **context.step_kwargs) as run:
        _decide(row, note, context, run)
    return row


def deny(row: Award, reason: str, *, context: StepContext) -> Award:
    """Not granted, with the reason."""
    with step(row.replacement, "deny", part=row, **context.step_kwargs) as run:
        _decide(row, reason, context, run)
    return row


def _decide(row: Award, note: str, context: StepContext, run: StepRun) -> None:
    row.waits_for, row.decided_by, row.decided_at, row.decision_note = "", context.actor, context.at, note
    run.add_payload(note=note, **_sum_payload(row))


def promise(row: Award, who: str, told_on: date, *, context: StepContext) -> Award:
    """The customer is told the sum; never before it is approved."""
    with step(row.replacement, "promise", part=row, **context.step_kwargs) as run:
        row.told_who, row.told_on = who, told_on
        run.add_payload(who=who, **_sum_payload(row))
    return row


def pay(row: Award, paid_on: date, note: str, *, context: StepContext) -> Award:
    """Finance paid it."""
    with step(row.replacement, "pay", part=row, **context.step_kwargs) as run:
        row.paid_on, row.payment_note = paid_on, note
        run.add_payload(note=note, **_sum_payload(row))
    return row


def drop(row: Award, reason: str, *, context: StepContext) -> Award:
    """It is not wanted any more, with the reason."""
    with step(row.replacement, "drop", part=row, **context.step_kwargs) as run:
        row.decision_note = reason
        run.add_payload(note=reason, **_sum_payload(row))
    return row


def record_loss(record: Replacement, entry: LossEntry, *, context: StepContext) -> Loss:
    """A cost or loss of the matter, by kind; freight of a shipment is entered with it."""
    with step(record, "record_loss", **context.step_kwargs) as run:
        row = Loss.objects.create(
            replacement=record,
            **entry.by_name(),
            currency=run.procedure.currency,
            at=context.at,
            by=context.actor,
        )
        run.touched(row)
        kind: Text = wording.label_of(run.procedure, "loss", entry.loss)
        run.add_payload(
            kind=kind,
            amount=wording.sum_of(entry.amount),
            currency=row.currency,
            note=entry.note,
            borne_by=entry.borne_by,
        )
    return row
