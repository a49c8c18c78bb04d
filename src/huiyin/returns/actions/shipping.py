"""Sending goods, ahead of the signature too, in as many shipments as it takes; the customer's receipt; what is not sent any more."""

from __future__ import annotations

from decimal import Decimal

from huiyin.kernel.text import t
from huiyin.records.steps.context import Sent
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Taken, held, step
from huiyin.returns import serials
from huiyin.returns.actions import saying
from huiyin.returns.actions.values import Dispatch, Receipt
from huiyin.returns.balance import balance_of
from huiyin.returns.models import Loss, Replacement, Shipment, ShippedRow

NOTHING = t("请至少写一项数量", "Enter at least one quantity")


def ship(record: Replacement, dispatch: Dispatch, *, sent: Sent) -> Shipment:
    """The warehouse sends what quality signed (P2 4.4-2); the last shipment is a step of its own, for it ends the duty."""
    with held(record):
        left = balance_of(record).to_ship - sum((row.quantity for row in dispatch.rows), Decimal(0))
        with step(record, "ship" if left <= 0 else "ship_part", **sent.how) as taken:
            row = _send(record, dispatch, taken, sent)
    return row


def ship_urgent(record: Replacement, dispatch: Dispatch, reason: str, *, sent: Sent) -> Shipment:
    """Goods go out before the responsible department is signed; the signature stays owed (P2 4.4-2)."""
    with step(record, "ship_urgent", **sent.how) as taken:
        record.urgent, record.urgent_reason = True, reason or record.urgent_reason
        taken.particulars(reason=record.urgent_reason)
        row = _send(record, dispatch, taken, sent)
    return row


def _send(record: Replacement, dispatch: Dispatch, taken: Taken, sent: Sent) -> Shipment:
    rows = [one for one in dispatch.rows if one.quantity]
    if not rows:
        raise Refused([NOTHING])
    row = Shipment.objects.create(
        replacement=record,
        place=record.shipments.count() + 1,
        state="sent",
        sent_at=sent.at,
        sent_by=sent.actor,
        carrier=dispatch.carrier,
        waybill=dispatch.waybill,
        note=dispatch.note,
    )
    for one in rows:
        held = ShippedRow.objects.create(
            replacement=record, shipment=row, line=one.line, quantity=one.quantity, serials=serials.tidy(one.serials)
        )
        taken.touched(held)
    if dispatch.freight:
        cost = Loss.objects.create(
            replacement=record,
            shipment=row,
            loss=Loss.FREIGHT,
            amount=dispatch.freight,
            borne_by=dispatch.borne_by,
            currency=taken.procedure.currency,
            note=dispatch.waybill,
            at=sent.at,
            by=sent.actor,
        )
        taken.touched(cost)
        taken.particulars(freight=dispatch.freight)
    what = saying.goods([(one.line, one.quantity) for one in rows], taken.procedure)
    taken.particulars(what=what, carrier=dispatch.carrier, waybill=dispatch.waybill)
    taken.event("shipment.sent", row, place=row.place)
    return row


def receive(shipment: Shipment, receipt: Receipt, *, sent: Sent) -> Shipment:
    """The customer has the goods; what did not arrive is owed to them again."""
    record = shipment.replacement
    with step(record, "receive", part=shipment, **sent.how) as taken:
        given = dict(receipt.quantities)
        rows = list(shipment.shipped.select_related("line").order_by("id"))
        for row in rows:
            row.received_quantity = given.get(row.pk, row.quantity)
            row.save()
            taken.touched(row)
        shipment.received_on, shipment.received_by_name = receipt.received_on, receipt.who
        shipment.receipt_note = receipt.note
        got = [(row.line, row.received_quantity or Decimal(0)) for row in rows]
        missing = sum((row.quantity - amount for row, (_, amount) in zip(rows, got, strict=True)), Decimal(0))
        taken.particulars(
            who=receipt.who,
            place=shipment.place,
            what=saying.goods(got, taken.procedure),
            note=receipt.note,
            missing=missing,
        )
    return shipment


def release_sending(record: Replacement, reason: str, *, sent: Sent) -> Replacement:
    """What is not sent yet will not be: the customer forgoes it."""
    with step(record, "release_sending", **sent.how) as taken:
        left = [(one.line, one.to_ship) for one in balance_of(record).lines if one.to_ship > 0]
        for line, quantity in left:
            line.not_sent += quantity
            line.save()
            taken.touched(line)
        taken.particulars(what=saying.goods(left, taken.procedure), reason=reason)
    return record
