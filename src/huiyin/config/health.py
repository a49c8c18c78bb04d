"""``GET /healthz``: whether the database answers and the worker is alive, for monitors and load balancers."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

HEARTBEAT_SECONDS = 60


def heartbeat_file() -> Path:
    """The file that the worker touches on every tick."""
    return Path(settings.DATA) / "worker.heartbeat"


def beat(*, at: datetime) -> None:
    """Note that the worker is alive at ``at``; called by the worker's tick."""
    path = heartbeat_file()
    path.touch()
    os.utime(path, (at.timestamp(), at.timestamp()))


def heartbeat_age(*, at: datetime) -> float | None:
    """Seconds since the worker's last tick; None when it never ran."""
    try:
        return at.timestamp() - heartbeat_file().stat().st_mtime
    except FileNotFoundError:
        return None


def worker_alive(*, at: datetime) -> bool:
    """Whether the worker ticked within HEARTBEAT_SECONDS."""
    age = heartbeat_age(at=at)
    return age is not None and age < HEARTBEAT_SECONDS


def database_answers() -> bool:
    """Whether the database answers the smallest question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return False
    return True


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when everything that must run does, otherwise 503; the body says which part is down and nothing else."""
    parts = {"database": database_answers(), "worker": worker_alive(at=request.at)}  # type: ignore[attr-defined]
    healthy = all(parts.values())
    body = {"status": "ok" if healthy else "down", **{k: "ok" if v else "down" for k, v in parts.items()}}
    return JsonResponse(body, status=200 if healthy else 503)
