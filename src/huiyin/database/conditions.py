"""Conditions of Django's queries as SQL, for the statements of our own that the full-text index needs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from huiyin.database.compiled import is_on

Condition = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""


def is_among(column: str, rows: QuerySet[Model]) -> Condition | None:
    """The condition that ``column`` (``st.record_id``) holds the key of one of ``rows``; None if there can be none.

    Asked of each row found, not of all rows beforehand: whoever looks for the newest twenty does not read the rest.
    With the switch off the keys are read beforehand and stand in the condition, which must not be kept for later then.
    """
    if not is_on():
        keys = ", ".join(str(int(key)) for key in rows.order_by().values_list("pk", flat=True))
        return (f"{column} IN ({keys})", ()) if keys else None
    this_one = rows.order_by().filter(pk=RawSQL(column, []))  # noqa: S611 - a name of our own
    try:
        sql, params = this_one.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"EXISTS ({sql})", tuple(params)
