"""Rules that the calendar opens: what a pack may say of them, and each mistake named where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure.loader import load_pack
from tests.procedure.small import SMALL, places_of, write

SIGHT = 'complaint = ["reception", "quality"]\n'
SEEN = SMALL.replace(SIGHT, f'{SIGHT}assessment = ["quality"]\n')
WEEKLY = """
[[numbering]]
key = "assessment"
pattern = "KP{year}-{seq:3}"
restart = "year"

[[state]]
key = "assessment.compiled"
phase = "closed"
label = { zh = "已统计", en = "Compiled" }

[[step]]
key = "assessment.compile"
from = []
to = "compiled"
by = ["quality"]
label = { zh = "统计", en = "Compile" }

[[obligation]]
key = "sheet"
label = { zh = "周报", en = "Weekly sheet" }
every = "week"
from = "end"
within = "1 workday"
closes = ["assessment.compiled"]
owner = "function:quality"
"""


def test_a_rule_with_every_is_recurring_and_opened_by_no_event(tmp_path: Path) -> None:
    procedure = load_pack(write(tmp_path / "small", SEEN + WEEKLY))
    rule = procedure.rule("sheet")
    assert (rule.every, rule.from_, rule.opens) == ("week", "end", "")
    assert procedure.rules_opened_by("") == ()
    assert procedure.rules_ended_by("assessment.compiled") == {"sheet": "fulfilled_at"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('every = "week"', 'every = "fortnight"', "every"),
        ('every = "week"', 'every = "week"\nopens = "complaint.registered"', "opens"),
        ('every = "week"\nfrom = "end"', "", "opens"),
        ('every = "week"', 'opens = "complaint.registered"', "from"),
        ('from = "end"', 'from = "event"', "from"),
        ('from = "end"', "", "from"),
        ('within = "1 workday"', 'within = "promised"', "within"),
        ('closes = ["assessment.compiled"]', "closes = []", "closes"),
        ('closes = ["assessment.compiled"]', 'closes = ["complaint.closed"]', "closes[1]"),
        ('closes = ["assessment.compiled"]', 'closes = ["assessment.compild"]', "closes[1]"),
        ('"function:quality"\n', '"function:quality"\nreopens = ["assessment.withdrawn"]\n', "reopens[1]"),
        ('owner = "function:quality"\n', 'owner = "record.owner"\n', "owner"),
        ('owner = "function:quality"\n', 'owner = "function:quality"\npause = true\n', "pause"),
        (
            'owner = "function:quality"\n',
            'owner = "function:quality"\nwhen = [{ field = "severity", is = ["safety"] }]\n',
            "when",
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert WEEKLY.count(old) == 1
    found = places_of(write(tmp_path / "small", SEEN + WEEKLY.replace(old, new)))
    keys = [place[2] for place in found]
    assert f"obligation[sheet].{key}" in keys
    assert all(one.startswith("obligation[sheet].") for one in keys)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('from = "end"', 'on = "friday"', ""),
        ('from = "end"', 'on = "december"', "on"),
        ('from = "end"', 'on = "someday"', "on"),
        ('from = "end"', 'from = "end"\non = "friday"', "from"),
        ('from = "end"', 'from = "end"\nwhere = [{ field = "tier", is = ["A"] }]', "where"),
        ('from = "end"', 'from = "end"\nfor_each = "customer"\nwhere = [{ field = "tear" }]', "where[1].field"),
        ('from = "end"', 'from = "end"\nfor_each = "cat"', "for_each"),
        ('every = "week"', 'schedule = [{ every = "week" }, { every = "month" }]', "schedule[1].every"),
        ('every = "week"', 'schedule = [{ every = "week", during = "1 year" }]', "schedule[1].during"),
        ('owner = "function:quality"\n', 'owner = "subject"\n', "owner"),
        ('owner = "function:quality"\n', 'owner = "on-duty"\n', ""),
    ],
)
def test_days_subjects_and_schedules_are_checked(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert WEEKLY.count(old) == 1
    found = [place for _, _, place in places_of(write(tmp_path / "small", SEEN + WEEKLY.replace(old, new)))]
    assert (f"obligation[sheet].{key}" in found) if key else not found, found
