"""What follows from freight and losses: the head's part as a charge, the rest as a sum to divide (P2 5.4)."""

from __future__ import annotations

from decimal import Decimal

from huiyin.assessment.collect import HeadLookup
from huiyin.assessment.models import Allotment, Assessment, Charge, Item
from huiyin.assessment.sharing import SharedCost, share
from huiyin.kernel.money import Money
from huiyin.kernel.text import t
from huiyin.procedure.entries import Sharing
from huiyin.records.steps.stepping import StepRun

KINDS = {
    Charge.FREIGHT: t("{number} 的运费", "Freight of {number}"),
    Charge.LOSS: t("{number} 的损失", "Losses of {number}"),
}


def calculate_costs(sheet: Assessment, run: StepRun) -> None:
    """Reckon every cost of the sheet anew.

    Freight that the procedure does not share falls to nobody; losses it does not share stand in full with the
    responsible department, or with whom logistics named (P2 5.1: quality and finance are to know of freight and
    losses).
    """
    _forget(sheet, run)
    heads = HeadLookup()
    for kind in KINDS:
        sharing = run.procedure.sharing(kind)
        if sharing is None:
            if kind == Charge.LOSS:
                _bear(sheet, run)
            continue
        to_divide: dict[int, list[tuple[Item, SharedCost]]] = {}
        for item in sheet.items.select_related("department").order_by("id"):
            cost = item.cost(kind)
            if cost:
                shared = share(Money(cost, sheet.currency), sharing)
                _head_pays(sheet, run, item, kind, shared, sharing, heads)
                to_divide.setdefault(item.department_id, []).append((item, shared))
        for rows in to_divide.values():
            _allot(sheet, run, kind, rows)


def _bear(sheet: Assessment, run: StepRun) -> None:
    """Each loss in full as one charge, signed and handed over with the others."""
    rows = sheet.items.select_related("department", "loss_department", "loss_person__department")
    label = KINDS[Charge.LOSS]
    for item in rows.order_by("id"):
        if not item.loss:
            continue
        person = item.loss_person
        department = person.department if person else item.loss_department or item.department
        who = person.display_name if person else department.name if department else None
        said = t(
            "损失 {amount}，由{who}全额承担：程序没有规定分摊",
            "Losses {amount}, borne in full by {who}: the procedure shares none",
            amount=item.loss,
            who=who,
        )
        named = label.with_values(number=item.case_number)
        run.touched(
            Charge.objects.create(
                assessment=sheet,
                charge=Charge.BORNE,
                department=department,
                person=person,
                source_kind=item.case_kind,
                source_id=item.case_id,
                source_number=item.case_number,
                clause=run.procedure.step_clause("assessment.add_costs"),
                label_zh=named.show("zh"),
                label_en=named.show("en"),
                amount=item.loss,
                counted=item.loss,
                currency=sheet.currency,
                basis={"cost": str(item.loss), "item": item.pk},
                state="counted",
                derivation=[{"zh": said.show("zh"), "en": said.show("en")}],
            )
        )


def _forget(sheet: Assessment, run: StepRun) -> None:
    charges = sheet.charges.filter(charge__in=(*KINDS, Charge.BORNE))
    allotments = sheet.allotments.all()
    run.removed(*(row.part_key for row in charges), *(row.part_key for row in allotments))
    charges.delete()
    allotments.delete()


def _head_pays(
    sheet: Assessment, run: StepRun, item: Item, kind: str, shared: SharedCost, sharing: Sharing, heads: HeadLookup
) -> None:
    amount = shared.parts.get("head")
    if not amount:
        return
    label = KINDS[kind].with_values(number=item.case_number)
    run.touched(
        Charge.objects.create(
            assessment=sheet,
            charge=kind,
            department=item.department,
            person=heads.of(item.department_id),
            source_kind=item.case_kind,
            source_id=item.case_id,
            source_number=item.case_number,
            clause=sharing.clause,
            label_zh=label.show("zh"),
            label_en=label.show("en"),
            amount=amount.amount,
            counted=amount.amount,
            currency=sheet.currency,
            basis={"cost": str(shared.cost.amount), "item": item.pk},
            state="counted",
            derivation=[{"zh": x.show("zh"), "en": x.show("en")} for x in shared.derivation],
        )
    )


def _allot(sheet: Assessment, run: StepRun, kind: str, rows: list[tuple[Item, SharedCost]]) -> None:
    parts = [(item, shared, shared.parts["responsible"]) for item, shared in rows if shared.parts.get("responsible")]
    amount = sum((part.amount for _, _, part in parts), Decimal(0))
    if not amount:
        return
    lines = []
    for item, shared, _ in parts:
        for line in shared.derivation:
            said = t("{number}：{line}", "{number}: {line}", number=item.case_number, line=line)
            lines.append({"zh": said.show("zh"), "en": said.show("en")})
    run.touched(
        Allotment.objects.create(
            assessment=sheet,
            department=rows[0][0].department,
            cost=kind,
            amount=amount,
            currency=sheet.currency,
            derivation=lines,
            state="reckoned",
        )
    )
