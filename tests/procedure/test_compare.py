"""What differs between two versions, in sentences."""

from __future__ import annotations

from pathlib import Path

from huiyin.procedure.compare import NAMES, compare
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
