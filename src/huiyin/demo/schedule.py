"""What happens in the demonstration, and when each script of it begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import chain

from huiyin.demo.chance import random_of
from huiyin.demo.company import DemoCompany
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.demo.scripts import (
    contacts,
    customer_files,
    problems,
    registers,
    replacements,
    signed_sheets,
    stock_takes,
    suppliers,
    weekly_sheets,
)
from huiyin.demo.scripts.complaints import CoursePlan, complaint
from huiyin.demo.texts import supplier_requests
from huiyin.demo.texts.begun_reports import ROD, SEAL
from huiyin.demo.texts.box_report import BOX
from huiyin.demo.texts.hose_report import CRIMP
from huiyin.demo.texts.paint_report import PAINT
from huiyin.demo.texts.pump_report import PUMP
from huiyin.demo.texts.signed_sheets import SHEETS
from huiyin.demo.texts.thread_report import THREAD
from huiyin.demo.texts.valve_report import SPOOL
from huiyin.demo.timeline import Timeline
from huiyin.kernel.steptable import StepTable

FIRST_FILES = 10 * DAY
"""Minutes of work in which the first customers are put on file, before the first complaint."""
LAST = 4
"""Days of work before the end on which the last complaint comes that is simply dealt with."""
UNUSUAL = {"withdrawn": (19, 7), "rejected": (23, 11), "merged": (29, 13)}
"""How some complaints end: one of so many, and which of them."""

AROUND: tuple[tuple[str, float, Callable[[Script], WorkMinutes]], ...] = (
    ("8d hose", 44, partial(problems.eight_d, texts=CRIMP, until="approved")),
    ("8d valve", 26, partial(problems.eight_d, texts=SPOOL, until="prevented")),
    ("8d box", 25, partial(problems.eight_d, texts=BOX, until="proven")),
    ("8d pump", 14, partial(problems.eight_d, texts=PUMP, until="implemented")),
    ("8d thread", 8, partial(problems.eight_d, texts=THREAD, until="planned")),
    ("8d paint", 9, partial(problems.eight_d, texts=PAINT, until="analysed")),
    ("8d rod", 6.6, partial(problems.eight_d, texts=ROD, until="contained")),
    ("8d seal", 0.7, partial(problems.eight_d, texts=SEAL, until="described")),
    ("statement approved", 30, partial(problems.statement, approved=True)),
    ("statement", 2, partial(problems.statement, approved=False)),
    ("referred", 6, problems.referred),
    ("given up", 11, problems.given_up),
    ("supplier closed", 40, partial(suppliers.asked, matter=supplier_requests.RUBBER, until="closed")),
    ("supplier verified", 21, partial(suppliers.asked, matter=supplier_requests.BEARING, until="verified")),
    ("supplier accepted", 9, partial(suppliers.asked, matter=supplier_requests.RUBBER, until="accepted")),
    ("supplier returned", 7, partial(suppliers.asked, matter=supplier_requests.HOSE, until="returned")),
    ("supplier cancelled", 15, partial(suppliers.asked, matter=supplier_requests.CARTON, until="cancelled")),
    ("supplier draft", 0.6, partial(suppliers.asked, matter=supplier_requests.SPRING, until="draft")),
    ("supplier twice", 16, suppliers.answered_twice),
    ("supplier link", 3.5, suppliers.link_waits),
    ("goods exchanged", 24, replacements.exchanged),
    ("goods paid", 20, replacements.compensated),
    ("goods returned", 12, replacements.returned),
    ("goods lost", 9, replacements.lost_in_part),
    ("goods denied", 17, replacements.denied),
    ("goods withdrawn", 13, replacements.withdrawn),
    ("goods in part", 4, replacements.partly_shipped),
    ("goods urgent", 2.6, replacements.urgent),
    ("goods dear", 1.5, replacements.waiting_for_money),
    ("goods new", 0.4, replacements.asked),
    ("stock-take signed", 18, stock_takes.signed),
    ("stock-take given up", 10, stock_takes.given_up),
    ("stock-take counting", 2.2, stock_takes.counting),
    ("stock-take new", 0.5, stock_takes.opened),
    *(
        (f"{kind} {until}", days, partial(signed_sheets.signed_sheet, kind=kind, until=until))
        for kind in SHEETS
        for until, days in (("done", 15), ("signed", 3.4), ("again", 2.8), ("returned", 1.6), ("waiting", 0.4))
        if until in SHEETS[kind].until
    ),
)
"""What stands around the complaints, and how many days of work before the end it begins."""


def schedule(timeline: Timeline, complaints: int, *, before: int = 0) -> None:
    """Put everything on the timeline: ``complaints`` played, ``before`` more from old registers."""
    schedule_complaints(timeline, complaints, before=before)
    company = timeline.company
    for name, days, play in AROUND:
        timeline.begin(name, company.before_end(days * DAY), play)
    sheets = weekly_sheets.weeks(company)
    timeline.begin("calendar", weekly_sheets.morning_after(sheets[-1][0], company), weekly_sheets.calendar)
    for week, until in reversed(sheets):
        sheet = partial(weekly_sheets.sheet, week=week, until=until)
        timeline.begin(f"week {week.key}", weekly_sheets.morning_after(week, company), sheet)


def schedule_complaints(timeline: Timeline, complaints: int, *, before: int = 0) -> None:
    """The customers, their calls and complaints."""
    company = timeline.company
    _customers(timeline, complaints)
    if before:
        timeline.begin("old registers", _first_complaint(company), partial(registers.old_registers, count=before))
    for place, (at, plan) in enumerate(_courses(company, complaints)):
        timeline.begin(f"complaint {place}", at, partial(complaint, plan=plan))
    _enquiries(timeline, max(complaints // 5, 3))


def _first_complaint(company: DemoCompany) -> datetime:
    return company.calendar.after_work(company.begins, FIRST_FILES)


def _customers(timeline: Timeline, complaints: int) -> None:
    """Most are put on file when the records begin, the others one by one."""
    company = timeline.company
    count = max(complaints // 6, 12)
    first = count * 7 // 10
    for place in range(count):
        share = (place + 1 - first) / (count - first + 1)
        at = company.moment(0.9 * share) if place >= first else _of_the_first(company, place / first)
        timeline.begin(f"customer {place}", at, partial(customer_files.customer_file, place=place))
    play = partial(customer_files.customer_file, place=count, retired=True)
    timeline.begin("customer given up", _of_the_first(company, 0.5), play)


def _of_the_first(company: DemoCompany, share: float) -> datetime:
    return company.calendar.after_work(company.begins, int(FIRST_FILES * share) + 1)


def _enquiries(timeline: Timeline, count: int) -> None:
    company, random = timeline.company, random_of(timeline.company.seed, "enquiries")
    for place in range(count):
        at = company.moment(0.05 + 0.94 * random.random())
        timeline.begin(f"enquiry {place}", at, contacts.enquiry)
    for days in (3, 0.1):
        play = partial(contacts.enquiry, waits=True)
        timeline.begin(f"enquiry that waits {days}", company.before_end(days * DAY), play)


# ---- the complaints


def _courses(company: DemoCompany, count: int) -> list[tuple[datetime, CoursePlan]]:
    """When each complaint comes and how it is to end, in the order of time: slowly more of them as the months go by."""
    standing = _standing(company)[: count // 2]
    random = random_of(company.seed, "arrivals")
    first = _first_complaint(company)
    span = company.calendar.work_minutes_between(first, company.before_end(LAST * DAY))
    shares = sorted(1 - random.random() ** 1.6 for _ in range(count - len(standing)))
    others = [
        (company.calendar.after_work(first, int(span * share) + 1), CoursePlan(ends=_end(place)))
        for place, share in enumerate(shares)
    ]
    return sorted([*others, *standing], key=lambda pair: pair[0])


def _end(place: int) -> str:
    """Which of the complaints that are not simply closed this one is."""
    return next((end for end, (every, which) in UNUSUAL.items() if place % every == which), "")


def _standing(company: DemoCompany) -> list[tuple[datetime, CoursePlan]]:
    """One complaint for each state in which it is open, one for each of a task's; then once more, long overdue."""
    complaints, tasks = (company.procedure.step_table(kind) for kind in ("complaint", "task"))
    young, of_tasks, old = [], [], []
    for state in _open_states(complaints):
        steps = len(complaints.way_to(state))
        young.append((0.5 + 0.6 * steps, ("complaint", state)))
        old.append((12 + 2 * steps, ("complaint", state)))
    before = len(complaints.way_to("handling"))
    for state in _open_states(tasks):
        of_tasks.append((1.5 + 0.6 * (before + len(tasks.way_to(state))), ("task", state)))
    every = chain(young, of_tasks, old)
    return [(company.before_end(days * DAY), CoursePlan(stands=stands)) for days, stands in every]


def _open_states(table: StepTable) -> list[str]:
    return [state for state in table.states if state not in table.final]
