"""The clause tree: what counts as evidence, gaps, and the standards' own clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.kernel.text import Text
from huiyin.procedure.clauses import Evidence, StandardClause, by_standard, clause_tree, evidence_of
from huiyin.procedure.loader import load_pack, packs
from tests.procedure.small import SMALL, write


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
    assert sorted(node.clause.key for node in nodes) == sorted(each.key for each in load_pack(key).clauses)
