"""Goods that come back: the customer's consent, arrival, inspection, disposal as nonconforming output (P1 5.4.1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from huiyin.kernel.text import t
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, locked_record, step
from huiyin.returns import serials
from huiyin.returns.actions import wording
from huiyin.returns.actions.shipping import NOTHING
from huiyin.returns.actions.values import CustomerConsent, DisposalEntry, ReturnedGoods
from huiyin.returns.balance import LotBalance, balance_of
from huiyin.returns.models import Consent, Disposal, Lot, Replacement


def record_consent(record: Replacement, consent: CustomerConsent, *, context: StepContext) -> list[Consent]:
    """The customer agrees to send goods back; before that none may be taken back."""
    with step(record, "record_consent", **context.step_kwargs) as run:
        given = [(line, quantity) for line, quantity in consent.quantities if quantity]
        if not given:
            raise Refused([NOTHING])
        rows = [
            Consent.objects.create(
                replacement=record,
                line=line,
                quantity=quantity,
                by=context.actor,
                **consent.by_name(but=("quantities",)),
            )
            for line, quantity in given
        ]
        run.touched(*rows)
        run.add_payload(
            who=consent.who,
            what=wording.goods(given, run.procedure),
            words=consent.words,
            channel=wording.label_of(run.procedure, "channel", consent.channel),
        )
    return rows


def take_back(record: Replacement, returned: Sequence[ReturnedGoods], *, context: StepContext) -> list[Lot]:
    """Goods came back; each line's are one lot that quality inspects."""
    with step(record, "take_back", **context.step_kwargs) as run:
        given = [one for one in returned if one.quantity]
        if not given:
            raise Refused([NOTHING])
        lots = []
        for one in given:
            lot = Lot.objects.create(
                replacement=record,
                **one.by_name() | {"serials": serials.one_per_line(one.serials)},
                state="arrived",
                arrived_at=context.at,
                arrived_by=context.actor,
            )
            what = wording.goods([(one.line, one.quantity)], run.procedure)
            run.event("lot.arrived", lot, what=what, condition=one.condition)
            lots.append(lot)
        run.add_payload(what=wording.goods([(one.line, one.quantity) for one in given], run.procedure))
    return lots


def inspect(lot: Lot, good: Decimal, bad: Decimal, findings: str, *, context: StepContext) -> Lot:
    """Quality says how much of the lot is good and how much is nonconforming; together they are the lot."""
    with step(lot.replacement, "inspect", part=lot, **context.step_kwargs) as run:
        lot.good, lot.bad, lot.findings = good, bad, findings
        lot.inspected_by, lot.inspected_at = context.actor, context.at
        lot.save(update_fields=["good", "bad"])  # the guard adds up what the database holds
        unit = lot.line.unit
        run.add_payload(
            good=wording.quantity_of(good, unit, run.procedure),
            bad=wording.quantity_of(bad, unit, run.procedure),
            findings=findings,
        )
    return lot


def dispose(lot: Lot, disposals: Sequence[DisposalEntry], *, context: StepContext) -> list[Disposal]:
    """Rework, scrap, restock, back to the supplier or to the customer (ISO 9001 8.7); what is not named stays held."""
    given = [one for one in disposals if one.quantity]
    with locked_record(lot.replacement, lot):
        now = LotBalance(lot, list(lot.disposed.all()))
        left = now.good_left + now.bad_left - sum((one.quantity for one in given), Decimal(0))
        with step(lot.replacement, "dispose" if left <= 0 else "dispose_part", part=lot, **context.step_kwargs) as run:
            rows = _create_disposals(lot, given, run, context)
    return rows


def _create_disposals(lot: Lot, given: Sequence[DisposalEntry], run: StepRun, context: StepContext) -> list[Disposal]:
    if not given:
        raise Refused([NOTHING])
    rows = [
        Disposal.objects.create(
            replacement=lot.replacement,
            lot=lot,
            **one.by_name(),
            at=context.at,
            by=context.actor,
        )
        for one in given
    ]
    run.touched(*rows)
    run.add_payload(what=_disposals_payload(lot, given, run))
    return rows


def _disposals_payload(lot: Lot, given: Sequence[DisposalEntry], run: StepRun) -> object:
    procedure = run.procedure
    return wording.joined(
        t(
            "{what} {n}",
            "{n}: {what}",
            what=wording.label_of(procedure, "disposal", one.disposal),
            n=wording.quantity_of(one.quantity, lot.line.unit, procedure),
        )
        for one in given
    )


def release_return(record: Replacement, reason: str, *, context: StepContext) -> Replacement:
    """What has not come back will not: scrapped at the customer's, lost, not worth the freight."""
    with step(record, "release_return", **context.step_kwargs) as run:
        left = [(one.line, one.to_return) for one in balance_of(record).lines if one.to_return > 0]
        for line, quantity in left:
            line.not_returned += quantity
            line.save()
            run.touched(line)
        run.add_payload(what=wording.goods(left, run.procedure), reason=reason)
    return record
