"""What is reckoned on a form while it is filled in, as the browser reads it; the server reckons anew at saving."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.procedure.conditions import values_of
from huiyin.procedure.kind_entries import FieldEntry

OF_ROWS = ("total", "count")


def reckoned_with(fields: Iterable[FieldEntry], asked: Collection[str]) -> list[FieldEntry]:
    """The computed fields in which something that is ``asked`` has a part, be it by way of another of them.

    What is reckoned from rows stands only where the rows do, for the browser does not know them elsewhere.
    """
    found: dict[str, FieldEntry] = {}
    computed = [one for one in fields if one.computation is not None]
    for _ in computed:
        for one in computed:
            how, parts = one.computation or ("", ())
            tables = {part.partition(".")[0] for part in parts}
            if one.name not in found and tables & {*asked, *found} and (how not in OF_ROWS or tables <= set(asked)):
                found[one.name] = one
    return [one for one in computed if one.name in found]


def as_json(field: FieldEntry) -> str:
    """The operation and what it is made of; nothing for what people write."""
    if field.computation is None:
        return ""
    how, parts = field.computation
    return json.dumps({"how": how, "of": list(parts)})


def names_in(fields: Iterable[FieldEntry]) -> set[str]:
    """The fields of the record itself that these are made of."""
    made = (one.computation for one in fields)
    return {part for how, parts in filter(None, made) if how not in OF_ROWS for part in parts}


def known(fields: Mapping[str, FieldEntry], stored: Mapping[str, Any], name: str, zone: ZoneInfo) -> list[str]:
    """What the browser knows of a fact that the form does not ask: as its box would hold it."""
    value = stored.get(name)
    if value and name in fields and fields[name].type == "moment":
        return [f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%dT%H:%M}"]
    return list(values_of(value))
