"""Instances of models made without the checks of Django's way, ten times as fast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState

from huiyin.database.compiled import is_on

M = TypeVar("M", bound=Model)


def instance(model: type[M], values: Mapping[str, Any], **related: Model | None) -> M:
    """An unsaved instance from a value for each of its columns.

    ``related`` are rows that foreign keys refer to, known by then and not asked for again.
    """
    if is_on():
        row = model.__new__(model)
        row._state = ModelState()
        row.__dict__.update(values)
    else:
        row = model(**values)
    for name, other in related.items():
        refer(row, name, other)
    return row


def refer(row: Model, name: str, other: Model | None) -> None:
    """Let the foreign key ``name`` refer to ``other``, which has its id."""
    if not is_on():
        setattr(row, name, other)
        return
    row.__dict__[f"{name}_id"] = other.__dict__["id"] if other is not None else None
    row._state.fields_cache[name] = other
