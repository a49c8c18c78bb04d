"""Reading complaints: lists, boards, similar cases, possible duplicates; no writes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.complaints.models import Answer, Call, Complaint, Demand, Measure, Promise, Remedy, Task
from huiyin.records.children import children_of
from huiyin.records.lists import usual
from huiyin.records.lists.labels import with_next_due
from huiyin.records.models import Link
from huiyin.records.search import search

DUPLICATE_DAYS = 60


LISTED = (
    "number",
    "procedure",
    "state",
    "phase",
    "customer_name",
    "caller_name",
    "caller_phone",
    "model",
    "batch",
    "serial",
    "order_number",
    "problem",
    "severity",
    "verdict",
    "satisfaction",
    "channel",
    "defect_quantity",
    "received_at",
    "closed_at",
    *usual.OWNER_NAMED,
)


def for_list(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """What lists and boards show of each complaint, in one query and no column more."""
    return with_next_due(complaints.select_related("owner").only(*LISTED))


def open_complaints(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Complaints that are neither closed nor void."""
    return complaints.exclude(phase__in=("closed", "void"))


@dataclass(frozen=True, slots=True)
class DuplicateCriteria:
    """What is known while somebody is typing a complaint in."""

    customer_id: int | None = None
    phone: str = ""
    model: str = ""
    batch: str = ""
    defect: str = ""


def possible_duplicates(visible: QuerySet[Complaint], known: DuplicateCriteria, *, at: datetime) -> list[Complaint]:
    """Recent complaints of the same customer on the same product, batch or defect, likeliest first; at most five."""
    who = Q(customer_id=known.customer_id) if known.customer_id else Q(caller_phone=known.phone, customer=None)
    if not (known.customer_id or known.phone) or not (known.model or known.batch or known.defect):
        return []
    recent = visible.filter(who, received_at__gte=at - timedelta(days=DUPLICATE_DAYS)).exclude(phase="void")
    about = Q()
    for name in ("model", "batch", "defect"):
        value = getattr(known, name)
        if value:
            about |= Q(**{f"{name}__iexact": value})
    rows = list(recent.filter(about).order_by("-received_at")[:20])
    rows.sort(key=lambda row: -_likeness(row, known))
    return rows[:5]


def _likeness(row: Complaint, known: DuplicateCriteria) -> int:
    weights = (("batch", 4), ("model", 2), ("defect", 1))
    return sum(w for name, w in weights if getattr(known, name) and getattr(row, name) == getattr(known, name))


def similar_cases(visible: QuerySet[Complaint], text: str, *, exclude: int | None = None) -> list[Complaint]:
    """Past cases whose words resemble ``text``, with what solved them; likeliest first."""
    hits = search.similar(text, kind="complaint", limit=8, exclude=exclude)
    ids = [hit.record_id for hit in hits]
    rows = {row.pk: row for row in visible.filter(pk__in=ids)}
    return [rows[i] for i in ids if i in rows][:5]


def by_state(complaints: QuerySet[Complaint], states: Sequence[str], *, limit: int) -> dict[str, list[Complaint]]:
    """The newest ``limit`` complaints of each state, for the board."""
    return {state: list(for_list(complaints.filter(state=state)).order_by("-received_at")[:limit]) for state in states}


_demands = children_of(Demand, "complaint")
_measures = children_of(Measure, "complaint")
_promises = children_of(Promise, "complaint", with_people=("made_by",))
_answers = children_of(Answer, "complaint", with_people=("by",), order="round")
_calls = children_of(Call, "complaint", with_people=("by",))
_remedies = children_of(Remedy, "complaint", with_people=("asked_by", "decided_by"))
_tasks = children_of(
    Task,
    "complaint",
    with_people=("person", "answered_by", "verified_by", "assigned_by", "accepted_by"),
    beside=("department",),
)


def was_requested(complaint: Complaint) -> bool:
    """Whether somebody asked for something on behalf of the complaint: a remedy, or a record made for it (goods to be
    sent, a service order, a case).
    """
    if Remedy.objects.filter(complaint_id=complaint.pk).exists():
        return True
    return Link.objects.filter(to_kind="complaint", to_id=complaint.pk, ended_at=None).exists()


BRINGS_ANY_PART = frozenset({"complaint.imported"})
"""Events after which any kind of row may be there."""


def load_details(complaint: Complaint, events: Collection[str] | None = None) -> dict[str, Any]:
    """All rows that hang on a complaint, each kind in one query; with its ``events`` only kinds there can be any of."""
    pk = complaint.pk

    def of(query: Callable[[int], list[Any]], *starts: str) -> list[Any]:
        if events is not None and not BRINGS_ANY_PART & set(events) and not any(e.startswith(starts) for e in events):
            return []
        return query(pk)

    tasks = of(_tasks, "task.")
    measures = _measures(pk) if tasks else []
    for task in tasks:
        task.complaint = complaint
        task.rows = [m for m in measures if m.task_id == task.pk]
    return {
        "demands": _demands(pk),
        "tasks": tasks,
        "remedies": of(_remedies, "complaint.remedy_"),
        "answers": of(_answers, "complaint.answered"),
        "calls": of(_calls, "complaint.call"),
        "promises": of(_promises, "complaint.promise"),
    }


def guard_cache(details: dict[str, Any], *, has_files: bool) -> dict[str, Any]:
    """What the guards would otherwise ask the database again, for ``offers``."""
    answers = details["answers"]
    return {
        "tasks": details["tasks"],
        "files": has_files,
        "demands": bool(details["demands"]),
        "undecided": [d for d in details["demands"] if not d.outcome],
        "requests": any(r.decision == Remedy.REQUESTED for r in details["remedies"]),
        "promises": any(p.kept_at is None for p in details["promises"]),
        "answered_by": answers[-1].by_id if answers else None,
    }
