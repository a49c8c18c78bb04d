"""Making a request, correcting it, signing it at once or late, denying and withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.records.models import Record
from huiyin.records.ownfields import laid_on
from huiyin.records.relations.relations import tie
from huiyin.records.steps.context import Sent
from huiyin.records.steps.stepping import Taken, step
from huiyin.returns import serials
from huiyin.returns.actions import saying
from huiyin.returns.actions.values import LineWanted, Signed, Wanted
from huiyin.returns.models import Line, Replacement

FOR = "replacement-for"
"""The tie between a request and the record it is made for."""


def request(wanted: Wanted, *, procedure_id: int, sent: Sent, about: Record | None = None) -> Replacement:
    """Ask for goods to be sent again, exchanged or taken back (P2 4.3-2); ``about``: the complaint it is made for."""
    record = Replacement(procedure_id=procedure_id, owner=sent.actor)
    _lay_on(record, wanted)
    with step(record, "request", **sent.how) as taken:
        _write(record, wanted.lines, taken)
        if about is not None:
            tie(record, about, FOR, taken=taken)
            taken.particulars(about=about.number)
        taken.particulars(what=saying.wanted(wanted.lines, taken.procedure), urgent=wanted.urgent)
    return record


def supplement(record: Replacement, wanted: Wanted, *, sent: Sent) -> Replacement:
    """Correct what is asked for, as long as nobody signed it and nothing went out."""
    with step(record, "supplement", **sent.how) as taken:
        kept = (record.customer, record.customer_name, record.claimable, record.claimable_unit)
        _lay_on(record, wanted)
        record.customer, record.customer_name, record.claimable, record.claimable_unit = kept
        for row in list(record.lines.order_by("id")):
            taken.removed(row.part_key)
            row.delete()
        _write(record, wanted.lines, taken)
        taken.particulars(what=saying.wanted(wanted.lines, taken.procedure))
    return record


def _lay_on(record: Replacement, wanted: Wanted) -> None:
    for name in (
        "customer",
        "customer_name",
        "receiver",
        "telephone",
        "address",
        "reason",
        "urgent",
        "urgent_reason",
        "claimable",
        "claimable_unit",
    ):
        setattr(record, name, getattr(wanted, name))
    record.extra = laid_on(record.extra, wanted.extra)


def _write(record: Replacement, lines: Sequence[LineWanted], taken: Taken) -> None:
    for one in lines:
        row = Line.objects.create(
            replacement=record,
            way=one.way,
            model=one.model,
            batch=one.batch,
            serials=serials.tidy(one.serials),
            quantity=one.quantity,
            unit=one.unit,
        )
        taken.touched(row)


def sign(record: Replacement, signed: Signed, *, sent: Sent) -> Replacement:
    """Quality names the responsible department and how many of each line may go; then the warehouse ships (P2 4.4-2)."""
    with step(record, "sign", **sent.how) as taken:
        _sign(record, signed, taken, sent)
    return record


def sign_late(record: Replacement, signed: Signed, *, sent: Sent) -> Replacement:
    """The signature that was owed since the goods went ahead of it (补签, P2 4.4-2)."""
    with step(record, "sign_late", **sent.how) as taken:
        _sign(record, signed, taken, sent)
    return record


def _sign(record: Replacement, signed: Signed, taken: Taken, sent: Sent) -> None:
    given = {line.pk: quantity for line, quantity in signed.quantities}
    rows = list(record.lines.order_by("id"))
    for row in rows:
        row.signed_quantity = given.get(row.pk, row.quantity)
        row.save()
        taken.touched(row)
    record.responsible, record.sign_note = signed.department, signed.note
    record.signed_by, record.signed_at = sent.actor, sent.at
    taken.particulars(
        department=signed.department.name,
        department_key=signed.department.key,
        note=signed.note,
        what=saying.goods([(row, given.get(row.pk, row.quantity)) for row in rows], taken.procedure),
    )


def deny(record: Replacement, reason: str, *, sent: Sent) -> Replacement:
    """Quality does not agree, with the reason."""
    with step(record, "deny", **sent.how) as taken:
        record.deny_reason = reason
        taken.particulars(reason=reason)
    return record


def withdraw(record: Replacement, reason: str, *, sent: Sent) -> Replacement:
    """The request is taken back before any goods went or came."""
    with step(record, "withdraw", **sent.how) as taken:
        record.withdraw_reason = reason
        taken.particulars(reason=reason)
    return record


def close(record: Replacement, note: str, *, sent: Sent) -> Replacement:
    """Everything is accounted for; the procedure's gate lists what is not."""
    with step(record, "close", **sent.how) as taken:
        record.closing_note = note
        taken.particulars(note=note)
    return record
