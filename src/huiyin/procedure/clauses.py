"""The written procedure's clauses as a tree, each with what counts as evidence that it is followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.kernel.text import Text
from huiyin.procedure.entries import Clause
from huiyin.procedure.schema import Procedure
from huiyin.procedure.shapes import split_standard


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows a clause was followed: a ``step``, ``obligation``, ``form`` or ``event`` by its key."""

    kind: str
    key: str
    label: Text

    @property
    def written(self) -> str:
        """As packs write it: ``step:complaint.verify``."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class ClauseNode:
    """A clause in the tree with its own evidence and the clauses below it."""

    clause: Clause
    evidence: tuple[Evidence, ...]
    children: tuple[ClauseNode, ...]

    @property
    def gap(self) -> Text | None:
        """Why the system holds no evidence; None as soon as there is some, here or below."""
        return None if self.evidence or self.children else self.clause.gap

    def walk(self, depth: int = 0) -> Iterator[tuple[int, ClauseNode]]:
        """This clause and all below it with their depth, in order."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, slots=True, order=True)
class StandardClause:
    """A clause of a published standard."""

    standard: str
    edition: str
    clause: str


def clause_tree(procedure: Procedure) -> tuple[ClauseNode, ...]:
    """The top clauses in the pack's order, with everything below them."""
    evidence = _evidence_by_clause(procedure)
    below: defaultdict[str | None, list[Clause]] = defaultdict(list)
    for clause in procedure.clauses:
        below[clause.parent].append(clause)

    def node(clause: Clause) -> ClauseNode:
        return ClauseNode(clause, evidence.get(clause.key, ()), tuple(node(child) for child in below[clause.key]))

    return tuple(node(clause) for clause in below[None])


def evidence_of(procedure: Procedure, key: str) -> tuple[Evidence, ...]:
    """What counts as evidence of one clause: what it names itself, and what names it."""
    return _evidence_by_clause(procedure).get(key, ())


def by_standard(procedure: Procedure) -> dict[StandardClause, tuple[Clause, ...]]:
    """The procedure's clauses by the clause of a published standard they answer, in the standards' order."""
    found: defaultdict[StandardClause, list[Clause]] = defaultdict(list)
    for clause in procedure.clauses:
        for written in clause.standards:
            found[StandardClause(*split_standard(written))].append(clause)
    return {standard: tuple(found[standard]) for standard in sorted(found, key=_in_order)}


def _in_order(standard: StandardClause) -> tuple[str, str, list[tuple[int, str]]]:
    parts = [(int(part), "") if part.isdigit() else (0, part) for part in standard.clause.split(".")]
    return standard.standard, standard.edition, parts


def _evidence_by_clause(procedure: Procedure) -> dict[str, tuple[Evidence, ...]]:
    found: defaultdict[str, dict[str, Evidence]] = defaultdict(dict)
    for clause in procedure.clauses:
        for written in clause.evidence:
            kind, _, key = written.partition(":")
            found[clause.key][written] = Evidence(kind, key, _label(procedure, kind, key))
    named = (("step", procedure.steps), ("obligation", procedure.obligations), ("form", procedure.forms))
    for kind, entries in named:
        for entry in entries:
            if entry.clause:
                evidence = Evidence(kind, entry.key, _label(procedure, kind, entry.key))
                found[entry.clause].setdefault(evidence.written, evidence)
    return {key: tuple(each.values()) for key, each in found.items()}


def _label(procedure: Procedure, kind: str, key: str) -> Text:
    if kind == "form":
        return procedure.form(key).title
    if kind == "obligation":
        return procedure.rule(key).label
    if kind == "step":
        return procedure.step_label(key) or Text(key, key)
    known = procedure.vocabulary.events.get(key)
    return known.label if known else Text(key, key)
