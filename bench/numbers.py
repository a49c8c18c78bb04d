"""Prints numbers of complaints, spread over all of them, as JSON."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

import django

django.setup()

from huiyin.complaints.models import Complaint  # noqa: E402 - Django first

SAMPLE = 400


def main() -> int:
    """Every so-many-th complaint by id."""
    ids = list(Complaint.objects.order_by("pk").values_list("pk", flat=True))
    chosen = ids[:: max(1, len(ids) // SAMPLE)]
    json.dump(
        list(Complaint.objects.filter(pk__in=chosen).order_by("pk").values_list("number", flat=True)),
        sys.stdout,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
