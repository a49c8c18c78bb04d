"""The rows that hang on a record, as its page reads them: each kind of row in one query, with the people it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from huiyin.database.compiled import CompiledQuery
from huiyin.people.queries import with_people_named

M = TypeVar("M", bound=Model)


def children_of(
    model: type[M],
    parent: str,
    *,
    with_people: Sequence[str] = (),
    beside: Sequence[str] = (),
    without: Sequence[str] = (),
    order: str = "id",
) -> Callable[[int], list[M]]:
    """A function that gives the rows of ``model`` whose foreign key ``parent`` is the id it is called with.

    ``with_people`` are foreign keys to people, who are read along by name; what those ``beside`` refer to is read along
    whole; the columns ``without`` are read when they are asked for. The rows do not know their parent: who shows them
    sets it.
    """

    def rows(pk: int) -> QuerySet[M]:
        found = model._default_manager.filter(**{f"{parent}_id": pk}).defer(*without)
        return with_people_named(found, *beside, *with_people).order_by(order)

    return CompiledQuery(rows, int)
