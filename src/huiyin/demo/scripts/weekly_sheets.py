"""The weekly assessment sheets of the last weeks: the latest just compiled, each older one a signature further."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

from huiyin.assessment.actions import dividing, making, signing
from huiyin.assessment.actions.making import CostInput
from huiyin.assessment.models import Allotment, Assessment
from huiyin.complaints.models import Complaint
from huiyin.demo.company import DemoCompany
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.kernel.periods import Period, period_of
from huiyin.obligations.occasions import open_due_periods
from huiyin.records.steps.context import StepContext

UNTIL = (
    "compiled",
    "sent",
    "returned",
    "quality_signed",
    "signed",
    "handed_over",
    "carried_out",
    "withdrawn",
    "carried_out",
)
"""How far the sheet of each week has come, the latest week first."""
NOTES = ("顺丰到付", "德邦零担", "随车带回", "专车")
FREIGHTS, LOSSES = ("0", "0", "64.00", "186.50", "735.20"), ("0", "0", "120.00", "460.00")


def weeks(company: DemoCompany) -> list[tuple[Period, str]]:
    """The latest weeks that are over, each with the state its sheet stands in at the end."""
    week, found = period_of("week", company.ends.astimezone(company.calendar.timezone).date()), []
    while morning_after(week, company) >= company.ends:
        week = week.previous
    for until in UNTIL:
        found.append((week, until))
        week = week.previous
    return found


def morning_after(week: Period, company: DemoCompany) -> datetime:
    """The first moment of work behind a week."""
    midnight = datetime.combine(week.next.start, time(), company.calendar.timezone)
    return company.calendar.next_work_moment(midnight)


def calendar(script: Script) -> WorkMinutes:
    """Each day the worker opens what the calendar brings, as its tick does; nothing from before this day is owed."""
    since = datetime.combine(script.day(), time(), script.company.calendar.timezone)
    while True:
        open_due_periods(at=script.at, since=since)
        yield DAY


def sheet(script: Script, week: Period, *, until: str) -> WorkMinutes:
    """The sheet of one week up to the state ``until``; one that is withdrawn is compiled anew and carried out."""
    yield 50
    made = _compile(script, week)
    if until == "withdrawn":
        yield 40
        reason = "统计时漏了两件，撤回后重新统计"
        making.withdraw(made, reason, context=_sent(script, "withdraw", made, "quality-head"))
        yield 60
        made = _compile(script, week)
    if until == "compiled":
        return
    yield 70
    for act, minutes in WAY:
        act(script, made)
        if made.state == until:
            break
        yield minutes
    if made.state != "handed_over":
        return
    yield 0.8 * DAY
    for place, allotment in enumerate(made.allotments.select_related("department").order_by("id")):
        if until != "handed_over" or place == 0:
            _divide(script, made, allotment)
            yield 60
    if until != "handed_over":
        yield 2 * DAY
        signing.carry_out(made, "随当月工资执行", context=_sent(script, "carry_out", made, "finance"))


def _sent(script: Script, verb: str, made: Assessment | None, *by: str) -> StepContext:
    return script.context(f"assessment.{verb}", made, by=by)


def _compile(script: Script, week: Period) -> Assessment:
    sent = _sent(script, "compile", None, "quality")
    return making.compile_week(week, procedure_id=script.company.version, context=sent)


def _send(script: Script, made: Assessment) -> None:
    making.send(made, context=_sent(script, "send", made, "quality"))


def _enter_costs(script: Script, made: Assessment) -> None:
    """What logistics knows of each case; cases that cost something though the week did not count them are added."""
    random, costs, further = script.random, {}, []
    for item in made.items.order_by("case_number", "department__key"):
        freight = item.freight if item.freight is not None else Decimal(random.choice(FREIGHTS))
        loss = item.loss if item.loss is not None else Decimal(random.choice(LOSSES))
        costs[item.pk] = CostInput(freight, loss, item.note or random.choice(NOTES))
    known = set(made.items.values_list("case_number", flat=True))
    others = Complaint.objects.exclude(phase="void").exclude(number__in=known).order_by("-opened_at", "-number")
    shares = (("warehouse", "118.00", NOTES[0]), ("production", "356.40", NOTES[1]))
    for number, (function, freight, note) in zip(others.values_list("number", flat=True)[:2], shares, strict=False):
        entered = CostInput(Decimal(freight), Decimal(0), note)
        further.append((number, script.company.department(function), entered))
    making.add_costs(made, costs, further=further, context=_sent(script, "add_costs", made, "warehouse"))


def _return_to_quality(script: Script, made: Assessment) -> None:
    making.return_to_quality(made, context=_sent(script, "return_to_quality", made, "warehouse"))


def _sign_quality(script: Script, made: Assessment) -> None:
    signing.sign_quality(made, "属实", context=_sent(script, "sign_quality", made, "quality-head"))


def _sign_management(script: Script, made: Assessment) -> None:
    signing.sign_management(made, "同意", context=_sent(script, "sign_management", made, "management"))


def _hand_over(script: Script, made: Assessment) -> None:
    signing.hand_over(made, context=_sent(script, "hand_over", made, "quality"))


WAY = (
    (_send, 150),
    (_enter_costs, 90),
    (_return_to_quality, 100),
    (_sign_quality, 180),
    (_sign_management, 40),
    (_hand_over, 10),
)
"""What is done to a sheet, and the minutes of work until the next."""


def _divide(script: Script, made: Assessment, allotment: Allotment) -> None:
    """The head divides the sum among two people of the department, to the cent."""
    sent = script.context("allotment.split", made, allotment)
    people = [p for p in script.company.people.values() if p.department_id == allotment.department_id]
    chosen = [person for person in people if person != sent.actor][:2] or people[:1]
    first = (allotment.amount * Decimal("0.6")).quantize(Decimal("0.01"))
    parts = (first, allotment.amount - first) if len(chosen) > 1 else (allotment.amount,)
    dividing.split(allotment, list(zip(chosen, parts, strict=True)), context=sent)
