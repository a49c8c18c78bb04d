"""The one mechanism of list pages: a room declares columns and filters.

Address, paging, counts, views, export come from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from markupsafe import Markup

from huiyin.kernel.text import Text, t
from huiyin.records.lists import cells, export, keyset, saved_views
from huiyin.records.lists import filter_bar as filterbar
from huiyin.records.lists import query as question
from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.filters import (
    AppliedFilter,
    ChoiceFilter,
    DateRangeFilter,
    DepartmentFilter,
    ListFilter,
    PersonFilter,
    SearchFilter,
    TextFilter,
    YesNoFilter,
)
from huiyin.records.lists.keyset import SortOrder
from huiyin.records.lists.request import SIZES, ListRequest
from huiyin.records.steps.conditions import opening_refusals
from huiyin.ui import python_components
from huiyin.ui.htmx import render
from huiyin.ui.language import fixed_language
from huiyin.ui.language import language as language_of_page

__all__ = [
    "ChoiceFilter",
    "DateRangeFilter",
    "DepartmentFilter",
    "ListColumn",
    "ListPage",
    "PersonFilter",
    "SearchFilter",
    "TextFilter",
    "YesNoFilter",
]


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A list page, declared. ``rows(request)`` gives what the reader may see; everything else narrows it down.

    ``order`` is a path such as ``-received_at`` with an index under it. ``creates`` is a label and the name of an
    address, shown to those who may take the step ``opens`` (``kind.verb``). ``steady``: ``rows`` asks of the request
    nothing but the reader's standing.
    """

    key: str
    title: Text
    rows: Callable[[Any], QuerySet[Any]]
    columns: Sequence[ListColumn]
    filters: Sequence[ListFilter] = ()
    order: str = "-pk"
    creates: tuple[Text, str] | None = None
    opens: str = ""
    empty: tuple[Text, Text] = field(
        default_factory=lambda: (
            t("这里还没有记录", "Nothing here yet"),
            t("有了记录就列在这里。", "Records will be listed here."),
        )
    )
    steady: bool = False
    template: str = "records/list.html"
    context: Callable[[Any], dict[str, Any]] | None = None

    @property
    def query_key(self) -> str:
        """Under which the SQL of the list is kept."""
        return self.key

    def respond(self, request: Any) -> HttpResponse:
        """The page, or what a form on it asks for: an export, a view to save or to delete."""
        if request.method == "POST":
            return self._act(request)
        with fixed_language():
            return render(request, self.template, self.shown(request), block="results")

    def _act(self, request: Any) -> HttpResponse:
        wanted = self.wanted(request)
        match request.POST.get("do"):
            case "export":
                return cast(HttpResponse, export.respond(self, wanted, request))  # streamed or whole
            case "save-view":
                return saved_views.save(self.key, wanted, request)
            case "delete-view":
                return saved_views.delete(self.key, wanted, request)
        raise Http404

    def wanted(self, request: Any) -> ListRequest:
        """What the address asks for; whatever it holds, a page can be shown."""
        params = request.GET
        columns, columns_chosen = self._columns(params)
        size = params.get("size", "")
        chosen = {one.key: got for one in self.filters if (got := one.read(params, request)) is not None}
        sort, order = self._order(params.get("sort", ""), chosen)
        wanted = ListRequest(
            path=request.path,
            columns=columns,
            order=order,
            sort=sort,
            chosen=chosen,
            size=int(size) if size in map(str, SIZES) else SIZES[0],
            columns_chosen=columns_chosen,
            exactly=params.get("count") == "all",
            totals=params.get("totals") == "1",
            editing=params.get("edit") == "filters",
        )
        for name, back in (("after", False), ("before", True)):
            if params.get(name):
                wanted.place = keyset.parse_cursor(params[name], self.rows(request), order, back=back)
        steady = all(one.is_steady for one in self.filters if one.key in chosen)
        wanted.is_steady = self.steady and steady and wanted.place is None
        return wanted

    def _columns(self, params: QueryDict) -> tuple[list[ListColumn], bool]:
        asked = [one for value in params.getlist("cols")[:60] for one in value[:1000].split(",")]
        known = {column.key: column for column in self.columns}
        chosen = [known[key] for key in dict.fromkeys(asked) if key in known]
        usual = [column for column in self.columns if column.default]
        return (chosen, chosen != usual) if chosen else (usual, False)

    def _order(self, asked: str, chosen: Mapping[str, AppliedFilter]) -> tuple[str, SortOrder]:
        """The column asked for and the order it means; for anything else that of a filter that leads, or the page's."""
        kept = (
            one for one in self.filters if one.leads and one.key in chosen and chosen[one.key].condition is not None
        )
        leading = next((SortOrder(one.path, descending=True) for one in kept), None)
        usual = leading or SortOrder.of(self.order)
        paths = {column.key: column.sort for column in self.columns if column.sort}
        path = paths.get(asked.removeprefix("-"))
        if path is None:
            return "", usual
        order = SortOrder(path, asked.startswith("-"))
        return ("", order) if order == usual else (asked, order)

    def kept(self, request: Any, wanted: ListRequest) -> QuerySet[Any]:
        """The rows that pass every filter, in no order yet."""
        rows = self.rows(request)
        for one in wanted.chosen.values():
            if one.condition is not None:
                rows = rows.filter(one.condition)
        return rows

    def shown(self, request: Any) -> dict[str, Any]:
        """Everything the template shows; three queries: rows, count, saved views."""
        wanted, language = self.wanted(request), language_of_page()
        if wanted.is_steady:
            asked = question.cached_query(self.query_key, wanted, request.user, lambda: self.kept(request, wanted))
        else:
            asked = question.ListQuery(self.kept(request, wanted), wanted)
        portion = asked.portion(wanted)
        count, most = self._count(asked, wanted, portion)
        first, last = (portion.rows[0], portion.rows[-1]) if portion.rows else (None, None)
        views = saved_views.tabs(self.key, wanted, request)
        return {
            "page": self,
            "wanted": wanted,
            "rows": portion.rows,
            "lines": list(map(cells.row_renderer(wanted.columns, language, request.at), portion.rows)),
            "heads": [self._head(column, wanted) for column in wanted.columns],
            "count": count,
            "capped": most is not None,
            "most": most,
            "earlier": wanted.url(("after", keyset.cursor_token(last, wanted.order)))
            if portion.more_after and last
            else None,
            "later": wanted.url(("before", keyset.cursor_token(first, wanted.order)))
            if portion.more_before and first
            else None,
            "bar": filterbar.bar(self.filters, wanted, request),
            "words": next((one for one in self.filters if isinstance(one, SearchFilter)), None),
            "form": filterbar.form(self.filters, wanted, request) if wanted.editing else None,
            "hidden": filterbar.hidden_parameters(self.filters, wanted),
            "create_url": reverse(self.creates[1]) if self.creates and self._may_create(request) else None,
            "totals": self._totals(self.kept(request, wanted), wanted) if wanted.totals else None,
            "views": views,
            "sizes": SIZES,
            "export_most": export.MAX_ROWS,
            **(self.context(request) if self.context else {}),
        }

    @staticmethod
    def _count(asked: question.ListQuery, wanted: ListRequest, portion: keyset.ResultPage) -> tuple[int, int | None]:
        """How many rows there are, and where counting stopped early:
        at COUNTED, or at the rows shown if a filter is wide.
        """
        if wanted.place is None and not portion.more_after:
            return len(portion.rows), None
        if wanted.exactly:
            return asked.count_all(), None
        if any(one.is_wide for one in wanted.chosen.values()):
            return wanted.size, wanted.size
        count = asked.count()
        return count, question.COUNTED if count > question.COUNTED else None

    def _head(self, column: ListColumn, wanted: ListRequest) -> Markup:
        """The head of a column; a link that sorts by it where it can be sorted."""
        if not column.sort:
            return python_components.column(column.label, number=column.is_number, narrow=column.is_narrow)
        current = wanted.order.path == column.sort
        now = ("desc" if wanted.order.descending else "asc") if current else None
        turned = f"-{column.key}" if now == "asc" or (now is None and column.kind in ("moment", "day")) else column.key
        return python_components.column(
            column.label,
            number=column.is_number,
            narrow=column.is_narrow,
            sort=wanted.url(("sort", turned), drop="sort"),
            order=now,
        )

    def _may_create(self, request: Any) -> bool:
        return not self.opens or not opening_refusals(self.opens, request.user, request.procedure)

    def _totals(self, rows: QuerySet[Any], wanted: ListRequest) -> dict[str, Any]:
        sums = {c.key: Sum(c.sort) for c in wanted.columns if c.total and c.sort}
        found = rows.order_by().aggregate(**{f"total_{key}": value for key, value in sums.items()}) if sums else {}
        kinds = {column.key: column.kind for column in wanted.columns}
        return {key: cells.as_words(found[f"total_{key}"], kinds[key], language_of_page()) for key in sums}

    @property
    def can_total(self) -> bool:
        """Whether any column adds up."""
        return any(column.total for column in self.columns)
