"""Whether what a pack asks of a record's facts holds: pure, for guards, fields that show, duties and evidence alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from huiyin.kernel.durations import Duration
from huiyin.procedure.kind_entries import Condition

Read = Callable[[str], Any]
"""Gives a fact by its name; None where nobody wrote it."""
NOTHING: tuple[Any, ...] = (None, "", [], {})


def all_hold(conditions: Iterable[Condition], read: Read, *, today: date) -> bool:
    """Whether every condition holds; of none at all it does. ``today`` is the day at the site."""
    return all(holds(one, read, today=today) for one in conditions)


def holds(condition: Condition, read: Read, *, today: date) -> bool:
    """Whether one condition holds. A fact that nobody wrote is none of any values, and neither over nor under."""
    if condition.any:
        return any(holds(one, read, today=today) for one in condition.any)
    value = read(condition.field)
    said = set(values_of(value))
    if condition.is_ and not said & set(condition.is_):
        return False
    if condition.not_ and said & set(condition.not_):
        return False
    if condition.filled is not None and (value not in NOTHING) != condition.filled:
        return False
    if condition.over is not None and not _compares(value, lambda n: n > Decimal(str(condition.over))):
        return False
    if condition.under is not None and not _compares(value, lambda n: n < Decimal(str(condition.under))):
        return False
    return condition.older_than is None or _is_older(value, condition.older_than, today)


def told(value: Any) -> Any:
    """A kept fact as it counts: of a tick box, as earlier versions asked a yes/no, only the tick was an answer."""
    return "yes" if value is True else None if value is False else value


def values_of(value: Any) -> list[str]:
    """The words by which conditions and filters know a stored fact: one, several of a choice, or none."""
    match value:
        case None | "":
            return []
        case bool():
            return ["yes" if value else "no"]
        case list():
            return [str(one) for one in value]
        case Mapping():
            return [str(value[name]) for name in ("key", "number", "name") if name in value]
    return [str(value)]


def _compares(value: Any, test: Callable[[Decimal], bool]) -> bool:
    amount = value.get("amount") if isinstance(value, Mapping) else value
    try:
        return amount not in NOTHING and test(Decimal(str(amount)))
    except InvalidOperation:
        return False


def _is_older(value: Any, age: str, today: date) -> bool:
    """Whether a day lies at least so long before today, counted as people count months and years."""
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day[:10])
        except ValueError:
            return False
    return isinstance(day, date) and Duration.parse(age).day_after(day) <= today


def fields_in(conditions: Iterable[Condition]) -> list[str]:
    """The names of all facts that conditions read, each once."""
    found: dict[str, None] = {}
    for one in conditions:
        found |= dict.fromkeys(fields_in(one.any)) if one.any else {one.field: None}
    return list(found)
