"""The load: a process of its own that asks for pages over plain sockets and notes how long each answer took.

Reads a plan as JSON from standard input and writes the figures as JSON: run by bench/__main__.py, not by hand.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from typing import Any


@dataclass
class ConnectionResult:
    """What one connection did: seconds of each answer, bytes of the last body, statuses that were not expected."""

    seconds: list[float] = field(default_factory=list)
    length: int = 0
    wrong: list[int] = field(default_factory=list)


def main() -> int:
    """Carry out the plan: {host, port, cookie, requests: [{method, path, body?}], connections, expected: [status]}."""
    plan = json.load(sys.stdin)
    shares = [ConnectionResult() for _ in range(plan["connections"])]
    ready = threading.Barrier(len(shares) + 1)
    threads = [
        threading.Thread(target=_ask, args=(plan, plan["requests"][i :: len(shares)], share, ready))
        for i, share in enumerate(shares)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    seconds = sorted(s for share in shares for s in share.seconds)
    figures = {
        "requests": len(seconds),
        "elapsed": elapsed,
        "p50": percentile(seconds, 50),
        "p95": percentile(seconds, 95),
        "length": max(share.length for share in shares),
        "wrong": [status for share in shares for status in share.wrong],
    }
    json.dump(figures, sys.stdout)
    return 0


def percentile(ordered: list[float], percent: float) -> float:
    """The value below which ``percent`` of an ordered list lies (nearest rank); 0.0 for an empty one."""
    if not ordered:
        return 0.0
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]


def _ask(
    plan: dict[str, Any], requests: list[dict[str, Any]], share: ConnectionResult, ready: threading.Barrier
) -> None:
    connection = http.client.HTTPConnection(plan["host"], plan["port"], timeout=60)
    connection.connect()
    headers = {"Cookie": plan["cookie"], "Accept-Language": "zh-CN,zh", "Accept-Encoding": "gzip, br"}
    ready.wait()
    for request in requests:
        body = urllib.parse.urlencode(request["body"]) if "body" in request else None
        more = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        started = time.perf_counter()
        connection.request(request["method"], request["path"], body, {**headers, **more})
        response = connection.getresponse()
        content = response.read()
        share.seconds.append(time.perf_counter() - started)
        share.length = len(content)
        if response.status not in plan["expected"]:
            share.wrong.append(response.status)
    connection.close()


if __name__ == "__main__":
    raise SystemExit(main())
