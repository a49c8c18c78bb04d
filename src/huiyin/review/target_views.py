"""Targets as pages: every target with its limit and its last periods, and one period with the records it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.journal import record_urls
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.queries import with_names
from huiyin.kernel.periods import Period, PeriodInvalid
from huiyin.kernel.text import Text
from huiyin.obligations.models import Obligation
from huiyin.people.models import Person
from huiyin.procedure.conditions import all_hold, fields_in
from huiyin.procedure.entries import Clause
from huiyin.procedure.schema import Procedure
from huiyin.review.conditions import readers_of, tied
from huiyin.review.evidence import ObligationStanding, standing
from huiyin.review.measuring import KnownTarget, known_targets, last_turns, opened_records, turns_of
from huiyin.review.models import TargetReport
from huiyin.review.targets import TargetTurn, said_of
from huiyin.review.views import OBLIGATIONS_SHOWN, RECORDS_SHOWN, has_hidden_kind, hidden_from, may_see
from huiyin.ui.htmx import render
from huiyin.ui.sanitise import is_plausible_day

JUDGED = ("kept", "late", "overdue")
"""The standings of duties that a share counts."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as the page of all shows it: what it asks, the running period, those before it, oldest first."""

    turn: TargetTurn
    before: list[TargetTurn]
    said: Text
    owner: Text | str
    clause: Clause | None


@require_safe
def targets(request: Any) -> HttpResponse:
    """Every target of the procedure in force: how the running period stands so far, and the last twelve."""
    if not may_see(request.user):
        raise Http404
    procedure: Procedure = request.procedure
    keys = [each.key for each in procedure.targets]
    turns = last_turns(request.at, keys) if keys else {}
    rows = [_row(turns[key], procedure) for key in keys if key in turns]
    return render(request, "review/targets.html", {"rows": rows, "procedure": procedure})


def _row(turns: list[TargetTurn], procedure: Procedure) -> TargetRow:
    *before, now = turns
    target = now.target
    clause = next((each for each in procedure.clauses if each.key == target.clause and not each.document), None)
    owner = procedure.role_label(target.owner) if target.owner else ""
    return TargetRow(now, before, said_of(procedure, target), owner, clause)


# ---- one period


@require_safe
def target_period(request: Any, period: str, key: str) -> HttpResponse:
    """One period of a target: its figure, what was told of it, and the records or duties that it counts."""
    known, asked = _found(request, period, key)
    (turn,) = turns_of([(known, asked)], at=request.at)
    if not (may_see(request.user) or _is_owner(request.user, turn)):
        raise Http404
    hidden = hidden_from(request.user, request.procedure, turn.procedure)
    is_share = turn.target.measure == "on-time"
    records = [] if is_share else _records(known, asked, request, hidden)
    language = "en" if request.user.language.startswith("en") else "zh"
    context = {
        "turn": turn,
        "said": said_of(turn.procedure, turn.target),
        "owner": turn.procedure.role_label(turn.target.owner) if turn.target.owner else None,
        "clause": next((each for each in turn.procedure.clauses if each.key == turn.target.clause), None),
        "oversees": may_see(request.user),
        "records": records,
        "duties": _duties(known, asked, request, hidden) if is_share else [],
        "withheld": _is_withheld(known, hidden),
        "most": OBLIGATIONS_SHOWN if is_share else RECORDS_SHOWN,
        "told": [(entry, sentence(entry, language)) for entry in _told(turn)],
        "record_urls": record_urls,
        "earlier": reverse("target", args=[asked.previous.key, key]),
        "later": reverse("target", args=[asked.next.key, key]),
        "clauses_query": f"?day={asked.start.isoformat()}",
    }
    return render(request, "review/target.html", context)


def _found(request: Any, written: str, key: str) -> tuple[KnownTarget, Period]:
    """The target and its period that an address names; Http404 where there are none."""
    known = next(iter(known_targets(request.at, [key])), None)
    try:
        period = Period.parse(written)
    except PeriodInvalid:
        raise Http404 from None
    if known is None or period.kind != known.newest[0].every or not is_plausible_day(period.start):
        raise Http404
    return known, period


def _is_owner(person: Person, turn: TargetTurn) -> bool:
    """Whether the person's functions answer for the target, so that what they are told leads them somewhere."""
    owner = turn.target.owner
    return bool(owner) and turn.procedure.vocabulary.function_in(owner) in person.functions()


def _told(turn: TargetTurn) -> list[Entry]:
    reports = TargetReport.objects.filter(target=turn.target.key, period=turn.period.key).values("pk")
    entries = Entry.objects.filter(kind=TargetReport.kind, record_id__in=reports)
    return list(with_names(entries).order_by("at", "id"))


def _is_withheld(known: KnownTarget, hidden: list[str]) -> bool:
    """Whether some of what is counted may be of a kind hidden from the reader."""
    target, procedure = known.newest
    if target.measure == "on-time":
        return has_hidden_kind(hidden, [target.of], [], procedure)
    return any(each.of in hidden for each in known.meanings.values())


def _records(known: KnownTarget, period: Period, request: Any, hidden: list[str]) -> list[Any]:
    """The records counted, the newest first; none of a kind that the reader does not see."""
    first, after = period.instants(known.newest[1].zone)
    today = request.at.astimezone(known.newest[1].zone).date()
    found: list[Any] = []
    for kind in dict.fromkeys(each.of for each in known.meanings.values()):
        meanings = {pk: each for pk, each in known.meanings.items() if each.of == kind}
        if kind in hidden:
            continue
        names = list(dict.fromkeys(fields_in([one for each in meanings.values() for one in each.where])))
        opened = opened_records(kind, meanings, first, after).select_related(*tied(kind, names)).order_by("-opened_at")
        rows = list(opened if names else opened[:RECORDS_SHOWN])
        for row, read in zip(rows, readers_of(rows, names), strict=True):
            if all_hold(meanings[row.procedure_id].where, read, today=today):
                found.append(row)
    return sorted(found, key=lambda row: row.opened_at, reverse=True)[:RECORDS_SHOWN]


def _duties(known: KnownTarget, period: Period, request: Any, hidden: list[str]) -> list[ObligationStanding]:
    """The duties that came due in the period and are judged, those not kept in time first."""
    first, after = period.instants(known.newest[1].zone)
    rows = Obligation.objects.filter(
        rule__in={each.of for each in known.meanings.values()},
        procedure_id__in=known.meanings,
        due_at__gte=first,
        due_at__lt=after,
    ).exclude(kind__in=hidden)
    rows = rows.annotate(standing=standing(request.at)).filter(standing__in=JUDGED)
    rows = rows.select_related("owner_department", "owner_person").order_by("due_at")[:OBLIGATIONS_SHOWN]
    found = [ObligationStanding(row, row.standing) for row in rows]
    return sorted(found, key=lambda each: each.how == "kept")
