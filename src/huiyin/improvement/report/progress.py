"""How far each discipline of a report is: which of its fields and tables hold something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from huiyin.improvement.models import Action
from huiyin.improvement.report.sections import SECTIONS, Discipline
from huiyin.kernel.text import Text

OPTIONAL = frozenset({"cost"})
"""Tables that many cases rightly leave empty; they are not counted."""


@dataclass(frozen=True, slots=True)
class DisciplineProgress:
    """One discipline: ``done`` of ``of`` fields and tables hold something; ``weak`` remarks wait."""

    key: str
    title: Text
    done: int
    of: int
    weak: int

    @property
    def standing(self) -> str:
        """``empty``, ``begun`` or ``full``."""
        return "empty" if not self.done else "full" if self.done == self.of else "begun"


def progress(rows: Any, weak: Iterable[Any] = ()) -> list[DisciplineProgress]:
    """Every discipline from D0 to D8 in order; ``weak`` are the remarks of the checks, each with its ``section``."""
    found = Counter(one.section for one in weak)
    return [_of(section, rows, found[section.key]) for section in SECTIONS]


def _of(section: Discipline, rows: Any, weak: int) -> DisciplineProgress:
    held = [bool(rows.text(field.name).strip()) for field in section.fields]
    held += [bool(table_of(rows, kind)) for kind in section.rows if kind not in OPTIONAL]
    return DisciplineProgress(section.key, section.title, sum(held), len(held), weak)


def table_of(rows: Any, kind: str) -> list[Any]:
    """The rows of one kind; of actions the corrective ones."""
    if kind == "action":
        return [one for one in rows.actions if one.measure == Action.CORRECTIVE]
    found: list[Any] = rows.of(kind)
    return found
