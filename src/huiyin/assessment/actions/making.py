"""Making a week's sheet: compile, count again, send, costs, return, withdraw (P2 5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum

from huiyin.assessment import collect, spending
from huiyin.assessment.actions.costs import calculate_costs
from huiyin.assessment.models import Assessment, Charge, Item
from huiyin.kernel.money import Money
from huiyin.kernel.periods import Period, PeriodInvalid, period_of
from huiyin.kernel.text import t
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.conditions import opening_refusals
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step


def compile_week(period: Period, *, procedure_id: int, context: StepContext) -> Assessment:
    """Collect the sheet of a week that is over: cases by responsible department, and fines for what was late."""
    procedure = versions.procedure_of(procedure_id)
    if context.actor is not None and (reasons := opening_refusals("assessment.compile", context.actor, procedure)):
        raise Refused(reasons)
    _may_be_compiled(period, procedure, at=context.at)
    sheet = Assessment(procedure_id=procedure_id, period=period.key, currency=procedure.currency)
    try:
        with transaction.atomic(), step(sheet, "compile", **context.step_kwargs) as run:
            counted = _collect(sheet, run, at=context.at)
            run.add_payload(**counted, period=period.key)
    except IntegrityError:  # somebody else compiled it in the same moment
        _may_be_compiled(period, procedure, at=context.at)
        raise
    return sheet


def _may_be_compiled(period: Period, procedure: Procedure, *, at: datetime) -> None:
    if period.kind != "week":
        raise Refused([t("考核按周统计", "Assessment goes by the week")])
    if period.instants(procedure.zone)[1] > at:
        raise Refused([t("{week}还没有结束", "{week} is not over yet", week=period.label)])
    earlier = Assessment.objects.filter(period=period.key).exclude(phase="void").first()
    if earlier is not None:
        raise Refused(
            [
                t(
                    "{week}已经统计：{number}",
                    "{week} is compiled already: {number}",
                    week=period.label,
                    number=earlier.number,
                )
            ]
        )


def open_weeks(procedure: Procedure, *, at: datetime, most: int = 8, asked: str = "") -> list[Period]:
    """The latest weeks that are over and have no sheet yet, newest first; also ``asked`` (a key), however old it is."""
    week = period_of("week", at.astimezone(procedure.zone).date()).previous
    weeks = [week]
    while len(weeks) < most:
        weeks.append(weeks[-1].previous)
    weeks += [one for one in _weeks_named(asked) if one < weeks[-1]]
    taken = set(
        Assessment.objects.filter(period__in=[w.key for w in weeks])
        .exclude(phase="void")
        .values_list("period", flat=True)
    )
    return [week for week in weeks if week.key not in taken]


def _weeks_named(key: str) -> list[Period]:
    """The week with this key; none for what is no week."""
    try:
        found = Period.parse(key)
    except PeriodInvalid:
        return []
    return [found] if found.kind == "week" else []


def recount(sheet: Assessment, *, context: StepContext) -> Assessment:
    """Collect the sheet again: what was entered of costs and proposed as reward stays."""
    with step(sheet, "recount", **context.step_kwargs) as run:
        run.add_payload(**_collect(sheet, run, at=context.at))
    return sheet


def _collect(sheet: Assessment, run: StepRun, *, at: datetime) -> dict[str, object]:
    """Cases and fines anew; returns what the journal says of it."""
    _collect_cases(sheet, run)
    fines = _collect_fines(sheet, run, at=at)
    calculate_costs(sheet, run)
    return {"week": sheet.week.label, "cases": sheet.items.count(), "fines": fines}


def _collect_cases(sheet: Assessment, run: StepRun) -> None:
    """Cases of the week, and those with costs on record; what logistics has entered stays as it is."""
    here = {(i.case_kind, i.case_id, i.department_id): i for i in sheet.items.all()}
    elsewhere = Item.objects.exclude(assessment__phase="void").exclude(assessment_id=sheet.pk)
    known = set(elsewhere.values_list("case_kind", "case_id", "department_id"))
    found = collect.not_yet_counted(collect.cases(sheet.week, run.procedure), known)
    costs = spending.recorded_costs(sheet.week, run.procedure, sheet)
    wanted = {("complaint", one.complaint.pk, one.department.pk): one.complaint.number for one in found}
    wanted |= {case: one.number for case, one in costs.items()}
    for case, item in here.items():
        if case not in wanted and (item.proposed or (item.freight is None and item.loss is None)):
            run.removed(item.part_key)
            item.delete()
    for (kind, pk, department), number in wanted.items():
        item = here.get((kind, pk, department)) or Item(
            assessment=sheet, case_kind=kind, case_id=pk, case_number=number, department_id=department
        )
        if item.pk is None or item.proposed or (item.freight is None and item.loss is None):
            _propose(item, costs.get((kind, pk, department)))
            item.save()
            run.touched(item)


def _propose(item: Item, cost: spending.CaseCosts | None) -> None:
    """Put what the requests have on record into the item, for logistics to confirm."""
    item.proposed = cost is not None
    item.freight = cost.freight if cost else None
    item.loss = cost.loss if cost else None
    item.note = "、".join(cost.requests)[:300] if cost else ""


def _collect_fines(sheet: Assessment, run: StepRun, *, at: datetime) -> int:
    old = list(sheet.charges.filter(charge=Charge.FINE))
    run.removed(*(row.part_key for row in old))
    sheet.charges.filter(charge=Charge.FINE).delete()
    late = collect.late_obligations(sheet.week, run.procedure, at=at)
    run.touched(*Charge.objects.bulk_create([_fine(sheet, one) for one in late]))
    return len(late)


def _fine(sheet: Assessment, one: collect.LateObligation) -> Charge:
    row, label = one.obligation, one.obligation.label
    return Charge(
        assessment=sheet,
        charge=Charge.FINE,
        department=row.owner_department,
        person=one.payer,
        source_kind=row.kind,
        source_id=row.record_id,
        source_number=row.record_number,
        obligation_id=row.pk,
        clause=row.clause,
        label_zh=label.zh,
        label_en=label.en,
        days=len(one.fine.days),
        rate=one.fine.rate.amount,
        amount=one.fine.amount.amount,
        counted=one.fine.amount.amount,
        currency=one.fine.amount.currency,
        basis=one.basis,
        derivation=[{"zh": x.show("zh"), "en": x.show("en")} for x in one.fine.derivation],
        state="counted",
    )


def send(sheet: Assessment, *, context: StepContext) -> Assessment:
    """Logistics is asked what freight and losses each case caused."""
    with step(sheet, "send", **context.step_kwargs):
        pass
    return sheet


@dataclass(frozen=True, slots=True)
class CostInput:
    """What logistics says of one case; None where nothing is known yet.

    ``loss_to`` bears the loss; None: the department responsible.
    """

    freight: Decimal | None
    loss: Decimal | None
    note: str = ""
    loss_to: Department | Person | None = None


def add_costs(
    sheet: Assessment,
    costs: Mapping[int, CostInput],
    *,
    further: Sequence[tuple[str, Department, CostInput]] = (),
    context: StepContext,
) -> Assessment:
    """Freight and losses of each case (by the id of its row), and of ``further`` cases by number and department.

    Each department's part is reckoned at once by the brackets of the procedure.
    """
    with step(sheet, "add_costs", **context.step_kwargs) as run:
        for item in sheet.items.order_by("id"):
            if item.pk in costs:
                _enter(item, costs[item.pk], run)
        for number, department, cost in further:
            case = _case(number)
            item, _ = Item.objects.get_or_create(
                assessment=sheet,
                case_kind="complaint",
                case_id=case,
                case_number=number,
                department=department,
            )
            _enter(item, cost, run)
        calculate_costs(sheet, run)
        run.add_payload(**_sums(sheet))
    return sheet


def _case(number: str) -> int:
    from huiyin.complaints.models import Complaint

    found = Complaint.objects.filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise Refused([t("没有编号为 {number} 的案件", "There is no case {number}", number=number)])
    return found


def _enter(item: Item, cost: CostInput, run: StepRun) -> None:
    for amount in (cost.freight, cost.loss):
        if amount is not None and amount < 0:
            raise Refused([t("金额不得为负", "An amount must not be negative")])
    item.freight, item.loss, item.note, item.proposed = cost.freight, cost.loss, cost.note, False
    item.loss_department = cost.loss_to if isinstance(cost.loss_to, Department) else None
    item.loss_person = cost.loss_to if isinstance(cost.loss_to, Person) else None
    item.save()
    run.touched(item)


def _sums(sheet: Assessment) -> dict[str, str]:
    found = sheet.items.aggregate(freight=Sum("freight"), loss=Sum("loss"))
    return {name: str(Money(amount or Decimal(0), sheet.currency).amount) for name, amount in found.items()}


def return_to_quality(sheet: Assessment, *, context: StepContext) -> Assessment:
    """Logistics has entered everything; quality looks at it again."""
    with step(sheet, "return_to_quality", **context.step_kwargs) as run:
        sheet.costs_by, sheet.costs_at = context.actor, context.at
        run.add_payload(**_sums(sheet))
    return sheet


def withdraw(sheet: Assessment, reason: str, *, context: StepContext) -> Assessment:
    """The sheet was made by mistake; its week may be compiled anew, nobody is charged."""
    with step(sheet, "withdraw", **context.step_kwargs) as run:
        sheet.withdraw_reason = reason
        run.add_payload(reason=reason, period=sheet.period)
    return sheet
