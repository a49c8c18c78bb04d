"""Counts what a period holds under the versions of one pack: each version's clauses by that version's own evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count

from huiyin.journal.models import Entry
from huiyin.obligations.models import Obligation
from huiyin.procedure.clauses import ClauseNode, Evidence, clause_tree
from huiyin.procedure.entries import Clause
from huiyin.procedure.models import EFFECTIVE, SUPERSEDED, ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import procedure_of
from huiyin.review.conditions import meeting
from huiyin.review.evidence import ClauseEvidence, DutyCounts, EvidenceCounts, RecordKey, TimeSpan, standing
from huiyin.review.measuring import turns_within
from huiyin.review.targets import TargetTurn

Shown = Mapping[str, frozenset[RecordKey]]


def evidence(procedure: Procedure, span: TimeSpan, *, at: datetime) -> list[ClauseEvidence]:
    """The clause tree of ``procedure`` with what the period's records under any version of its pack show.

    Clauses that only an older version has stand in it where that was in force, or its records still went on.
    """
    rows = ProcedureVersion.objects.filter(
        key=procedure.key, state__in=[EFFECTIVE, SUPERSEDED], effective_from__lt=span.end
    )
    ended = dict(rows.order_by("-effective_from", "-id").values_list("pk", "superseded_at"))
    versions = {pk: procedure_of(pk) for pk in ended}
    held = _Held.of(versions, span, at)
    merged = _Merged()
    merged.take(None, procedure)
    for pk, known in versions.items():
        end = ended[pk]
        if end is None or end > span.start or held.has_any(pk):
            merged.take(pk, known)
    return [_filled(node, merged, held) for node in merged.tree()]


@dataclass
class _Merged:
    """The clauses of several versions as one tree: the words of the newest, the evidence of each."""

    clauses: dict[str, Clause] = field(default_factory=dict)
    evidence: dict[str, dict[str, dict[int | None, Evidence]]] = field(default_factory=dict)

    def take(self, version: int | None, procedure: Procedure) -> None:
        """Add what a version says; those taken before are newer."""
        for top in clause_tree(procedure):
            for _, node in top.walk():
                self.clauses.setdefault(node.clause.key, node.clause)
                known = self.evidence.setdefault(node.clause.key, {})
                for one in node.evidence:
                    known.setdefault(one.identity, {})[version] = one

    def tree(self) -> list[ClauseNode]:
        """The top clauses with everything below them."""
        below: dict[str | None, list[Clause]] = {}
        for clause in self.clauses.values():
            below.setdefault(clause.parent if clause.parent in self.clauses else None, []).append(clause)

        def node(clause: Clause) -> ClauseNode:
            named = tuple(next(iter(by.values())) for by in self.evidence[clause.key].values())
            return ClauseNode(clause, named, tuple(node(child) for child in below.get(clause.key, ())))

        return [node(clause) for clause in below.get(None, ())]


@dataclass
class _Held:
    """What the period holds: by version and event the records, by version and rule how its duties stand."""

    versions: Mapping[int, Procedure]
    records: dict[tuple[int, str], frozenset[RecordKey]]
    kept: dict[tuple[int, str], DutyCounts]
    turns: Mapping[str, tuple[TargetTurn, ...]]
    today: date

    @classmethod
    def of(cls, versions: Mapping[int, Procedure], span: TimeSpan, at: datetime) -> _Held:
        told: set[str] = set()
        rules: set[str] = set()
        targets: set[str] = set()
        for procedure in versions.values():
            for top in clause_tree(procedure):
                for one in (one for _, node in top.walk() for one in node.evidence):
                    if one.kind == "obligation":
                        rules.add(one.key)
                    elif one.kind == "target":
                        targets.add(one.key)
                    else:
                        told.update(events_of(one, procedure))
        zone = next(iter(versions.values())).zone if versions else None
        return cls(
            versions,
            _records(versions, told, span),
            _kept(versions, rules, span, at),
            turns_within(span, targets, at=at) if targets else {},
            at.astimezone(zone).date(),
        )

    def has_any(self, version: int) -> bool:
        """Whether anything happened or was owed under a version."""
        return any(pk == version for pk, _ in (*self.records, *self.kept))

    def shown_by(self, version: int, one: Evidence) -> dict[str, frozenset[RecordKey]]:
        """By event the records of a version that show one kind of evidence."""
        procedure = self.versions[version]
        found = {event: self.records.get((version, event), frozenset()) for event in events_of(one, procedure)}
        if not one.where:
            return found
        chosen = meeting(one.where, frozenset().union(*found.values()), self.today)
        return {event: records & chosen for event, records in found.items()}


def _records(
    versions: Collection[int], told: Collection[str], span: TimeSpan
) -> dict[tuple[int, str], frozenset[RecordKey]]:
    """To which records each event happened; all are named, so that the database reads the period's entries alone."""
    entries = Entry.objects.filter(event__in=told, at__gte=span.start, at__lt=span.end, procedure_id__in=versions)
    found: dict[tuple[int, str], set[RecordKey]] = {}
    rows = entries.order_by().values_list("procedure_id", "event", "kind", "record_id").distinct()
    for version, event, kind, record in rows:
        found.setdefault((version, event), set()).add((kind, record))
    return {key: frozenset(records) for key, records in found.items()}


def _kept(
    versions: Collection[int], rules: Collection[str], span: TimeSpan, at: datetime
) -> dict[tuple[int, str], DutyCounts]:
    rows = Obligation.objects.filter(
        procedure_id__in=versions, rule__in=rules, opened_at__gte=span.start, opened_at__lt=span.end
    )
    found: dict[tuple[int, str], DutyCounts] = {}
    counted = rows.annotate(standing=standing(at)).order_by().values_list("procedure_id", "rule", "standing")
    for version, rule, how, n in counted.annotate(n=Count("pk")):
        setattr(found.setdefault((version, rule), DutyCounts()), how, n)
    return found


def _filled(node: ClauseNode, merged: _Merged, held: _Held) -> ClauseEvidence:
    known = merged.evidence[node.clause.key]
    found = [_found(one, known[one.identity], held) for one in node.evidence]
    return ClauseEvidence(node, found, [_filled(child, merged, held) for child in node.children])


def _found(one: Evidence, by_version: Mapping[int | None, Evidence], held: _Held) -> EvidenceCounts:
    """What all versions that know this evidence hold of it."""
    known = [(pk, each) for pk, each in by_version.items() if pk is not None]
    if one.kind == "obligation":
        kept = (held.kept.get((pk, one.key), DutyCounts()) for pk, _ in known)
        return EvidenceCounts(one, kept=sum(kept, DutyCounts()))
    if one.kind == "target":
        return EvidenceCounts(one, turns=held.turns.get(one.key, ()) if known else ())
    shown: dict[str, frozenset[RecordKey]] = {}
    for pk, each in known:
        for event, records in held.shown_by(pk, each).items():
            shown[event] = shown.get(event, frozenset()) | records
    return EvidenceCounts(one, shown)


def events_of(one: Evidence, procedure: Procedure) -> tuple[str, ...]:
    """The journal events by which a step, a form or an event is counted."""
    if one.kind == "step":
        return (procedure.vocabulary.event_of(one.key),)
    if one.kind != "form":
        return (one.key,)
    form = procedure.form(one.key)
    opening = (step.key for step in procedure.steps if step.kind == form.record and not step.from_)
    return tuple(dict.fromkeys(procedure.vocabulary.event_of(verb) for verb in form.filled_by or opening))
