"""Reading problem cases: everything on one, and the snapshot that a submission freezes; no writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

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
from huiyin.journal.chain import plain
from huiyin.people.models import Person
from huiyin.people.prepared import Prepared


def _names(queryset: QuerySet[Any], *people: str) -> QuerySet[Any]:
    """With the people beside each row, by name only."""
    shown = {"id", "name", "name_en", "department"}
    rest = [f.name for f in Person._meta.concrete_fields if f.name not in shown]
    return queryset.select_related(*people).defer(*(f"{who}__{name}" for who in people for name in rest))


_QUERIES: dict[str, Prepared[Any]] = {
    "content": Prepared(lambda p: Content.objects.filter(problem_id=p).order_by("id"), int),
    "member": Prepared(lambda p: _names(Member.objects.filter(problem_id=p), "person").order_by("id"), int),
    "contrast": Prepared(lambda p: Contrast.objects.filter(problem_id=p).order_by("id"), int),
    "containment": Prepared(lambda p: Containment.objects.filter(problem_id=p).order_by("id"), int),
    "cause": Prepared(lambda p: _names(Cause.objects.filter(problem_id=p), "verified_by").order_by("id"), int),
    "action": Prepared(
        lambda p: _names(Action.objects.filter(problem_id=p).select_related("department"), "responsible").order_by(
            "id"
        ),
        int,
    ),
    "effect": Prepared(
        lambda p: _names(EffectCheck.objects.filter(problem_id=p), "checker", "checked_by").order_by("id"),
        int,
    ),
    "document": Prepared(
        lambda p: _names(DocumentUpdate.objects.filter(problem_id=p), "responsible").order_by("id"), int
    ),
    "deployment": Prepared(
        lambda p: _names(Deployment.objects.filter(problem_id=p), "responsible").order_by("id"), int
    ),
    "cost": Prepared(lambda p: CostLine.objects.filter(problem_id=p).order_by("id"), int),
    "submission": Prepared(
        lambda p: _names(Submission.objects.filter(problem_id=p).defer("content"), "sent_by").order_by("id"),
        int,
    ),
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
    return dict(plain({"header": header, "sections": sections}))


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
                plain(related) if related is not None and other is not Cause else column.value_from_object(row)
            )
        else:
            values[column.name] = column.value_from_object(row)
    return values
