"""Controlled records as PDF and as workbook."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.procedure import versions
from huiyin.records.access import record_for
from huiyin.records.print.engine import render
from huiyin.records.print.forms import PrintJob, sheet_builder
from huiyin.records.print.layouts import layout
from huiyin.records.print.sheets import Language
from huiyin.records.print.workbook import workbook_of

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def sheet(request: Any, kind: str, number: str, form: str, suffix: str) -> HttpResponse:
    """The form ``form`` of the record's procedure, as PDF or workbook.

    ``?language=zh|en|both``, the reader's own without it.
    """
    record = record_for(request.user, kind, number)
    procedure = versions.procedure_of(record.procedure_id)
    wanted = next((f for f in procedure.forms_of(kind) if f.key == form and f.layout), None)
    build = sheet_builder(wanted.layout, kind) if wanted else None
    if wanted is None or build is None or suffix not in TYPES:
        raise Http404(form)
    asked = request.GET.get("language", "")
    own = "en" if request.user.language.startswith("en") else "zh"
    language = cast(Language, asked if asked in ("zh", "en", "both") else own)
    built = build(PrintJob(record, procedure, wanted, request.user, request.at, language))
    if suffix == "pdf":
        content = render(wanted.layout, built)
    else:
        content = workbook_of(built, landscape=layout(wanted.layout).landscape)
    response = HttpResponse(content, content_type=TYPES[suffix])
    name = quote(f"{record.number} {wanted.title.show(own)}.{suffix}")
    place = "inline" if suffix == "pdf" else "attachment"
    response["Content-Disposition"] = f"{place}; filename*=UTF-8''{name}"
    return response
