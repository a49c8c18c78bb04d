"""Pages of the knowledge base: all articles that hold, searched by words; those that fit what is being typed."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from huiyin.registers.kinds import DataKind
from huiyin.registers.knowledge import knowledge
from huiyin.ui.htmx import render

A_PAGE = 20
LONGEST = 100


@require_safe
def listing(request: Any) -> HttpResponse:
    """The articles that hold, newest first; with ``q`` those in which all its words stand."""
    kind = _kind(request)
    asked = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    rows = knowledge.with_words(knowledge.holding(kind, request.user), kind, asked)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "asked": asked,
        "articles": knowledge.articles(page.object_list, kind),
        "page": page,
        "total": page.paginator.count,
        "newer": _address(asked, page.number - 1) if page.has_previous() else None,
        "older": _address(asked, page.number + 1) if page.has_next() else None,
        "openings": kind.openings_for(request.user),
    }
    return render(request, "registers/knowledge.html", context, block="results")


@require_safe
def beside(request: Any) -> HttpResponse:
    """The articles that fit the words typed into a form, whatever its fields are called."""
    kind = _kind(request)
    typed = "\n".join(value for _, values in request.GET.lists() for value in values).replace("\x00", "").strip()
    found = knowledge.fitting(kind, request.user, typed) if len(typed) > 1 else []
    context = {"articles": knowledge.articles(found, kind), "typed": bool(typed), "kind": kind}
    return render(request, "registers/knowledge_beside.html", context)


def _address(asked: str, page: int) -> str:
    return "/knowledge/?" + urlencode({**({"q": asked} if asked else {}), "page": str(page)})


def _kind(request: Any) -> DataKind:
    """The kind of the knowledge base; Http404 for who may not read it, and where the procedure has none."""
    kind = knowledge.knowledge_kind(request.procedure)
    if kind is None or not knowledge.may_read(request.user, request.procedure):
        raise Http404("knowledge")
    return kind
