"""Records of rooms above that may be opened from the page of a record that does not know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.conditions import opening_refused
from huiyin.records.models import Record

LAST = frozenset({"void"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What is opened: its words, the page on which that is done, the step (``kind.verb``) it is opened by, and an icon.

    The page takes the record it is opened from as ``?<kind>=<number>``.
    """

    label: Text
    path: str
    opens: str
    icon: str = "plus"

    def url_from(self, record: Record) -> str:
        """The page, with the record it is opened from."""
        return f"{self.path}?{record.kind}={quote(record.number)}"


_openings: dict[str, list[Opening]] = {}


def register(kind: str, opening: Opening) -> None:
    """Pages of records of ``kind`` offer this."""
    _openings.setdefault(kind, []).append(opening)


def offered(record: Record, person: Person, procedure: Procedure) -> Sequence[tuple[Opening, str]]:
    """What the person may open from this record under the procedure in force, each with its address."""
    if record.phase in LAST:
        return []
    return [
        (one, one.url_from(record))
        for one in _openings.get(record.kind, ())
        if not opening_refused(one.opens, person, procedure)
    ]
