"""How often something may be tried: attempts are counted in Django's cache, which all processes share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from time import sleep

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WAITS = (0.01, 0.02, 0.04, 0.08, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
"""Seconds between looks whether another process is done counting; a count takes a few milliseconds."""
LOST_AFTER = 10
"""Seconds after which a process that holds a count is taken for dead."""
NETWORK_OF_ONE = 64
"""An address of IPv6 counts as its network of so many bits, for who has one has them all."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many attempts in so many seconds, whenever these begin."""

    most: int
    seconds: int


def attempt(what: str, *limits: Limit, at: datetime) -> bool:
    """Count an attempt at ``what`` and say whether it is within every limit; what is beyond one is not counted.

    While another process counts the same for longer than a second the answer is no.
    """
    key, now, longest = _key(what), at.timestamp(), max(limit.seconds for limit in limits)
    with _alone_with(key) as alone:
        if not alone:
            return False
        past = [moment for moment in cache.get(key, ()) if moment > now - longest]
        if any(sum(moment > now - limit.seconds for moment in past) >= limit.most for limit in limits):
            return False
        cache.set(key, [*past, now], longest)
        return True


def forgive(what: str, limit: Limit, *, at: datetime) -> None:
    """Take back the attempt at ``what`` that was counted at this moment, for it was none."""
    key = _key(what)
    with _alone_with(key) as alone:
        if alone:  # else it stays counted, which is the safe side
            cache.set(key, [moment for moment in cache.get(key, ()) if moment != at.timestamp()], limit.seconds)


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, as attempts are counted by it."""
    address = ip_address(get_adapter(request).get_client_ip(request))
    return str(ip_network((address, NETWORK_OF_ONE), strict=False) if isinstance(address, IPv6Address) else address)


def _key(what: str) -> str:
    return f"attempts:{sha256(what.encode()).hexdigest()}"


@contextmanager
def _alone_with(key: str) -> Iterator[bool]:
    """Whether nobody else counts under the same key meanwhile."""
    mark = f"{key}:held"
    for wait in (*WAITS, 0):
        if cache.add(mark, True, LOST_AFTER):
            try:
                yield True
            finally:
                cache.delete(mark)
            return
        sleep(wait)
    yield False
