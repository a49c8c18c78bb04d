"""The clause tree: what counts as evidence, gaps, and the standards' own clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.kernel.text import Text
from huiyin.procedure.clauses import Evidence, StandardClause, by_standard, clause_tree, evidence_of, own_clauses
from huiyin.procedure.loader import load_pack, packs
from tests.procedure.small import SMALL, places_of, write


def test_the_tree_of_the_small_pack(tmp_path: Path) -> None:
    (top,) = clause_tree(load_pack(write(tmp_path / "small", SMALL)))
    assert [
        (depth, node.clause.key, [each.written for each in node.evidence], node.gap) for depth, node in top.walk()
    ] == [
        (0, "1", [], None),
        (
            1,
            "1.1",
            ["step:task.answer", "event:record.printed", "step:complaint.assign", "obligation:measures"],
            None,
        ),
        (1, "1.2", ["form:sheet"], None),
        (1, "1.3", [], Text("只在纸上", "Kept on paper only")),
    ]


def test_evidence_has_the_companys_names(tmp_path: Path) -> None:
    procedure = load_pack(write(tmp_path / "small", SMALL))
    assert evidence_of(procedure, "1.1") == (
        Evidence("step", "task.answer", Text("答复", "Answer")),
        Evidence("event", "record.printed", Text("打印", "Printed")),
        Evidence("step", "complaint.assign", Text("分派", "Assign")),
        Evidence("obligation", "measures", Text("措施", "Measures")),
    )
    assert evidence_of(procedure, "1.3") == ()


def test_clauses_by_standard_stand_in_the_standards_order(tmp_path: Path) -> None:
    text = SMALL.replace(
        "gap = {", 'standards = ["ISO 10002:2018 7.10", "ISO 10002:2018 7.5", "GB/T 19012—2019 7.2"]\ngap = {'
    )
    found = by_standard(load_pack(write(tmp_path / "small", text)))
    assert [(standard, [clause.key for clause in clauses]) for standard, clauses in found.items()] == [
        (StandardClause("GB/T 19012", "2019", "7.2"), ["1.3"]),
        (StandardClause("ISO 10002", "2018", "7.5"), ["1.1", "1.3"]),
        (StandardClause("ISO 10002", "2018", "7.10"), ["1.3"]),
    ]


@pytest.mark.parametrize("key", packs())
def test_every_leaf_of_our_own_packs_has_evidence_or_a_gap(key: str) -> None:
    nodes = [node for top in clause_tree(load_pack(key)) for _, node in top.walk()]
    assert [node.clause.key for node in nodes if not (node.children or node.evidence or node.gap)] == []
    assert sorted(node.clause.key for node in nodes) == sorted(each.key for each in own_clauses(load_pack(key)))


def test_a_gap_stays_beside_whatever_evidence_there_is(tmp_path: Path) -> None:
    text = SMALL.replace(
        'key = "1.2"\nparent', 'key = "1.2"\ngap = { zh = "归档在纸上", en = "Filed on paper" }\nparent'
    )
    (top,) = clause_tree(load_pack(write(tmp_path / "small", text)))
    node = next(node for _, node in top.walk() if node.clause.key == "1.2")
    assert ([each.written for each in node.evidence], node.gap) == (
        ["form:sheet"],
        Text("归档在纸上", "Filed on paper"),
    )


EXHIBITION = """
[[evidence]]
key = "1.1/grave"
clause = "1.1"
of = "step:complaint.assign"
where = [{ field = "severity", is = ["safety"] }]
label = { zh = "安全问题的分派", en = "Grave ones assigned" }
"""


def test_evidence_under_conditions_stands_for_the_same_without_any(tmp_path: Path) -> None:
    procedure = load_pack(write(tmp_path / "small", SMALL + EXHIBITION))
    found = {each.identity: each for each in evidence_of(procedure, "1.1")}
    assert list(found) == ["step:task.answer", "event:record.printed", "obligation:measures", "1.1/grave"]
    assert (found["1.1/grave"].written, found["1.1/grave"].label.en) == ("step:complaint.assign", "Grave ones assigned")
    assert found["1.1/grave"].where[0].is_ == ("safety",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('clause = "1.1"\nof', 'clause = "9"\nof', "evidence[1.1/grave].clause"),
        ("step:complaint.assign", "step:complaint.asign", "evidence[1.1/grave].of"),
        ("step:complaint.assign", "complaint.assign", "evidence[1.1/grave].of"),
        ('"severity"', '"severty"', "evidence[1.1/grave].where[1].field"),
        ('"safety"', '"safty"', "evidence[1.1/grave].where[1].is[1]"),
        ("step:complaint.assign", "obligation:measures", "evidence[1.1/grave].where"),
        ("where = [{", "when = [{", "evidence[1.1/grave].when"),
        ('is = ["safety"]', "is = []", "evidence[1.1/grave].where[1].is"),
    ],
)
def test_evidence_that_could_never_be_found(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert EXHIBITION.count(old) == 1
    keys = [key for _, _, key in places_of(write(tmp_path / "small", SMALL + EXHIBITION.replace(old, new)))]
    assert expected in keys


def test_a_form_is_filled_by_steps_of_its_own_record(tmp_path: Path) -> None:
    text = SMALL.replace('layout = "feedback-sheet"', 'layout = "feedback-sheet"\nfilled_by = ["task.answer", "x.y"]')
    assert [key for _, _, key in places_of(write(tmp_path / "small", text))] == ["form[sheet].filled_by[2]"]


TARGET = """
[[target]]
key = "in-time"
label = { zh = "按时率", en = "In time" }
measure = "on-time"
of = "measures"
at_least = "95%"
owner = "function:quality"
clause = "1.1"
"""


def test_targets_name_what_can_be_measured(tmp_path: Path) -> None:
    (target,) = load_pack(write(tmp_path / "small", SMALL + TARGET)).targets
    assert (target.measure, target.of, target.at_least, target.every) == ("on-time", "measures", "95%", "month")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"on-time"', '"mood"', "target[in-time].measure"),
        ('"measures"', '"measure"', "target[in-time].of"),
        ('"on-time"', '"records"', "target[in-time].of"),
        ('"95%"', '"95"', "target[in-time].at_least"),
        ('"95%"', '"195%"', "target[in-time].at_least"),
        ('at_least = "95%"\n', "", "target[in-time].key"),
        ('at_least = "95%"', 'at_least = "95%"\nat_most = "90%"', "target[in-time].at_least"),
        ('"function:quality"', '"record.owner"', "target[in-time].owner"),
        ('clause = "1.1"', 'clause = "7"', "target[in-time].clause"),
    ],
)
def test_targets_that_could_not_be_met_or_owned(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert TARGET.count(old) == 1
    keys = [key for _, _, key in places_of(write(tmp_path / "small", SMALL + TARGET.replace(old, new)))]
    assert expected in keys
