"""What a row of a child table says when a form is sent: made by forms, written by actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.people.models import Person


@dataclass(frozen=True, slots=True)
class RowInput:
    """A row of a child table as a form gives it; ``pk`` of one that was there before."""

    facts: Mapping[str, Any]
    pk: int | None = None
    owner: Person | None = None
    due_on: Any = None
