"""Rewards: proposed with what speaks for them, approved by management, booked with the sheet."""

from __future__ import annotations

from decimal import Decimal

from huiyin.assessment.models import Assessment, Charge
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step

REWARD = t("奖励", "Reward")


def propose(sheet: Assessment, whom: Person, amount: Decimal, evidence: str, *, context: StepContext) -> Charge:
    """Propose ``amount`` for ``whom`` with the evidence; nobody proposes a reward for themselves."""
    with step(sheet, "propose_reward", **context.step_kwargs) as run:
        if context.actor is not None and context.actor.pk == whom.pk:
            raise Refused(fields={"whom": t("不能为自己提议奖励", "Nobody proposes a reward for themselves")})
        if amount <= 0:
            raise Refused(fields={"amount": t("金额须大于零", "The amount must be above zero")})
        row = Charge.objects.create(
            assessment=sheet,
            charge=Charge.REWARD,
            department=whom.department,
            person=whom,
            label_zh=REWARD.zh,
            label_en=REWARD.en,
            amount=amount,
            counted=amount,
            currency=sheet.currency,
            evidence=evidence,
            proposed_by=context.actor,
            state="proposed",
            derivation=[{"zh": evidence, "en": evidence}],
        )
        run.touched(row)
        run.add_payload(who=whom.display_name, reason=evidence[:200])
    return row


def approve(charge: Charge, *, context: StepContext) -> Charge:
    """Management agrees; the reward is booked when the sheet goes to finance."""
    with step(charge.assessment, "approve", part=charge, **context.step_kwargs) as run:
        run.add_payload(who=charge.title)
    return charge


def decline(charge: Charge, reason: str, *, context: StepContext) -> Charge:
    """Management does not agree; nothing is booked."""
    with step(charge.assessment, "decline", part=charge, **context.step_kwargs) as run:
        run.add_payload(who=charge.title, reason=reason)
    return charge
