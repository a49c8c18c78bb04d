"""What a pack may say of lateness and sharing, and what it is told when it says it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import pack
from tests.procedure.small import SMALL, changed, mistakes_of, write

SHARING = """
[[sharing]]
key = "freight"
clause = "1.2"
label = { zh = "运费", en = "Freight" }
brackets = [{ upto = "100", rate = "100%" }, { rate = "50%" }]
parts = [{ to = "head", share = "20%" }, { to = "responsible", share = "80%" }]
"""


def said(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    return [(each.key, each.problem.show("en")) for each in mistakes_of(write(tmp_path / "small", text))]


def test_a_sharing_that_is_right_loads(tmp_path: Path) -> None:
    assert said(tmp_path, SMALL + SHARING) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('"80%"', '"70%"', "sharing[freight].parts", "The shares add up to 90%."),
        ('to = "responsible"', 'to = "head"', "sharing[freight].parts[2].to", "“head” is written twice."),
        ('to = "responsible"', 'to = "boss"', "sharing[freight].parts[2].to", "There is no “boss” here."),
        ('"50%"', "0.5", "sharing[freight].brackets[2].rate", "This must be a percentage."),
        (
            '{ rate = "50%" }',
            '{ upto = "90", rate = "50%" }',
            "sharing[freight].brackets",
            "The limits of the brackets must rise, and only the last bracket may be without one.",
        ),
        (
            '{ rate = "50%" }',
            '{ upto = "900", rate = "50%" }',
            "sharing[freight].brackets",
            "The last bracket ends; what exceeds it is left open.",
        ),
        ('key = "freight"', 'key = "fright"', "sharing[fright].key", "There is no “fright” here."),
        ('clause = "1.2"', 'clause = "1.9"', "sharing[freight].clause", "There is no clause “1.9”."),
    ],
)
def test_a_sharing_that_is_wrong_is_told_where(tmp_path: Path, old: str, new: str, key: str, problem: str) -> None:
    assert SHARING.count(old) == 1
    assert said(tmp_path, SMALL + SHARING.replace(old, new)) == [(key, problem)]


@pytest.mark.parametrize(
    ("late", "problems"),
    [
        ('{ fine = 10, per = "workday", payer = "owner", begun = "free" }', []),
        ('{ fine = 10, per = "day", payer = "head", begun = "maybe" }', ["There is no “maybe” here."]),
        ('{ fine = 10, per = "hour", payer = "head" }', ["There is no “hour” here."]),
    ],
)
def test_how_days_count_is_a_word(tmp_path: Path, late: str, problems: list[str]) -> None:
    text = changed('{ fine = 10, per = "day", payer = "head" }', late)
    assert [problem for _, problem in said(tmp_path, text)] == problems


def test_reporting_is_never_fined(tmp_path: Path) -> None:
    rule = """
[[obligation]]
key = "{key}"
label = {{ zh = "登记", en = "Register" }}
opens = "{opens}"
closes = ["{closes}"]
owner = "function:reception"
within = "1 workday"
late = {{ fine = 10, per = "day", payer = "owner" }}
"""
    for opens, closes in (
        ("complaint.registered", "complaint.closed"),
        ("complaint.assigned", "complaint.registered"),
    ):
        text = SMALL + rule.format(key="reporting", opens=opens, closes=closes)
        assert said(tmp_path, text) == [("obligation[reporting].late", "Reporting a problem is never fined.")]


def test_the_written_fines_of_the_feedback_procedure() -> None:
    procedure = pack("feedback")
    fines = {r.key: (r.late.fine, r.late.per, r.late.begun, r.late.payer) for r in procedure.obligations if r.late}
    assert fines == {
        "measures": ("10", "day", "counts", "head"),
        "carry-out": ("20", "day", "counts", "head"),
    }
    assert [
        r.key for key in ("base", "communication", "complaint-measures") for r in pack(key).obligations if r.late
    ] == []
