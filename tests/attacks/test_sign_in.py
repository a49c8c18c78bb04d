"""Guessing passwords, telling names apart, stealing or keeping a session, being led elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as product
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from huiyin.people.models import Person
from huiyin.people.names import username_fault
from tests.attacks.siege import Town
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"
WRONG = "not-the-password"


@pytest.fixture(autouse=True)
def nobody_tried_yet(town: Town) -> None:
    call_command("createcachetable")
    cache.clear()


def sign_in(name: str, password: str, *, client: Client | None = None, **more: Any) -> Any:
    query = f"?next={more.pop('next')}" if "next" in more else ""
    return (client or Client()).post(LOGIN + query, {"login": name, "password": password}, **more)


def test_five_guesses_at_one_name_close_it_whatever_the_host_the_spelling_or_the_address() -> None:
    for turn, name in enumerate(("mei", "MEI", "Mei", " mei", "meI")):
        sign_in(name, WRONG, headers={"host": f"localhost:{8000 + turn}"}, REMOTE_ADDR=f"10.0.0.{turn}")
    assert sign_in("mei", PASSWORD, headers={"host": "localhost:9"}, REMOTE_ADDR="10.0.1.1").status_code == 200
    assert sign_in("lin", PASSWORD, REMOTE_ADDR="10.0.1.2").status_code == 302


def test_ten_guesses_from_one_address_close_it() -> None:
    for turn in range(10):
        sign_in(f"stranger{turn}", WRONG, REMOTE_ADDR="10.0.0.9")
    assert sign_in("mei", PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert sign_in("mei", PASSWORD, REMOTE_ADDR="10.0.0.8").status_code == 302


def test_a_forged_forwarding_header_gives_no_new_address() -> None:
    for turn in range(10):
        sign_in(f"stranger{turn}", WRONG, headers={"x-forwarded-for": f"10.9.9.{turn}"})
    assert sign_in("mei", PASSWORD, headers={"x-forwarded-for": "10.9.9.99"}).status_code == 200


def test_a_wrong_name_reads_and_takes_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *given: work.append("x") or encode(self, *given))
    said, took = [], []
    for name in ("mei", "nobody"):
        work.clear()
        answer = sign_in(name, WRONG)
        said.append(answer.content.decode().replace(f'value="{name}"', "").split("<main")[1].split("csrf")[0])
        took.append(len(work))
    assert said[0] == said[1]
    assert took[0] == took[1] > 0


def test_signing_in_changes_the_session_that_an_attacker_may_have_given() -> None:
    client = Client()
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[product.SESSION_COOKIE_NAME] = planted = session.session_key
    assert sign_in("mei", PASSWORD, client=client).status_code == 302
    assert client.cookies[product.SESSION_COOKIE_NAME].value != planted
    stranger = Client()
    stranger.cookies[product.SESSION_COOKIE_NAME] = planted
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize("change", ["gone", "password"])
def test_a_session_ends_with_the_account_and_with_the_password(town: Town, change: str) -> None:
    browser = town.browser("mei")
    assert browser.get("/").status_code == 200
    mei = Person.objects.get(username="mei")
    if change == "gone":
        mei.is_active = False
    else:
        mei.set_password("another-phrase-9")
    mei.save()
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
    ],
)
def test_nobody_is_led_elsewhere(town: Town, to: str) -> None:
    assert sign_in("mei", PASSWORD, next=to)["Location"] == "/"
    assert town.browser("mei").post("/people/preferences", {"theme": "dark", "next": to})["Location"] == "/"


@pytest.mark.parametrize("to", ["today", "file", "complaints", "x"])
def test_where_to_go_is_an_address_never_the_name_of_a_page(town: Town, to: str) -> None:
    assert town.browser("mei").post("/people/preferences", {"next": to})["Location"] == to


def test_a_foreign_host_is_refused(town: Town) -> None:
    assert town.browser("mei").get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("name", ["mei\u200b", "me\u202ei", "m\u0435i", "ｍei", "me i", "<b>", "mei\n", "ﬁna"])
def test_a_name_that_looks_like_another_is_no_user_name(town: Town, name: str) -> None:
    assert username_fault(name) is not None
    fields = {"username": name, "name": "王晓梅", "password": "a-long-phrase-11", "is_active": "on"}
    town.browser("root").post("/people/new", fields)
    assert Person.objects.filter(name="王晓梅").count() == 1


@pytest.mark.parametrize("name", ["mei", "wang.xiaomei", "李工", "qc_2", "li@factory", "王mei"])
def test_ordinary_names_are(name: str) -> None:
    assert username_fault(name) is None
