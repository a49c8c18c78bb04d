"""What a large company brings along: complaints from before its procedure, on old registers that the import takes in.

They were over by then and stand, one row each, on the registers the company kept by hand: one file a year, imported
by the head of reception as everybody imports, so that each run stands on the import page and can be undone there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from huiyin.channels.imports import runs
from huiyin.channels.models import ImportRun
from huiyin.demo.cases import ANYTHING, CHANNEL_SUMS, CHANNELS
from huiyin.demo.chance import weighted
from huiyin.demo.company import DemoCompany
from huiyin.demo.goods import shipped_goods
from huiyin.demo.script import Script, WorkMinutes
from huiyin.demo.texts import sentences
from huiyin.demo.texts.faults import FAULTS

A_YEAR, MOST_YEARS = 15_000, 10
"""Complaints of one year, unless so many years do not hold them all."""
LONGEST = 30
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


def old_registers(script: Script, count: int) -> WorkMinutes:
    """Import so many complaints, the register of one year after the other, the last the year before the procedure."""
    years = min(-(-count // A_YEAR), MOST_YEARS)
    for back in range(years, 0, -1):
        year = script.company.begins.year - back
        rows = count // years + (1 if back <= count % years else 0)
        by = script.person("reception-head")
        run = runs.upload(
            "complaints",
            f"客户投诉台账 {year}.csv",
            [_register(script.company, script.random, year, rows)],
            procedure_id=script.company.version,
            actor=by,
            at=script.at,
        )
        run = runs.import_now(run, actor=by, at=script.at)
        if run.state != ImportRun.DONE:
            raise RuntimeError(f"{run.file_name}: {run.errors[:3]}")
        yield 20


def _register(company: DemoCompany, random: Random, year: int, count: int) -> bytes:
    """One year's register as a spreadsheet program of those years saved it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for number, day in enumerate(_days(company, year, count), start=1):
        writer.writerow(_row(company, random, f"{year}-{number:05}", day))
    return out.getvalue().encode("gb18030")


def _days(company: DemoCompany, year: int, count: int) -> Iterator[date]:
    """The working day on which each of so many complaints came, in order."""
    for place in range(count):
        day = date(year, 1, 1) + timedelta(days=360 * place // count)
        while not company.calendar.is_workday(day):
            day += timedelta(days=1)
        yield day


def _row(company: DemoCompany, random: Random, number: str, day: date) -> list[object]:
    """One complaint."""
    customer = company.some_customer(random)
    language = customer.language
    goods = shipped_goods(random, day - timedelta(days=random.randrange(6, 200)))
    fitting = [fault for fault in FAULTS if goods.family.key in fault.families]
    fault = random.choice([*fitting, *ANYTHING])
    bad = max(1, int(int(goods.quantity) * random.random() ** 3))
    unit = company.option("unit", goods.unit, "piece")
    words = {
        "model": goods.model,
        "batch": goods.batch,
        "n": bad,
        "total": int(goods.quantity),
        "unit": company.label("unit", unit, language),
        "h": random.randrange(2, 30),
    }

    def listed(catalogue: str, *preferred: str) -> str:
        return company.label(catalogue, company.some_option(catalogue, random, *preferred), "zh")

    return [
        number,
        customer.row.number,
        day.isoformat(),
        listed("channel", weighted(random, CHANNELS, CHANNEL_SUMS), "telephone", "email"),
        goods.model,
        goods.batch,
        goods.order,
        goods.day.isoformat(),
        sentences.show(random.choice(fault.problem), language, **words),
        bad,
        company.label("unit", unit, "zh"),
        listed("content", *fault.contents),
        listed("severity", *fault.severities),
        sentences.show(random.choice(fault.found), language, **words),
        listed("verdict", *fault.verdicts),
        sentences.show(random.choice(fault.answer), language, **words),
        listed("satisfaction", weighted(random, sentences.SATISFIED, sentences.SATISFIED_SUMS)),
        (day + timedelta(days=random.randrange(2, LONGEST))).isoformat(),
        sentences.say(random, sentences.CLOSINGS, language),
    ]
