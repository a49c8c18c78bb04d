"""An appeal against a charge and its decision: upheld, reduced or waived; what is not owed any more is booked back."""

from __future__ import annotations

from decimal import Decimal

from huiyin.assessment import ledger
from huiyin.assessment.models import Appeal, Charge
from huiyin.kernel.money import Money
from huiyin.kernel.text import t
from huiyin.records.refusals import Refused
from huiyin.records.sending import Sent
from huiyin.records.stepping import step


def appeal(charge: Charge, reason: str, *, sent: Sent) -> Appeal:
    """Who is charged says what speaks against it; management has to decide."""
    with step(charge.assessment, "appeal", part=charge, **sent.how) as taken:
        row = Appeal.objects.create(
            assessment=charge.assessment,
            charge=charge,
            by=sent.actor,
            at=sent.at,
            reason=reason,
            before=charge.amount,
        )
        taken.touched(row)
    return row


def uphold(charge: Charge, reason: str, *, sent: Sent) -> Charge:
    """The charge stands."""
    return _decide(charge, "uphold", Appeal.UPHELD, charge.amount, reason, sent)


def reduce(charge: Charge, amount: Decimal, reason: str, *, sent: Sent) -> Charge:
    """Only ``amount`` is owed: more than nothing and less than what was charged."""
    return _decide(charge, "reduce", Appeal.REDUCED, amount, reason, sent)


def waive(charge: Charge, reason: str, *, sent: Sent) -> Charge:
    """Nothing is owed."""
    return _decide(charge, "waive", Appeal.WAIVED, Decimal(0), reason, sent)


def _decide(charge: Charge, verb: str, decision: str, amount: Decimal, reason: str, sent: Sent) -> Charge:
    sheet = charge.assessment
    with step(sheet, verb, part=charge, **sent.how) as taken:
        if decision == Appeal.REDUCED and not 0 < amount < charge.amount:
            raise Refused(fields={"amount": t("金额须大于 0、小于 {now}", "The amount must be above 0 and below {now}",
                                              now=charge.amount)})  # fmt: skip
        row = charge.appeals.filter(decision="").order_by("-id").get()
        row.decision, row.decided_by, row.decided_at = decision, sent.actor, sent.at
        row.decision_reason, row.after = reason, amount
        row.save()
        taken.touched(row)
        less = charge.money - Money(amount, charge.currency)
        charge.amount = amount
        ledger.book_back(sheet, charge, less, taken, sent)
        taken.particulars(reason=reason)
    return charge
