"""A joint stock-take: opened on a claim, counted, its verdict by rule, final when all three have signed (P2 4.5-4)."""

from __future__ import annotations

from decimal import Decimal

from huiyin.kernel.stocktake import verdict_of
from huiyin.records.models import Record
from huiyin.records.relations.relations import link_records
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import step
from huiyin.returns.actions import wording
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.returns.models import StockTake

FOR = "stock-take-for"
"""The tie between a stock-take and the record it is made for."""


def open_take(
    facts: StockTakeFacts, *, procedure_id: int, context: StepContext, about: Record | None = None
) -> StockTake:
    """Neither side can prove what it says, so book, bin card and physical count are compared."""
    record = StockTake(procedure_id=procedure_id, owner=context.actor)
    facts.apply_to(record)
    with step(record, "open", **context.step_kwargs) as run:
        if about is not None:
            link_records(record, about, FOR, run=run)
            run.add_payload(about=about.number)
        claimed = wording.quantity_of(facts.claimed, facts.unit, run.procedure)
        run.add_payload(material=facts.material, claimed=claimed)
    return record


def count(record: StockTake, what: str, count: Decimal, *, context: StepContext) -> StockTake:
    """Enter a count: ``what`` is "book", "card" or "goods".

    With the third the verdict follows; a corrected count changes it.
    """
    with step(record, f"count_{what}", **context.step_kwargs) as run:
        setattr(record, what, count)
        setattr(record, f"{what}_by", context.actor)
        setattr(record, f"{what}_at", context.at)
        if record.book is not None and record.card is not None and record.goods is not None:
            record.verdict = verdict_of(record.claimed, book=record.book, goods=record.goods).value
        run.add_payload(count=wording.quantity_of(count, record.unit, run.procedure))
    return record


def settle(record: StockTake, remark: str, *, context: StepContext) -> StockTake:
    """The verdict is final; the procedure's gate wants all counts and the three signatures under them."""
    with step(record, "settle", **context.step_kwargs) as run:
        record.remark = remark
        verdict = wording.label_of(run.procedure, "stock_verdict", record.verdict)
        run.add_payload(verdict=verdict, verdict_key=record.verdict, remark=remark)
    return record


def cancel(record: StockTake, reason: str, *, context: StepContext) -> StockTake:
    """The stock-take is not needed after all."""
    with step(record, "cancel", **context.step_kwargs) as run:
        record.cancel_reason = reason
        run.add_payload(reason=reason)
    return record
