"""What follows from the facts of a declared kind: what is computed, and what stays because it is shown. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.procedure.conditions import NOTHING, all_hold
from huiyin.procedure.kind_entries import FieldEntry

Facts = dict[str, Any]
IsShown = Callable[[FieldEntry, Mapping[str, Any]], bool]
ROUNDS = 12
"""Fields may hang on one another so many deep; packs are checked for it."""


def settled(
    fields: Iterable[FieldEntry], facts: Mapping[str, Any], rows: Mapping[str, Sequence[Facts]], is_shown: IsShown
) -> Facts:
    """The facts as they are kept: computed ones reckoned, and what is not shown gone, with what hangs on it."""
    fields = tuple(fields)
    kept = {name: value for name, value in facts.items() if value not in NOTHING}
    for _ in range(ROUNDS):
        for field in fields:
            if (made := computed(field, kept, rows)) not in NOTHING:
                kept[field.name] = made
            elif field.computation is not None:
                kept.pop(field.name, None)
        hidden = [each.name for each in fields if each.name in kept and not is_shown(each, kept)]
        if not hidden:
            return kept
        for name in hidden:
            del kept[name]
    return kept


def settled_row(fields: Iterable[FieldEntry], given: Mapping[str, Any], *, today: date) -> Facts:
    """The facts of a row as they are kept; its conditions read the row alone. ``today`` is the day they are read on."""
    return settled(fields, given, {}, lambda field, kept: all_hold(field.shown, kept.get, today=today))


def hidden_in_row(fields: Sequence[FieldEntry], given: Mapping[str, Any], *, today: date) -> list[str]:
    """The fields of a row that are not asked as its facts stand."""
    kept = settled_row(fields, given, today=today)
    return [one.name for one in fields if not all_hold(one.shown, kept.get, today=today)]


def computed(field: FieldEntry, facts: Mapping[str, Any], rows: Mapping[str, Sequence[Facts]]) -> str | None:
    """What a computed field comes to; None where something it needs is not said."""
    if field.computation is None:
        return None
    how, of = field.computation
    match how:
        case "total":
            table, _, column = of[0].partition(".")
            amounts = [Decimal(row[column]) for row in rows.get(table, ()) if is_number(row.get(column))]
            return _written(sum(amounts, Decimal(0))) if amounts else None
        case "count":
            return str(len(rows.get(of[0], ()))) if rows.get(of[0]) else None
        case "difference" | "product":
            numbers = [Decimal(facts[name]) for name in of if is_number(facts.get(name))]
            if len(numbers) < len(of):
                return None
            first, *rest = numbers
            for one in rest:
                first = first - one if how == "difference" else first * one
            return _written(first)
    moments = [moment_in(facts.get(name)) for name in of]
    if None in moments:
        return None
    seconds = (moments[1] - moments[0]).total_seconds()  # type: ignore[operator]  # None was excluded
    return _written(Decimal(int(seconds // 86400)) if how == "days_between" else Decimal(round(seconds / 36)) / 100)


def is_number(value: Any) -> bool:
    """Whether a stored value is a number."""
    try:
        Decimal(str(value))
    except InvalidOperation:
        return False
    return value not in NOTHING


def moment_in(value: Any) -> datetime | None:
    """A stored day or moment as a moment; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def promised_moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """The moment by which a stored day or moment is promised: of a day its last minute at the site."""
    found = moment_in(value)
    if found is not None and len(str(value)) == len("2026-11-16"):
        return datetime.combine(found.date(), time(23, 59), zone)
    return found


def _written(number: Decimal) -> str:
    return f"{number.normalize():f}"
