"""Reading people beside the rows that refer to them; no writes."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from huiyin.people.models import Person

M = TypeVar("M", bound=Model)

_SHOWN = ("id", "name", "name_en", "department")
_NOT_SHOWN = [column.name for column in Person._meta.concrete_fields if column.name not in _SHOWN]


def with_people_named(rows: QuerySet[M], *relations: str) -> QuerySet[M]:
    """``rows`` with what these foreign keys refer to read along: of people their names alone, all of anything else.

    A person has some twenty columns, a page shows dozens of people and of each the name.
    """
    if not relations:
        return rows
    people = [one for one in relations if rows.model._meta.get_field(one).related_model is Person]
    return rows.select_related(*relations).defer(*(f"{one}__{column}" for one in people for column in _NOT_SHOWN))
