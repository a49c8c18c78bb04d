"""The first visit with an empty browser: the page and every style sheet, script and picture it asks for, as sent."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request

from tools.tour import Visitor

ASKED = re.compile(r"<(?:link|script|img)\b[^>]*?\b(?:href|src)=\"([^\"]+)\"")


def first_visit(visitor: Visitor, path: str) -> dict[str, int]:
    """Requests and bytes over the wire (bodies; compressed where the server does so)."""
    page, size = _fetch(visitor, path)
    own = {urllib.parse.urljoin(path, link) for link in ASKED.findall(page) if not link.startswith(("data:", "http"))}
    total = size + sum(_fetch(visitor, link)[1] for link in sorted(own))
    return {"requests": 1 + len(own), "bytes": total}


def _fetch(visitor: Visitor, path: str) -> tuple[str, int]:
    """The text when it came uncompressed, and its bytes as sent; a compressed page is asked for once more in plain."""
    packed = _ask(visitor, path, "br, gzip")
    plain = _ask(visitor, path, "identity") if path.rpartition(".")[2] not in ("css", "js", "svg", "png") else b""
    return plain.decode("utf-8", "replace"), len(packed)


def _ask(visitor: Visitor, path: str, encoding: str) -> bytes:
    request = urllib.request.Request(visitor.address + path, headers={"Accept-Encoding": encoding})
    with visitor.opener.open(request, timeout=60) as response:
        body: bytes = response.read()
    return body
