"""Reading problem cases: everything on one, and the snapshot that a submission freezes; no writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.improvement.models import (
    Action,
    Cause,
    Containment,
    Content,
    Contrast,
    CostLine,
    Deployment,
    DocumentUpdate,
    EffectCheck,
    Member,
    Problem,
    Submission,
)
from huiyin.improvement.report.sections import SECTIONS
from huiyin.journal.chain import to_json_value
from huiyin.records.children import children_of

_QUERIES: dict[str, Callable[[int], list[Any]]] = {
    "content": children_of(Content, "problem"),
    "member": children_of(Member, "problem", with_people=("person",)),
    "contrast": children_of(Contrast, "problem"),
    "containment": children_of(Containment, "problem"),
    "cause": children_of(Cause, "problem", with_people=("verified_by",)),
    "action": children_of(Action, "problem", with_people=("responsible",), beside=("department",)),
    "effect": children_of(EffectCheck, "problem", with_people=("checker", "checked_by")),
    "document": children_of(DocumentUpdate, "problem", with_people=("responsible",)),
    "deployment": children_of(Deployment, "problem", with_people=("responsible",)),
    "cost": children_of(CostLine, "problem"),
    "submission": children_of(Submission, "problem", with_people=("sent_by",), without=("content",)),
}


@dataclass(frozen=True, slots=True)
class ProblemRows:
    """All rows that hang on one case, each kind oldest first."""

    contents: dict[str, Content]
    members: list[Member]
    contrasts: list[Contrast]
    containments: list[Containment]
    causes: list[Cause]
    actions: list[Action]
    effects: list[EffectCheck]
    documents: list[DocumentUpdate]
    deployments: list[Deployment]
    costs: list[CostLine]
    submissions: list[Submission]

    def text(self, name: str) -> str:
        """What stands in a field of the report; empty when nothing does."""
        found = self.contents.get(name)
        return found.text if found else ""

    def of(self, kind: str) -> list[Any]:
        """The rows of one part kind (``cause``)."""
        return list(self.contents.values()) if kind == "content" else list(getattr(self, f"{kind}s"))

    @property
    def roots(self) -> list[Cause]:
        """The root causes that stand."""
        return [cause for cause in self.causes if cause.is_root and not cause.ruled_out]

    @property
    def chosen(self) -> list[Action]:
        """The corrective actions that were chosen."""
        return [a for a in self.actions if a.chosen and a.measure == Action.CORRECTIVE]

    @property
    def current_effects(self) -> list[EffectCheck]:
        """The effect checks that speak of the present actions."""
        return [effect for effect in self.effects if effect.verdict != EffectCheck.DROPPED]

    def whys(self, leg: str, under: int | None = None) -> list[Cause]:
        """The causes of a leg directly under another one, or at its top."""
        return [cause for cause in self.causes if cause.leg == leg and cause.parent_id == under]


def checks_now(rows: ProblemRows, problem: Problem) -> list[EffectCheck]:
    """The checks that count now: those that failed before the causes were last found spoke of other actions."""
    found = problem.analysed_at
    return [
        e
        for e in rows.current_effects
        if e.verdict != EffectCheck.FAILED or found is None or e.checked_at is None or e.checked_at >= found
    ]


def load_details(problem: Problem) -> ProblemRows:
    """All rows that hang on a case, each kind in one query."""
    found = {kind: query(problem.pk) for kind, query in _QUERIES.items()}
    for rows in found.values():
        for row in rows:
            row.problem = problem
    contents = {row.name: row for row in found.pop("content")}
    return ProblemRows(contents, **{f"{kind}s": rows for kind, rows in found.items()})


_HEADER = (
    "number",
    "path",
    "title",
    "customer_name",
    "customer_reference",
    "model",
    "batch",
    "defect",
    "severity",
    "unit",
    "noticed_on",
    "revision",
    "opened_at",
    "needs_cause",
    "needs_action",
    "needs_effect",
    "statement",
)
_HIDDEN = frozenset({"id", "problem_id", "version", "content"})


def snapshot(problem: Problem, reaches: str = "D8") -> dict[str, Any]:
    """The case as it stands now up to section ``reaches``, as JSON can hold it: header, texts and rows by section."""
    rows = load_details(problem)
    sections: dict[str, Any] = {}
    for section in SECTIONS:
        if section.key > reaches:
            break
        sections[section.key] = {
            "texts": {f.name: rows.text(f.name) for f in section.fields if rows.text(f.name)},
            "rows": {kind: [_frozen(row) for row in rows.of(kind)] for kind in section.rows if kind != "submission"},
        }
    header = {name: getattr(problem, name) for name in _HEADER}
    header["owner"] = problem.owner
    header["department"] = problem.department.name if problem.department else ""
    return dict(to_json_value({"header": header, "sections": sections}))


def _frozen(row: Any) -> dict[str, Any]:
    """A row's columns by name; people and departments as their names; ``id`` kept so that trees hold together."""
    values: dict[str, Any] = {"id": row.pk}
    for column in row._meta.concrete_fields:
        if column.attname in _HIDDEN:
            continue
        other = column.is_relation and column.related_model
        if other and other is not type(row):
            related = getattr(row, column.name)
            values[column.name] = (
                to_json_value(related) if related is not None and other is not Cause else column.value_from_object(row)
            )
        else:
            values[column.name] = column.value_from_object(row)
    return values
