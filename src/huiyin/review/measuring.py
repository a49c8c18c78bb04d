"""Measures targets: for every target and period asked for the figures of all versions, in a handful of queries.

Each version counts its own records and duties by what it means by the target itself; the limit is that of the version
in force when the period ends, or now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from huiyin.journal import kinds as tables
from huiyin.kernel.periods import Period, period_of, periods_between
from huiyin.obligations.models import Obligation
from huiyin.obligations.site_calendar import calendar_at_site, special_days
from huiyin.procedure.conditions import all_hold, fields_in
from huiyin.procedure.kind_entries import Target
from huiyin.procedure.models import EFFECTIVE, SUPERSEDED, ProcedureVersion
from huiyin.procedure.schema import Procedure, UnknownKey
from huiyin.procedure.versions import procedure_of
from huiyin.review.conditions import AT_ONCE, readers_of, tied
from huiyin.review.evidence import DutyCounts, TimeSpan, standing
from huiyin.review.targets import Figure, Standing, TargetTurn, TurnMoment, is_running, standing_of

PERIODS_AT_ONCE = 120
"""So many periods are columns of one query; a year of days takes a few."""
LAST_PERIODS = 12


@dataclass(frozen=True, slots=True)
class Term:
    """A version with the time in which it was in force; without an end it still is."""

    version: int
    procedure: Procedure
    begins: datetime
    ends: datetime | None

    def holds_at(self, moment: datetime) -> bool:
        """Whether it was in force at a moment."""
        return self.begins <= moment and (self.ends is None or moment < self.ends)


def terms(at: datetime) -> list[Term]:
    """Every version that was in force by ``at``, oldest first."""
    rows = ProcedureVersion.objects.filter(state__in=(EFFECTIVE, SUPERSEDED), effective_from__lte=at)
    found = list(rows.order_by("effective_from", "id").values_list("pk", "effective_from"))
    ends = [*(begins for _, begins in found[1:]), None]
    return [
        Term(pk, procedure_of(pk), begins, end)
        for (pk, begins), end in zip(found, ends, strict=True)
        if begins is not None
    ]


@dataclass(frozen=True, eq=False)
class KnownTarget:
    """A target as the versions know it, newest last; those that measure something else by its key do not count."""

    terms: tuple[Term, ...]
    key: str

    @cached_property
    def last(self) -> Term:
        """The newest version that knows it."""
        return next(term for term in reversed(self.terms) if _target(term, self.key) is not None)

    @property
    def newest(self) -> tuple[Target, Procedure]:
        """The target as the newest version that knows it says it, and that procedure."""
        return self.last.procedure.target(self.key), self.last.procedure

    @cached_property
    def meanings(self) -> dict[int, Target]:
        """By version what it counts."""
        newest = self.newest[0]
        known = ((term.version, _target(term, self.key)) for term in self.terms)
        return {
            version: target
            for version, target in known
            if target is not None and (target.measure, target.every) == (newest.measure, newest.every)
        }

    def in_force_at(self, moment: datetime) -> Term | None:
        """The version with this target that was in force at a moment; None where there was none."""
        found = next((term for term in reversed(self.terms) if term.holds_at(moment)), None)
        return found if found is not None and found.version in self.meanings else None


def _target(term: Term, key: str) -> Target | None:
    try:
        return term.procedure.target(key)
    except UnknownKey:
        return None


def known_targets(at: datetime, keys: Collection[str] | None = None) -> list[KnownTarget]:
    """Every target that a version in force by ``at`` knows, or those of them with these keys; the newest's first."""
    found = tuple(terms(at))
    known = dict.fromkeys(each.key for term in reversed(found) for each in term.procedure.targets)
    return [KnownTarget(found, key) for key in known if keys is None or key in keys]


# ---- what is asked


Asked = Sequence[tuple[KnownTarget, Period]]


def last_turns(at: datetime, keys: Collection[str], *, last: int = LAST_PERIODS) -> dict[str, list[TargetTurn]]:
    """Of each target the running period and those before it, oldest first."""
    asked: list[tuple[KnownTarget, Period]] = []
    for known in known_targets(at, keys):
        target, procedure = known.newest
        period = period_of(target.every, at.astimezone(procedure.zone).date())
        asked += [(known, each) for each in reversed(list(_back(period, last + 1)))]
    found: dict[str, list[TargetTurn]] = {}
    for turn in turns_of(asked, at=at):
        found.setdefault(turn.target.key, []).append(turn)
    return found


def _back(period: Period, count: int) -> Iterator[Period]:
    for _ in range(count):
        yield period
        period = period.previous


def turns_within(span: TimeSpan, keys: Collection[str], *, at: datetime) -> dict[str, tuple[TargetTurn, ...]]:
    """Of each target those of its periods that have begun and share a day with the span, while it was in force."""
    asked: list[tuple[KnownTarget, Period]] = []
    for known in known_targets(min(span.end, at), keys):
        target, procedure = known.newest
        last = min(span.end - timedelta(microseconds=1), at).astimezone(procedure.zone).date()
        asked += [
            (known, each) for each in periods_between(target.every, span.start.astimezone(procedure.zone).date(), last)
        ]
    found: dict[str, tuple[TargetTurn, ...]] = {}
    for turn in turns_of(asked, at=at):
        if turn.standing is not Standing.NOT_IN_FORCE:
            found[turn.target.key] = (*found.get(turn.target.key, ()), turn)
    return found


def turns_of(asked: Asked, *, at: datetime) -> list[TargetTurn]:
    """The targets in these periods, measured and judged as things stand at ``at``, in the order asked for."""
    figures = _Figures.of(asked, at)
    calendar = _Calendar()
    return [_turn(known, period, figures.figure(known, period), calendar, at) for known, period in asked]


def _turn(known: KnownTarget, period: Period, figure: Figure, calendar: _Calendar, at: datetime) -> TargetTurn:
    zone = known.newest[1].zone
    first, after = period.instants(zone)
    last = min(after - timedelta(microseconds=1), at)
    term = known.in_force_at(last)
    if term is None:
        target, procedure = known.newest
        return TargetTurn(target, known.last.version, procedure, period, figure, Standing.NOT_IN_FORCE)
    target, running = known.meanings[term.version], is_running(period, term.procedure, at)
    done, whole = calendar.worked(term.procedure, period, at) if _asks_time(target) else (1, 1)
    moment = TurnMoment(
        is_over=not running,
        is_whole=known.in_force_at(first) is not None,
        has_work=whole > 0,
        gone=Fraction(done, whole) if whole else Fraction(0),
    )
    return TargetTurn(target, term.version, term.procedure, period, figure, standing_of(target, figure, moment))


def _asks_time(target: Target) -> bool:
    return target.measure == "records" and target.at_least is not None


class _Calendar:
    """The working time of periods; the site's days are read once."""

    def worked(self, procedure: Procedure, period: Period, at: datetime) -> tuple[int, int]:
        """How many minutes of a period were worked by ``at``, and how many there are."""
        first, after = period.instants(procedure.zone)
        calendar = calendar_at_site(procedure, None, self._days)
        whole = calendar.work_minutes_between(first, after)
        return (whole if at >= after else max(0, calendar.work_minutes_between(first, at))), whole

    @cached_property
    def _days(self) -> Any:
        return special_days()


# ---- what the database is asked


@dataclass
class _Figures:
    """By kind or rule, version and period what there is; by target and period what met the target's conditions."""

    records: dict[tuple[str, int, Period], int] = field(default_factory=dict)
    chosen: dict[tuple[str, Period], int] = field(default_factory=dict)
    kept: dict[tuple[str, int, Period], DutyCounts] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Asked, at: datetime) -> _Figures:
        found = cls()
        plain: dict[str, set[int]] = {}
        rules: dict[str, set[int]] = {}
        conditional: dict[str, list[tuple[KnownTarget, Period]]] = {}
        for known, period in asked:
            for version, target in known.meanings.items():
                if target.measure == "on-time":
                    rules.setdefault(target.of, set()).add(version)
                elif target.where:
                    conditional.setdefault(target.of, []).append((known, period))
                else:
                    plain.setdefault(target.of, set()).add(version)
        moments = {period: period.instants(known.newest[1].zone) for known, period in asked}
        periods = list(moments)
        for start in range(0, len(periods), PERIODS_AT_ONCE):
            spans = {period: moments[period] for period in periods[start : start + PERIODS_AT_ONCE]}
            found.records |= dict(_counted(plain, spans))
            found._add_kept(rules, spans, at)
        for kind, those in conditional.items():
            found._choose(kind, list(dict.fromkeys(those)), moments, at)
        return found

    def figure(self, known: KnownTarget, period: Period) -> Figure:
        """The figure of one target in one period, all versions together."""
        if known.newest[0].measure == "on-time":
            kept = (self.kept.get((each.of, pk, period), DutyCounts()) for pk, each in known.meanings.items())
            return Figure(kept=sum(kept, DutyCounts()))
        plain = ((each.of, pk, period) for pk, each in known.meanings.items() if not each.where)
        return Figure(sum(self.records.get(one, 0) for one in plain) + self.chosen.get((known.key, period), 0))

    def _add_kept(self, rules: Mapping[str, set[int]], spans: Mapping[Period, Any], at: datetime) -> None:
        if not rules:
            return
        first, last = _whole(spans.values())
        rows = Obligation.objects.filter(
            rule__in=rules, procedure_id__in=_versions(rules), due_at__gte=first, due_at__lt=last
        )
        grouped = rows.annotate(standing=standing(at)).order_by().values("rule", "procedure_id", "standing")
        for rule, version, how, *counts in grouped.annotate(**_by_period("due_at", spans)).values_list(
            "rule", "procedure_id", "standing", *_names(spans)
        ):
            for period, n in zip(spans, counts, strict=True):
                held = self.kept.setdefault((rule, version, period), DutyCounts())
                setattr(held, how, n)

    def _choose(
        self, kind: str, asked: Asked, moments: Mapping[Period, tuple[datetime, datetime]], at: datetime
    ) -> None:
        """Count the records of a kind on which the conditions of targets hold; each record is read once."""
        first, last = _whole([moments[period] for _, period in asked])
        periods: dict[KnownTarget, set[Period]] = {}
        for known, period in asked:
            periods.setdefault(known, set()).add(period)
        versions = {pk for known in periods for pk, each in known.meanings.items() if each.where and each.of == kind}
        conditions = [one for known in periods for each in known.meanings.values() for one in each.where]
        names = list(dict.fromkeys(fields_in(conditions)))
        rows = opened_records(kind, versions, first, last).select_related(*tied(kind, names))
        zone = asked[0][0].newest[1].zone
        today = at.astimezone(zone).date()
        for chunk in _chunks(rows):
            for record, read in zip(chunk, readers_of(chunk, names), strict=True):
                opened_on = record.opened_at.astimezone(zone).date()
                for known, wanted in periods.items():
                    target = known.meanings.get(record.procedure_id)
                    if target is None or not target.where or target.of != kind:
                        continue
                    period = period_of(target.every, opened_on)
                    if period in wanted and all_hold(target.where, read, today=today):
                        self.chosen[known.key, period] = self.chosen.get((known.key, period), 0) + 1


def _chunks(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        chunk.append(row)
        if len(chunk) == AT_ONCE:
            yield chunk
            chunk = []
    yield chunk


def opened_records(kind: str, versions: Collection[int], first: datetime, last: datetime) -> QuerySet[Any]:
    """The records of a kind opened from one moment to before another under these versions; void ones do not count."""
    rows = tables.records_of(kind).filter(procedure_id__in=versions, opened_at__gte=first, opened_at__lt=last)
    return rows.exclude(phase="void")


def _counted(
    plain: Mapping[str, set[int]], spans: Mapping[Period, tuple[datetime, datetime]]
) -> Iterator[tuple[tuple[str, int, Period], int]]:
    """How many records there are of each kind, version and period; one query for the tables of all kinds."""
    if not plain:
        return
    first, last = _whole(spans.values())
    declared = [kind for kind in plain if kind not in tables.record_models]
    kinds = [kind for kind in plain if kind in tables.record_models]
    queries = [_grouped(opened_records(kind, plain[kind], first, last), Value(kind), spans) for kind in kinds]
    if declared:
        versions = {pk for kind in declared for pk in plain[kind]}
        rows = tables.records_of(declared[0]).model._default_manager.filter(kind__in=declared)
        rows = rows.filter(procedure_id__in=versions, opened_at__gte=first, opened_at__lt=last).exclude(phase="void")
        queries.append(_grouped(rows, F("kind"), spans))
    united = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    for kind, version, *counts in united:
        for period, n in zip(spans, counts, strict=True):
            yield (kind, version, period), n


def _grouped(rows: QuerySet[Any], kind: Any, spans: Mapping[Period, tuple[datetime, datetime]]) -> QuerySet[Any]:
    grouped = rows.annotate(of_kind=kind).order_by().values("of_kind", "procedure_id")
    return grouped.annotate(**_by_period("opened_at", spans)).values_list("of_kind", "procedure_id", *_names(spans))


def _names(spans: Mapping[Period, Any]) -> list[str]:
    return [f"period_{index}" for index in range(len(spans))]


def _by_period(column: str, spans: Mapping[Period, tuple[datetime, datetime]]) -> dict[str, Any]:
    """For each period how many rows have the moment of a column in it."""
    return {
        name: Count("pk", filter=Q(**{f"{column}__gte": begins, f"{column}__lt": ends}))
        for name, (begins, ends) in zip(_names(spans), spans.values(), strict=True)
    }


def _whole(spans: Iterable[tuple[datetime, datetime]]) -> tuple[datetime, datetime]:
    found = list(spans)
    return min(begins for begins, _ in found), max(ends for _, ends in found)


def _versions(asked: Mapping[str, set[int]]) -> set[int]:
    return {pk for versions in asked.values() for pk in versions}
