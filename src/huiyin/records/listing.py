"""The one mechanism of list pages: a room declares columns and filters; address, paging, counts, views, export come from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse

from huiyin.kernel.text import Text, t
from huiyin.records import export, filterbar, keyset, saved_views
from huiyin.records.filters import (
    ChoiceFilter,
    Chosen,
    DateRangeFilter,
    DepartmentFilter,
    Filter,
    PersonFilter,
    TextFilter,
    WordsFilter,
    YesNoFilter,
)
from huiyin.records.keyset import Order, Place
from huiyin.ui.htmx import render

__all__ = [
    "ChoiceFilter", "Column", "DateRangeFilter", "DepartmentFilter", "ListPage", "PersonFilter", "TextFilter",
    "WordsFilter", "YesNoFilter",
]  # fmt: skip

SIZES = (25, 50, 100)
COUNTED = 1000
KINDS = frozenset(
    {"text", "number", "money", "quantity", "moment", "day", "due", "phase", "person", "yesno", "badge"}
)
NUMERIC = frozenset({"number", "money", "quantity"})
SHORT = frozenset({"moment", "day", "due", "person", "yesno", "badge"})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: ``value`` is an attribute path (``customer.name``) or a function of the row; ``sort`` a path for ORDER BY.

    ``kind`` says how it is shown and exported. What a ``phase`` column's value gives: ``(phase, label)``; a ``due`` one's: the
    moment, or ``(moment, done, paused)``; a ``badge`` one's: the words, or ``(words, tone)``. ``main`` columns take a line of their
    own on a telephone.
    """

    key: str
    label: Text
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    sort: str = ""
    link: Callable[[Any], str | None] | None = None
    default: bool = True
    main: bool = False
    narrow: bool = False
    total: bool = False
    number_format: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind in NUMERIC

    @property
    def is_narrow(self) -> bool:
        """Whether its cells stay on one line."""
        return self.narrow or self.kind in SHORT

    def read(self, row: Any) -> Any:
        """The value of one row."""
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = getattr(row, name) if row is not None else None
        return row


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it is shown."""

    column: Column
    value: Any
    href: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown."""

    row: Any
    cells: tuple[Cell, ...]


@dataclass
class Wanted:
    """What an address asks of a list page, understood; what was not understood is told in ``problems``."""

    path: str
    columns: list[Column]
    order: Order
    sort: str = ""
    chosen: dict[str, Chosen] = field(default_factory=dict)
    size: int = SIZES[0]
    columns_chosen: bool = False
    place: Place | None = None
    exactly: bool = False
    totals: bool = False
    editing: bool = False

    def pairs(self, *, without: str = "", only_good: bool = False) -> list[tuple[str, str]]:
        """The parameters that say what is kept, shown and in which order; ``without`` a filter's key."""
        found = [
            pair
            for key, one in self.chosen.items()
            if key != without and not (only_good and one.problem)
            for pair in one.params
        ]
        if self.sort:
            found.append(("sort", self.sort))
        if self.columns_chosen:
            found.append(("cols", ",".join(column.key for column in self.columns)))
        if self.size != SIZES[0]:
            found.append(("size", str(self.size)))
        return found

    def url(self, *more: tuple[str, str], without: str = "", drop: str = "") -> str:
        """This page with further parameters, without a filter, or without the parameter ``drop``."""
        query = QueryDict(mutable=True)
        for key, value in [*(p for p in self.pairs(without=without) if p[0] != drop), *more]:
            query.appendlist(key, value)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def query(self) -> str:
        """What a saved view keeps."""
        query = QueryDict(mutable=True)
        for key, value in self.pairs(only_good=True):
            query.appendlist(key, value)
        return query.urlencode()


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A list page, declared. ``rows(request)`` gives what the reader may see; everything else narrows it down.

    ``order`` is a path such as ``-received_at`` with an index under it. ``creates`` is a label and the name of an address.
    """

    key: str
    title: Text
    rows: Callable[[Any], QuerySet[Any]]
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    order: str = "-pk"
    creates: tuple[Text, str] | None = None
    empty: tuple[Text, Text] = field(
        default_factory=lambda: (
            t("这里还没有记录", "Nothing here yet"),
            t("有了记录就列在这里。", "Records will be listed here."),
        )
    )
    template: str = "records/list.html"
    context: Callable[[Any], dict[str, Any]] | None = None

    def respond(self, request: Any) -> HttpResponse:
        """The page, or what a form on it asks for: an export, a view to save or to delete."""
        if request.method == "POST":
            return self._act(request)
        if request.method not in ("GET", "HEAD"):
            raise Http404
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

    def wanted(self, request: Any) -> Wanted:
        """What the address asks for; whatever it holds, a page can be shown."""
        params = request.GET
        columns, columns_chosen = self._columns(params)
        sort, order = self._order(params.get("sort", ""))
        size = params.get("size", "")
        chosen = {one.key: got for one in self.filters if (got := one.read(params, request)) is not None}
        wanted = Wanted(
            path=request.path, columns=columns, order=order, sort=sort, chosen=chosen,
            size=int(size) if size in map(str, SIZES) else SIZES[0], columns_chosen=columns_chosen,
            exactly=params.get("count") == "all", totals=params.get("totals") == "1", editing=params.get("edit") == "filters",
        )  # fmt: skip
        for name, back in (("after", False), ("before", True)):
            if params.get(name):
                wanted.place = keyset.place_of(params[name], self.rows(request), order, back=back)
        return wanted

    def _columns(self, params: QueryDict) -> tuple[list[Column], bool]:
        asked = [one for value in params.getlist("cols")[:60] for one in value[:1000].split(",")]
        known = {column.key: column for column in self.columns}
        chosen = [known[key] for key in dict.fromkeys(asked) if key in known]
        usual = [column for column in self.columns if column.default]
        return (chosen, chosen != usual) if chosen else (usual, False)

    def _order(self, asked: str) -> tuple[str, Order]:
        """The column asked for and the order it means; the page's own for anything else."""
        paths = {column.key: column.sort for column in self.columns if column.sort}
        path = paths.get(asked.removeprefix("-"))
        if path is None:
            return "", Order.of(self.order)
        order = Order(path, asked.startswith("-"))
        return ("", order) if order == Order.of(self.order) else (asked, order)

    def kept(self, request: Any, wanted: Wanted) -> QuerySet[Any]:
        """The rows that pass every filter, in no order yet."""
        rows = self.rows(request)
        for one in wanted.chosen.values():
            if one.condition is not None:
                rows = rows.filter(one.condition)
        return rows

    def shown(self, request: Any) -> dict[str, Any]:
        """Everything the template shows; three queries: rows, count, saved views."""
        wanted = self.wanted(request)
        rows = self.kept(request, wanted)
        portion = keyset.portion(rows, wanted.order, wanted.place, wanted.size)
        whole = wanted.place is None and not portion.more_after
        count = len(portion.rows) if whole else self._count(rows, wanted)
        first, last = (portion.rows[0], portion.rows[-1]) if portion.rows else (None, None)
        views = saved_views.tabs(self.key, wanted, request)
        return {
            "page": self,
            "wanted": wanted,
            "lines": [self._line(row, wanted.columns) for row in portion.rows],
            "heads": [self._head(column, wanted) for column in wanted.columns],
            "count": count,
            "capped": count > COUNTED and not wanted.exactly,
            "most": COUNTED,
            "earlier": wanted.url(("after", keyset.token_of(last, wanted.order)))
            if portion.more_after and last
            else None,
            "later": wanted.url(("before", keyset.token_of(first, wanted.order)))
            if portion.more_before and first
            else None,
            "menus": filterbar.menus(self.filters, wanted, request),
            "chips": filterbar.chips(self.filters, wanted, request),
            "words": next((one for one in self.filters if isinstance(one, WordsFilter)), None),
            "form": filterbar.form(self.filters, wanted, request) if wanted.editing else None,
            "hidden": filterbar.beside_the_form(self.filters, wanted),
            "create_url": reverse(self.creates[1]) if self.creates else None,
            "totals": self._totals(rows, wanted) if wanted.totals else None,
            "views": views,
            "sizes": SIZES,
            "export_most": export.MOST,
            **(self.context(request) if self.context else {}),
        }

    def _count(self, rows: QuerySet[Any], wanted: Wanted) -> int:
        """How many rows there are; counting stops after COUNTED unless the reader asks for all."""
        ids = rows.order_by().values("pk")
        return ids.count() if wanted.exactly else ids[: COUNTED + 1].count()

    def _line(self, row: Any, columns: Sequence[Column]) -> Line:
        return Line(row, tuple(Cell(c, c.read(row), c.link(row) if c.link else None) for c in columns))

    def _head(self, column: Column, wanted: Wanted) -> tuple[Column, str | None, str | None]:
        """A column, the address that sorts by it, and how it is sorted now."""
        if not column.sort:
            return column, None, None
        current = wanted.order.path == column.sort
        now = ("desc" if wanted.order.descending else "asc") if current else None
        turned = (
            f"-{column.key}"
            if now == "asc" or (now is None and column.kind in ("moment", "day"))
            else column.key
        )
        return column, wanted.url(("sort", turned), drop="sort"), now

    def _totals(self, rows: QuerySet[Any], wanted: Wanted) -> dict[str, Any]:
        sums = {c.key: Sum(c.sort) for c in wanted.columns if c.total and c.sort}
        found = (
            rows.order_by().aggregate(**{f"total_{key}": value for key, value in sums.items()})
            if sums
            else {}
        )
        return {key: found[f"total_{key}"] for key in sums}

    @property
    def can_total(self) -> bool:
        """Whether any column adds up."""
        return any(column.total for column in self.columns)
