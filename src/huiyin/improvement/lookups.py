"""Small answers while somebody types: colleagues, cases by number."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.improvement.access import visible_to
from huiyin.people.models import Person
from huiyin.ui.lookup import LookupResult, lookup_response

SHOWN = 8


@require_safe
def people(request: Any) -> HttpResponse:
    """Colleagues by name or username."""
    q = request.GET.get("q", "").strip()[:60]
    rows = Person.objects.filter(is_active=True).select_related("department")
    rows = (
        rows.filter(Q(name__icontains=q) | Q(name_en__icontains=q) | Q(username__istartswith=q)) if q else rows.none()
    )
    found = [
        LookupResult(str(one.pk), one.display_name, one.department.name if one.department else "")
        for one in rows.order_by("id")[:SHOWN]
    ]
    return lookup_response(found)


@require_safe
def problems(request: Any) -> HttpResponse:
    """Cases whose number, title or model begins so."""
    q = request.GET.get("q", "").strip()[:60]
    rows = visible_to(request.user, request.procedure)
    rows = rows.filter(Q(number__startswith=q) | Q(title__icontains=q) | Q(model__istartswith=q)) if q else rows.none()
    return lookup_response(
        [LookupResult(row.number, row.number, row.subject) for row in rows.order_by("-opened_at")[:SHOWN]]
    )
