"""Due moments explained from the pack alone, in the calendar of whoever owes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from huiyin.procedure.explain import NoDueTime, explain_due
from huiyin.procedure.loader import load_pack
from huiyin.procedure.schema import Procedure, UnknownKey
from tests.procedure.small import SMALL, write

ANSWER = """
[[obligation]]
key = "answer"
label = { zh = "答复", en = "Answer it" }
opens = "task.assigned"
closes = ["task.approved"]
cancels = ["complaint.closed"]
owner = "task.department"
within = "1 workday"
"""
FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def with_rule(tmp_path: Path, owner: str, within: str) -> Procedure:
    text = SMALL.replace('owner = "task.department"', f'owner = "{owner}"').replace('counts = "elapsed"\n', "")
    text = text.replace('by = ["task.department"]', 'by = ["anyone"]')  # whoever owes it may do it
    return load_pack(write(tmp_path / "small", text.replace('within = "48h"', f'within = "{within}"')))


def test_working_time_of_the_company(tmp_path: Path) -> None:
    due = explain_due(with_rule(tmp_path, "function:reception", "0.5 workdays"), "measures", FRIDAY)
    assert due.as_json("en") == {
        "due": "2026-11-23T11:00+08:00",
        "derivation": [
            "From Fri 2026-11-20 16:30: half a working day = 4 h of working time",
            "Fri 2026-11-20 16:30–17:30: 1 h worked, 3 h left",
            "Sat 2026-11-21 to Sun 2026-11-22 weekend, 2 days",
            "Mon 2026-11-23 08:00–11:00: 3 h worked, none left",
            "Due: Mon 2026-11-23 11:00",
        ],
        "warnings": [],
    }


def test_working_time_of_the_department_that_owes(tmp_path: Path) -> None:
    procedure = with_rule(tmp_path, "head:quality", "2 workhours")
    assert explain_due(procedure, "measures", FRIDAY).as_json("en")["due"] == "2026-11-23T22:00+08:00"
    assert (
        explain_due(procedure, "measures", FRIDAY, department="desk").as_json("en")["due"] == "2026-11-23T09:00+08:00"
    )


def test_time_on_the_clock(tmp_path: Path) -> None:
    due = explain_due(with_rule(tmp_path, "task.department", "48h"), "measures", FRIDAY)
    assert due.as_json("zh")["due"] == "2026-11-22T16:30+08:00"


def test_what_has_no_due_moment(tmp_path: Path) -> None:
    text = SMALL.replace('opens = "task.assigned"', 'opens = "task.approved"').replace("task.answer", "task.approve")
    text = text.replace('within = "48h"\ncounts = "elapsed"', 'within = "promised"').replace(
        "task.approveed", "task.approved"
    )
    text = text.replace('to = "answered"', 'to = "approved"')
    text = text.replace('cancels = ["complaint.closed"]', 'cancels = ["complaint.closed"]\noutlives = true')
    procedure = load_pack(write(tmp_path / "small", text + ANSWER))
    with pytest.raises(NoDueTime):
        explain_due(procedure, "measures", FRIDAY)
    with pytest.raises(UnknownKey):
        explain_due(procedure, "measure", FRIDAY)


def test_a_limit_of_the_companys_own_is_said_first(tmp_path: Path) -> None:
    text = SMALL.replace('counts = "elapsed"\n', 'source = "pack"\n')
    said = explain_due(load_pack(write(tmp_path / "small", text)), "measures", FRIDAY).as_json("en")["derivation"]
    assert said[0] == "The company set this time limit; the written text gives none"
