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
from huiyin.review.documents import Document, documents
from huiyin.ui.components import FilterChip
from huiyin.ui.htmx import render
from huiyin.ui.sanitise import is_plausible_day

OVERSEERS = frozenset({"quality", "management", "office", "auditor"})


RECORDS_SHOWN = 200
OBLIGATIONS_SHOWN = 500


def may_see(person: Person) -> bool:
    """Whether the person's functions include looking over the whole company's conformance."""
    return person.is_administrator or bool(person.functions() & OVERSEERS)


def hidden_from(person: Person, procedure: Procedure, document: Procedure | None = None) -> list[str]:
    """Kinds of records that the person's functions do not see: the figures count them, no list names one.

    Kinds that only ``document`` knows, an earlier procedure, are seen by whom that lets see them.
    """
    if person.is_administrator:
        return []
    of = dict.fromkeys(known_kinds(document), document) if document is not None else {}
    of |= dict.fromkeys(known_kinds(procedure), procedure)
    return [kind for kind, known in of.items() if not known.sees_all(kind, person.functions())]


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
    """The tree of clauses of each procedure in force in the period, with what the period shows of each."""
    if not may_see(request.user):
        raise Http404
    procedure: Procedure = request.procedure
    period, kind = period_from(request, procedure)
    found = documents(span_of(period, procedure), at=request.at)
    only = request.GET.get("only", "")
    rows = {one.key: _rows(one, only) for one in found}
    context = {
        "only": only,
        "documents": found,
        "rows": rows,
        "period": period,
        "kind": kind,
        "total": sum((one.kept for one in found), proof.DutyCounts()),
        "procedure": procedure,
        "gaps": sum(1 for one in found for _, each in one.clauses() if each.gap is not None),
        "kinds": _kinds(period, kind),
        "query": f"?kind={kind}&day={period.start.isoformat()}",
        "earlier": f"?kind={kind}&day={period.previous.start.isoformat()}",
        "later": f"?kind={kind}&day={period.next.start.isoformat()}",
    }
    return render(request, "review/clauses.html", context)


def _rows(document: Document, only: str) -> list[tuple[int, proof.ClauseEvidence]]:
    if only == "gaps":
        return [(0, one) for _, one in document.clauses() if one.gap is not None]
    return list(document.clauses())


def _chosen(found: list[Document], request: Any, key: str) -> tuple[Document, proof.ClauseEvidence]:
    """The clause asked for: of the document named, else of the first that has it; Http404."""
    named = request.GET.get("document") or request.procedure.key
    for document in sorted(found, key=lambda each: each.key != named):
        one = document.clause(key)
        if one is not None and (document.key == named or "document" not in request.GET):
            return document, one
    raise Http404(key)


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
    document, one = _chosen(documents(span, at=request.at), request, key)
    rules, events = proof.rules_and_events(one)
    language = "en" if request.user.language.startswith("en") else "zh"
    hidden = hidden_from(request.user, procedure, document.procedure)
    entries = proof.records_showing(one, span, limit=RECORDS_SHOWN, hidden=hidden)
    query = f"?kind={kind}&day={period.start.isoformat()}"
    within = f"{query}&document={document.key}" if document.key != procedure.key else query
    context = {
        "one": one,
        "document": document,
        "period": period,
        "kind": kind,
        "procedure": procedure,
        "unkept": proof.exceptions(document.procedure, rules, span, at=request.at, limit=200, hidden=hidden),
        "withheld": has_hidden_kind(hidden, rules, events, document.procedure),
        "entries": [(e, sentence(e, language)) for e in entries],
        "record_urls": record_urls,
        "back": f"{reverse('clauses')}{query}",
        "query": within,
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
    found = documents(span, at=request.at)
    chosen = _chosen(found, request, key) if key else None
    rows, withheld = [], False
    for document in [chosen[0]] if chosen else found:
        tops = [chosen[1]] if chosen else document.tree
        rules = list(dict.fromkeys(rule for one in tops for rule in proof.rules_and_events(one)[0]))
        hidden = hidden_from(request.user, procedure, document.procedure)
        withheld = withheld or has_hidden_kind(hidden, rules, [], document.procedure)
        most = OBLIGATIONS_SHOWN + 1
        rows += proof.obligation_standings(
            document.procedure, rules, span, [how], at=request.at, limit=most, hidden=hidden
        )
    rows.sort(key=lambda each: each.obligation.due_at)
    query = f"?kind={kind}&day={period.start.isoformat()}"
    context = {
        "rows": rows[:OBLIGATIONS_SHOWN],
        "withheld": withheld,
        "more": len(rows) > OBLIGATIONS_SHOWN,
        "most": OBLIGATIONS_SHOWN,
        "title": STANDINGS[how],
        "period": period,
        "record_urls": record_urls,
        "clause": chosen[1].node.clause if chosen else None,
        "back": f"{reverse('clause', args=[key]) if key else reverse('clauses')}{query}",
    }
    return render(request, "review/standings.html", context)
