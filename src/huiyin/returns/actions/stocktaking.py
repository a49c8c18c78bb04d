"""A joint stock-take: opened on a claim, counted by the three, its verdict by rule, final when all have signed (P2 4.5-4)."""

from __future__ import annotations

from decimal import Decimal

from huiyin.kernel.stocktake import verdict_of
from huiyin.records.models import Record
from huiyin.records.ownfields import laid_on
from huiyin.records.relations.relations import tie
from huiyin.records.steps.context import Sent
from huiyin.records.steps.stepping import step
from huiyin.returns.actions import saying
from huiyin.returns.actions.values import TakeWanted
from huiyin.returns.models import StockTake

FOR = "stock-take-for"
"""The tie between a stock-take and the record it is made for."""


def open_take(wanted: TakeWanted, *, procedure_id: int, sent: Sent, about: Record | None = None) -> StockTake:
    """Neither side can prove what it says, so account, card and goods are compared."""
    record = StockTake(
        procedure_id=procedure_id,
        owner=sent.actor,
        customer=wanted.customer,
        customer_name=wanted.customer_name,
        material=wanted.material,
        batch=wanted.batch,
        unit=wanted.unit,
        claim=wanted.claim,
        claimed=wanted.claimed,
        extra=laid_on({}, wanted.extra),
    )
    with step(record, "open", **sent.how) as taken:
        if about is not None:
            tie(record, about, FOR, taken=taken)
            taken.particulars(about=about.number)
        claimed = saying.amount_of(wanted.claimed, wanted.unit, taken.procedure)
        taken.particulars(material=wanted.material, claimed=claimed)
    return record


def count(record: StockTake, what: str, amount: Decimal, *, sent: Sent) -> StockTake:
    """Enter a count: ``what`` is "book", "card" or "goods". With the third the verdict follows; a corrected count changes it."""
    with step(record, f"count_{what}", **sent.how) as taken:
        setattr(record, what, amount)
        setattr(record, f"{what}_by", sent.actor)
        setattr(record, f"{what}_at", sent.at)
        if record.book is not None and record.card is not None and record.goods is not None:
            record.verdict = verdict_of(record.claimed, book=record.book, goods=record.goods).value
        taken.particulars(count=saying.amount_of(amount, record.unit, taken.procedure))
    return record


def settle(record: StockTake, remark: str, *, sent: Sent) -> StockTake:
    """The verdict is final; the procedure's gate wants all counts and the three signatures under them."""
    with step(record, "settle", **sent.how) as taken:
        record.remark = remark
        verdict = saying.label_of(taken.procedure, "stock_verdict", record.verdict)
        taken.particulars(verdict=verdict, verdict_key=record.verdict, remark=remark)
    return record


def cancel(record: StockTake, reason: str, *, sent: Sent) -> StockTake:
    """The stock-take is not needed after all."""
    with step(record, "cancel", **sent.how) as taken:
        record.cancel_reason = reason
        taken.particulars(reason=reason)
    return record
