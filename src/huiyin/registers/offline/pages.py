"""Forms that work without a network: the page on the telephone, what it takes along, where it sends; what was kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.http import Http404, HttpResponse, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.views.decorators.http import require_POST, require_safe

from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.records.files import sniff
from huiyin.records.files.files import store
from huiyin.records.steps.record_forms import form_page
from huiyin.registers.kinds import kind_of
from huiyin.registers.models import SentFile
from huiyin.registers.offline import merge
from huiyin.registers.offline.kept_sheets import sheet_of, sheet_steps
from huiyin.registers.offline.openings import receive_new
from huiyin.registers.offline.packages import answer_of, forms_along, taken_along
from huiyin.registers.offline.sheets import NotASheet, Receipt, is_sent, read_sheet, receive
from huiyin.ui.forms import localised
from huiyin.ui.htmx import render

WORKER = Path(__file__).resolve().parent.parent / "static" / "registers" / "offline-worker.js"
MOST_ASKED = 200


@require_safe
def page(request: Any) -> HttpResponse:
    """The page that the telephone keeps; what stands on it comes from the telephone itself."""
    return render(request, "registers/offline.html", {"zone": request.procedure.zone.key if request.version else "UTC"})


@cache
def _worker() -> str:
    return WORKER.read_text("utf-8")


@require_safe
def worker(request: Any) -> HttpResponse:
    """The script that answers for the server while it cannot be reached; it speaks for the whole site."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    answer["Cache-Control"] = "no-cache"
    return answer


def _contact(request: Any) -> dict[str, Any]:
    """Who is signed in, when it is, and what must stand on whatever is sent."""
    return {"person": request.user.pk, "at": request.at.isoformat(), "token": get_token(request)}


@require_safe
def contact(request: Any) -> HttpResponse:
    """A sign of life, before anything is sent."""
    return JsonResponse(_contact(request))


@require_safe
def orders(request: Any) -> HttpResponse:
    """What the person takes along."""
    return JsonResponse({**_contact(request), "orders": taken_along(request), "openings": forms_along(request)})


def _body(request: Any) -> bytes:
    """What was sent; nothing of a form, for no telephone of ours sends one here."""
    try:
        sent: bytes = request.body
    except RawPostDataException:
        return b""
    return sent


@require_POST
def missing_files(request: Any) -> HttpResponse:
    """Which of these files the person has not sent yet."""
    try:
        asked = [str(one) for one in orjson.loads(_body(request))["files"]][:MOST_ASKED]
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"result": "unreadable"}, status=400)
    return JsonResponse({"missing": [one for one in dict.fromkeys(asked) if not is_sent(request.user, one)]})


@require_POST
def send_file(request: Any) -> HttpResponse:
    """Take a file in, ahead of the sheet that names it."""
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"result": "unreadable"}, status=400)
    try:
        stored = store(upload)
    except sniff.FileRejected as unfit:
        return JsonResponse({"result": "unfit", "reasons": [localised(unfit.reason)]}, status=422)
    SentFile.objects.update_or_create(
        person=request.user, sha256=stored.sha256, defaults={"size": stored.size, "received_at": request.at}
    )
    return JsonResponse({"sha256": stored.sha256})


@require_POST
def send_sheet(request: Any) -> HttpResponse:
    """Receive a sheet: the step it asks for is taken, or the sheet is kept; the same one again leads to the same."""
    try:
        sheet = read_sheet(_body(request))
    except NotASheet:
        reason = t("这张单在路上损坏，或不是本系统的", "This sheet was damaged on its way, or is none of ours")
        return JsonResponse({"result": "unreadable", "reasons": [localised(reason)]}, status=400)
    try:
        take = receive if sheet.number else receive_new
        receipt = take(sheet, request.user, request.at)
    except Http404:
        reason = t("没有这条记录，或它不归您看", "There is no such record, or it is not yours to see")
        return JsonResponse({"result": "unknown", "reasons": [localised(reason)]}, status=404)
    return JsonResponse(answer_of(receipt, _questions(receipt)))


def _questions(receipt: Receipt) -> dict[str, Any]:
    """The fields that both changed: label, both values as people read them, and what stands there as it is stored."""
    if not receipt.questions or receipt.record is None:
        return {}
    kind = kind_of(versions.procedure_of(receipt.record.procedure_id), receipt.record.kind)
    return {
        one.field.name: {
            "label": localised(one.field.label),
            "mine": localised(merge.shown(one, one.mine, kind)),
            "theirs": localised(merge.shown(one, one.now, kind)),
            "now": one.now,
        }
        for one in receipt.questions
    }


# ---- what was received and not taken


@form_page
def sheet_step(request: Any, kind: str, number: str, sheet_id: int, noun: str) -> HttpResponse:
    """Decide on a kept sheet."""
    sheet = sheet_of(request.user, kind, number, sheet_id)
    declared = kind_of(versions.procedure_of(sheet.record.procedure_id), kind)

    def find() -> tuple[Any, Any]:
        found = sheet_of(request.user, kind, number, sheet_id)
        return found.record, found

    return sheet_steps(declared).respond(request, noun, find)
