"""Whether the cause was sought anew: what was written on it since the actions failed or the case was reopened."""

from __future__ import annotations

from typing import Any

from huiyin.improvement.models import Problem
from huiyin.improvement.queries import ProblemRows
from huiyin.journal.models import Entry

BEGINS = ("problem.failed", "problem.reopened")
"""With these a new round begins, in which the causes found before are in doubt."""
SECTION = "D4"
FINDS = ("text", "evidence", "is_root")
"""Columns of a cause that say something about it; that another one is ruled out finds nothing yet."""


def needs_new_analysis(problem: Problem, rows: ProblemRows) -> bool:
    """Whether a new round has begun and nothing that still stands was written on the cause in it."""
    entries = Entry.objects.filter(kind=problem.kind, record_id=problem.pk)
    begun = entries.filter(event__in=BEGINS).order_by("-sequence").values_list("sequence", flat=True).first()
    if begun is None:
        return False
    written = entries.filter(event="problem.written", sequence__gt=begun)
    standing = {row.part_key for row in (*rows.contents.values(), *rows.causes) if not _is_void(row)}
    return not any(_finds(told, standing) for told in written.values_list("particulars", flat=True))


def _is_void(row: Any) -> bool:
    return bool(getattr(row, "ruled_out", False)) or not row.text.strip()


def _finds(told: dict[str, Any], standing: set[str]) -> bool:
    after = told.get("after")
    if told.get("section") != SECTION or told.get("row") not in standing or not after:
        return False
    return isinstance(after, str) or any(after.get(name) for name in FINDS)
