"""Whole page or fragment, what follows an accepted POST, and the mark by which drafts are thrown away."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from jinja2 import Environment, UndefinedError

from huiyin.kernel.text import t
from huiyin.ui.htmx import FRAGMENT, redirect_with_message, render, wants_fragment
from huiyin.ui.middleware import DraftClearedCookie
from tests.ui import sample, shots

urlpatterns: list[Any] = []


def asked(path: str = "/", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def fragment(environment: Environment, template: str, block: str, context: dict[str, Any]) -> str:
    return environment.get_template(FRAGMENT).render({**context, "page_of_fragment": template, "block": block})


@pytest.mark.parametrize(
    ("headers", "is_fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_htmx_gets_a_fragment_unless_it_needs_the_page(headers: dict[str, str], is_fragment: bool) -> None:
    assert wants_fragment(asked(**headers)) is is_fragment


def test_the_page_varies_by_who_asks() -> None:
    whole = render(asked(), "404.html", block="main")
    part = render(asked(**{"HX-Request": "true"}), "404.html", block="main")
    assert whole["Vary"] == part["Vary"] == "HX-Request"
    assert whole.content.startswith(b"<!doctype html>")
    assert part.content.decode().startswith('<p class="error-number">404</p>')
    assert part.content in whole.content


def test_a_status_can_be_given() -> None:
    assert render(asked(), "404.html", status=422).status_code == 422


def test_a_block_of_the_skeleton_shows_what_the_page_put_into_it() -> None:
    """``results`` stands in ui/list.html; its table and filters stand in the page."""
    environment = shots.make_environment()
    template, context = shots.contexts()["list"]
    context |= {"csrf_input": "", "shell": sample.shell()}
    shown = fragment(environment, template, "results", context)
    assert shown.count("<tr>") == 26
    assert "202611-025" in shown
    assert "<html" not in shown
    assert shown in environment.get_template(template).render(context)


def test_a_block_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="has no attribute 'table'"):
        fragment(shots.make_environment(), "404.html", "table", {})


def test_done_redirects_and_says_so_once() -> None:
    request = asked()
    response = redirect_with_message(request, "/complaints/1", t("已登记", "Registered"))
    assert (response.status_code, response["Location"]) == (302, "/complaints/1")
    assert [str(m) for m in request._messages] == ["已登记"]  # type: ignore[attr-defined]


def test_done_tells_htmx_where_to_go() -> None:
    response = redirect_with_message(asked(**{"HX-Request": "true"}), "/complaints/1")
    assert (response.status_code, response["HX-Redirect"]) == (204, "/complaints/1")


@pytest.mark.parametrize(
    ("method", "token", "answer", "marked"),
    [
        ("post", "abc123", HttpResponseRedirect("/complaints/1"), True),
        ("post", "abc123", HttpResponseRedirect("/accounts/login/?next=/x"), False),
        ("post", "abc123", HttpResponse("refused", status=422), False),
        ("post", "", HttpResponseRedirect("/x"), False),
        ("post", 'a"; evil', HttpResponseRedirect("/x"), False),
        ("get", "abc123", HttpResponseRedirect("/x"), False),
    ],
)
def test_only_an_accepted_form_throws_its_draft_away(
    settings: Any, method: str, token: str, answer: HttpResponse, marked: bool
) -> None:
    settings.LOGIN_URL, settings.ROOT_URLCONF = "/accounts/login/", __name__
    answer.cookies.clear()
    response = DraftClearedCookie(lambda request: answer)(
        getattr(RequestFactory(), method)("/x", {"submission": token})
    )
    assert (response.cookies["huiyin_saved"].value if "huiyin_saved" in response.cookies else None) == (
        token if marked else None
    )
