"""Compensation, decided within authority before anything is promised; freight and other losses as they come up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.records.steps.authority import limit_of, way_up
from huiyin.records.steps.context import Sent
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Taken, step
from huiyin.returns.actions import saying
from huiyin.returns.actions.values import LossEntered
from huiyin.returns.models import Award, Loss, Replacement


def award(record: Replacement, amount: Decimal, reason: str, *, sent: Sent) -> Award:
    """Ask for compensation: within one's own limit it is approved by that, above it goes up level by level."""
    with step(record, "award", **sent.how) as taken:
        row = _opened(record, amount, reason, taken, sent)
        taken.particulars(amount=saying.money(amount), currency=row.currency, reason=reason)
    return row


def _opened(record: Replacement, amount: Decimal, reason: str, taken: Taken, sent: Sent) -> Award:
    if amount <= 0:
        raise Refused(fields={"amount": t("金额要大于零", "The amount must be above zero")})
    procedure = taken.procedure
    above = limit_of(sent.actor, procedure) if sent.actor else Decimal(0)
    levels = way_up(amount, above, procedure)
    row = Award.objects.create(
        replacement=record,
        amount=amount,
        currency=procedure.currency,
        reason=reason,
        asked_by=sent.actor,
        asked_at=sent.at,
        state="requested" if levels else "approved",
        waits_for=levels[0] if levels else "",
        decided_by=None if levels else sent.actor,
        decided_at=None if levels else sent.at,
    )
    if levels:
        taken.event("award.requested", row, who=procedure.role_label(levels[0]), **_said(row))
    else:
        taken.event("award.approved", row, note=t("在本人权限之内", "Within their own limit"), **_said(row))
    return row


def _said(row: Award) -> dict[str, Any]:
    return {"amount": saying.money(row.amount), "currency": row.currency}


def endorse(row: Award, note: str, *, sent: Sent) -> Award:
    """One level agrees and passes the request up to the next."""
    with step(row.replacement, "endorse", part=row, **sent.how) as taken:
        way = way_up(row.amount, Decimal(-1), taken.procedure)
        own = limit_of(sent.actor, taken.procedure) if sent.actor else None
        beyond = way_up(row.amount, own, taken.procedure) if own is not None else way[-1:]
        later = [who for who in beyond if way.index(who) > way.index(row.waits_for)]
        row.endorsed = [
            *row.endorsed,
            {"who": row.waits_for, "name": sent.actor.name if sent.actor else "", "note": note},
        ]
        row.waits_for = later[0] if later else way[-1]
        taken.particulars(who=taken.procedure.role_label(row.waits_for), note=note, **_said(row))
    return row


def approve(row: Award, note: str, *, sent: Sent) -> Award:
    """Somebody whose limit suffices approves."""
    with step(row.replacement, "approve", part=row, **sent.how) as taken:
        _decide(row, note, sent, taken)
    return row


def deny(row: Award, note: str, *, sent: Sent) -> Award:
    """Not granted, with the reason."""
    with step(row.replacement, "deny", part=row, **sent.how) as taken:
        _decide(row, note, sent, taken)
    return row


def _decide(row: Award, note: str, sent: Sent, taken: Taken) -> None:
    row.waits_for, row.decided_by, row.decided_at, row.decision_note = "", sent.actor, sent.at, note
    taken.particulars(note=note, **_said(row))


def promise(row: Award, who: str, told_on: date, *, sent: Sent) -> Award:
    """The customer is told the sum; never before it is approved."""
    with step(row.replacement, "promise", part=row, **sent.how) as taken:
        row.told_who, row.told_on = who, told_on
        taken.particulars(who=who, **_said(row))
    return row


def pay(row: Award, paid_on: date, note: str, *, sent: Sent) -> Award:
    """Finance paid it."""
    with step(row.replacement, "pay", part=row, **sent.how) as taken:
        row.paid_on, row.payment_note = paid_on, note
        taken.particulars(note=note, **_said(row))
    return row


def drop(row: Award, note: str, *, sent: Sent) -> Award:
    """It is not wanted any more, with the reason."""
    with step(row.replacement, "drop", part=row, **sent.how) as taken:
        row.decision_note = note
        taken.particulars(note=note, **_said(row))
    return row


def record_loss(record: Replacement, entered: LossEntered, *, sent: Sent) -> Loss:
    """A cost or loss of the matter, by kind; freight of a shipment is entered with it."""
    with step(record, "record_loss", **sent.how) as taken:
        row = Loss.objects.create(
            replacement=record,
            loss=entered.loss,
            amount=entered.amount,
            borne_by=entered.borne_by,
            note=entered.note,
            currency=taken.procedure.currency,
            at=sent.at,
            by=sent.actor,
        )
        taken.touched(row)
        kind: Text = saying.label_of(taken.procedure, "loss", entered.loss)
        taken.particulars(
            kind=kind,
            amount=saying.money(entered.amount),
            currency=row.currency,
            note=entered.note,
            borne_by=entered.borne_by,
        )
    return row
