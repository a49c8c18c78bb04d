"""Prints what addresses need, as JSON: numbers spread over all records, places deep in lists, somebody who is named."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

import django

django.setup()

from bench.inspections import KIND  # noqa: E402 - Django first
from huiyin.complaints.models import Complaint  # noqa: E402
from huiyin.records.lists.keyset import SortOrder, cursor_token  # noqa: E402
from huiyin.registers.models import FormRecord  # noqa: E402

SAMPLE = 400
DEEP = 0.9


def main() -> int:
    """Of complaints and of inspections."""
    inspections = FormRecord.objects.filter(kind=KIND)
    named = inspections.exclude(person1=None).order_by("pk").values_list("person1", flat=True).first()
    found = {
        "complaints": _sample(Complaint.objects.all()),
        "inspections": _sample(inspections),
        "deep_complaint": _deep(Complaint.objects.all(), "-received_at"),
        "deep_inspection": _deep(inspections, "-opened_at"),
        "inspector": named,
    }
    json.dump(found, sys.stdout)
    return 0


def _sample(rows: Any) -> list[str]:
    """Every so-many-th number by id."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = ids[:: max(1, len(ids) // SAMPLE)]
    return list(rows.filter(pk__in=chosen).order_by("pk").values_list("number", flat=True))


def _deep(rows: Any, order: str) -> str:
    """Where a page begins behind nine tenths of the rows."""
    row = rows.order_by(order, "-pk")[int(rows.count() * DEEP)]
    return cursor_token(row, SortOrder.of(order))


if __name__ == "__main__":
    raise SystemExit(main())
