"""The secret of a supplier's link: made at random, kept only as a digest, compared in constant time."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime
from hmac import compare_digest

from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.procedure import versions

BYTES = 32
"""Length of a secret: 256 bits."""
SHAPE = re.compile(r"[A-Za-z0-9_-]{43}\Z")
PREFIX = "/supplier/"
ANSWERABLE = frozenset({"issued", "returned"})
ENDED = frozenset({"closed", "void"})


def new_secret() -> str:
    """A fresh secret for an address."""
    return secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def request_for_secret(secret: str, *, at: datetime) -> SupplierRequest | None:
    """The request whose link this is, if the link lives: not renewed, not past its day, the request not ended."""
    if not SHAPE.match(secret):
        return None
    wanted = digest_of(secret)
    found = SupplierRequest.objects.filter(link_digest=wanted).select_related("owner").first()
    if found is None or not compare_digest(found.link_digest, wanted) or found.phase in ENDED:
        return None
    return found if _in_time(found, at) else None


def _in_time(request: SupplierRequest, at: datetime) -> bool:
    zone = versions.procedure_of(request.procedure_id).zone
    return request.link_until is not None and at.astimezone(zone).date() <= request.link_until


def comes_by_living_link(request: object) -> bool:
    """Whether a stranger's HTTP request comes by a living link, so that it may bring files."""
    path: str = getattr(request, "path", "")
    at: datetime = request.at  # type: ignore[attr-defined]
    secret = path.removeprefix(PREFIX)
    return path.startswith(PREFIX) and request_for_secret(secret, at=at) is not None
