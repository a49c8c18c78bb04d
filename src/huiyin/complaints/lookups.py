"""Small answers while somebody types: complaints by number, and cases that resemble what is being typed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.complaints import queries
from huiyin.complaints.access import visible_to
from huiyin.records.steps.pages import ProcedureLabels
from huiyin.ui.htmx import render
from huiyin.ui.lookup import LookupResult, lookup_response
from huiyin.ui.sanitise import row_id


@require_safe
def lookup(request: Any) -> HttpResponse:
    """Complaints whose number or customer begins so; for merging."""
    q = request.GET.get("q", "").strip()[:60]
    rows = visible_to(request.user, request.procedure).filter(Q(number__startswith=q) | Q(customer_name__startswith=q))
    found = (
        [LookupResult(row.number, row.number, row.subject) for row in rows.order_by("-received_at")[:8]] if q else []
    )
    return lookup_response(found)


@require_safe
def resembling(request: Any) -> HttpResponse:
    """Possible duplicates of what is being registered, and past cases with what solved them."""
    get = request.GET
    known = queries.DuplicateCriteria(
        customer_id=row_id(get.get("customer_key", "")),
        phone=get.get("caller_phone", "").strip(),
        model=get.get("model", "").strip(),
        batch=get.get("batch", "").strip(),
        defect=get.get("defect", ""),
    )
    visible = visible_to(request.user, request.procedure)
    duplicates = queries.possible_duplicates(visible, known, at=request.at)
    text = get.get("problem", "").strip()
    similar = queries.similar_cases(visible, text[:500]) if len(text) >= 4 else []
    shown = {row.pk for row in duplicates}
    context = {
        "duplicates": duplicates,
        "similar": [row for row in similar if row.pk not in shown],
        "label": ProcedureLabels(request.procedure),
    }
    return render(request, "complaints/resembling.html", context)
