"""Pages of imports: upload, match the columns, see what is wrong in place, start, follow, undo."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.channels.imports import runs, store, undo
from huiyin.channels.imports.access import importer_for, kinds_for, run_for, runs_for
from huiyin.channels.imports.forms import PREFIX, MatchForm, UploadForm
from huiyin.channels.imports.importer import ImportFault, importer_of
from huiyin.channels.models import ImportRun
from huiyin.channels.spreadsheets import UnreadableFile
from huiyin.kernel.text import Text, t
from huiyin.records.print.spreadsheet import ColumnHeading, csv_text, workbook
from huiyin.ui.htmx import redirect_with_message, render

RUNS_SHOWN = 50
FAULTS_SHOWN = 200
SAMPLES = 3
PREVIEW = 10
LARGE = 5000
ROWS_A_SECOND = 2000  # written with journal and search index; measured on two slow cores
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

STATES: dict[str, tuple[Text, str]] = {
    ImportRun.UPLOADED: (t("待核对列", "Columns to be matched"), "accent"),
    ImportRun.FAULTY: (t("有误", "Faulty"), "bad"),
    ImportRun.READY: (t("可以导入", "Ready"), "accent"),
    ImportRun.WAITING: (t("正在导入", "Under way"), "accent"),
    ImportRun.DONE: (t("已导入", "Imported"), "good"),
    ImportRun.FAILED: (t("没有成功", "Failed"), "bad"),
    ImportRun.UNDONE: (t("已撤销", "Undone"), "neutral"),
}


def _found(request: Any, pk: int) -> ImportRun:
    return run_for(request.user, pk, request.procedure, at=request.at)


@require_http_methods(["GET", "POST"])
def imports(request: Any) -> HttpResponse:
    """All runs, and the form for a new one."""
    kinds = kinds_for(request.user, request.procedure, at=request.at)
    mine = [each for each, reasons in kinds if not reasons]
    form = UploadForm(request.POST or None, request.FILES or None, initial={"kind": mine[0].key if mine else ""})
    form.add_choices("kind", [(each.key, each.label) for each in mine])
    if mine and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = runs.upload(
                form.cleaned_data["kind"],
                upload.name,
                upload.chunks(),
                procedure_id=request.version,
                actor=request.user,
                at=request.at,
            )
        except UnreadableFile as refusal:
            form.refuse_field("file", refusal.reason)
        else:
            return redirect_with_message(request, reverse("import_run", args=[run.pk]))
    context = {
        "form": form,
        "kinds": mine,
        "reasons": [] if mine else [reason for _, against in kinds for reason in against][:1],
        "runs": runs_for(request.user, request.procedure, at=request.at)[:RUNS_SHOWN],
        "states": STATES,
        "label": {each.key: each.label for each, _ in kinds},
    }
    return render(request, "channels/imports/imports.html", context, status=422 if form.is_bound else 200)


@require_safe
def detail(request: Any, pk: int) -> HttpResponse:
    """One run as it stands."""
    return _page(request, _found(request, pk), None)


@require_POST
def matching(request: Any, pk: int) -> HttpResponse:
    """Match the columns as the person says, and check every row."""
    run = _found(request, pk)
    form = _match_form(run, request.procedure, request.POST)
    if form.is_valid():
        runs.match(run, form.matched(), int(form.cleaned_data["header_row"]))
        return redirect_with_message(request, reverse("import_run", args=[pk]))
    return _page(request, run, form, status=422)


@require_POST
def start(request: Any, pk: int) -> HttpResponse:
    """Hand the run to the worker."""
    run = _found(request, pk)
    runs.start(run, actor=request.user, at=request.at)
    return redirect_with_message(request, reverse("import_run", args=[pk]))


@require_POST
def take_back(request: Any, pk: int) -> HttpResponse:
    """Undo the run as a whole."""
    run = undo.undo(_found(request, pk), actor=request.user, at=request.at)
    said = t("已撤销：{n} 行都已移除", "Undone: all {n} rows are removed", n=run.rows)
    return redirect_with_message(request, reverse("import_run", args=[pk]), said)


@require_safe
def progress(request: Any, pk: int) -> HttpResponse:
    """How far the run is; sends the reader to the result when it is over."""
    run = _found(request, pk)
    if not run.moves:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("import_run", args=[pk])
        return answer if request.headers.get("HX-Request") else redirect(answer["HX-Redirect"])
    return render(request, "channels/imports/progress.html", {"run": run, "progress": store.progress_of(pk)})


@require_safe
def faults(request: Any, pk: int, suffix: str) -> HttpResponse:
    """The faulty rows as a sheet, each with what is wrong with it, to be mended and imported again."""
    run = _found(request, pk)
    if run.state != ImportRun.FAULTY or suffix not in ("xlsx", "csv"):
        raise Http404(suffix)
    language = request.user.language
    head, rows = runs.faulty_rows(run, language)
    own = [t("行号", "Row").show(language), t("问题", "What is wrong").show(language)]
    name = t("待改 {file}", "To be mended {file}", file=run.file_name.rpartition(".")[0] or run.file_name).show(
        language
    )
    return _sheet(request, name, [*own, *head], rows, suffix)


@require_safe
def blank(request: Any, kind: str) -> HttpResponse:
    """An empty sheet with every column that is understood and one row of examples."""
    importer = importer_for(request.user, kind, request.procedure, at=request.at)
    language = request.user.language
    columns, rows = runs.blank_sheet(kind, importer.columns(request.procedure))
    heads = [column.label.show(language) + ("*" if column.required else "") for column in columns]
    return _sheet(request, importer.label.show(language), heads, rows, "xlsx")


def _sheet(request: Any, name: str, heads: list[str], rows: list[list[str]], suffix: str) -> HttpResponse:
    headings = [ColumnHeading(head) for head in heads]
    language = "en" if request.user.language.startswith("en") else "zh"
    zone = request.procedure.zone
    if suffix == "csv":
        answer = HttpResponse(
            csv_text(headings, rows, zone=zone, language=language), content_type="text/csv; charset=utf-8"
        )
    else:
        book = workbook(name, headings, rows, zone=zone, at=request.at, language=language)
        answer = HttpResponse(book, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{suffix}"
    return answer


def _match_form(run: ImportRun, procedure: Any, data: Any = None) -> MatchForm:
    columns = importer_of(run.kind).columns(procedure)
    sheet = runs.sample(run, SAMPLES, head=True)
    width = max((len(row) for row in sheet), default=0)
    heads = [*(sheet[0] if sheet else []), *[""] * width][:width]
    chosen = {f"{PREFIX}{index}": key for key, index in run.columns.items()}
    return MatchForm(data, columns=columns, headings=heads, initial={"header_row": run.header_row, **chosen})


def _page(request: Any, run: ImportRun, form: MatchForm | None, *, status: int = 200) -> HttpResponse:
    importer = importer_of(run.kind)
    columns = importer.columns(request.procedure)
    open_ = run.state in (ImportRun.UPLOADED, ImportRun.FAULTY, ImportRun.READY, ImportRun.FAILED)
    context: dict[str, Any] = {
        "run": run,
        "label": importer.label,
        "state": STATES[run.state],
        "errors": [ImportFault.from_json(each) for each in run.errors[:FAULTS_SHOWN]],
        "columns": {column.key: column.label for column in columns},
        "form": None,
        "progress": store.progress_of(run.pk),
    }
    if open_:
        form = form or _match_form(run, request.procedure)
        sample = runs.sample(run, max(SAMPLES, PREVIEW))
        shown = [column for column in columns if column.key in run.columns]
        context |= {
            "form": form,
            "seconds": _others_wait(run),
            "fields": [
                (form[name], _samples(sample, int(name.removeprefix(PREFIX))))
                for name in form.fields
                if name.startswith(PREFIX)
            ],
            "shown": shown,
            "preview": [
                [_cell(row, run.columns[column.key]) for column in shown] for row in sample[:PREVIEW] if any(row)
            ],
        }
    return render(request, "channels/imports/run.html", context, status=status)


def _others_wait(run: ImportRun) -> int:
    """For how many seconds others cannot save while a large run is written; 0 where that does not matter."""
    if connection.vendor != "sqlite" or run.rows < LARGE:
        return 0
    return run.rows // ROWS_A_SECOND + 1


def _cell(row: list[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def _samples(rows: list[list[str]], index: int) -> list[str]:
    found = [_cell(row, index)[:40] for row in rows]
    return [text for text in found if text][:SAMPLES]
