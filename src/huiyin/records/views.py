"""Pages of what every record has: opening and adding files, leaving comments, searching."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from huiyin.journal.record_urls import kind_name, record_url, subject_label
from huiyin.kernel.text import t
from huiyin.records.access import record_for, record_under
from huiyin.records.comments import comment
from huiyin.records.files import files, sniff
from huiyin.records.models import Attachment
from huiyin.records.search import search, suggestions
from huiyin.records.signatures import sign
from huiyin.records.steps.refusals import AlreadyDone, Refused
from huiyin.ui.components import Tab
from huiyin.ui.htmx import redirect_with_message, render, wants_fragment

FOUND = 30
# Nothing in a stored file may run, load or send anything, whatever a browser takes it for.
SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def _file_for(person: Any, pk: int) -> tuple[Any, Attachment]:
    """A file and its record, if the person may see the record now and the file still stands on it."""
    row = Attachment.objects.filter(pk=pk, removed_at=None).first()
    if row is None:
        raise Http404(pk)
    return record_under(person, row), row


@require_safe
def file(request: Any, pk: int, name: str) -> HttpResponseBase:
    """The bytes of a file; pictures and PDF are shown, everything else is saved."""
    record, row = _file_for(request.user, pk)
    etag = f'"{row.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    try:
        blob = files.open_blob(row)
    except files.MissingBlob:
        return _missing(request, record, row)
    shown = any(kind.mime == row.mime and kind.shown for kind in sniff.TYPES.values())
    return _guarded(FileResponse(blob, content_type=row.mime), etag, shown=shown, name=row.name)


@require_safe
def file_preview(request: Any, pk: int) -> HttpResponseBase:
    """A small copy of a picture; ``?size=large`` for the whole window."""
    record, row = _file_for(request.user, pk)
    size = request.GET.get("size", "small")
    if size not in files.previews.SIZES:
        raise Http404(size)
    etag = f'"{row.sha256}-{size}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    try:
        place = files.preview(row, size)
    except files.MissingBlob:
        return _missing(request, record, row)
    if place is None:
        raise Http404(pk)
    name = f"{row.name.rpartition('.')[0]}.webp"
    return _guarded(FileResponse(place.open("rb"), content_type="image/webp"), etag, shown=True, name=name)


def _guarded(response: FileResponse, etag: str, *, shown: bool, name: str) -> HttpResponseBase:
    """Asked for again each time, so that who lost the right to see it no longer does; harmless whatever it holds."""
    response["Content-Disposition"] = str(content_disposition_header(not shown, name))
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _missing(request: Any, record: Any, row: Attachment) -> HttpResponse:
    context = {"record": record, "file": row, "back": record_url(row.kind, record.number)}
    return render(request, "records/missing_file.html", context, status=404)


@require_POST
def file_attach(request: Any, kind: str, number: str) -> HttpResponse:
    """Put the chosen files on a record."""
    record = record_for(request.user, kind, number)
    uploads = request.FILES.getlist("files")
    if not uploads:
        raise Refused([t("请先选择文件", "Choose a file first")])
    added = files.attach_all(record, uploads, actor=request.user, at=request.at)
    return redirect_with_message(
        request, f"{record_url(kind, number)}#files", t("已添加 {n} 个文件", "{n} files added", n=len(added))
    )


@require_POST
def file_remove(request: Any, pk: int) -> HttpResponse:
    """Take a file off its record."""
    record, row = _file_for(request.user, pk)
    files.remove_file(record, row, actor=request.user, at=request.at)
    return redirect_with_message(
        request, f"{record_url(row.kind, record.number)}#files", t("文件已去掉", "The file is taken off")
    )


@require_POST
def comment_add(request: Any, kind: str, number: str) -> HttpResponse:
    """Leave a comment on a record."""
    record = record_for(request.user, kind, number)
    page = f"{record_url(kind, number)}#comments"
    try:
        comment(
            record,
            request.POST.get("text", ""),
            actor=request.user,
            at=request.at,
            submission=_token(request.POST.get("submission", "")),
        )
    except AlreadyDone:
        return HttpResponseRedirect(page)
    return redirect_with_message(request, page, t("已留言", "Comment added"))


@require_POST
def signature_add(request: Any, kind: str, number: str) -> HttpResponse:
    """Sign a record as it stands, in one of the functions the person holds."""
    record = record_for(request.user, kind, number)
    role = request.POST.get("role", "")
    if role not in request.user.functions():
        raise Refused([t("请选择以什么身份签字", "Choose in which function you sign")])
    page = f"{record_url(kind, number)}#signatures"
    try:
        sign(
            record,
            role,
            actor=request.user,
            at=request.at,
            statement=request.POST.get("statement", "").strip(),
            submission=_token(request.POST.get("submission", "")),
        )
    except AlreadyDone:
        return HttpResponseRedirect(page)
    return redirect_with_message(request, page, t("已签字", "Signed"))


def _token(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@require_safe
def search_page(request: Any) -> HttpResponse:
    """Everything in which the words stand; a number leads straight to its record."""
    text = request.GET.get("q", "")[:200]
    kind = request.GET.get("kind", "")
    hits = search.search(request.user, text, kinds=[kind] if kind else None, limit=FOUND + 1)
    if (page := suggestions.the_one(hits, text)) and not wants_fragment(request):
        return HttpResponseRedirect(page)
    also = [] if kind else suggestions.others(request.user, text, {record_url(h.kind, h.number) for h in hits})
    groups: dict[str, list[tuple[str, search.SearchHit]]] = {}
    for hit in hits[:FOUND]:
        groups.setdefault(hit.kind, []).append((record_url(hit.kind, hit.number), hit))
    kinds = [kind] if kind else list(groups)
    context = {
        "text": text,
        "groups": [(kind_name(key, request.procedure), found) for key, found in groups.items()],
        "tabs": [
            Tab(t("全部", "All"), f"?{urlencode({'q': text})}", active=not kind),
            *(
                Tab(
                    kind_name(key, request.procedure),
                    f"?{urlencode({'q': text, 'kind': key})}",
                    active=key == kind,
                )
                for key in kinds
            ),
        ],
        "also": also,
        "more": len(hits) > FOUND,
        "most": FOUND,
        "subject_said": partial(subject_label, procedure=request.procedure),
    }
    return render(request, "records/search.html", context, block="results")


@require_safe
def suggest(request: Any) -> HttpResponse:
    """A few things to open while somebody types, as a list of links."""
    text = request.GET.get("q", "")[:200]
    found = suggestions.suggestions(request.user, text, procedure=request.procedure)
    return render(request, "records/suggest.html", {"found": found, "text": text})
