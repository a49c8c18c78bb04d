"""Which procedures were in force in a period, each from when to when, with what the period shows of its clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiyin.kernel.text import Text, t
from huiyin.procedure.models import EFFECTIVE, SUPERSEDED, ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import procedure_of
from huiyin.review.counting import evidence
from huiyin.review.evidence import ClauseEvidence, DutyCounts, TimeSpan


@dataclass(frozen=True, slots=True)
class InForce:
    """A version with the days of the period, both included, on which it was in force."""

    version: str
    first: date
    last: date

    @property
    def label(self) -> Text:
        """The version and its days in words."""
        days = f"{self.first} – {self.last}"
        return t("{version} 版，{days}", "version {version}, {days}", version=self.version, days=days)


@dataclass(frozen=True, slots=True)
class Document:
    """The procedure of one pack as it was in force, in all its versions, with the clauses' evidence in the period.

    Without days (``in_force``): it was superseded before, and records opened under it still went on.
    """

    procedure: Procedure
    in_force: tuple[InForce, ...]
    tree: list[ClauseEvidence]

    @property
    def key(self) -> str:
        """The key of its pack."""
        return self.procedure.key

    def clauses(self) -> Iterator[tuple[int, ClauseEvidence]]:
        """Every clause with its depth."""
        for top in self.tree:
            yield from top.walk()

    def clause(self, key: str) -> ClauseEvidence | None:
        """The clause ``key``, if it has one."""
        return next((one for _, one in self.clauses() if one.node.clause.key == key), None)

    @property
    def kept(self) -> DutyCounts:
        """Obligations under all its clauses, each once."""
        return ClauseEvidence(self.tree[0].node, children=self.tree).kept if self.tree else DutyCounts()


def documents(span: TimeSpan, *, at: datetime) -> list[Document]:
    """The procedures in force in the period, the latest first; after them those under which records still went on."""
    rows = list(
        ProcedureVersion.objects.filter(state__in=[EFFECTIVE, SUPERSEDED], effective_from__lt=span.end)
        .defer("content")
        .order_by("effective_from", "id")
    )
    ends = [*(row.effective_from for row in rows[1:]), None]
    newest: dict[str, ProcedureVersion] = {}
    days: dict[str, list[InForce]] = {}
    for row, end in zip(reversed(rows), reversed(ends), strict=True):
        newest.setdefault(row.key, row)
        if (found := _days(row, end, span)) is not None:
            days.setdefault(row.key, []).insert(0, found)
    made = []
    for key in sorted(newest, key=lambda key: key not in days):
        procedure = procedure_of(newest[key].pk)
        tree = evidence(procedure, span, at=at)
        if key in days or any(one.is_shown for one in tree):
            made.append(Document(procedure, tuple(days.get(key, ())), tree))
    return made


def _days(row: ProcedureVersion, superseded: datetime | None, span: TimeSpan) -> InForce | None:
    """The days of the period on which a version was in force; None when on none."""
    assert row.effective_from is not None, "asked of versions that came into force"
    start = max(row.effective_from, span.start)
    end = min(superseded, span.end) if superseded is not None else span.end
    if start >= end:
        return None
    zone = span.start.tzinfo
    last = (end - timedelta(microseconds=1)).astimezone(zone).date()
    return InForce(row.version, start.astimezone(zone).date(), last)
