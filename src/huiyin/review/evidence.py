"""Clause → evidence, read from journal and obligations alone: kept, late, open, exceptions and gaps of a period."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Coalesce

from huiyin.journal.models import Entry
from huiyin.journal.queries import with_names
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import Obligation
from huiyin.procedure.clauses import ClauseNode, Evidence, clause_tree
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure

EXCEPTIONS_SHOWN = 20


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
    """One kind of evidence of a clause with what the period holds of it."""

    evidence: Evidence
    entries: Mapping[str, int] = field(default_factory=dict)  # by journal event, where such are counted
    kept: DutyCounts | None = None

    @property
    def events(self) -> int:
        """How many journal entries show it."""
        return sum(self.entries.values())


@dataclass(slots=True)
class ClauseEvidence:
    """A clause with its evidence in the period, and the clauses below it."""

    node: ClauseNode
    found: list[EvidenceCounts] = field(default_factory=list)
    children: list[ClauseEvidence] = field(default_factory=list)

    @property
    def events(self) -> int:
        """Journal entries that show the clause, here and below, each once."""
        return sum({event: n for f in self._all_found() for event, n in f.entries.items()}.values())

    @property
    def kept(self) -> DutyCounts:
        """Obligations under the clause, here and below, each once."""
        return sum({f.evidence.key: f.kept for f in self._all_found() if f.kept}.values(), DutyCounts())

    def _all_found(self) -> Iterator[EvidenceCounts]:
        for _, clause in self.walk():
            yield from clause.found

    @property
    def gap(self) -> Text | None:
        """Why nothing shows that the clause was followed; None when something does."""
        if self.node.gap is not None:
            return self.node.gap
        if not self.node.evidence and not self.children:
            return t("程序没有说明什么可作证据", "The procedure names nothing as evidence")
        if not self.node.evidence:
            below = all(child.gap is not None for child in self.children)
            return t("下级条款都没有证据", "None of the clauses below shows anything") if below else None
        if not any(f.events or (f.kept and (f.kept.judged or f.kept.open)) for f in self._all_found()):
            return t("这段时间没有记录", "Nothing recorded in this period")
        return None

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


def evidence(procedure: Procedure, span: TimeSpan, *, at: datetime) -> list[ClauseEvidence]:
    """The clause tree of ``procedure`` with what the period's records under any of its versions show."""
    versions = list(ProcedureVersion.objects.filter(key=procedure.key).values_list("pk", flat=True))
    tree = clause_tree(procedure)
    named = [one for node in tree for one in _named(node)]
    told = {each for one in named if one.kind != "obligation" for each in _events_of(one, procedure)}
    events = _events(versions, told, span)
    kept = _kept(versions, {one.key for one in named if one.kind == "obligation"}, span, at)
    return [_filled(node, procedure, events, kept) for node in tree]


def _named(node: ClauseNode) -> Iterator[Evidence]:
    """The evidence that the clause and those below it name."""
    yield from node.evidence
    for child in node.children:
        yield from _named(child)


def _events(versions: list[int], named: Collection[str], span: TimeSpan) -> dict[str, int]:
    """How often each of the events happened; all are named, so that the database reads the period's entries alone."""
    entries = Entry.objects.filter(event__in=named, at__gte=span.start, at__lt=span.end)
    found = entries.filter(procedure_id__in=versions).order_by()
    return dict(found.values_list("event").annotate(n=Count("pk")))


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


def _kept(versions: list[int], rules: Collection[str], span: TimeSpan, at: datetime) -> dict[str, DutyCounts]:
    rows = Obligation.objects.filter(
        procedure_id__in=versions, rule__in=rules, opened_at__gte=span.start, opened_at__lt=span.end
    )
    found: dict[str, DutyCounts] = {}
    counted = rows.annotate(standing=standing(at)).order_by().values_list("rule", "standing").annotate(n=Count("pk"))
    for rule, how, n in counted:
        setattr(found.setdefault(rule, DutyCounts()), how, n)
    return found


def _filled(
    node: ClauseNode, procedure: Procedure, events: dict[str, int], kept: dict[str, DutyCounts]
) -> ClauseEvidence:
    found = [_found(one, procedure, events, kept) for one in node.evidence]
    children = [_filled(child, procedure, events, kept) for child in node.children]
    return ClauseEvidence(node, found, children)


def _found(one: Evidence, procedure: Procedure, events: dict[str, int], kept: dict[str, DutyCounts]) -> EvidenceCounts:
    if one.kind == "obligation":
        return EvidenceCounts(one, kept=kept.get(one.key, DutyCounts()))
    return EvidenceCounts(one, {event: events.get(event, 0) for event in _events_of(one, procedure)})


def _events_of(one: Evidence, procedure: Procedure) -> tuple[str, ...]:
    """The journal events by which a step, a form or an event is counted."""
    if one.kind == "step":
        return (procedure.vocabulary.event_of(one.key),)
    return _opening_events(procedure.form(one.key).record, procedure) if one.kind == "form" else (one.key,)


def _opening_events(kind: str, procedure: Procedure) -> tuple[str, ...]:
    """A form is shown by the records it prints: the events that open such a record."""
    opening = (step.key for step in procedure.steps if step.kind == kind and not step.from_)
    return tuple(dict.fromkeys(procedure.vocabulary.event_of(verb) for verb in opening))


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
    procedure: Procedure, events: list[str], span: TimeSpan, *, limit: int = 50, hidden: Collection[str] = ()
) -> Any:
    """The journal entries that show a clause in the period, newest first; none of a ``hidden`` kind of record."""
    versions = ProcedureVersion.objects.filter(key=procedure.key).values("pk")
    entries = Entry.objects.filter(procedure_id__in=versions, event__in=events, at__gte=span.start, at__lt=span.end)
    return list(with_names(entries.exclude(kind__in=hidden)).order_by("-at", "-id")[:limit])


def rules_and_events(one: ClauseEvidence, procedure: Procedure) -> tuple[list[str], list[str]]:
    """The obligation rules and the journal events that count for a clause and those below it."""
    rules: list[str] = []
    events: list[str] = []
    for _, clause in one.walk():
        for found in clause.found:
            if found.evidence.kind == "obligation":
                rules.append(found.evidence.key)
            else:
                events.extend(found.entries)
    return list(dict.fromkeys(rules)), list(dict.fromkeys(events))
