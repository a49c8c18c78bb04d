"""Goods that come back: the customer's consent, arrival, inspection and disposal as nonconforming output (P1 5.4.1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from huiyin.records.steps.context import Sent
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Taken, held, step
from huiyin.returns import serials
from huiyin.returns.actions import saying
from huiyin.returns.actions.shipping import NOTHING
from huiyin.returns.actions.values import Agreement, Arrived, Disposed
from huiyin.returns.balance import LotBalance, balance_of
from huiyin.returns.models import Consent, Disposal, Lot, Replacement


def record_consent(record: Replacement, agreement: Agreement, *, sent: Sent) -> list[Consent]:
    """The customer agrees to send goods back; before that none may be taken back."""
    with step(record, "record_consent", **sent.how) as taken:
        given = [(line, quantity) for line, quantity in agreement.quantities if quantity]
        if not given:
            raise Refused([NOTHING])
        rows = [
            Consent.objects.create(
                replacement=record,
                line=line,
                quantity=quantity,
                who=agreement.who,
                channel=agreement.channel,
                consented_on=agreement.consented_on,
                words=agreement.words,
                by=sent.actor,
            )
            for line, quantity in given
        ]
        taken.touched(*rows)
        taken.particulars(
            who=agreement.who,
            what=saying.goods(given, taken.procedure),
            words=agreement.words,
            channel=saying.label_of(taken.procedure, "channel", agreement.channel),
        )
    return rows


def take_back(record: Replacement, arrived: Sequence[Arrived], *, sent: Sent) -> list[Lot]:
    """Goods came back; each line's are one lot that quality inspects."""
    with step(record, "take_back", **sent.how) as taken:
        given = [one for one in arrived if one.quantity]
        if not given:
            raise Refused([NOTHING])
        lots = []
        for one in given:
            lot = Lot.objects.create(
                replacement=record,
                line=one.line,
                quantity=one.quantity,
                condition=one.condition,
                state="arrived",
                serials=serials.tidy(one.serials),
                arrived_at=sent.at,
                arrived_by=sent.actor,
            )
            what = saying.goods([(one.line, one.quantity)], taken.procedure)
            taken.event("lot.arrived", lot, what=what, condition=one.condition)
            lots.append(lot)
        taken.particulars(what=saying.goods([(one.line, one.quantity) for one in given], taken.procedure))
    return lots


def inspect(lot: Lot, good: Decimal, bad: Decimal, findings: str, *, sent: Sent) -> Lot:
    """Quality says how much of the lot is good and how much is nonconforming; together they are the lot."""
    with step(lot.replacement, "inspect", part=lot, **sent.how) as taken:
        lot.good, lot.bad, lot.findings = good, bad, findings
        lot.inspected_by, lot.inspected_at = sent.actor, sent.at
        lot.save(update_fields=["good", "bad"])  # the guard adds up what the database holds
        unit = lot.line.unit
        taken.particulars(
            good=saying.amount_of(good, unit, taken.procedure),
            bad=saying.amount_of(bad, unit, taken.procedure),
            findings=findings,
        )
    return lot


def dispose(lot: Lot, disposed: Sequence[Disposed], *, sent: Sent) -> list[Disposal]:
    """Rework, scrap, restock, back to the supplier or to the customer (ISO 9001 8.7); what is not named stays held."""
    given = [one for one in disposed if one.quantity]
    with held(lot.replacement, lot):
        now = LotBalance(lot, list(lot.disposed.all()))
        left = now.good_left + now.bad_left - sum((one.quantity for one in given), Decimal(0))
        with step(lot.replacement, "dispose" if left <= 0 else "dispose_part", part=lot, **sent.how) as taken:
            rows = _disposed(lot, given, taken, sent)
    return rows


def _disposed(lot: Lot, given: Sequence[Disposed], taken: Taken, sent: Sent) -> list[Disposal]:
    if not given:
        raise Refused([NOTHING])
    rows = [
        Disposal.objects.create(
            replacement=lot.replacement,
            lot=lot,
            of_good=one.of_good,
            disposal=one.disposal,
            quantity=one.quantity,
            note=one.note,
            at=sent.at,
            by=sent.actor,
        )
        for one in given
    ]
    taken.touched(*rows)
    taken.particulars(what=_said(lot, given, taken))
    return rows


def _said(lot: Lot, given: Sequence[Disposed], taken: Taken) -> object:
    procedure = taken.procedure
    return saying.joined(
        saying.t(
            "{what} {n}",
            "{n}: {what}",
            what=saying.label_of(procedure, "disposal", one.disposal),
            n=saying.amount_of(one.quantity, lot.line.unit, procedure),
        )
        for one in given
    )


def release_return(record: Replacement, reason: str, *, sent: Sent) -> Replacement:
    """What has not come back will not: scrapped at the customer's, lost, not worth the freight."""
    with step(record, "release_return", **sent.how) as taken:
        left = [(one.line, one.to_return) for one in balance_of(record).lines if one.to_return > 0]
        for line, quantity in left:
            line.not_returned += quantity
            line.save()
            taken.touched(line)
        taken.particulars(what=saying.goods(left, taken.procedure), reason=reason)
    return record
