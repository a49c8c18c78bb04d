"""Two signatures, handing over, carrying out (P2 5.1): from the first signature on nothing on the sheet changes."""

from __future__ import annotations

from django.db import transaction

from huiyin.assessment import ledger
from huiyin.assessment.models import Assessment, Charge
from huiyin.kernel.money import sum_money
from huiyin.kernel.text import Text, t
from huiyin.records.signatures import sign
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import step


def sign_quality(sheet: Assessment, statement: str, *, context: StepContext) -> Assessment:
    """The head of quality signs; what the sheet counts is frozen."""
    with transaction.atomic():
        with step(sheet, "sign_quality", **context.step_kwargs):
            sheet.quality_by, sheet.quality_at = context.actor, context.at
        if context.actor is not None:
            sign(sheet, "quality", actor=context.actor, at=context.at, statement=statement)
    return sheet


def send_back(sheet: Assessment, reason: str, *, context: StepContext) -> Assessment:
    """The general manager does not sign yet; quality looks at it again."""
    with step(sheet, "send_back", **context.step_kwargs) as run:
        sheet.quality_by = sheet.quality_at = None
        sheet.return_reason = reason
        run.add_payload(reason=reason)
    return sheet


def sign_management(sheet: Assessment, statement: str, *, context: StepContext) -> Assessment:
    """The general manager signs, who is not the person that signed for quality."""
    with transaction.atomic():
        with step(sheet, "sign_management", **context.step_kwargs):
            sheet.management_by, sheet.management_at = context.actor, context.at
        if context.actor is not None:
            sign(sheet, "management", actor=context.actor, at=context.at, statement=statement)
    return sheet


def hand_over(sheet: Assessment, *, context: StepContext) -> Assessment:
    """Finance gets the sheet: every charge is booked, and each department has its sum to divide from now on."""
    with step(sheet, "hand_over", **context.step_kwargs) as run:
        sheet.handed_over_by, sheet.handed_over_at = context.actor, context.at
        posted = list(sheet.charges.filter(state="counted").select_related("person", "department").order_by("id"))
        for charge in posted:
            charge.state = "posted"
            charge.version += 1
            charge.save()
            run.touched(charge)
            ledger.book_charge(sheet, charge, run, context)
            run.event("charge.posted", charge, what=booking_notice(charge, sheet))
        for allotment in sheet.allotments.select_related("department").order_by("id"):
            allotment.state = "opened"
            allotment.version += 1
            allotment.save()
            run.touched(allotment)
            ledger.book_allotment(sheet, allotment, run, context)
            run.event("allotment.opened", allotment, department=allotment.department.name)
        run.add_payload(**_totals(sheet, posted))
    return sheet


def booking_notice(charge: Charge, sheet: Assessment) -> Text:
    """What who bears it is told: the week, what it is, and until when it can be appealed."""
    if charge.is_reward:
        return t("{week}，{what}", "{week}, {what}", week=sheet.week.label, what=charge.told)
    return t(
        "{week}，{what}，财务执行前可以申诉",
        "{week}, {what}; it can be appealed until finance carries it out",
        week=sheet.week.label,
        what=charge.told,
    )


def _totals(sheet: Assessment, posted: list[Charge]) -> dict[str, str]:
    charged = sum_money((c.money for c in posted if not c.is_reward), sheet.currency)
    charged += sum_money((a.money for a in sheet.allotments.all()), sheet.currency)
    rewarded = sum_money((c.money for c in posted if c.is_reward), sheet.currency)
    return {"charged": str(charged.amount), "rewarded": str(rewarded.amount)}


def carry_out(sheet: Assessment, remark: str, *, context: StepContext) -> Assessment:
    """Finance has handed every person's sum of this sheet to payroll; their accounts stand at nothing again."""
    with step(sheet, "carry_out", **context.step_kwargs) as run:
        sheet.carried_out_by, sheet.carried_out_at = context.actor, context.at
        ledger.book_payroll(sheet, run, context)
        run.add_payload(note=remark)
    return sheet
