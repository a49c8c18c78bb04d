"""What differs between two versions, in sentences."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from huiyin.procedure.compare import NAMES, compare
from huiyin.procedure.comparing import packs_compare
from huiyin.procedure.loader import load_pack
from huiyin.procedure.sections import SECTIONS
from tests.procedure.small import SMALL, write


def test_equal_procedures_do_not_differ(tmp_path: Path) -> None:
    procedure = load_pack(write(tmp_path / "small", SMALL))
    assert compare(procedure, procedure) == []


def test_every_section_has_a_name() -> None:
    assert set(NAMES) == {"pack", *SECTIONS}


def test_added_removed_and_changed_entries(tmp_path: Path) -> None:
    other = SMALL.replace('version = "1.0"', 'version = "1.1"').replace('within = "48h"', 'within = "24h"')
    other = other.replace('key = "sheet"', 'key = "new-sheet"').replace('en = "Service desk"', 'en = "Front desk"')
    other = other.replace('"head:quality"', '"head:quality", "record.owner"').replace(
        '{ at = "75%", to = "owner" },', ""
    )
    one = load_pack(write(tmp_path / "one" / "small", SMALL))
    found = compare(one, load_pack(write(tmp_path / "other" / "small", other)))
    assert [(each.section, each.key, each.path, each.how) for each in found] == [
        ("pack", "", "version", "changed"),
        ("department", "desk", "name", "changed"),
        ("form", "sheet", "", "removed"),
        ("form", "new-sheet", "", "added"),
        ("step", "complaint.assign", "tells", "changed"),
        ("obligation", "measures", "within", "changed"),
        ("obligation", "measures", "ladder", "changed"),
    ]
    assert [each.sentence.show("en") for each in found] == [
        "General, version: 1.0 → 1.1",
        "Department desk, name: Service desk → Front desk",
        "Form sheet: removed",
        "Form new-sheet: added",
        "Step complaint.assign, tells: head:quality → head:quality; record.owner",
        "Obligation measures, within: 48h → 24h",
        "Obligation measures, ladder: at: 75%; to: owner; at: 100%; to: head; at: +1 workday; to: management"
        " → at: 100%; to: head; at: +1 workday; to: management",
    ]
    assert found[5].sentence.show("zh") == "责任时限 measures 的 within：48h → 24h"


@pytest.mark.parametrize(("language", "nothing"), [("zh", "（无）"), ("en", "(none)")])
def test_a_change_has_two_sides_and_the_other_way_round_they_change_places(language: str, nothing: str) -> None:
    """Between procedures as different as can be: where one of them has nothing, that is said on its side."""
    one, other = (load_pack(key) for key in ("base", "feedback"))
    there, back = (
        {
            (each.section, each.key, each.path): each.sentence.show(language)
            for each in compare(*pair)
            if each.how == "changed"
        }
        for pair in ((one, other), (other, one))
    )
    assert set(there) == set(back)
    turned = {}
    for place, said in there.items():
        head, _, rest = said.partition("：" if language == "zh" else ": ")
        sides = rest.split(" → ")
        assert "" not in sides
        turned[place] = f"{head}{said[len(head) :].removesuffix(rest)}{' → '.join(reversed(sides))}"
    assert turned == back
    assert (any(nothing in said for said in there.values()), nothing in there["pack", "", "version"]) == (True, False)


KIND = """
[[kind]]
key = "visit"
label = { zh = "走访", en = "Visit" }

[[state]]
key = "visit.planned"
phase = "handling"
label = { zh = "已计划", en = "Planned" }

[[state]]
key = "visit.closed"
phase = "closed"
label = { zh = "已结束", en = "Closed" }

[[step]]
key = "visit.plan"
to = "planned"
by = ["reception"]
label = { zh = "计划", en = "Plan" }

[[step]]
key = "visit.close"
from = ["planned"]
to = "closed"
by = ["reception"]
label = { zh = "结束", en = "Close" }

[[field]]
key = "visit.cause"
type = "text"
label = { zh = "事由", en = "Cause" }

[[field]]
key = "visit.sort"
type = "choice"
catalogue = "sort"
label = { zh = "类别", en = "Sort" }

[[catalogue]]
key = "sort"
label = { zh = "类别", en = "Sort" }
options = [{ key = "a", label = { zh = "甲", en = "A" } }, { key = "b", label = { zh = "乙", en = "B" } }]

[[obligation]]
key = "to-close"
label = { zh = "按时结束", en = "Close in time" }
opens = "visit.plan"
closes = ["visit.close"]
cancels = ["visit.void"]
owner = "record.owner"
within = "2 workdays"
"""


def classes(folder: Path, *changes: tuple[str, str]) -> list[tuple[str, str, str, str]]:
    """Class, section, key and path of what differs once the passages are written otherwise."""
    other = KIND
    for old, new in changes:
        assert old in other, old
        other = other.replace(old, new)
    one = load_pack(write(folder / "one" / "small", SMALL + KIND))
    two = load_pack(write(folder / "two" / "small", SMALL + other))
    return [(d.class_, d.section, d.key, d.path) for d in compare(one, two)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([('en = "Cause"', 'en = "Reason"')], [("wording", "field", "visit.cause", "label")]),
        ([('type = "text"', 'type = "longtext"')], [("break", "field", "visit.cause", "type")]),
        (
            [("visit.cause", "visit.reason_given")],
            [("break", "field", "visit.cause", ""), ("addition", "field", "visit.reason_given", "")],
        ),
        (
            [('key = "visit.cause"', 'key = "visit.why"\nwas = "cause"')],
            [("wording", "field", "visit.why", "key")],
        ),
        ([(', { key = "b", label = { zh = "乙", en = "B" } }', "")], [("break", "catalogue", "sort", "options")]),
        (
            [('en = "B" } }', 'en = "B" } }, { key = "c", label = { zh = "丙", en = "C" } }')],
            [("addition", "catalogue", "sort", "options")],
        ),
        ([('en = "B"', 'en = "Bee"')], [("wording", "catalogue", "sort", "options")]),
    ],
)
def test_what_a_difference_means_for_open_records(
    tmp_path: Path, changes: list[tuple[str, str]], expected: list[tuple[str, str, str, str]]
) -> None:
    assert classes(tmp_path, *changes) == expected


def test_a_state_that_open_records_may_hold(tmp_path: Path) -> None:
    found = classes(tmp_path, ("visit.planned", "visit.agreed"), ('"planned"', '"agreed"'))
    assert [each for each in found if each[0] != "wording"] == [
        ("break", "state", "visit.planned", ""),
        ("addition", "state", "visit.agreed", ""),
    ]


def test_a_kind_that_is_renamed_keeps_what_it_has(tmp_path: Path) -> None:
    found = classes(tmp_path, ("visit", "outing"), ('key = "outing"\n', 'key = "outing"\nwas = "visit"\n'))
    assert [each for each in found if each[0] == "break"] == []
    assert ("wording", "kind", "outing", "key") in found


def test_the_command_says_the_three_groups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "one" / "small", SMALL + KIND)
    new = write(tmp_path / "two" / "small", SMALL + KIND.replace('type = "text"', 'type = "longtext"'))
    args = Namespace(old=str(old), new=str(new), json=False, language="en")
    assert packs_compare(args) == 1
    assert capsys.readouterr().out == (
        "Changed in words and rules: 0\nAdded: 0\nBroken with: 1\n  Field visit.cause, type: text → longtext\n"
    )
    assert packs_compare(Namespace(old=str(old), new=str(old), json=False, language="en")) == 0
    assert packs_compare(Namespace(old="nowhere", new=str(old), json=False, language="en")) == 2
