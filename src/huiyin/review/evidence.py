"""What a period shows of a clause: records, duties kept, late, open, exceptions and gaps; counted by ``counting``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, F, Max, Q, Value, When
from django.db.models.functions import Coalesce

from huiyin.journal.models import Entry
from huiyin.journal.queries import with_names
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import Obligation
from huiyin.procedure.clauses import ClauseNode, Evidence
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure

if TYPE_CHECKING:
    from huiyin.review.targets import TargetTurn

EXCEPTIONS_SHOWN = 20
RecordKey = tuple[str, int]
"""Kind and id of a record."""


@dataclass(slots=True)
class DutyCounts:
    """How obligations of one rule (or clause) stood:
    kept in time, late (also when put off late), open in time, open and overdue, cancelled.
    """

    kept: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    cancelled: int = 0

    def __add__(self, other: DutyCounts) -> DutyCounts:
        return DutyCounts(
            self.kept + other.kept,
            self.late + other.late,
            self.open + other.open,
            self.overdue + other.overdue,
            self.cancelled + other.cancelled,
        )

    @property
    def judged(self) -> int:
        """Obligations whose keeping can be judged: fulfilled ones and overdue ones."""
        return self.kept + self.late + self.overdue

    @property
    def rate(self) -> float | None:
        """Share kept in time of those that can be judged; None when there is none."""
        return self.kept / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """One kind of evidence of a clause with what the period holds of it: by event the records to which it happened, of
    a rule how its duties stood, of a target its periods.
    """

    evidence: Evidence
    shown: Mapping[str, frozenset[RecordKey]] = field(default_factory=dict)
    kept: DutyCounts | None = None
    turns: tuple[TargetTurn, ...] = ()

    @property
    def records(self) -> int:
        """How many records show it, each once."""
        return len(frozenset().union(*self.shown.values()))

    @property
    def is_found(self) -> bool:
        """Whether the period holds any of it."""
        of_duties = self.kept and (self.kept.judged or self.kept.open)
        return bool(self.records or of_duties or any(turn.figure.value for turn in self.turns))


@dataclass(slots=True)
class ClauseEvidence:
    """A clause with its evidence in the period, and the clauses below it."""

    node: ClauseNode
    found: list[EvidenceCounts] = field(default_factory=list)
    children: list[ClauseEvidence] = field(default_factory=list)

    @property
    def shown(self) -> dict[str, frozenset[RecordKey]]:
        """By event the records that show the clause, here and below."""
        found: dict[str, frozenset[RecordKey]] = {}
        for one in self._all_found():
            for event, records in one.shown.items():
                found[event] = found.get(event, frozenset()) | records
        return found

    @property
    def records(self) -> int:
        """Records that show the clause, here and below, each once."""
        return len(frozenset().union(*self.shown.values()))

    @property
    def kept(self) -> DutyCounts:
        """Obligations under the clause, here and below, each once."""
        return sum({f.evidence.key: f.kept for f in self._all_found() if f.kept}.values(), DutyCounts())

    def _all_found(self) -> Iterator[EvidenceCounts]:
        for _, clause in self.walk():
            yield from clause.found

    @property
    def is_shown(self) -> bool:
        """Whether the period holds anything that shows the clause, here or below."""
        return any(one.is_found for one in self._all_found())

    @property
    def gap(self) -> Text | None:
        """What is not shown: what the procedure itself says is missing, else that nothing is there; None without."""
        if self.node.gap is not None:
            return self.node.gap
        if not self.node.evidence and not self.children:
            return t("程序没有说明什么可作证据", "The procedure names nothing as evidence")
        if self.is_shown:
            return None
        if not self.node.evidence:
            return t("下级条款都没有证据", "None of the clauses below shows anything")
        return t("这段时间没有记录", "Nothing recorded in this period")

    def walk(self, depth: int = 0) -> Iterator[tuple[int, ClauseEvidence]]:
        """This clause and all below with their depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A period as moments: from the first day's start to before ``end``, in site time."""

    start: datetime
    end: datetime

    @classmethod
    def of_days(cls, first: date, last: date, procedure: Procedure) -> TimeSpan:
        """The moments from ``first`` to ``last``, both days included, at the site."""
        zone = procedure.zone
        start = datetime.combine(first, time(), zone)
        return cls(start, datetime.combine(last + timedelta(days=1), time(), zone))


def standing(at: datetime) -> Case:
    """How an obligation stands at ``at``, as a database expression with the names of Kept's fields."""
    open_ = Q(fulfilled_at=None, cancelled_at=None)
    put_off_late = Q(put_off=True, due_at__lt=Coalesce(F("paused_at"), F("cancelled_at")))
    return Case(
        When(put_off_late, then=Value("late")),
        When(cancelled_at__isnull=False, then=Value("cancelled")),
        When(open_ & Q(due_at__lt=Coalesce(F("paused_at"), Value(at))), then=Value("overdue")),
        When(open_, then=Value("open")),
        When(fulfilled_at__gt=F("due_at"), then=Value("late")),
        default=Value("kept"),
        output_field=CharField(),
    )


@dataclass(frozen=True, slots=True)
class ObligationStanding:
    """An obligation with how it stands; named for the commonest question."""

    obligation: Obligation
    how: str


def exceptions(
    procedure: Procedure,
    rules: list[str],
    span: TimeSpan,
    *,
    at: datetime,
    limit: int = EXCEPTIONS_SHOWN,
    hidden: Collection[str] = (),
) -> list[ObligationStanding]:
    """Late and overdue obligations of these rules in the period, the worst first.

    None on a ``hidden`` kind of record.
    """
    return obligation_standings(procedure, rules, span, ("late", "overdue"), at=at, limit=limit, hidden=hidden)


def obligation_standings(
    procedure: Procedure,
    rules: list[str],
    span: TimeSpan,
    how: Collection[str],
    *,
    at: datetime,
    limit: int,
    hidden: Collection[str] = (),
) -> list[ObligationStanding]:
    """The obligations of these rules opened in the period that stand in one of the ways ``how``, earliest due first.

    Those on a ``hidden`` kind of record, which the reader may not see, are left out.
    """
    versions = ProcedureVersion.objects.filter(key=procedure.key).values("pk")
    rows = (
        Obligation.objects.filter(
            procedure_id__in=versions, rule__in=rules, opened_at__gte=span.start, opened_at__lt=span.end
        )
        .exclude(kind__in=hidden)
        .annotate(standing=standing(at))
        .filter(standing__in=how)
        .select_related("owner_department", "owner_person")
        .order_by("due_at")[:limit]
    )
    return [ObligationStanding(row, row.standing) for row in rows]


def records_showing(
    one: ClauseEvidence, span: TimeSpan, *, limit: int = 50, hidden: Collection[str] = ()
) -> list[Entry]:
    """The records counted for a clause and those below it, by the last entry that made each count, newest first.

    None of a ``hidden`` kind of record.
    """
    shown = one.shown
    entries = Entry.objects.filter(event__in=shown, at__gte=span.start, at__lt=span.end).exclude(kind__in=hidden)
    latest: dict[RecordKey, int] = {}
    counted = entries.order_by().values_list("event", "kind", "record_id").annotate(last=Max("pk"))
    for event, kind, record, last in counted:
        if (kind, record) in shown[event]:
            latest[kind, record] = max(last, latest.get((kind, record), 0))
    newest = sorted(latest.values(), reverse=True)[:limit]
    return list(with_names(Entry.objects.filter(pk__in=newest)).order_by("-at", "-id"))


def rules_and_events(one: ClauseEvidence) -> tuple[list[str], list[str]]:
    """The obligation rules and the journal events that count for a clause and those below it."""
    found = [each for _, clause in one.walk() for each in clause.found]
    rules = [each.evidence.key for each in found if each.evidence.kind == "obligation"]
    return list(dict.fromkeys(rules)), list(one.shown)
