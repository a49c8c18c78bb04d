"""A department's head divides its sum among the persons responsible; the parts add up to it exactly (P2 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from huiyin.assessment import ledger
from huiyin.assessment.actions.signing import booking_notice
from huiyin.assessment.models import Allotment, Charge
from huiyin.kernel.money import Money, sum_money
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step

WHAT = {
    Charge.FREIGHT: t("运费分担", "Share of freight"),
    Charge.LOSS: t("损失分担", "Share of losses"),
}


def split(allotment: Allotment, shares: Sequence[tuple[Person, Decimal]], *, context: StepContext) -> Allotment:
    """Charge each person with their share.

    Refused unless the shares add up to the sum, each is above zero, and each person of the department stands once.
    """
    sheet = allotment.assessment
    with step(sheet, "split", part=allotment, **context.step_kwargs) as run:
        refusal = split_refusal(allotment, shares)
        if refusal is not None:
            raise Refused([refusal])
        allotment.split_by, allotment.split_at = context.actor, context.at
        rows = [_share(allotment, person, amount, run.procedure) for person, amount in shares]
        run.touched(*rows)
        ledger.book_split(sheet, allotment, rows, run, context)
        for row in rows:
            run.event("charge.posted", row, what=booking_notice(row, sheet))
        run.add_payload(department=allotment.department.name, people=len(rows))
    return allotment


def split_refusal(allotment: Allotment, shares: Sequence[tuple[Person, Decimal]]) -> Text | None:
    """Why the shares cannot stand; None when they can."""
    if len({person.pk for person, _ in shares}) != len(shares):
        return t("同一个人写了两次", "Somebody is named twice")
    if any(amount <= 0 for _, amount in shares):
        return t("每人的金额须大于零", "Every share must be above zero")
    if any(person.department_id != allotment.department_id for person, _ in shares):
        return t("只能分给本部门的人", "Only people of the department can bear it")
    given = sum_money((Money(amount, allotment.currency) for _, amount in shares), allotment.currency)
    if given != allotment.money:
        return t(
            "各人合计 {given}，应为 {sum}",
            "The shares add up to {given}, not to {sum}",
            given=given.amount,
            sum=allotment.money.amount,
        )
    return None


def _share(allotment: Allotment, person: Person, amount: Decimal, procedure: Procedure) -> Charge:
    label, sharing = WHAT[allotment.cost], procedure.sharing(allotment.cost)
    said = t(
        "{department}分解 {sum}，本人 {amount}",
        "{department} divided {sum}; this person {amount}",
        department=allotment.department.name,
        sum=allotment.money.amount,
        amount=amount,
    )
    return Charge.objects.create(
        assessment=allotment.assessment,
        charge=allotment.cost,
        department=allotment.department,
        person=person,
        allotment=allotment,
        clause=sharing.clause if sharing else "",
        label_zh=label.zh,
        label_en=label.en,
        amount=amount,
        counted=amount,
        currency=allotment.currency,
        state="posted",
        derivation=[*allotment.derivation, {"zh": said.show("zh"), "en": said.show("en")}],
    )
