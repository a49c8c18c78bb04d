"""A company by the pack feedback with a late task, and shorthand to lead its weekly sheet to any step."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.assessment.actions import dividing, making, signing
from huiyin.assessment.actions.making import CostInput
from huiyin.assessment.models import Allotment, Assessment, Charge, Posting
from huiyin.kernel.periods import Period
from tests.cast import Factory, at
from tests.story import Story

WEEK = Period.parse("2026-W47")  # 16 to 22 November
MONDAY = "2026-11-23 09:00"
WAY = (
    "compiled",
    "sent",
    "costed",
    "returned",
    "quality_signed",
    "signed",
    "handed_over",
    "divided",
    "carried_out",
)


def late_task(works: Factory, answered: str | None = "2026-11-20 08:00", start: str = "2026-11-16 09:00") -> Story:
    """A complaint assigned on 16 November at 9:40: measures are due on the 18th, and come on the 20th or never."""
    story = Story(works, start)
    for chapter in ("verify", "forward", "judge"):
        getattr(story, chapter)()
    task = story.assign()[0]
    if answered is not None:
        story.accept_task(task)
        story.now = at(answered)
        story.answer_task(task)
    return story


class AssessedWeek:
    """The sheet of a week, led on by those whose steps they are; ten o'clock of the Monday behind it."""

    def __init__(self, works: Factory, period: Period = WEEK, when: str = MONDAY) -> None:
        self.works, self.when = works, when
        self.sheet: Assessment = making.compile_week(period, procedure_id=works.version, context=self.context("lin"))

    def context(self, name: str, when: str = "", **how: Any) -> Any:
        """As ``name``, at the moment of the sheet unless said otherwise."""
        return self.works.context(name, when or self.when, **how)

    def costs(self, freight: str = "333.33", loss: str = "0") -> None:
        """Every case cost so much."""
        entered = CostInput(Decimal(freight), Decimal(loss), "顺丰")
        making.add_costs(self.sheet, {i.pk: entered for i in self.sheet.items.all()}, context=self.context("ku"))

    def until(self, state: str, **costs: str) -> Assessment:
        """Every step up to and with ``state`` (a word of WAY)."""
        for name in WAY[1 : WAY.index(state) + 1]:
            self.take(name, **costs)
        return self.sheet

    def take(self, name: str, **costs: str) -> None:
        """The step that leads to ``name``."""
        match name:
            case "sent":
                making.send(self.sheet, context=self.context("lin"))
            case "costed":
                self.costs(**costs)
            case "returned":
                making.return_to_quality(self.sheet, context=self.context("ku"))
            case "quality_signed":
                signing.sign_quality(self.sheet, "属实", context=self.context("qian"))
            case "signed":
                signing.sign_management(self.sheet, "同意", context=self.context("zong"))
            case "handed_over":
                signing.hand_over(self.sheet, context=self.context("lin"))
            case "divided":
                for allotment in self.sheet.allotments.all():
                    peng = self.works.peng
                    dividing.split(allotment, [(peng, allotment.amount)], context=self.context("shen"))
            case "carried_out":
                signing.carry_out(self.sheet, "随 11 月工资", context=self.context("fang"))

    def fine(self) -> Charge:
        """The sheet's first fine."""
        return self.sheet.charges.filter(charge="fine").order_by("id")[0]

    def allotment(self) -> Allotment:
        """The sheet's first sum to divide."""
        return self.sheet.allotments.order_by("id")[0]


def balances() -> dict[str, str]:
    """What stands on each account, by its kind and holder; accounts at nothing left out."""
    found: dict[str, Decimal] = {}
    for posting in Posting.objects.select_related("account__person", "account__department"):
        name = posting.account.name.show("zh")
        found[name] = found.get(name, Decimal(0)) + posting.amount
    return {name: str(amount) for name, amount in found.items() if amount}


def is_balanced() -> bool:
    """Whether every single booking adds up to nothing."""
    sums: dict[int, Decimal] = {}
    for posting in Posting.objects.all():
        sums[posting.booking_id] = sums.get(posting.booking_id, Decimal(0)) + posting.amount
    return all(total == 0 for total in sums.values())
