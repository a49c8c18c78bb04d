"""Records of rooms above that may be opened from the page of a record that does not know them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Record
from huiyin.records.steps.conditions import label_of_step, opening_refusals

LAST = frozenset({"void"})


@dataclass(frozen=True, slots=True)
class RelatedAction:
    """What is opened: the page on which that is done, the step (``kind.verb``) it is opened by, and an icon.

    The page takes the record it is opened from as ``?<kind>=<number>``.
    """

    path: str
    opens: str
    icon: str = "plus"

    def label(self, procedure: Procedure) -> Text:
        """What the company calls the step."""
        kind, _, verb = self.opens.partition(".")
        return label_of_step(procedure, kind, verb)

    def url_from(self, record: Record) -> str:
        """The page, with the record it is opened from."""
        return f"{self.path}?{record.kind}={quote(record.number)}"


@dataclass(frozen=True, slots=True)
class RelatedActionLink:
    """An opening as a page shows it."""

    label: Text
    url: str
    icon: str


_openings: dict[str, list[RelatedAction]] = {}
_declared: list[Callable[[str, Procedure], Sequence[RelatedAction]]] = []


def register_related_action(kind: str, opening: RelatedAction) -> None:
    """Pages of records of ``kind`` offer this."""
    _openings.setdefault(kind, []).append(opening)


def register_declared_actions(declared: Callable[[str, Procedure], Sequence[RelatedAction]]) -> None:
    """``declared(kind, procedure)`` says what a procedure lets pages of records of that kind offer beside."""
    _declared.append(declared)


def related_actions(record: Record, person: Person, procedure: Procedure) -> Sequence[RelatedActionLink]:
    """What the person may open from this record under the procedure in force; nothing from a void one."""
    if record.phase in LAST:
        return []
    declared = [one for offered in _declared for one in offered(record.kind, procedure)]
    return [
        RelatedActionLink(one.label(procedure), one.url_from(record), one.icon)
        for one in (*_openings.get(record.kind, ()), *declared)
        if not opening_refusals(one.opens, person, procedure)
    ]
