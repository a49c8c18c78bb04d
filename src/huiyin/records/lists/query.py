"""What a list asks the database, written as SQL once for readers of equal standing who ask the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from huiyin.database.compiled import CompiledCount, CompiledQuery
from huiyin.kernel.bounded import BoundedCache
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.lists import keyset
from huiyin.records.lists.request import ListRequest

COUNTED = 1000
"""Rows are counted up to so many, unless all are asked for."""
MAX_QUERIES = 100
"""So many questions are kept; who asks another one anew makes the oldest forgotten."""

_made: BoundedCache[tuple[Any, ...], ListQuery] = BoundedCache(MAX_QUERIES)


class ListQuery:
    """The rows of one page of a list and how many there are in all; each SQL is written when it is first wanted."""

    def __init__(self, rows: QuerySet[Any], wanted: ListRequest) -> None:
        self._rows, self._ids = rows, rows.order_by().values("pk")
        self._pages = [CompiledQuery(partial(self._asked, wanted, n)) for n in range(len(self._all(wanted)))]
        self._counted = CompiledCount(self._ids[: COUNTED + 1])

    def portion(self, wanted: ListRequest) -> keyset.ResultPage:
        """The rows of the page that ``wanted`` asks for."""
        found = keyset.read((ask() for ask in self._pages) if wanted.is_steady else self._all(wanted), wanted.size)
        return keyset.page_of(found, wanted.place, wanted.size)

    def _asked(self, wanted: ListRequest, part: int) -> QuerySet[Any]:
        return self._all(wanted)[part]

    def _all(self, wanted: ListRequest) -> list[QuerySet[Any]]:
        return keyset.page_queries(self._rows, wanted.order, wanted.place, wanted.size)

    def count(self) -> int:
        """How many rows there are, COUNTED + 1 if they are more than COUNTED."""
        return self._counted()

    def count_all(self) -> int:
        """How many rows there are, however long it takes to count them."""
        return self._ids.count()


def cached_query(key: str, wanted: ListRequest, reader: Person, build: Callable[[], QuerySet[Any]]) -> ListQuery:
    """The question of the list ``key`` for what is wanted, which is steady; ``build`` gives the rows when it is new.

    Those rows may ask nothing but the reader's standing.
    """
    version = reader.active_version_id
    procedure = versions.procedure_of(version).digest if version else ""
    asked = (
        key,
        connection.vendor,
        reader.standing,
        procedure,
        wanted.order,
        wanted.size,
        tuple(pair for one in wanted.chosen.values() for pair in one.params),
    )
    found = _made.get(asked)
    return found if found is not None else _made.keep(asked, ListQuery(build(), wanted))
