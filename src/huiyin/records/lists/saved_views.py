"""Saved views of a list page: filters, columns and order under a name, one's own or for everybody."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse

from huiyin.database.compiled import CompiledQuery
from huiyin.kernel.text import t
from huiyin.people.models import SavedView
from huiyin.records.lists.request import ListRequest
from huiyin.records.search.grams import storable
from huiyin.records.steps.refusals import Refused
from huiyin.ui.components import Tab
from huiyin.ui.htmx import redirect_with_message

MAX_VIEWS = 40
LONGEST_NAME, LONGEST_QUERY = 60, 2000
_seen = CompiledQuery(
    lambda person, key: SavedView.objects.filter(Q(person_id=person) | Q(shared=True), list_key=key).order_by(
        "name", "pk"
    ),
    int,
    str,
)


def tabs(key: str, wanted: ListRequest, request: Any) -> dict[str, Any]:
    """The views of a list as tabs (none when there are none), and the one that is open if the reader may delete it."""
    rows = _seen(request.user.pk, key)
    query = wanted.query()
    open_one = next((row for row in rows if row.query == query), None)
    every = Tab(t("全部", "All"), wanted.path, active=not query)
    made = [Tab(row.name, f"{wanted.path}?{row.query}", active=row is open_one) for row in rows]
    mine = open_one is not None and (open_one.person_id == request.user.pk or request.user.is_administrator)
    return {
        "tabs": [every, *made] if made else [],
        "deletable": open_one if mine else None,
        "can_save": bool(query),
    }


def save(key: str, wanted: ListRequest, request: Any) -> HttpResponse:
    """Keep what the page shows now under a name; the same name again replaces it."""
    name = " ".join(storable(request.POST.get("name", "")).split())[:LONGEST_NAME]
    query = wanted.query()
    if not name:
        raise Refused([t("请给视图起个名字", "Give the view a name")])
    if len(query) > LONGEST_QUERY:
        raise Refused([t("筛选条件太长，存不下", "The filters are too long to be kept")])
    own = SavedView.objects.filter(person=request.user, list_key=key)
    if own.exclude(name=name).count() >= MAX_VIEWS:
        raise Refused([t("每个列表最多 {n} 个视图", "A list has at most {n} views of one person", n=MAX_VIEWS)])
    SavedView.objects.update_or_create(
        person=request.user,
        list_key=key,
        name=name,
        defaults={"query": query, "shared": request.POST.get("shared") == "1"},
    )
    return redirect_with_message(
        request, wanted.url(), t("视图“{name}”已保存", "The view “{name}” is saved", name=name)
    )


def delete(key: str, wanted: ListRequest, request: Any) -> HttpResponse:
    """Delete a view of one's own; an administrator any."""
    typed = request.POST.get("view", "")
    rows = SavedView.objects.filter(list_key=key, pk=int(typed) if typed.isdecimal() and len(typed) < 12 else 0)
    if not request.user.is_administrator:
        rows = rows.filter(person=request.user)
    if not rows.delete()[0]:
        raise Http404(typed)
    return redirect_with_message(request, wanted.path, t("视图已删除", "The view is deleted"))
