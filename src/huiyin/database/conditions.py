"""Conditions of Django's queries as SQL, for the statements of our own that the full-text index needs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from huiyin.database.compiled import is_on

Condition = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""


def is_among(column: str, ids: QuerySet[Any]) -> Condition | None:
    """The condition that ``column`` (``st.record_id``) holds one of ``ids``; None if there can be none.

    ``ids`` is a query of one column (``values("record_id")``), or of rows, whose keys are meant then. It is asked
    of each
    row found, not of all rows beforehand: whoever looks for the newest twenty does not read the rest. With the switch
    off it is asked beforehand and its answer stands in the condition, which must not be kept for later then.
    """
    if not is_on():
        found = (one.pk if isinstance(one, Model) else next(iter(one.values())) for one in ids.order_by())
        keys = ", ".join(str(int(key)) for key in found if key is not None)
        return (f"{column} IN ({keys})", ()) if keys else None
    field = (ids.query.values_select or ["pk"])[0]
    this_one = ids.order_by().filter(**{field: RawSQL(column, [])})  # noqa: S611 - a name of our own
    try:
        sql, params = this_one.values(field).query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"EXISTS ({sql})", tuple(params)
