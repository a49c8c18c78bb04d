"""Queries whose SQL is written once: the pages asked for all day pay for their rows, not for the building of the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)

_NUMBER = 7_310_000_000_000_000
_MOMENT = datetime(1871, 3, 18, 1, 2, 3, tzinfo=UTC)


def _stand_in(kind: type, place: int) -> Any:
    """A value that occurs nowhere else, by which a parameter is found again in the finished SQL."""
    if kind is int:
        return _NUMBER + place
    return _MOMENT.replace(microsecond=place) if kind is datetime else f"\u0001stand-in-{place}"


def _adapted(value: Any) -> Any:
    """A value as the database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # (position among the parameters, which argument)
    compiler: Any
    converters: dict[int, Any]
    columns: list[str]
    start: int
    end: int
    populators: Sequence[Any]
    annotations: dict[str, int]


class Prepared(Generic[M]):
    """``build(*arguments)`` gives a queryset; calling this with arguments of the declared kinds gives its rows as a list.

    Each argument must stand in the query as itself (``pk=argument``, ``at__lte=argument``): no lists, no patterns. The
    queryset may use select_related and annotations, not prefetch_related. Kinds are int, str and datetime.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type) -> None:
        self._build = build
        self._kinds = kinds
        self._plans: dict[str, _Plan] = {}

    def __call__(self, *arguments: Any) -> list[M]:
        try:
            plan = self._plans.get(connection.vendor) or self._prepare()
        except EmptyResultSet:  # conditions that nothing can pass
            return []
        params = list(plan.params)
        for position, argument in plan.places:
            params[position] = _adapted(arguments[argument])
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, params)
            rows: Any = cursor.fetchall()
        if plan.converters:
            rows = plan.compiler.apply_converters(rows, plan.converters)
        return [self._made(plan, row) for row in rows]

    def first(self, *arguments: Any) -> M | None:
        """The first row, or None."""
        rows = self(*arguments)
        return rows[0] if rows else None

    def _made(self, plan: _Plan, row: Any) -> M:
        model: Any = plan.compiler.klass_info["model"]
        made: M = model.from_db(DEFAULT_DB_ALIAS, plan.columns, row[plan.start : plan.end])
        for populator in plan.populators:
            populator.populate(row, made)
        for name, place in plan.annotations.items():
            setattr(made, name, row[place])
        return made

    def _prepare(self) -> _Plan:
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(self._kinds)]
        compiler: Any = self._build(*stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        adapted = [_adapted(one) for one in stand_ins]
        places = tuple(
            (position, adapted.index(value)) for position, value in enumerate(params) if value in adapted
        )
        if {argument for _, argument in places} != set(range(len(stand_ins))):
            raise ValueError("every argument must stand in the query as itself")
        fields = compiler.klass_info["select_fields"]
        start, end = fields[0], fields[-1] + 1
        plan = _Plan(
            sql,
            tuple(params),
            places,
            compiler,
            compiler.get_converters([column[0] for column in compiler.select]),
            [column[0].target.attname for column in compiler.select[start:end]],
            start,
            end,
            get_related_populators(  # type: ignore[call-arg]  # the stubs speak of a later Django
                compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS
            ),
            dict(compiler.annotation_col_map or {}),
        )
        self._plans[connection.vendor] = plan
        return plan
