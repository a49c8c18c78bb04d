"""Examples of a pack are tried by its check: facts in, what is shown, needed, refused and owed out."""

from __future__ import annotations

from pathlib import Path

import pytest

import huiyin.registers.guards  # noqa: F401
from tests.procedure.small import line_of, mistakes_of, write
from tests.registers.works import PACK

GOOD = """\
[[example]]
key = "regular-visit"
kind = "visit"
step = "plan"
facts = { planned_on = 2026-11-18, visitor = "林志远", sort = "planned", purpose = "看新线", complaint = "TS2026-001" }
shows = ["purpose"]
hides = ["complaint"]
requires = ["planned_on", "visitor", "sort", "purpose"]
refused = []
owes = ["visit-report"]

[[example]]
key = "visit-on-a-complaint"
kind = "visit"
step = "plan"
facts = { sort = "complaint", purpose = "看现场" }
shows = ["complaint"]
requires = ["planned_on", "visitor", "sort", "complaint", "purpose"]
refused = ["planned_on", "visitor", "complaint"]

[[example]]
key = "nothing-to-report"
kind = "visit"
step = "report"
facts = { summary = "顺利" }
refused = ["rows:findings"]
owes = ["visit-close"]

[[example]]
key = "findings-are-owed"
kind = "visit"
step = "report"
facts = { summary = "两处要改", findings = [{ what = "渗油" }], costs = [{ what = "车费", amount = 120.5 }] }
refused = []
owes = ["visit-close", "visit-finding-answer"]

[[example]]
key = "not-all-answered"
kind = "visit"
step = "close"
facts = { findings = [{ what = "渗油", answer = "已换" }, { what = "异响" }] }
refused = ["answered:findings"]
owes = []
"""


def pack_with(folder: Path, examples: str) -> Path:
    """The works' pack with examples in a file of their own."""
    for path in Path(PACK).glob("*.toml"):
        write(folder, path.read_text("utf-8"), path.name)
    return write(folder, examples, "examples.toml")


def test_what_comes_out_as_expected_is_no_mistake(tmp_path: Path) -> None:
    assert [each.show("en") for each in mistakes_of(pack_with(tmp_path / "works", GOOD))] == []


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('hides = ["complaint"]', 'hides = ["purpose"]', "example[regular-visit].hides[1]", "“purpose” is shown."),
        (
            'shows = ["complaint"]',
            'shows = ["purpose", "planned_on"]\nhides = ["complaint"]',
            "example[visit-on-a-complaint].hides[1]",
            "“complaint” is shown.",
        ),
        (
            'refused = ["rows:findings"]',
            'refused = ["summary"]',
            "example[nothing-to-report].refused",
            "Expected: summary; what came out: rows:findings.",
        ),
        (
            'owes = ["visit-report"]',
            "owes = []",
            "example[regular-visit].owes",
            "Expected: nothing; what came out: visit-report.",
        ),
        (
            'requires = ["planned_on", "visitor", "sort", "purpose"]',
            'requires = ["visitor"]',
            "example[regular-visit].requires",
            "Expected: visitor; what came out: planned_on, visitor, sort, purpose.",
        ),
    ],
)
def test_what_comes_out_otherwise_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, key: str, said: str
) -> None:
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    found = mistakes_of(pack_with(tmp_path / "works", text))
    assert [(each.file, each.key, each.problem.show("en")) for each in found] == [("works/examples.toml", key, said)]
    assert found[0].line == line_of(GOOD, old) + new.count("\n")


def test_unknown_words_are_named(tmp_path: Path) -> None:
    text = """\
[[example]]
key = "wrong"
kind = "visit"
step = "plan"
facts = { purpse = "看新线" }
shows = ["colour"]
owes = ["nobody"]

[[example]]
key = "no-step"
kind = "visit"
step = "fly"
"""
    found = [(each.line, each.key) for each in mistakes_of(pack_with(tmp_path / "works", text))]
    assert found == [
        (5, "example[wrong].facts.purpse"),
        (6, "example[wrong].shows[1]"),
        (7, "example[wrong].owes[1]"),
        (12, "example[no-step].step"),
    ]


def test_a_day_can_be_set_for_ages(tmp_path: Path) -> None:
    rule = """\
[[obligation]]
key = "old-plan"
label = { zh = "旧计划复核", en = "Look at an old plan" }
opens = "visit.plan"
closes = ["visit.report"]
cancels = ["visit.void"]
owner = "record.owner"
within = "2 workdays"
when = [{ field = "planned_on", older_than = "1 month" }]

[[example]]
key = "young"
kind = "visit"
step = "plan"
facts = { planned_on = 2026-11-18, today = 2026-11-20 }
owes = ["visit-report"]

[[example]]
key = "old"
kind = "visit"
step = "plan"
facts = { planned_on = 2026-11-18, today = 2026-12-20 }
owes = ["visit-report", "old-plan"]
"""
    assert [each.show("en") for each in mistakes_of(pack_with(tmp_path / "works", rule))] == []


COST = """\
[[field]]
key = "visit-finding.cost"
type = "money"
label = { zh = "费用", en = "Cost" }

[[field]]
key = "visit-finding.paid_by"
type = "text"
label = { zh = "谁承担", en = "Paid by" }
shown = [{ field = "cost", over = 100 }]

[[example]]
key = "a-dear-finding"
kind = "visit"
step = "report"
facts = { summary = "要改", findings = [{ what = "渗油", cost = 20 }, { what = "异响", cost = 500 }] }
shows = ["findings.cost", "findings.paid_by"]

[[example]]
key = "a-cheap-finding"
kind = "visit"
step = "report"
facts = { summary = "要改", findings = [{ what = "渗油", cost = 20, paid_by = "客户" }] }
hides = ["findings.paid_by"]
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("", "", "", ""),
        ('hides = ["findings.', 'shows = ["findings.', "shows[1]", "“findings.paid_by” is not shown."),
        (", cost = 500 }", " }", "shows[2]", "“findings.paid_by” is not shown."),
        ('"findings.cost"', '"findings.price"', "shows[1]", "There is no field “findings.price”."),
        ('field = "cost"', 'field = "purpose"', "shown[1].field", "There is no field “purpose”."),
    ],
)
def test_what_a_row_shows_hangs_on_the_row_alone(tmp_path: Path, old: str, new: str, key: str, said: str) -> None:
    found = mistakes_of(pack_with(tmp_path / "works", COST.replace(old, new) if old else COST))
    assert len(found) == bool(key)
    assert all(key in each.key and said in each.show("en") for each in found)
