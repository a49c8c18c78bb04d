"""Looks at each page once from inside: how many statements it sends, which ones, and how many bytes it answers.

Reads ``{"username": …, "pages": {key: path}}`` from standard input and writes what it saw, for the floor too, as JSON.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from huiyin.people.models import Person  # noqa: E402


def main() -> int:
    """Look twice at each page and keep the second: the first fills caches that a running server has filled long ago."""
    plan = json.load(sys.stdin)
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"accept-language": "zh-CN,zh"})
    client.force_login(Person.objects.get(username=plan["username"]), backend=settings.AUTHENTICATION_BACKENDS[0])
    seen = {}
    for key, path in plan["pages"].items():
        client.get(path)
        seen[key] = _look(client, path)
    json.dump(seen, sys.stdout, default=str)
    return 0


def _look(client: Client, path: str) -> dict[str, Any]:
    statements: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many:
            statements.append((sql, list(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.get(path)
    reads = [(sql, params) for sql, params in statements if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    return {
        "status": answer.status_code,
        "queries": len(statements),
        "bytes": len(answer.content),
        "compressed": len(gzip.compress(answer.content, 6)),
        "statements": reads,
        "type": answer.headers["Content-Type"],
        "body": base64.b64encode(answer.content).decode(),
    }


if __name__ == "__main__":
    raise SystemExit(main())
