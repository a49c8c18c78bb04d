"""The weak points of the report that are told to whoever takes a step; advice only, it stops nobody."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.improvement.models import Problem
from huiyin.improvement.queries import load_details
from huiyin.improvement.report.lint import Weakness, weaknesses
from huiyin.improvement.report.sections import BY_KEY

JUDGED: Mapping[str, tuple[str, ...]] = {
    "contain": ("D2", "D3"),
    "analyse": ("D4",),
    "choose": ("D5",),
    "review_plan": ("D4", "D5"),
    "approve_plan": ("D4", "D5"),
    "implement": ("D6",),
    "prove": ("D6",),
    "prevent": ("D7",),
    "submit": tuple(BY_KEY),
    "approve": tuple(BY_KEY),
}
"""Which disciplines stand behind a step."""


def weak_points_for(problem: Problem, verb: str) -> list[Weakness]:
    """The weak points of the disciplines behind a step; the case is read for steps alone that have some."""
    sections = JUDGED.get(verb)
    if sections is None:
        return []
    return [one for one in weaknesses(problem, load_details(problem)) if one.section in sections]
