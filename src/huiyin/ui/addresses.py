"""Addresses of named pages: Django's own answer, remembered as a pattern, for pages that link by the hundred."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

PLAIN = re.compile(r"[A-Za-z0-9_.~-]+", re.ASCII)
"""Arguments that stand in an address as they are; any other is left to Django, which quotes it."""
PLACE, NUMBER = "zqplace", 73100


def cached_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of the page ``name``; raises NoReverseMatch like Django's ``reverse``."""
    if not kwargs and all(map(_is_plain, args)):
        kinds = "".join("n" if isinstance(one, int) else "s" for one in args)
        pattern = _pattern(get_urlconf(), get_script_prefix(), name, kinds)
        if pattern is not None:
            return pattern.format(*args)
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _is_plain(value: Any) -> bool:
    return (type(value) is int and value >= 0) or (type(value) is str and PLAIN.fullmatch(value) is not None)


@lru_cache(maxsize=1000)
def _pattern(urlconf: str | None, prefix: str, name: str, kinds: str) -> str | None:
    """The address with a place for each argument; None where the route does not take stand-ins."""
    stand_ins = [NUMBER + at if kind == "n" else f"{PLACE}{at}" for at, kind in enumerate(kinds)]
    try:
        made = reverse(name, urlconf, args=stand_ins or None)
    except NoReverseMatch:
        return None
    made = made.replace("{", "{{").replace("}", "}}")
    for at, stand_in in enumerate(stand_ins):
        made = made.replace(str(stand_in), f"{{{at}}}")
    return made
