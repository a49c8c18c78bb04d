"""A complaint's controlled record as PDF."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.complaints.access import complaint_for
from huiyin.complaints.printing.sheets import BUILDERS
from huiyin.complaints.printing.words import Printing
from huiyin.procedure import versions
from huiyin.records.print.engine import render
from huiyin.records.print.sheets import Language


@require_safe
def sheet(request: Any, number: str, form: str) -> HttpResponse:
    """The form ``form`` of the complaint's procedure; ``?language=zh|en|both``, the reader's own without it."""
    complaint = complaint_for(request.user, number)
    procedure = versions.procedure_of(complaint.procedure_id)
    wanted = next(
        (f for f in procedure.forms_of("complaint") if f.key == form and f.layout in BUILDERS), None
    )
    if wanted is None:
        raise Http404(form)
    asked = request.GET.get("language", "")
    own = "en" if request.user.language.startswith("en") else "zh"
    language = cast(Language, asked if asked in ("zh", "en", "both") else own)
    built = BUILDERS[wanted.layout](
        Printing(complaint, procedure, wanted, request.user, request.at, language)
    )
    response = HttpResponse(render(wanted.layout, built), content_type="application/pdf")
    name = quote(f"{complaint.number} {wanted.title.show(own)}.pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return response
