"""What a type-ahead box is answered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import JsonResponse

from huiyin.kernel.text import Text
from huiyin.ui.fields import localised


@dataclass(frozen=True, slots=True)
class LookupResult:
    """One thing found: its key, its words, a second line,
    and values for other boxes of the form that are still empty.
    """

    key: str
    label: str | Text
    hint: str | Text | None = None
    fill: Mapping[str, str] = field(default_factory=dict)


def lookup_response(found: Sequence[LookupResult]) -> JsonResponse:
    """The reply of a lookup's address to ``?q=``."""
    items = [
        {
            "key": str(one.key),
            "label": localised(one.label),
            "hint": localised(one.hint or ""),
            "fill": dict(one.fill),
        }
        for one in found
    ]
    response = JsonResponse({"items": items}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, no-store"
    return response
