"""A small pack that is right in every part, and how tests change a line of it."""

from __future__ import annotations

from pathlib import Path

import huiyin.complaints.vocabulary
import huiyin.contacts.vocabulary
import huiyin.customers.vocabulary  # noqa: F401
from huiyin.procedure.loader import Mistake, PackInvalid, load_pack

SMALL = """\
[pack]
key = "small"
version = "1.0"
title = { zh = "小程序", en = "Small procedure" }
timezone = "Asia/Shanghai"
currency = "CNY"

[calendar]
holidays = "CN"

[calendar.week]
mon = ["08:00-12:00", "13:30-17:30"]
tue = ["08:00-12:00", "13:30-17:30"]
wed = ["08:00-12:00", "13:30-17:30"]
thu = ["08:00-12:00", "13:30-17:30"]
fri = ["08:00-12:00", "13:30-17:30"]

[[calendar_day]]
date = 2026-12-31
hours = ["08:00-12:00"]
label = { zh = "年终盘点", en = "Year-end stock-take" }

[[department_calendar]]
department = "quality"
[department_calendar.week]
mon = ["20:00-04:00"]
tue = ["20:00-04:00"]

[visibility]
complaint = ["reception", "quality"]

[[department]]
key = "desk"
name = { zh = "客服科", en = "Service desk" }
functions = ["reception", "management"]

[[department]]
key = "quality"
name = { zh = "质量部", en = "Quality" }
functions = ["quality"]

[[form]]
key = "sheet"
number = "Q-01"
title = { zh = "反馈单", en = "Sheet" }
revision = "A/0"
retention = "3 years"
record = "complaint"
layout = "feedback-sheet"
clause = "1.2"

[[numbering]]
key = "complaint"
pattern = "{year}{month}-{seq:3}"
restart = "month"

[[catalogue]]
key = "severity"
label = { zh = "严重程度", en = "Severity" }
options = [
  { key = "safety", label = { zh = "安全", en = "Safety" } },
  { key = "appearance", label = { zh = "外观", en = "Appearance" } },
]

[[catalogue]]
key = "cause_kind"
label = { zh = "异常类别", en = "Kind of cause" }
options = [{ key = "quality", label = { zh = "质量", en = "Quality" } }]

[[state]]
key = "complaint.registered"
phase = "received"
label = { zh = "已登记", en = "Registered" }

[[state]]
key = "complaint.handling"
phase = "handling"
label = { zh = "处理中", en = "In hand" }

[[state]]
key = "complaint.closed"
phase = "closed"
label = { zh = "已结案", en = "Closed" }

[[state]]
key = "task.assigned"
phase = "received"
label = { zh = "已分派", en = "Assigned" }

[[state]]
key = "task.answered"
phase = "closed"
label = { zh = "已答复", en = "Answered" }

[[step]]
key = "complaint.register"
to = "registered"
by = ["anyone"]
requires = ["problem", "severity"]
label = { zh = "登记", en = "Register" }

[[step]]
key = "complaint.assign"
from = ["registered", "handling"]
to = "handling"
by = ["reception", "quality.head"]
guards = ["has_customer"]
tells = ["head:quality"]
clause = "1.1"
label = { zh = "分派", en = "Assign" }

[[step]]
key = "complaint.close"
from = ["handling"]
to = "closed"
by = ["owner", "quality"]
label = { zh = "结案", en = "Close" }

[[step]]
key = "task.assign"
to = "assigned"
by = ["anyone"]
label = { zh = "分派", en = "Assign" }

[[step]]
key = "task.answer"
from = ["assigned"]
to = "answered"
by = ["task.department"]
label = { zh = "答复", en = "Answer" }

[[field]]
key = "complaint.line"
type = "choice"
catalogue = "severity"
label = { zh = "产线", en = "Line" }
required_for = ["close"]

[[obligation]]
key = "measures"
clause = "1.1"
label = { zh = "措施", en = "Measures" }
opens = "task.assigned"
closes = ["task.answered"]
cancels = ["complaint.closed"]
owner = "task.department"
owed_to = "function:quality"
within = "48h"
counts = "elapsed"
when = [{ field = "severity", is = ["safety"] }]
ladder = [
  { at = "75%", to = "owner" },
  { at = "100%", to = "head" },
  { at = "+1 workday", to = "management" },
]
late = { fine = 10, per = "day", payer = "head" }

[[obligation]]
key = "assignment"
label = { zh = "分派", en = "Assign it" }
opens = "complaint.registered"
closes = ["complaint.assigned"]
owner = "function:reception"
within = "1 workday"

[[obligation]]
key = "closure"
label = { zh = "结案", en = "Close it" }
opens = "complaint.registered"
closes = ["complaint.closed"]
owner = "record.owner"
within = "10 workdays"

[[pause]]
key = "waiting"
starts = "complaint.assigned"
ends = "complaint.closed"

[[authority]]
key = "compensation"
levels = [
  { who = "reception", limit = "0" },
  { who = "head", limit = "1000" },
  { who = "management", limit = "unlimited" },
]

[[clause]]
key = "1"
title = { zh = "处理", en = "Handling" }

[[clause]]
key = "1.1"
parent = "1"
title = { zh = "措施", en = "Measures" }
evidence = ["step:task.answer", "event:record.printed"]
standards = ["ISO 10002:2018 7.5"]

[[clause]]
key = "1.2"
parent = "1"
title = { zh = "表单", en = "Forms" }

[[clause]]
key = "1.3"
parent = "1"
title = { zh = "纸面", en = "On paper" }
gap = { zh = "只在纸上", en = "Kept on paper only" }
"""


def write(folder: Path, text: str, file: str = "pack.toml") -> Path:
    """Put ``text`` into a file of the pack in ``folder``; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text, "utf-8")
    return folder


def changed(old: str, new: str) -> str:
    """SMALL with one passage, which must stand there exactly once, written otherwise."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def line_of(text: str, passage: str) -> int:
    """The line on which ``passage``, which must stand there exactly once, begins."""
    assert text.count(passage) == 1, passage
    return text[: text.index(passage)].count("\n") + 1


def mistakes_of(pack: str | Path) -> list[Mistake]:
    """The mistakes of a pack; none when it loads."""
    try:
        load_pack(pack)
    except PackInvalid as error:
        return error.mistakes
    return []


def places_of(pack: str | Path) -> list[tuple[str, int, str]]:
    """File, line and key of each mistake of a pack."""
    return [(each.file, each.line, each.key) for each in mistakes_of(pack)]
