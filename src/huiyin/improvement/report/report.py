"""A report as its pages show it: the case read once, its weak points, its progress, its tables in forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from markupsafe import Markup

from huiyin.improvement.models import Cause, Problem
from huiyin.improvement.queries import ProblemRows, load_details
from huiyin.improvement.report.containment import LABELS, contradictions, totals, unfinished
from huiyin.improvement.report.fishbone import FishboneRib, drawing
from huiyin.improvement.report.lint import weaknesses
from huiyin.improvement.report.progress import DisciplineProgress, progress
from huiyin.improvement.report.row_form import RowChoices
from huiyin.improvement.report.sections import BONES, LEGS, QUESTIONS
from huiyin.improvement.report.tables import BY_KEY, ReportTable
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Attachment
from huiyin.records.queries import files_on
from huiyin.records.steps.pages import ProcedureLabels
from huiyin.ui.fields import localised


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What is said of one row at once."""

    text: Text
    tone: str


@dataclass(frozen=True, slots=True)
class CostTotals:
    """Planned and actual costs in all."""

    planned: Decimal
    actual: Decimal


class ProblemReport:
    """One case with all its rows."""

    def __init__(self, problem: Problem, *, files: Sequence[Attachment] | None = None) -> None:
        self.problem, self._files = problem, files
        self.procedure: Procedure = versions.procedure_of(problem.procedure_id)
        self.rows: ProblemRows = load_details(problem)
        team = {one.person_id for one in self.rows.members if one.left_on is None and one.person_id} | (
            {problem.champion_id} if problem.champion_id else set()
        )
        # The team is read already; the offer of each step would ask for it again.
        problem.team_ids = lambda: team  # type: ignore[method-assign]
        self.label = ProcedureLabels(self.procedure)
        self.legs, self.bones, self.questions, self.sum_labels = LEGS, BONES, QUESTIONS, LABELS

    @cached_property
    def weak(self) -> list[Any]:
        """Every weak point the checks find."""
        return list(weaknesses(self.problem, self.rows))

    def weak_in(self, section: str) -> list[Any]:
        """Weak points of one discipline."""
        return [one for one in self.weak if one.section == section]

    @cached_property
    def bar(self) -> list[DisciplineProgress]:
        """Progress of each discipline."""
        return progress(self.rows, self.weak)

    @cached_property
    def row_choices(self) -> RowChoices:
        """What rows choose from."""
        return RowChoices(self.procedure, self.rows.causes)

    @cached_property
    def units(self) -> dict[str, Text]:
        """The words of the units."""
        return {one.key: one.label for one in self.procedure.catalogue("unit")}

    @cached_property
    def causes(self) -> dict[int, Cause]:
        """Every cause by its id."""
        return {one.pk: one for one in self.rows.causes}

    @cached_property
    def sums(self) -> Any:
        """Sums of the containment table; None without rows."""
        return totals(self.rows.containments) if self.rows.containments else None

    @cached_property
    def costs(self) -> CostTotals | None:
        """Sums of the costs; None without any."""
        rows = self.rows.costs
        if not rows:
            return None
        planned, actual = (sum((getattr(r, n) or Decimal(0) for r in rows), Decimal(0)) for n in ("planned", "actual"))
        return CostTotals(planned, actual)

    @cached_property
    def files(self) -> dict[str, list[Attachment]]:
        """Files by the place of the report at which they stand; those of the case as a whole under an empty word."""
        found: dict[str, list[Attachment]] = defaultdict(list)
        for one in files_on("problem", self.problem.pk) if self._files is None else self._files:
            found[one.part].append(one)
        return dict(found)

    def marks(self, row: Any) -> list[RowRemark]:
        """What is said of a row at once, however it got there."""
        match row.part_kind:
            case "containment":
                return self._balance(row)
            case "cause":
                return _standing(row)
            case "action" if row.measure == "corrective" and row.cause_id is None and row.chosen:
                return [
                    RowRemark(t("选用了，但没有指明针对哪个根本原因", "Chosen, but aimed at no root cause"), "warn")
                ]
            case "document" | "deployment":
                return [RowRemark(t("已了结", "Settled"), "good")] if row.is_settled else []
        return []

    def _balance(self, row: Any) -> list[RowRemark]:
        wrong = contradictions(row, self.problem.unit, self.units)
        if wrong:
            return [RowRemark(one, "bad") for one in wrong]
        if row.suspect is None:
            return []
        return [RowRemark(one, "warn") for one in unfinished(row, self.problem.unit, self.units)] or [
            RowRemark(t("数量相符，没有剩余", "Adds up, nothing remains"), "good")
        ]

    @cached_property
    def fishbone(self) -> Markup | None:
        """The picture of the causes that stand on a bone; None while there are none."""
        if not any(one.bone for one in self.rows.causes):
            return None
        bones = {
            key: (localised(name), [_rib(one) for one in self.rows.causes if one.bone == key])
            for key, name in BONES.items()
        }
        head = self.rows.text("statement") or self.problem.title
        return drawing(head, bones, localised(t("鱼骨图：{what}", "Fishbone: {what}", what=head)))

    def tables(self, sheets: Iterable[ReportTable], bound: tuple[str, int | None, Any] | None = None) -> list[Any]:
        """Each table with its empty row and its filled ones; ``bound`` is the table, row and form that were refused."""
        return [(sheet, self._blank(sheet, bound), self._lines(sheet, bound)) for sheet in sheets]

    def _blank(self, sheet: ReportTable, bound: Any) -> Any:
        if bound and bound[:2] == (sheet.key, None):
            return bound[2]
        return sheet.filled(None, self.row_choices)

    def _lines(self, sheet: ReportTable, bound: Any) -> list[Any]:
        return [self.line(sheet, row, bound) for row in sheet.rows(self.rows)]

    def line(self, sheet: ReportTable, row: Any, bound: Any = None) -> tuple[Any, Any, list[RowRemark]]:
        """A row with its form and what is said of it."""
        form = bound[2] if bound and bound[:2] == (sheet.key, row.pk) else sheet.filled(row, self.row_choices)
        return row, form, self.marks(row)

    def tree(self, bound: Any = None) -> dict[Any, list[Any]]:
        """The whys under each other: by the id of the one above, and by leg for those at the top."""
        found: dict[Any, list[Any]] = defaultdict(list)
        for row in self.rows.causes:
            under = row.parent_id if row.parent_id in self.causes else row.leg
            found[under].append(self.line(BY_KEY["cause"], row, bound))
        return dict(found)


def _rib(cause: Cause) -> FishboneRib:
    return FishboneRib(cause.text, "out" if cause.ruled_out else "root" if cause.is_root else "")


def _standing(cause: Cause) -> list[RowRemark]:
    if cause.ruled_out:
        return [RowRemark(t("已排除", "Ruled out"), "info")]
    if not cause.is_root:
        return []
    if cause.is_proven:
        return [RowRemark(t("根本原因，开/关验证已证实", "Root cause, confirmed by the on/off test"), "good")]
    if cause.verified_text and cause.verified_text != cause.text:
        return [RowRemark(t("措辞改过，要重新验证", "Worded anew, to be tested again"), "warn")]
    if cause.result == "failed":
        return [RowRemark(t("开/关验证没有证实它", "The on/off test did not confirm it"), "bad")]
    return [RowRemark(t("根本原因，还没有开/关验证", "Root cause, not yet confirmed by an on/off test"), "warn")]
