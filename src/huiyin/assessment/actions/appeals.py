"""An appeal and its decision: upheld, reduced or waived; what is not owed any more is booked back.

Against a charge by who bears it: the person, or the head of the department. Against the sum that a department has to
divide by its head, as long as it is not divided; afterwards each person appeals against their own share.
"""

from __future__ import annotations

from decimal import Decimal

from huiyin.assessment import ledger
from huiyin.assessment.models import Allotment, Appeal, Charge
from huiyin.kernel.money import Money
from huiyin.kernel.text import t
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step

Appealed = Charge | Allotment


def appeal(part: Appealed, reason: str, *, context: StepContext) -> Appeal:
    """Who bears it says what speaks against it; management has to decide."""
    charge, allotment = (part, None) if isinstance(part, Charge) else (None, part)
    with step(part.assessment, "appeal", part=part, **context.step_kwargs) as run:
        row = Appeal.objects.create(
            assessment=part.assessment,
            charge=charge,
            allotment=allotment,
            by=context.actor,
            at=context.at,
            reason=reason,
            before=part.amount,
        )
        run.touched(row)
        run.add_payload(what=part.told)
    return row


def uphold(part: Appealed, reason: str, *, context: StepContext) -> Appealed:
    """It stands."""
    return _decide(part, "uphold", Appeal.UPHELD, part.amount, reason, context)


def reduce(part: Appealed, amount: Decimal, reason: str, *, context: StepContext) -> Appealed:
    """Only ``amount`` is owed: more than nothing and less than what was charged."""
    return _decide(part, "reduce", Appeal.REDUCED, amount, reason, context)


def waive(part: Appealed, reason: str, *, context: StepContext) -> Appealed:
    """Nothing is owed."""
    return _decide(part, "waive", Appeal.WAIVED, Decimal(0), reason, context)


def _decide(part: Appealed, verb: str, decision: str, amount: Decimal, reason: str, context: StepContext) -> Appealed:
    with step(part.assessment, verb, part=part, **context.step_kwargs) as run:
        if decision == Appeal.REDUCED and not 0 < amount < part.amount:
            raise Refused(
                fields={
                    "amount": t(
                        "金额须大于 0、小于 {now}", "The amount must be above 0 and below {now}", now=part.amount
                    )
                }
            )
        row = part.appeals.filter(decision="").order_by("-id").get()
        row.decision, row.decided_by, row.decided_at = decision, context.actor, context.at
        row.decision_reason, row.after = reason, amount
        row.save()
        run.touched(row)
        less = part.money - Money(amount, part.currency)
        part.amount = amount
        ledger.book_back(part, less, run, context)
        run.add_payload(reason=reason, what=part.told)
    return part
