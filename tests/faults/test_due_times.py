"""F15: a golden table of due moments under the built-in packs, checked by hand against the calendar of 2026."""

from __future__ import annotations

import pytest

from huiyin.procedure.explain import explain_due
from tests.cast import at, pack

# Working hours 08:00-12:00 and 13:30-17:30, Monday to Friday. In 2026 off work: New Year 1-3 January, Spring Festival
# 15-23 February, Qingming 4-6 April, Labour Day 1-5 May, Dragon Boat 19-21 June, Mid-Autumn 25-27 September, National
# Day 1-7 October. Worked at weekends: 4 January, 14 and 28 February, 9 May, 20 September, 10 October.
GOLDEN = [
    # half a working day (4 h)
    ("feedback", "forward", "2026-11-16 08:00", "2026-11-16 12:00"),
    ("feedback", "forward", "2026-11-16 08:01", "2026-11-16 13:31"),
    ("feedback", "forward", "2026-11-16 12:00", "2026-11-16 17:30"),
    ("feedback", "forward", "2026-11-16 17:30", "2026-11-17 12:00"),
    ("feedback", "forward", "2026-11-16 23:59", "2026-11-17 12:00"),
    ("feedback", "forward", "2026-11-20 17:29", "2026-11-23 11:59"),
    ("feedback", "forward", "2026-01-03 15:00", "2026-01-04 12:00"),
    ("feedback", "forward", "2026-02-13 16:30", "2026-02-14 11:00"),
    ("feedback", "forward", "2026-02-14 17:00", "2026-02-24 11:30"),
    ("feedback", "forward", "2026-02-28 10:00", "2026-02-28 15:30"),
    ("feedback", "forward", "2026-05-08 16:00", "2026-05-09 10:30"),
    ("feedback", "forward", "2026-09-18 17:00", "2026-09-20 11:30"),
    ("feedback", "forward", "2026-10-10 17:00", "2026-10-12 11:30"),
    ("feedback", "forward", "2026-12-31 16:30", "2027-01-04 11:00"),
    # 48 hours on the clock
    ("feedback", "measures", "2026-11-20 14:30", "2026-11-22 14:30"),
    ("feedback", "measures", "2026-12-31 09:00", "2027-01-02 09:00"),
    ("feedback", "measures", "2026-02-27 00:00", "2026-03-01 00:00"),
    ("feedback", "redo-measures", "2026-10-03 10:00", "2026-10-04 10:00"),
    ("feedback", "conclude", "2026-11-20 09:00", "2026-11-23 09:00"),
    # working days
    ("feedback", "judge", "2026-11-20 10:00", "2026-11-23 10:00"),
    ("base", "answer", "2026-11-16 09:00", "2026-11-23 09:00"),
    ("base", "answer", "2026-09-28 09:00", "2026-10-10 09:00"),
    ("base", "answer", "2026-02-13 09:00", "2026-02-27 09:00"),
    ("base", "answer-grave", "2026-11-20 16:00", "2026-11-24 16:00"),
    ("base", "task-acceptance", "2026-04-03 15:30", "2026-04-07 10:00"),
    ("base", "conclude", "2026-11-16 09:00", "2026-11-19 14:30"),
    ("communication", "answer", "2026-04-30 09:00", "2026-05-11 09:00"),
    ("communication", "measures", "2026-06-18 16:00", "2026-06-23 16:00"),
    ("complaint-measures", "answer", "2026-09-21 08:00", "2026-10-10 17:30"),
    # working hours and minutes
    ("base", "verify", "2026-11-16 11:00", "2026-11-16 14:30"),
    ("base", "verify-grave", "2026-11-16 11:45", "2026-11-16 13:45"),
    ("base", "verify-grave", "2026-11-16 12:30", "2026-11-16 14:00"),
    ("base", "judge", "2026-09-30 15:30", "2026-10-08 10:00"),
    # months
    ("complaint-measures", "case-time-limit", "2026-01-31 10:00", "2026-02-28 10:00"),
    ("complaint-measures", "case-time-limit", "2024-01-31 10:00", "2024-02-29 10:00"),
    ("complaint-measures", "case-time-limit", "2026-11-30 10:00", "2026-12-30 10:00"),
]


@pytest.mark.parametrize(("key", "rule", "opened", "due"), GOLDEN)
def test_f15_due_moments_are_those_of_the_calendar(key: str, rule: str, opened: str, due: str) -> None:
    assert explain_due(pack(key), rule, at(opened)).at == at(due)


def test_f15_beyond_the_published_holidays_it_says_so() -> None:
    due = explain_due(pack("feedback"), "forward", at("2026-12-31 16:30"))
    assert [w.show("zh") for w in due.warnings] == [
        "只有 2004-01-01 至 2026-12-31 的放假安排已公布，此外的日子按每周作息和法定节日推算；公布后请重新核对期限"
    ]
    assert explain_due(pack("feedback"), "forward", at("2026-12-30 09:00")).warnings == ()


def test_f15_what_is_due_does_not_hang_on_the_seconds_at_which_it_is_asked() -> None:
    first, again = (explain_due(pack("base"), "answer", at("2026-11-16 09:00")) for _ in range(2))
    assert (first.at, first.as_json("en")) == (again.at, again.as_json("en"))
