"""Paging by place instead of by count: the next page begins after the last row shown,
however many rows lie before it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

LONGEST = 400
ALIAS = "listing_place"


@dataclass(frozen=True, slots=True)
class SortOrder:
    """By which column rows stand, and which way; rows that are equal in it stand by their id, the same way."""

    path: str
    descending: bool = False

    @classmethod
    def of(cls, text: str) -> SortOrder:
        """``-received_at`` and the like."""
        return cls(text.removeprefix("-"), text.startswith("-"))

    @property
    def is_by_id(self) -> bool:
        """Whether the id alone decides."""
        return self.path in ("pk", "id")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: beside the row with this value and id; ``back`` towards the rows before it."""

    value: Any
    pk: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of rows, and whether there are more on either side."""

    rows: list[Any]
    more_before: bool
    more_after: bool


def cursor_token(row: Any, order: SortOrder) -> str:
    """The row's place, as it stands in an address."""
    value = None if order.is_by_id else _value(row, order)
    packed = orjson.dumps([_plain(value), row.pk])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def parse_cursor(token: str, rows: QuerySet[Any], order: SortOrder, *, back: bool) -> Cursor | None:
    """The place a token means in these rows; None when it is not one of ours."""
    try:
        packed = base64.urlsafe_b64decode(token[:LONGEST] + "=" * (-len(token[:LONGEST]) % 4))
        value, pk = orjson.loads(packed)
        if not isinstance(pk, int) or isinstance(pk, bool) or abs(pk) >= 1 << 63 or isinstance(value, list | dict):
            return None
        if order.is_by_id or value is None:
            return Cursor(None, pk, back)
        place = Cursor(value, pk, back)
        rows.filter(_beyond(order, place))  # refuses what is no value of the column
        return place
    except (ValueError, TypeError, binascii.Error, ValidationError, OverflowError, ArithmeticError):
        return None


def read_page(rows: QuerySet[Any], order: SortOrder, place: Cursor | None, size: int) -> ResultPage:
    """``size`` rows from ``place`` on."""
    return page_of(read(page_queries(rows, order, place, size), size), place, size)


def page_queries(rows: QuerySet[Any], order: SortOrder, place: Cursor | None, size: int) -> list[QuerySet[Any]]:
    """The queries for ``size`` rows from ``place`` on, and one more that tells whether there are more.

    Where the column may be empty rows without a value are asked apart, behind all others: no index has a column's
    values in order with nothing last on both databases and both ways.
    """
    back = place is not None and place.back
    way = SortOrder(order.path, order.descending != back)
    if "__" in order.path:
        rows = rows.annotate(**{ALIAS: F(order.path)})
    if order.is_by_id or not _can_be_empty(rows, order.path):
        found = [rows if place is None else rows.filter(_beyond(way, place))]
    else:
        having, lacking = (rows.filter(**{f"{order.path}__isnull": empty}) for empty in (False, True))
        if place is None:
            found = [having, lacking]
        elif place.value is None:
            beyond = lacking.filter(_beyond(SortOrder("pk", way.descending), place))
            found = [beyond, having] if back else [beyond]
        else:
            beyond = having.filter(_beyond(way, place))
            found = [beyond] if back else [beyond, lacking]
    return [one.order_by(*_terms(way))[: size + 1] for one in found]


def read(queries: Iterable[Iterable[Any]], size: int) -> list[Any]:
    """The rows of a page from its queries, the later ones only asked where the earlier do not fill it."""
    found: list[Any] = []
    for query in queries:
        found += query
        if len(found) > size:
            break
    return found[: size + 1]


def page_of(found: list[Any], place: Cursor | None, size: int) -> ResultPage:
    """The page that the rows ``asked`` for make."""
    more = len(found) > size
    found = found[:size]
    if place is not None and place.back:
        found.reverse()
        return ResultPage(found, more_before=more, more_after=True)
    return ResultPage(found, more_before=place is not None, more_after=more)


def in_order(rows: QuerySet[Any], order: SortOrder) -> QuerySet[Any]:
    """All rows in their order, those without a value last."""
    nullable = not order.is_by_id and _can_be_empty(rows, order.path)
    return rows.order_by(*_terms(order, nulls_last=nullable))


def _terms(order: SortOrder, *, nulls_last: bool = False) -> list[Any]:
    by_id = "-pk" if order.descending else "pk"
    if order.is_by_id:
        return [by_id]
    last: dict[str, bool] = {"nulls_last": True} if nulls_last else {}
    return [OrderBy(F(order.path), descending=order.descending, **last), by_id]


def _beyond(way: SortOrder, place: Cursor) -> Q:
    """Rows that come after the place, going ``way``."""
    than = "lt" if way.descending else "gt"
    after_id = Q(**{f"pk__{than}": place.pk})
    if way.is_by_id:
        return after_id
    # Written so that an index on the column bounds the search; the id decides among equals.
    return Q(**{f"{way.path}__{than}e": place.value}) & (Q(**{f"{way.path}__{than}": place.value}) | after_id)


def _can_be_empty(rows: QuerySet[Any], path: str) -> bool:
    """Whether there may be nothing behind a path; of what a query adds to its rows that is not known."""
    model: Any = rows.model
    for part in path.split("__"):
        try:
            column = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if getattr(column, "null", True):
            return True
        model = column.related_model
    return False


def _value(row: Any, order: SortOrder) -> Any:
    return getattr(row, ALIAS) if "__" in order.path else getattr(row, order.path)


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value
