"""Every compiled query of the product, asked both ways: by its compiled SQL and by Django's own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext, override_settings

import huiyin
from huiyin.database.compiled import CompiledQuery
from huiyin.journal.models import Entry
from huiyin.people.models import Person, SavedView
from tests.cast import at


def queries() -> dict[str, CompiledQuery[Any]]:
    """All of them, by module and name."""
    found: dict[str, CompiledQuery[Any]] = {}
    for module in walk_packages(huiyin.__path__, "huiyin."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            held = value.items() if isinstance(value, dict) else [("", value)]
            for key, query in held:
                if isinstance(query, CompiledQuery):
                    found[f"{module.name.removeprefix('huiyin.')}.{name}{f'.{key}' if key else ''}"] = query
    return found


def arguments(kinds: tuple[type, ...]) -> Iterator[tuple[Any, ...]]:
    """Every argument there is in this company for a query that takes these kinds."""
    entries = Entry.objects.values_list("kind", "record_id", "number", "submission")
    records = {(kind, pk) for kind, pk, _, _ in entries}
    if kinds == (str, int):
        return iter(sorted(records))
    people = set(Person.objects.values_list("pk", flat=True))
    names = {word for kind, _, number, _ in entries for word in (kind, number)} | set(
        Session.objects.values_list("pk", flat=True)
    )
    known = {
        "int": sorted({pk for _, pk in records} | people),
        "str": sorted(names | set(SavedView.objects.values_list("list_key", flat=True))),
        "datetime": [at("2026-11-20 09:00")],
        "UUID": [token for _, _, _, token in entries if token is not None],
    }
    return product(*(known[kind.__name__] for kind in kinds))


def told(row: Model, *, depth: int = 2) -> dict[str, Any]:
    """All that a row brought along: its values, what was added, and the rows it refers to,
    as far as nobody is asked.
    """
    values = {name: value for name, value in vars(row).items() if name != "_state"}
    for field in row._meta.concrete_fields:
        if depth and field.is_relation and field.attname in values:
            with CaptureQueriesContext(connection) as asked:
                other = getattr(row, field.name)
            values[field.name] = "not brought along" if len(asked) else other and told(other, depth=depth - 1)
    return values


def differences() -> tuple[dict[str, Any], set[str]]:
    """What the two ways give that is not the same, and the names of the queries that gave any rows."""
    differing: dict[str, Any] = {}
    reached: set[str] = set()
    for name, query in queries().items():
        for given in arguments(query.kinds):
            ways = []
            for is_on in (True, False):
                with override_settings(COMPILED_QUERIES=is_on):
                    assert settings.COMPILED_QUERIES is is_on
                    ways.append([told(row) for row in query(*given)])
            if ways[0]:
                reached.add(name)
            if ways[0] != ways[1]:
                differing[f"{name}{given}"] = ways
    return differing, reached
