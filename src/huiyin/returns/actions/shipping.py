"""Sending goods, ahead of the signature too; the customer's receipt; what is not sent any more."""

from __future__ import annotations

from decimal import Decimal

from huiyin.kernel.text import t
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, locked_record, step
from huiyin.returns import serials
from huiyin.returns.actions import wording
from huiyin.returns.actions.values import ReceiptInput, ShipmentInput
from huiyin.returns.balance import balance_of
from huiyin.returns.models import Loss, Replacement, Shipment, ShippedRow

NOTHING = t("请至少写一项数量", "Enter at least one quantity")


def ship(record: Replacement, dispatch: ShipmentInput, *, context: StepContext) -> Shipment:
    """The warehouse sends what quality signed (P2 4.4-2).

    Sending the last of it ends the duty, by a step of its own.
    """
    with locked_record(record):
        left = balance_of(record).to_ship - sum((row.quantity for row in dispatch.rows), Decimal(0))
        with step(record, "ship" if left <= 0 else "ship_part", **context.step_kwargs) as run:
            row = _send(record, dispatch, run, context)
    return row


def ship_urgent(record: Replacement, dispatch: ShipmentInput, urgent_reason: str, *, context: StepContext) -> Shipment:
    """Goods go out before the responsible department is signed; the signature stays owed (P2 4.4-2)."""
    with step(record, "ship_urgent", **context.step_kwargs) as run:
        record.urgent, record.urgent_reason = True, urgent_reason or record.urgent_reason
        run.add_payload(reason=record.urgent_reason)
        row = _send(record, dispatch, run, context)
    return row


def _send(record: Replacement, dispatch: ShipmentInput, run: StepRun, context: StepContext) -> Shipment:
    rows = [one for one in dispatch.rows if one.quantity]
    if not rows:
        raise Refused([NOTHING])
    row = Shipment.objects.create(
        replacement=record,
        place=record.shipments.count() + 1,
        state="sent",
        sent_at=context.at,
        sent_by=context.actor,
        carrier=dispatch.carrier,
        waybill=dispatch.waybill,
        note=dispatch.note,
    )
    for one in rows:
        shipped = ShippedRow.objects.create(
            replacement=record,
            shipment=row,
            line=one.line,
            quantity=one.quantity,
            serials=serials.one_per_line(one.serials),
        )
        run.touched(shipped)
    if dispatch.freight:
        cost = Loss.objects.create(
            replacement=record,
            shipment=row,
            loss=Loss.FREIGHT,
            amount=dispatch.freight,
            borne_by=dispatch.borne_by,
            currency=run.procedure.currency,
            note=dispatch.waybill,
            at=context.at,
            by=context.actor,
        )
        run.touched(cost)
        run.add_payload(freight=dispatch.freight)
    what = wording.goods([(one.line, one.quantity) for one in rows], run.procedure)
    run.add_payload(what=what, carrier=dispatch.carrier, waybill=dispatch.waybill)
    run.event("shipment.sent", row, place=row.place)
    return row


def receive(shipment: Shipment, receipt: ReceiptInput, *, context: StepContext) -> Shipment:
    """The customer has the goods; what did not arrive is owed to them again."""
    record = shipment.replacement
    with step(record, "receive", part=shipment, **context.step_kwargs) as run:
        given = dict(receipt.quantities)
        rows = list(shipment.shipped.select_related("line").order_by("id"))
        for row in rows:
            row.received_quantity = given.get(row.pk, row.quantity)
            row.save()
            run.touched(row)
        shipment.received_on, shipment.received_by_name = receipt.received_on, receipt.who
        shipment.receipt_note = receipt.note
        got = [(row.line, row.received_quantity or Decimal(0)) for row in rows]
        missing = sum((row.quantity - amount for row, (_, amount) in zip(rows, got, strict=True)), Decimal(0))
        run.add_payload(
            who=receipt.who,
            place=shipment.place,
            what=wording.goods(got, run.procedure),
            note=receipt.note,
            missing=missing,
        )
    return shipment


def release_sending(record: Replacement, reason: str, *, context: StepContext) -> Replacement:
    """What is not sent yet will not be: the customer forgoes it."""
    with step(record, "release_sending", **context.step_kwargs) as run:
        left = [(one.line, one.to_ship) for one in balance_of(record).lines if one.to_ship > 0]
        for line, quantity in left:
            line.not_sent += quantity
            line.save()
            run.touched(line)
        run.add_payload(what=wording.goods(left, run.procedure), reason=reason)
    return record
