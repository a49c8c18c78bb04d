"""Addresses made from remembered patterns are Django's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch, reverse

from huiyin.ui.addresses import cached_url

NAMED: list[tuple[str, tuple[Any, ...]]] = [
    ("complaints", ()),
    ("complaint", ("FK261116-01",)),
    ("complaint", ("投诉 1",)),
    ("complaint", ("a{0}b",)),
    ("complaint", ("50%",)),
    ("obligation", (12,)),
    ("obligation", ("12",)),
    ("file", (7, "照片 (1).png")),
    ("file", (7, "a.png")),
    ("comment_add", ("complaint", "FK261116-01")),
]


@pytest.mark.parametrize(("name", "args"), NAMED)
def test_they_are_djangos_own(name: str, args: tuple[Any, ...]) -> None:
    for _ in range(2):
        assert cached_url(name, *args) == reverse(name, args=args)


def test_under_a_prefix_too() -> None:
    plain = cached_url("complaint", "A-1")
    with override_script_prefix("/huiyin/"):
        assert cached_url("complaint", "A-1") == f"/huiyin{plain}"
    assert cached_url("complaint", "A-1") == plain


@pytest.mark.parametrize(("name", "args"), [("nowhere", ()), ("complaint", ()), ("obligation", ("abc",))])
def test_what_django_does_not_know_is_not_known_here(name: str, args: tuple[Any, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        cached_url(name, *args)
