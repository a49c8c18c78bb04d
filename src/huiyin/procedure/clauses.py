"""The written procedure's clauses as a tree, each with what counts as evidence that it is followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.text import Text
from huiyin.procedure.entries import Clause
from huiyin.procedure.kind_entries import Condition
from huiyin.procedure.schema import Procedure
from huiyin.procedure.shapes import split_standard


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows a clause was followed: a ``step``, ``obligation``, ``form``, ``event`` or
    ``target`` by its key.

    ``where`` says for which records it counts, ``is_own_limit`` of an obligation or target that the company set
    its figure.
    """

    kind: str
    key: str
    label: Text
    where: tuple[Condition, ...] = ()
    name: str = ""
    is_own_limit: bool = False

    @property
    def written(self) -> str:
        """As packs write it: ``step:complaint.verify``."""
        return f"{self.kind}:{self.key}"

    @property
    def identity(self) -> str:
        """By what the same evidence is known in another version: how it is written, or its name under conditions."""
        return self.name or self.written


@dataclass(frozen=True, slots=True)
class ClauseNode:
    """A clause in the tree with its own evidence and the clauses below it."""

    clause: Clause
    evidence: tuple[Evidence, ...]
    children: tuple[ClauseNode, ...]

    @property
    def gap(self) -> Text | None:
        """What the procedure itself says is not shown here, whatever evidence there is beside it."""
        return self.clause.gap

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


def own_clauses(procedure: Procedure) -> tuple[Clause, ...]:
    """The clauses of the procedure's own text and those it adopts; others stand in the document of a pack below."""
    return tuple(each for each in procedure.clauses if not each.document)


def clause_tree(procedure: Procedure) -> tuple[ClauseNode, ...]:
    """The top clauses of the procedure's own text in the pack's order, with everything below them."""
    evidence = _evidence_by_clause(procedure)
    clauses = own_clauses(procedure)
    known = {clause.key for clause in clauses}
    below: defaultdict[str | None, list[Clause]] = defaultdict(list)
    for clause in clauses:
        below[clause.parent if clause.parent in known else None].append(clause)

    def node(clause: Clause) -> ClauseNode:
        return ClauseNode(clause, evidence.get(clause.key, ()), tuple(node(child) for child in below[clause.key]))

    return tuple(node(clause) for clause in below[None])


def evidence_of(procedure: Procedure, key: str) -> tuple[Evidence, ...]:
    """What counts as evidence of one clause: what it names itself, and what names it."""
    return _evidence_by_clause(procedure).get(key, ())


def by_standard(procedure: Procedure) -> dict[StandardClause, tuple[Clause, ...]]:
    """The procedure's clauses by the clause of a published standard they answer, in the standards' order."""
    found: defaultdict[StandardClause, list[Clause]] = defaultdict(list)
    for clause in own_clauses(procedure):
        for written in clause.standards:
            found[StandardClause(*split_standard(written))].append(clause)
    return {standard: tuple(found[standard]) for standard in sorted(found, key=_in_order)}


def _in_order(standard: StandardClause) -> tuple[str, str, list[tuple[int, str]]]:
    parts = [(int(part), "") if part.isdigit() else (0, part) for part in standard.clause.split(".")]
    return standard.standard, standard.edition, parts


def _evidence_by_clause(procedure: Procedure) -> dict[str, tuple[Evidence, ...]]:
    """What a clause names, what names it, and what shows it under conditions, which stands for the same without any."""
    found: defaultdict[str, dict[str, Evidence]] = defaultdict(dict)
    for clause in procedure.clauses:
        for written in clause.evidence:
            kind, _, key = written.partition(":")
            found[clause.key][written] = _evidence(procedure, kind, key)
    named: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("step", procedure.steps),
        ("obligation", procedure.obligations),
        ("form", procedure.forms),
        ("target", procedure.targets),
    )
    for kind, entries in named:
        for entry in entries:
            if entry.clause:
                evidence = _evidence(procedure, kind, entry.key)
                found[entry.clause].setdefault(evidence.written, evidence)
    for one in procedure.evidence:
        kind, _, key = one.of.partition(":")
        label = one.label or _label(procedure, kind, key)
        found[one.clause].pop(one.of, None)
        found[one.clause][one.key] = Evidence(kind, key, label, one.where, one.key)
    return {key: tuple(each.values()) for key, each in found.items()}


def _evidence(procedure: Procedure, kind: str, key: str) -> Evidence:
    own_limit = (kind == "obligation" and procedure.rule(key).is_own_limit) or (
        kind == "target" and procedure.target(key).is_own_limit
    )
    return Evidence(kind, key, _label(procedure, kind, key), is_own_limit=own_limit)


def _label(procedure: Procedure, kind: str, key: str) -> Text:
    if kind == "form":
        return procedure.form(key).title
    if kind == "obligation":
        return procedure.rule(key).label
    if kind == "target":
        return procedure.target(key).label
    if kind == "step":
        return procedure.step_label(key) or Text(key, key)
    known = procedure.vocabulary.events.get(key)
    return known.label if known else Text(key, key)
