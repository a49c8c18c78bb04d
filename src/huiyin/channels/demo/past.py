"""What a large company brings along: complaints from before its procedure, on old registers that the import takes in.

A company of more than ``LIVED`` complaints has lived so many of them under the procedure, step by step; the others were
over by then and stand, one row each, on the registers it kept by hand: one file a year, imported as ``huiyin import`` does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from random import Random

from huiyin.channels.demo import wording
from huiyin.channels.demo.chance import source, weighted
from huiyin.channels.demo.facts import CHANNEL_SUMS, CHANNELS
from huiyin.channels.demo.goods import Shipment, shipment
from huiyin.channels.demo.making import Maker, Numbered
from huiyin.channels.demo.troubles import TROUBLES, WEIGHTS, Trouble
from huiyin.channels.imports import runs
from huiyin.channels.models import ImportRun
from huiyin.people.models import Person

LIVED = 40_000
"""Most complaints that are lived step by step."""
A_YEAR = 15_000
"""Complaints of one year, unless ten years do not hold them all."""
MOST_YEARS = 10
LONGEST = 40
"""Days after which the last of them was over."""
HEADINGS = (
    "编号",
    "客户编号",
    "受理日期",
    "来源渠道",
    "型号规格",
    "批次号",
    "订单编号",
    "发货日期",
    "问题描述",
    "不良数量",
    "单位",
    "投诉类别",
    "严重程度",
    "核实情况",
    "结论",
    "答复内容",
    "满意度",
    "结案日期",
    "结案说明",
)


class Past:
    """The old registers of one run."""

    def __init__(self, maker: Maker, customers: Sequence[Numbered]) -> None:
        self.world, self.choices = maker.world, maker.choices
        self.at = self.world.moment(-1)
        """When the registers are imported: the first customers are on file, no complaint has come yet."""
        self.numbers = [one.number for one in customers if one.at <= self.at]

    def carry_over(self, before: int) -> Iterator[int]:
        """Import so many complaints, the register of one year after the other; gives how many rows each has."""
        by = Person.objects.get(username="reception-head")
        for year, days in groupby(self._days(before), key=lambda day: day.year):
            run = runs.upload(
                "complaints",
                f"客户投诉台账 {year}.csv",
                [self._sheet(days)],
                procedure_id=self.world.version,
                actor=by,
                at=self.at,
            )
            run = runs.import_now(run, actor=by, at=self.at)
            if run.state != ImportRun.DONE:
                raise RuntimeError(f"{run.file_name}: {run.errors[:3]}")
            yield run.rows

    def _days(self, before: int) -> Iterator[date]:
        """The working day on which each of so many complaints came, in order."""
        span = min(-(-before * 365 // A_YEAR), MOST_YEARS * 365)
        first = self.at.date() - timedelta(days=span + LONGEST + 1)
        for k in range(before):
            day = first + timedelta(days=span * k // before)
            while not self.world.calendar.is_workday(day):
                day += timedelta(days=1)
            yield day

    def _sheet(self, days: Iterable[date]) -> bytes:
        """One year's register as a spreadsheet program of those years saved it."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(self._row(k, day) for k, day in enumerate(days, start=1))
        return out.getvalue().encode("gb18030")

    def _row(self, k: int, day: date) -> list[object]:
        """The ``k``-th complaint of its year."""
        random, choices = source(self.world.seed, "register", day.year, k), self.choices
        place = int(len(self.numbers) * random.random() ** 1.6)
        language = self.world.company(place).language
        goods = shipment(random, day - timedelta(days=random.randrange(6, 200)))
        trouble = _befalling(goods, random)
        bad = max(1, int(int(goods.quantity) * random.random() ** 3))
        unit = choices.option("unit", goods.unit, "piece")
        words = {
            "model": goods.model,
            "batch": goods.batch,
            "n": bad,
            "total": int(goods.quantity),
            "unit": choices.label("unit", unit, language),
            "h": random.randrange(2, 30),
        }
        ended = day + timedelta(days=random.randrange(2, LONGEST - 10))  # a holiday may have put off ``day``

        def listed(catalogue: str, *preferred: str) -> str:
            return choices.label(catalogue, choices.some_option(catalogue, random, *preferred), "zh")

        return [
            f"{day.year}-{k:05}",
            self.numbers[place],
            day.isoformat(),
            listed("channel", weighted(random, CHANNELS, CHANNEL_SUMS), "telephone", "email"),
            goods.model,
            goods.batch,
            goods.order,
            goods.day.isoformat(),
            wording.show(random.choice(trouble.problem), language, **words),
            bad,
            choices.label("unit", unit, "zh"),
            listed("content", *trouble.contents),
            listed("severity", *trouble.severities),
            wording.show(random.choice(trouble.found), language, **words),
            listed("verdict", *trouble.verdicts),
            wording.show(random.choice(trouble.answer), language, **words),
            listed("satisfaction", weighted(random, wording.SATISFIED, wording.SATISFIED_SUMS)),
            ended.isoformat(),
            wording.say(random, wording.CLOSINGS, language),
        ]


def _befalling(goods: Shipment, random: Random) -> Trouble:
    """A trouble that these goods can have."""
    for _ in range(6):
        trouble = weighted(random, TROUBLES, WEIGHTS)
        if not trouble.families or goods.family.key in trouble.families:
            return trouble
    return _ANYTHING


_ANYTHING = next(trouble for trouble in TROUBLES if not trouble.families)
