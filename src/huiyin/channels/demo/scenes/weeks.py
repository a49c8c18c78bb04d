"""The weekly assessment sheets of the last weeks: two carried out, one with finance and being divided, the latest with logistics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from decimal import Decimal

from huiyin.assessment.actions import dividing, making, signing
from huiyin.assessment.actions.making import CostEntered
from huiyin.assessment.models import Assessment
from huiyin.channels.demo.scenes.stage import DAY, Ends, Scene, Script, Stage
from huiyin.complaints.models import Complaint
from huiyin.kernel.periods import Period, period_of
from huiyin.obligations.occasions import come

WEEKS, OF_MANY, MANY = 4, 2, 20_000
"""So many weeks have a sheet; fewer where so many complaints make a sheet of thousands of lines."""
NOTES = ("顺丰到付", "德邦零担", "随车带回", "专车")


def entrances(stage: Stage) -> Iterator[tuple[str, datetime, Callable[[Scene], Script]]]:
    """A scene for each of the latest weeks that are over, beginning on the first working morning behind it."""
    week = period_of("week", stage.ends.astimezone(stage.procedure.zone).date()).previous
    for back in range(_weeks(stage)):
        yield f"week-{back}", _morning(week, stage), _play(week, back)
        week = week.previous


def calendar_begins(stage: Stage) -> datetime:
    """The moment from which the company lets the calendar remind it: when the first of these weeks is over."""
    week = period_of("week", stage.ends.astimezone(stage.procedure.zone).date())
    for _ in range(_weeks(stage)):
        week = week.previous
    return datetime.combine(week.next.start, time(0), stage.procedure.zone)


def _weeks(stage: Stage) -> int:
    return OF_MANY if stage.is_large(MANY) else WEEKS


def _morning(week: Period, stage: Stage) -> datetime:
    day = datetime.combine(week.next.start, time(0), stage.procedure.zone)
    return stage.calendar.add_work(stage.calendar.next_work_moment(day), 50).due


def _play(week: Period, back: int) -> Callable[[Scene], Script]:
    return lambda scene: sheet(scene, week, back)


def sheet(scene: Scene, week: Period, back: int) -> Script:
    """One week's sheet; the latest stays with logistics, the one before with finance, the older ones are carried out."""
    come(at=scene.at, since=calendar_begins(scene.stage))
    made = making.compile_week(
        week, procedure_id=scene.stage.version, context=scene.context("assessment.compile", by=("quality",))
    )
    yield 70
    making.send(made, context=scene.context("assessment.send", made, by=("quality",)))
    yield 150
    if back == 0:
        return
    _enter_costs(scene, made)
    yield 90
    making.return_to_quality(made, context=scene.context("assessment.return_to_quality", made, by=("warehouse",)))
    yield 100
    signing.sign_quality(made, "属实", context=scene.context("assessment.sign_quality", made, by=("quality-head",)))
    yield 180
    signing.sign_management(made, "同意", context=scene.context("assessment.sign_management", made, by=("management",)))
    yield 40
    signing.hand_over(made, context=scene.context("assessment.hand_over", made, by=("quality",)))
    yield 0.8 * DAY
    for place, allotment in enumerate(made.allotments.select_related("department").order_by("id")):
        if back > 1 or place == 0:
            _divide(scene, made, allotment)
            yield 60
    if back > 1:
        yield 2 * DAY
        words = "随当月工资执行"
        signing.carry_out(made, words, context=scene.context("assessment.carry_out", made, by=("finance",)))
    yield 1


def _enter_costs(scene: Scene, made: Assessment) -> None:
    """What logistics knows of each case; cases that cost something though the week did not count them are added."""
    costs = {}
    for item in made.items.order_by("case_number", "department__key"):
        freight = (
            item.freight
            if item.freight is not None
            else Decimal(scene.random.choice(("0", "0", "64.00", "186.50", "735.20")))
        )
        loss = item.loss if item.loss is not None else Decimal(scene.random.choice(("0", "0", "120.00", "460.00")))
        costs[item.pk] = CostEntered(freight, loss, item.note or scene.random.choice(NOTES))
    further = []
    known = set(made.items.values_list("case_number", flat=True))
    for place, function in enumerate(("warehouse", "production")):
        other = Complaint.objects.filter(opened_at__lt=scene.at).exclude(phase="void").exclude(number__in=known)
        number = other.order_by("-opened_at", "-number").values_list("number", flat=True)[place : place + 1]
        if number:
            cost = CostEntered(Decimal(("118.00", "356.40")[place]), Decimal(0), NOTES[place])
            further.append((number[0], scene.stage.department(function), cost))
    if not costs and not further:
        raise Ends
    making.add_costs(
        made, costs, further=further, context=scene.context("assessment.add_costs", made, by=("warehouse",))
    )


def _divide(scene: Scene, made: Assessment, allotment: object) -> None:
    """The head divides the sum among two people of the department, to the cent."""
    head = scene.who("allotment.split", made, allotment)
    department = allotment.department_id  # type: ignore[attr-defined]
    staff = [p for p in scene.stage.people.values() if p.department_id == department and p.pk != head.pk] or [head]
    amount = allotment.amount  # type: ignore[attr-defined]
    chosen = staff[:2]
    part = (amount * Decimal("0.6")).quantize(Decimal("0.01")) if len(chosen) > 1 else amount
    shares = [(chosen[0], part), *([(chosen[1], amount - part)] if len(chosen) > 1 else [])]
    dividing.split(allotment, shares, context=scene.context("allotment.split", made, allotment))  # type: ignore[arg-type]
