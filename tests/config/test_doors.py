"""Which addresses a stranger may open: those that docs/operations.md lists, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
EXAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "complaint",
    "discipline": "D4",
    "path": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the site as a pattern, with its view."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern.callback
        else:
            yield from addresses(pattern.url_patterns, here)


def example(pattern: str) -> str:
    """An address that the pattern matches."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: EXAMPLES[m[1] or "str"], pattern)


ALL = dict(addresses(get_resolver().url_patterns))


def listed() -> set[str]:
    """The addresses that the document says are open."""
    section = OPERATIONS.read_text("utf-8").split("## Without signing in\n")[1].split("\n## ")[0]
    return set(re.findall(r"(?m)^\| `([^`]+)` \|", section))


def test_the_open_addresses_are_those_in_the_document() -> None:
    assert {path for path, view in ALL.items() if not getattr(view, "login_required", True)} == listed()


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(set(ALL) - listed()))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(client: Client, path: str, method: str) -> None:
    answer = getattr(client, method)(example(path))
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.django_db
def test_nobody_can_make_an_account(client: Client) -> None:
    from huiyin.people.models import Person

    fields = {
        "username": "stranger",
        "password1": "a long enough phrase",
        "password2": "a long enough phrase",
    }
    answer = client.post("/accounts/signup/", fields)
    assert answer.status_code in (200, 302, 403)
    assert not Person.objects.filter(username="stranger").exists()
