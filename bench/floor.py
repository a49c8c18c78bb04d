"""The floor under a page: the same statements sent to the same database and the same bytes answered ready-made.

What a page costs above its floor is ours; what the floor costs is the database's and the server's. Served like the
site, by the same server, without middleware: ``/<key>`` answers the page that bench/look.py saw under that key.
"""

from __future__ import annotations

import base64
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.config.settings"

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


@cache
def recorded() -> dict[str, Any]:
    """What was seen: statements, type and bytes by page."""
    seen = json.loads(Path(os.environ["HUIYIN_FLOOR"]).read_text("utf-8"))
    return {key: {**page, "body": base64.b64decode(page["body"])} for key, page in seen.items()}


def page(request: HttpRequest, key: str) -> HttpResponse:
    """Send the statements, take every row, answer the bytes."""
    if key == "healthz":
        return HttpResponse("ok")
    seen = recorded()[key]
    with connection.cursor() as cursor:
        for sql, params in seen["statements"]:
            cursor.execute(sql, params)
            cursor.fetchall()
    return HttpResponse(seen["body"], content_type=seen["type"])


urlpatterns = [path("<str:key>", page)]

django.setup()
settings.MIDDLEWARE = []  # nothing stands between the server and the view
settings.ROOT_URLCONF = __name__
application = WSGIHandler()
