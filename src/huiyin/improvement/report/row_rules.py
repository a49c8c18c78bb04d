"""What may stand in a row: its columns, their catalogues, and what must agree within the row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models

from huiyin.improvement.models import Action, Cause, Containment, Member, Problem, ProblemPart
from huiyin.improvement.report.containment import impossible, units_of
from huiyin.improvement.report.sections import BONES, LEGS, QUESTIONS
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused

KEPT = frozenset({"id", "problem", "version", "verified_text", "verified_by"})
"""Columns that only the product writes."""
CHOICES: dict[tuple[str, str], Mapping[str, Any] | tuple[str, ...]] = {
    ("cause", "leg"): LEGS,
    ("cause", "bone"): BONES,
    ("cause", "result"): ("passed", "failed"),
    ("contrast", "question"): QUESTIONS,
    ("action", "measure"): (Action.INTERIM, Action.CORRECTIVE, Action.PREVENTIVE),
}
CATALOGUES = {
    ("member", "role"): "team_role",
    ("containment", "location"): "containment_location",
    ("document", "document"): "document",
    ("deployment", "scope"): "deployment_scope",
    ("cost", "cost"): "cost",
}
NEEDED = {
    "member": ("role",),
    "contrast": ("question",),
    "containment": ("location",),
    "cause": ("leg", "text"),
    "action": ("measure", "text"),
    "document": ("document",),
    "deployment": ("scope", "name"),
    "cost": ("cost",),
}
MISSING = t("请填写", "Fill this in")
UNKNOWN = t("请从选项中选择", "Choose one of the options")


def apply_values(
    row: Any, values: Mapping[str, Any], *, problem: Problem, procedure: Procedure, context: StepContext
) -> None:
    """Write the values onto the row; unsaved. Raises Refused, on its column, for each that does not fit."""
    kind = row.part_kind
    known = {column.name: column for column in row._meta.concrete_fields if column.name not in KEPT}
    strange = sorted(set(values) - set(known))
    if strange:
        raise LookupError(f"{kind} has no column {', '.join(strange)}")
    before = {name: getattr(row, known[name].attname) for name in known}
    for name, value in values.items():
        setattr(row, name, _clean(known[name], value))
    refused = dict(_wrong_words(row, procedure))
    refused |= _too_long(row, known)
    refused |= _disagreeing(row, before, problem, procedure, context)
    if refused:
        raise Refused(fields=refused)


def _clean(column: Any, value: Any) -> Any:
    if isinstance(column, models.CharField | models.TextField):
        return (value or "").strip()
    return None if value == "" else value


def _wrong_words(row: ProblemPart, procedure: Procedure) -> list[tuple[str, Text]]:
    kind = row.part_kind
    found = [(name, MISSING) for name in NEEDED[kind] if not getattr(row, name)]
    for (of, name), allowed in CHOICES.items():
        if of == kind and getattr(row, name) and getattr(row, name) not in allowed:
            found.append((name, UNKNOWN))
    for (of, name), catalogue in CATALOGUES.items():
        if of == kind and getattr(row, name) and procedure.option(catalogue, getattr(row, name)) is None:
            found.append((name, UNKNOWN))
    return found


def _too_long(row: ProblemPart, known: Mapping[str, Any]) -> dict[str, Text]:
    return {
        name: t("最多 {n} 个字", "At most {n} characters", n=column.max_length)
        for name, column in known.items()
        if isinstance(column, models.CharField) and len(getattr(row, name) or "") > (column.max_length or 0)
    }


def _disagreeing(
    row: Any, before: Mapping[str, Any], problem: Problem, procedure: Procedure, context: StepContext
) -> dict[str, Text]:
    match row:
        case Member():
            return _member(row)
        case Containment():
            reasons = impossible(row, problem.unit, units_of(procedure))
            if reasons:
                raise Refused(reasons)
        case Cause():
            return _cause(row, before, problem, context, context.at.astimezone(procedure.zone).date())
        case Action():
            return _action(row, problem)
    return {}


def _member(row: Member) -> dict[str, Text]:
    if row.person_id is None and not row.name:
        return {
            "person": t(
                "请选择人员，或写明外部人员姓名",
                "Choose a person, or write the name of somebody from outside",
            )
        }
    if row.joined_on and row.left_on and row.left_on < row.joined_on:
        return {"left_on": t("离组不能早于入组", "Leaving cannot come before joining")}
    return {}


def _cause(
    row: Cause, before: Mapping[str, Any], problem: Problem, context: StepContext, today: date
) -> dict[str, Text]:
    if row.parent_id is not None:
        refused = _misplaced(row, problem)
        if refused:
            return refused
    if row.text != before["text"] and row.result == before["result"]:
        row.result = ""  # another cause than the one that was tested
    if row.result and row.result != before["result"]:
        if not row.method:
            return {"method": t("请写明怎么验证的", "Say how it was tested")}
        row.verified_text, row.verified_by = row.text, context.actor
        row.verified_on = row.verified_on or today
    return {}


def _misplaced(row: Cause, problem: Problem) -> dict[str, Text]:
    """A why hangs under another one of the same case and leg, never under itself or under one of its own whys."""
    above, seen = row.parent, set()
    if above is None or above.problem_id != problem.pk or above.leg != row.leg:
        return {"parent": t("请选择同一条线上的原因", "Choose a cause of the same leg")}
    while above is not None and above.pk not in seen:
        if row.pk is not None and above.pk == row.pk:
            return {"parent": t("原因不能放在自己下面", "A cause cannot stand under itself")}
        seen.add(above.pk)
        above = above.parent
    return {}


def _action(row: Action, problem: Problem) -> dict[str, Text]:
    if row.cause is not None and row.cause.problem_id != problem.pk:
        return {"cause": t("请选择本案例的原因", "Choose a cause of this case")}
    return {}


def check_removable(row: Any) -> None:
    """Raises Refused while other rows hang on this one."""
    if isinstance(row, Cause):
        if row.whys.exists():
            raise Refused([t("下面还有原因，请先删去它们", "Other causes stand under it; take those away first")])
        if row.actions.exists():
            raise Refused([t("有措施针对这个原因，请先改动措施", "Actions are aimed at it; change those first")])
