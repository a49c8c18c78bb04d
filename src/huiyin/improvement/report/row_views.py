"""Rows of the report: added, changed, taken away; files beside them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from huiyin.improvement.access import problem_for
from huiyin.improvement.actions import content
from huiyin.improvement.report import autosave
from huiyin.improvement.report.report import ProblemReport
from huiyin.improvement.report.section_views import SAVED, clash_of_row, refused_in_place
from huiyin.improvement.report.sections import BY_KEY
from huiyin.improvement.report.tables import ADDS_WHY, ReportTable
from huiyin.improvement.report.tables import BY_KEY as SHEETS
from huiyin.kernel.text import t
from huiyin.records.files.files import attach_all
from huiyin.records.steps.conditions import GuardContext
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.ui.addresses import cached_url
from huiyin.ui.htmx import redirect_with_message


def _sheet(key: str, *, adds: bool) -> ReportTable:
    """The table of this key; Http404 for none, or for one to which nothing is added."""
    found = ADDS_WHY if adds and key == ADDS_WHY.key else SHEETS.get(key)
    if found is None or (adds and (key == "cause" or not found.grows)):
        raise Http404(key)
    return found


def _here(problem: Any, sheet: ReportTable, pk: int | None) -> str:
    at = f"item-{'cause' if sheet.kind == 'cause' else sheet.key}-{pk}" if pk else f"sheet-{sheet.key}"
    return f"{cached_url('problem_section', problem.number, sheet.section)}#{at}"


@require_POST
def add(request: Any, number: str, sheet: str) -> HttpResponse:
    """A new row at the end of a table, or a new why under another."""
    problem = problem_for(request.user, number)
    table = _sheet(sheet, adds=True)
    report = ProblemReport(problem)
    form = table.filled(None, report.row_choices, request.POST)
    bound = (table.key, None, form)
    if not form.is_valid():
        return refused_in_place(request, problem, table.section, bound, None)
    values = {**form.values(), **table.fixed}
    try:
        row = content.put_row(problem, table.kind, values, context=autosave.context_of(request))
    except Refused as refused:
        return refused_in_place(request, problem, table.section, bound, refused)
    except AlreadyDone:
        if autosave.by_script(request):
            return autosave.saved_response(request, 0, {}, again=True)
        return redirect_with_message(request, _here(problem, table, None), SAVED)
    if not autosave.by_script(request):
        return redirect_with_message(request, _here(problem, table, row.pk), t("已添加", "Added"))
    return _added(request, ProblemReport(problem), table, row.pk)


def _added(request: Any, report: ProblemReport, table: ReportTable, pk: int) -> HttpResponse:
    """The new row in its form, and where it goes."""
    shown = SHEETS["cause"] if table.kind == "cause" else table
    row = next(one for one in shown.rows(report.rows) if one.pk == pk)
    row, form, marks = report.line(shown, row)
    context = {
        "problem": report.problem,
        "sheet": shown,
        "row": row,
        "form": form,
        "marks": marks,
        "files": report.files,
        "editable": True,
        "whys": {},
        "back": cached_url("problem_section", report.problem.number, table.section),
    }
    template = "improvement/report/why.html" if table.kind == "cause" else "improvement/report/row.html"
    into = f"whys-{row.parent_id or row.leg}" if table.kind == "cause" else f"rows-{table.key}"
    pieces = autosave.pieces_of(request, report, table.section, shown)
    shown_row = autosave.piece(request, template, context)
    token = uuid4().hex
    return autosave.saved_response(request, row.version, pieces, row=shown_row, into=into, submission=token)


@require_POST
def change(request: Any, number: str, sheet: str, pk: int) -> HttpResponse:
    """Save one row, or take it away (``do=drop``)."""
    problem = problem_for(request.user, number)
    table = _sheet(sheet, adds=False)
    report = ProblemReport(problem)
    row = next((one for one in table.rows(report.rows) if one.pk == pk), None)
    if row is None:
        raise Http404(pk)
    if request.POST.get("do") == "drop" and table.grows:
        return _drop(request, problem, table, row)
    form = table.filled(row, report.row_choices, request.POST)
    bound = (table.key, pk, form)
    if not form.is_valid():
        return refused_in_place(request, problem, table.section, bound, None)
    try:
        changed = content.put_row(
            problem,
            table.kind,
            form.values(),
            pk=pk,
            version=autosave.version_of(request),
            context=autosave.context_of(request),
        )
    except Refused as refused:
        return refused_in_place(request, problem, table.section, bound, refused)
    except ChangedMeanwhile as meanwhile:
        return clash_of_row(request, report, table, form, meanwhile.current)
    if not autosave.by_script(request):
        return redirect_with_message(request, _here(problem, table, pk), SAVED)
    fresh = ProblemReport(problem)
    row = next((one for one in table.rows(fresh.rows) if one.pk == pk), None)
    pieces = autosave.pieces_of(request, fresh, table.section, table, row)
    boxes = autosave.ticked(table.filled(changed, fresh.row_choices))
    return autosave.saved_response(request, changed.version, pieces, boxes=boxes)


def _drop(request: Any, problem: Any, table: ReportTable, row: Any) -> HttpResponse:
    here = f"{cached_url('problem_section', problem.number, table.section)}#sheet-{table.key}"
    content.drop_row(
        problem, table.kind, row.pk, version=autosave.version_of(request), context=autosave.context_of(request)
    )
    return redirect_with_message(request, here, t("已删除", "Removed"))


@require_POST
def files(request: Any, number: str, place: str) -> HttpResponse:
    """Evidence at one place of the report: a discipline (``D3``) or a row (``cause:12``)."""
    problem = problem_for(request.user, number)
    report = ProblemReport(problem)
    section = _section_of(report, place)
    reasons = content.refused_in(GuardContext(problem, None, request.user, request.at, report.procedure), section)
    uploads = request.FILES.getlist("files")
    if reasons or not uploads:
        raise Refused(reasons or [t("请先选择文件", "Choose a file first")])
    added = attach_all(problem, uploads, actor=request.user, at=request.at, part=place)
    at = "files" if place in BY_KEY else f"item-{place.replace(':', '-')}"
    return redirect_with_message(
        request,
        f"{cached_url('problem_section', number, section)}#{at}",
        t("已添加 {n} 个文件", "{n} files added", n=len(added)),
    )


def _section_of(report: ProblemReport, place: str) -> str:
    """The discipline at which a place is; Http404 for no place of this case."""
    if place in BY_KEY:
        return place
    kind, _, _ = place.partition(":")
    table = next((one for one in SHEETS.values() if one.kind == kind), None)
    if table is None or not any(row.part_key == place for row in report.rows.of(kind)):
        raise Http404(place)
    found = next((one for one in SHEETS.values() for row in one.rows(report.rows) if row.part_key == place), table)
    return found.section


@require_safe
def fishbone(request: Any, number: str) -> HttpResponse:
    """The fishbone as a picture of its own; Http404 while there is none."""
    drawn = ProblemReport(problem_for(request.user, number)).fishbone
    if drawn is None:
        raise Http404(number)
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
