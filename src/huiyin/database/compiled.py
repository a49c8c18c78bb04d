"""Queries whose SQL is compiled once: pages asked for all day pay for their rows, not for the building of the query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import DateTimeField, JSONField, Model, QuerySet
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)

_NUMBER = 7_310_000_000_000_000
_MOMENT = datetime(1871, 3, 18, 1, 2, 3, tzinfo=UTC)


def is_on() -> bool:
    """Whether this room does what it is for; else everything in it goes by Django's public interface."""
    return bool(settings.COMPILED_QUERIES)


def _stand_in(kind: type, place: int) -> Any:
    """A value that occurs nowhere else, by which a parameter is found again in the finished SQL."""
    if kind is int:
        return _NUMBER + place
    if kind is UUID:
        return UUID(int=_NUMBER + place)
    return _MOMENT.replace(microsecond=place) if kind is datetime else f"\u0001stand-in-{place}"


def _adapted(value: Any, database: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if database.features.has_native_uuid_field else value.hex
    return value


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a stretch of a row becomes an instance, and those it refers to by select_related."""

    model: type[Model]
    names: tuple[str, ...]
    start: int
    end: int
    key: int  # where its primary key stands
    related: tuple[_Shape, ...]
    keep: Callable[[Any, Any], None] | None  # sets it on the instance that refers to it
    keep_back: Callable[[Any, Any], None] | None

    def made(self, row: Sequence[Any]) -> Any:
        """The instance; None where nothing was referred to. Django's way round its own ``__init__``, thrice as fast."""
        if row[self.key] is None:
            return None
        made = self.model.__new__(self.model)
        made._state = state = ModelState()
        state.db, state.adding = DEFAULT_DB_ALIAS, False
        made.__dict__.update(zip(self.names, row[self.start : self.end], strict=True))
        for shape in self.related:
            other = shape.made(row)
            assert shape.keep is not None
            shape.keep(made, other)
            if other is not None and shape.keep_back is not None:
                shape.keep_back(other, made)
        return made


def _shape(info: dict[str, Any], select: Sequence[Any]) -> _Shape:
    fields = info["select_fields"]
    if info.get("from_parent"):
        raise ValueError("rows of parts of a model are not compiled")
    start, end = fields[0], fields[-1] + 1
    names = tuple(column[0].target.attname for column in select[start:end])
    related = tuple(_shape(one, select) for one in info.get("related_klass_infos", ()))
    key = start + names.index(info["model"]._meta.pk.attname)
    return _Shape(info["model"], names, start, end, key, related, info.get("local_setter"), info.get("remote_setter"))


def _moment(value: Any) -> Any:
    """A moment as SQLite keeps it, which is in UTC without saying so."""
    found: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _reader(converters: Sequence[Any], expression: Any) -> Callable[[Any], Any]:
    """How a value of one column is read that is not NULL."""
    field = expression.output_field
    if connection.vendor == "sqlite" and len(converters) == 1:
        if isinstance(field, DateTimeField):
            return _moment
        if isinstance(field, JSONField) and field.decoder is None:
            return orjson.loads

    def read(value: Any) -> Any:
        for converter in converters:
            value = converter(value, expression, connection)
        return value

    return read


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # (position among the parameters, which argument)
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]
    shape: _Shape
    annotations: tuple[tuple[str, int], ...]


class CompiledQuery(Generic[M]):
    """``build(*arguments)`` gives a queryset; called with arguments of the declared kinds, this gives its rows as a
    list.

    Each argument must stand in the query as itself (``pk=argument``, ``at__lte=argument``): no lists, no patterns;
    ValueError at the first call otherwise. The queryset may use select_related and annotations, not prefetch_related.
    Kinds are int, str, datetime and UUID.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type) -> None:
        self._build = build
        self.kinds = kinds
        self._plans: dict[str, _Plan] = {}

    def __call__(self, *arguments: Any) -> list[M]:
        if not is_on():
            return list(self._build(*arguments))
        database = connections[DEFAULT_DB_ALIAS]
        try:
            plan = self._plans.get(database.vendor) or self._compile()
        except EmptyResultSet:  # conditions that nothing can pass
            return []
        params = list(plan.params)
        for position, argument in plan.places:
            params[position] = _adapted(arguments[argument], database)
        with database.cursor() as cursor:
            cursor.execute(plan.sql, params)
            rows: Any = cursor.fetchall()
        return [self._made(plan, list(row)) for row in rows]

    def first(self, *arguments: Any) -> M | None:
        """The first row, or None."""
        rows = self(*arguments)
        return rows[0] if rows else None

    @staticmethod
    def _made(plan: _Plan, row: list[Any]) -> M:
        for place, read in plan.readers:
            if row[place] is not None:
                row[place] = read(row[place])
        made: M = plan.shape.made(row)
        for name, place in plan.annotations:
            made.__dict__[name] = row[place]
        return made

    def _compile(self) -> _Plan:
        stand_ins = [_stand_in(kind, place) for place, kind in enumerate(self.kinds)]
        compiler: Any = self._build(*stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        adapted = [_adapted(one, connection) for one in stand_ins]
        places = tuple((position, adapted.index(value)) for position, value in enumerate(params) if value in adapted)
        if {argument for _, argument in places} != set(range(len(stand_ins))):
            raise ValueError("every argument must stand in the query as itself")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        plan = _Plan(
            sql,
            tuple(params),
            places,
            tuple((place, _reader(*how)) for place, how in converters.items()),
            _shape(compiler.klass_info, compiler.select),
            tuple((compiler.annotation_col_map or {}).items()),
        )
        self._plans[connection.vendor] = plan
        return plan


class CompiledCount:
    """How many rows a queryset gives; calling this asks anew."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows
        self._statements: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def __call__(self) -> int:
        if not is_on():
            return self._rows.count()
        try:
            sql, params = self._statements.get(connection.vendor) or self._compile()
        except EmptyResultSet:  # conditions that nothing can pass
            return 0
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return int(cursor.fetchone()[0])

    def _compile(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = self._rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        statement = f"SELECT count(*) FROM ({sql}) AS counted", tuple(params)  # noqa: S608 - Django wrote it
        self._statements[connection.vendor] = statement
        return statement
