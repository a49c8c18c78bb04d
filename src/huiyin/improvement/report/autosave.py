"""Saving in place: one field, one row; answered in pieces to the page's script, with a page to whoever has none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from huiyin.improvement.models import Problem
from huiyin.improvement.report.report import ProblemReport
from huiyin.improvement.report.tables import ReportTable
from huiyin.journal.models import Entry
from huiyin.journal.queries import with_names
from huiyin.kernel.text import Text
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.form_pages import input_value
from huiyin.records.steps.refusals import Refused
from huiyin.ui.components import FieldConflict
from huiyin.ui.fields import localised
from huiyin.ui.formats import format_time
from huiyin.ui.forms import LookupValue
from huiyin.ui.htmx import render

HEADER = "Huiyin-Autosave"
LOOKED_BACK = 200
"""So many entries are looked through for who changed a row last."""


def by_script(request: Any) -> bool:
    """Whether the page's script sends this, and shows the answer in place."""
    return request.headers.get(HEADER) == "1"


def context_of(request: Any) -> StepContext:
    """Who writes, and when; a form that adds a row carries a token so that sending it twice adds one."""
    try:
        token = UUID(request.POST.get("submission") or "")
    except ValueError:
        token = None
    return StepContext(request.user, request.at, None, token)


def version_of(request: Any) -> int | None:
    """Which version of the field or row the form was made from."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def piece(request: Any, template: str, context: dict[str, Any]) -> str:
    """One piece of the page as it is now."""
    return render(request, template, context).content.decode()


def saved_response(request: Any, version: int, pieces: Mapping[str, str], **more: Any) -> HttpResponse:
    """It stands: the newer version, and the pieces of the page that follow from it."""
    answer = {"version": version, "saved": format_time(request.at), "pieces": dict(pieces), **more}
    return _json(answer, 200)


def refused_response(refused: Refused | None, form: Any = None) -> HttpResponse:
    """Why it does not stand, each reason at its box."""
    errors = {name: localised(reason) for name, reason in (refused.fields if refused else {}).items()}
    reasons = [localised(reason) for reason in (refused.reasons if refused else [])]
    if form is not None:
        errors |= {name: " ".join(said) for name, said in form.errors.items() if name != "__all__"}
        reasons += [str(one) for one in form.non_field_errors()]
    return _json({"errors": errors, "reasons": reasons}, 422)


def conflict_response(
    request: Any, form: Any, current: Any, theirs: Mapping[str, Any], who: Text | None, when: datetime | None
) -> HttpResponse:
    """Somebody else was faster: what stands now, as boxes hold it, and a piece that shows it beside what was typed."""
    boxes = as_boxes(form, theirs)
    differences = differing(form, theirs)
    context = {"differences": differences, "who": who, "when": when, "single": len(theirs) == 1}
    shown_piece = piece(request, "improvement/report/clash.html", context)
    return _json({"version": current.version, "theirs": boxes, "piece": shown_piece}, 409)


def differing(form: Any, theirs: Mapping[str, Any]) -> list[FieldConflict]:
    """The boxes in which what was typed differs from what stands."""
    found = []
    for name, value in theirs.items():
        typed = unix(form.data.get(name, ""))
        mine: Any = bool(typed) if isinstance(value, bool) else typed
        other: Any = value if isinstance(value, bool) else unix(input_value(value))
        if mine != other:
            found.append(
                FieldConflict(name, form.fields[name].label, _words(form, name, mine), _words(form, name, other))
            )
    return found


def unix(text: str) -> str:
    """Line ends as a page's script has them; forms send them otherwise."""
    return text.replace("\r\n", "\n")


def _words(form: Any, name: str, value: Any) -> str:
    """A value as people read it: the option's words for a choice, a tick for yes."""
    if isinstance(value, bool):
        return "✓" if value else "—"
    options = dict(getattr(form.fields[name], "choices", ()))
    return localised(options[value]) if value in options else str(value)


def as_boxes(form: Any, theirs: Mapping[str, Any]) -> dict[str, str]:
    """What stands now as each box of the page holds it."""
    found: dict[str, str] = {}
    for name, value in theirs.items():
        kind = getattr(form.fields[name], "kind", "")
        if isinstance(value, LookupValue):
            found |= {name: value.text, f"{name}_key": value.key}
        elif kind == "segments":
            found |= {f"{name}={key}": key if key == value else "" for key, _ in form.fields[name].choices}
        elif kind == "yesno":
            found[name] = "on" if value else ""
        else:
            found[name] = unix(input_value(value))
    return found


def ticked(form: Any) -> dict[str, str]:
    """Ticks and segments as they stand now; a change elsewhere may have settled them otherwise than they were sent."""
    names = [name for name, one in form.fields.items() if getattr(one, "kind", "") in ("segments", "yesno")]
    return as_boxes(form, {name: form.initial.get(name) for name in names})


def last_editor(problem: Problem, key: str) -> tuple[Text | None, datetime | None]:
    """Who last wrote in a field or row, and when, by the journal."""
    entries = Entry.objects.filter(kind="problem", record_id=problem.pk).order_by("-sequence")
    for entry in with_names(entries)[:LOOKED_BACK]:
        if key in entry.digests:
            return (entry.who if entry.actor_name else None), entry.at
    return None, None


def pieces_of(
    request: Any, report: ProblemReport, section: str, sheet: ReportTable | None = None, row: Any = None
) -> dict[str, str]:
    """What follows from a change in a section: progress, weak points, sums, the picture, what is said of the row."""
    base = {"problem": report.problem, "here": section, "bar": report.bar, "weak": report.weak_in(section)}
    found = {
        "report-bar": piece(request, "improvement/report/bar.html", base),
        "weak": piece(request, "improvement/report/weak.html", base),
    }
    if sheet is not None and sheet.key in ("containment", "cost"):
        sums = {"sheet": sheet, "sums": report.sums, "costs": report.costs, "sum_labels": report.sum_labels}
        found[f"foot-{sheet.key}"] = piece(request, "improvement/report/foot.html", sums)
    if sheet is not None and sheet.kind == "cause":
        found["fishbone"] = piece(request, "improvement/report/bones.html", {"fishbone": report.fishbone})
    if sheet is not None and row is not None:
        marks = {"marks": report.marks(row)}
        key = "cause" if sheet.kind == "cause" else sheet.key
        found[f"marks-{key}-{row.pk}"] = piece(request, "improvement/report/marks.html", marks)
    return found


def _json(answer: Mapping[str, Any], status: int) -> HttpResponse:
    response = JsonResponse(dict(answer), status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, no-store"
    return response
