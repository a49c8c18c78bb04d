"""The rows of a child table made anew while a form is filled in: what ended goes, what is open now comes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.procedure import versions
from huiyin.registers.access import record_of
from huiyin.registers.forms.forms import DeclaredStepForm
from huiyin.registers.forms.step_pages import steps_of
from huiyin.registers.kinds import kind_of
from huiyin.ui.htmx import render


@require_safe
def refreshed(request: Any, kind: str, field: str) -> HttpResponse:
    """The rows of the table ``field`` on the form of the step ``verb``, of a new record or of ``record``."""
    number, verb = request.GET.get("record", ""), request.GET.get("verb", "")
    record = record_of(request.user, kind, number) if number else None
    declared = kind_of(versions.procedure_of(record.procedure_id) if record else request.procedure, kind)
    steps = steps_of(declared)
    asked = {"procedure": declared.procedure, "person": request.user, "at": request.at}
    if record is None:
        form = steps.form_of(verb)(request.GET, None, about=None, **asked)
    else:
        form = steps.forms.of(DeclaredStepForm, verb)(request.GET, None, record=record, **asked)
    table = form.tables.get(field)
    if table is None or not table.comes:
        raise Http404(field)
    return render(request, "registers/rows.html", {"table": table, "rows": table.refreshed()})
