"""Clauses and their evidence as pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.journal import record_urls
from huiyin.journal.kinds import known_kinds
from huiyin.journal.phrases import sentence
from huiyin.kernel.periods import Period, period_of
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.review import evidence as proof
from huiyin.ui.components import FilterChip
from huiyin.ui.htmx import render
from huiyin.ui.sanitise import is_plausible_day

OVERSEERS = frozenset({"quality", "management", "office", "auditor"})


RECORDS_SHOWN = 200
OBLIGATIONS_SHOWN = 500


def may_see(person: Person) -> bool:
    """Whether the person's functions include looking over the whole company's conformance."""
    return person.is_administrator or bool(person.functions() & OVERSEERS)


def hidden_from(person: Person, procedure: Procedure) -> list[str]:
    """Kinds of records that the person's functions do not see: the figures count them, no list names one."""
    if person.is_administrator:
        return []
    return [kind for kind in known_kinds(procedure) if not procedure.sees_all(kind, person.functions())]


def has_hidden_kind(hidden: list[str], rules: Iterable[str], events: Iterable[str], procedure: Procedure) -> bool:
    """Whether some record that these rules and events speak of may be of a kind hidden from the reader."""
    named = {event.partition(".")[0] for event in [*events, *(procedure.rule(key).opens for key in rules)]}
    known = {kind.part_of or key for key, kind in procedure.vocabulary.kinds.items() if key in named}
    return bool(hidden) and (not named <= procedure.vocabulary.kinds.keys() or not known.isdisjoint(hidden))


def period_from(request: Any, procedure: Procedure) -> tuple[Period, str]:
    """The period asked for: ``kind`` (month, quarter, year) around ``day``; this quarter when nothing is said."""
    kind = request.GET.get("kind", "quarter")
    kind = kind if kind in ("week", "month", "quarter", "year") else "quarter"
    today = request.at.astimezone(procedure.zone).date()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    return period_of(kind, day if is_plausible_day(day) else today), kind


def span_of(period: Period, procedure: Procedure) -> proof.TimeSpan:
    """The moments of a reporting period at the site."""
    return proof.TimeSpan.of_days(period.start, period.end, procedure)


@require_safe
def clauses(request: Any) -> HttpResponse:
    """The tree of clauses with what the period shows of each."""
    if not may_see(request.user):
        raise Http404
    procedure: Procedure = request.procedure
    period, kind = period_from(request, procedure)
    tree = proof.evidence(procedure, span_of(period, procedure), at=request.at)
    rows = [(depth, one) for top in tree for depth, one in top.walk()]
    everything = proof.ClauseEvidence(tree[0].node, children=tree) if tree else None
    total = everything.kept if everything else proof.DutyCounts()
    only = request.GET.get("only", "")
    gaps = sum(1 for _, one in rows if one.gap is not None)
    if only == "gaps":
        rows = [(0, one) for _, one in rows if one.gap is not None]
    context = {
        "only": only,
        "rows": rows,
        "period": period,
        "kind": kind,
        "total": total,
        "procedure": procedure,
        "gaps": gaps,
        "kinds": _kinds(period, kind),
        "query": f"?kind={kind}&day={period.start.isoformat()}",
        "earlier": f"?kind={kind}&day={period.previous.start.isoformat()}",
        "later": f"?kind={kind}&day={period.next.start.isoformat()}",
    }
    return render(request, "review/clauses.html", context)


def _kinds(period: Period, kind: str) -> list[FilterChip]:
    names = (
        ("week", t("周", "Week")),
        ("month", t("月", "Month")),
        ("quarter", t("季", "Quarter")),
        ("year", t("年", "Year")),
    )
    return [
        FilterChip(label, f"?kind={key}&day={period.start.isoformat()}", active=key == kind) for key, label in names
    ]


@require_safe
def clause(request: Any, key: str) -> HttpResponse:
    """One clause: what counts, what the period holds, each exception and record as a link."""
    if not may_see(request.user):
        raise Http404
    procedure: Procedure = request.procedure
    period, kind = period_from(request, procedure)
    span = span_of(period, procedure)
    tree = proof.evidence(procedure, span, at=request.at)
    one = next((c for top in tree for _, c in top.walk() if c.node.clause.key == key), None)
    if one is None:
        raise Http404(key)
    rules, events = proof.rules_and_events(one, procedure)
    language = "en" if request.user.language.startswith("en") else "zh"
    hidden = hidden_from(request.user, procedure)
    entries = proof.records_showing(procedure, events, span, limit=RECORDS_SHOWN, hidden=hidden)
    query = f"?kind={kind}&day={period.start.isoformat()}"
    context = {
        "one": one,
        "period": period,
        "kind": kind,
        "procedure": procedure,
        "unkept": proof.exceptions(procedure, rules, span, at=request.at, limit=200, hidden=hidden),
        "withheld": has_hidden_kind(hidden, rules, events, procedure),
        "entries": [(e, sentence(e, language)) for e in entries],
        "record_urls": record_urls,
        "back": f"{reverse('clauses')}{query}",
        "query": query,
        "most": RECORDS_SHOWN,
        "clauses_below": [child.node.clause for child in one.children],
    }
    return render(request, "review/clause.html", context)


STANDINGS = {
    "kept": t("按时履行", "Kept in time"),
    "late": t("迟办", "Late"),
    "overdue": t("逾期未了", "Overdue"),
    "open": t("未到期", "Open, not yet due"),
}


@require_safe
def standings(request: Any) -> HttpResponse:
    """The obligations that one figure of the clause pages counts: of one clause, or of the whole procedure."""
    how, key = request.GET.get("how", ""), request.GET.get("clause", "")
    if not may_see(request.user) or how not in STANDINGS:
        raise Http404
    procedure: Procedure = request.procedure
    period, kind = period_from(request, procedure)
    span = span_of(period, procedure)
    tree = proof.evidence(procedure, span, at=request.at)
    chosen = [c for top in tree for _, c in top.walk() if c.node.clause.key == key] if key else tree
    rules = list(dict.fromkeys(rule for one in chosen for rule in proof.rules_and_events(one, procedure)[0]))
    hidden = hidden_from(request.user, procedure)
    rows = proof.obligation_standings(
        procedure, rules, span, [how], at=request.at, limit=OBLIGATIONS_SHOWN + 1, hidden=hidden
    )
    query = f"?kind={kind}&day={period.start.isoformat()}"
    context = {
        "rows": rows[:OBLIGATIONS_SHOWN],
        "withheld": has_hidden_kind(hidden, rules, [], procedure),
        "more": len(rows) > OBLIGATIONS_SHOWN,
        "most": OBLIGATIONS_SHOWN,
        "title": STANDINGS[how],
        "period": period,
        "record_urls": record_urls,
        "clause": chosen[0].node.clause if key and chosen else None,
        "back": f"{reverse('clause', args=[key]) if key else reverse('clauses')}{query}",
    }
    return render(request, "review/standings.html", context)
