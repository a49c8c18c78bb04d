"""The second factor: administrators set it up before anything else, and a right code opens, once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest

from huiyin.people.models import Person
from tests.cast import PASSWORD, Factory
from tests.people.conftest import SignInDoor, with_password
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("base")
SET_UP = "/accounts/2fa/totp/activate/"
ASKED = "/accounts/2fa/authenticate/"


def code_of(secret: str) -> str:
    """The six digits an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = mac[-1] & 0xF
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def root(works: Factory, db: None, settings: Any) -> Person:
    settings.MFA_TOTP_TOLERANCE = 1  # a test may fall upon the end of a code's half minute
    return with_password(works.root)


def set_up(door: SignInDoor) -> str:
    """Go through the pages that set the second factor up, the password once more before it; the secret."""
    again = door.client.get(SET_UP).headers["Location"]
    assert again.startswith("/accounts/reauthenticate/")
    assert door.client.post(again, {"password": PASSWORD, "next": SET_UP}).headers["Location"] == SET_UP
    found = re.search(r"<code>([A-Z2-7=]+)</code>", door.page(SET_UP).html)
    assert found is not None
    answer = door.client.post(SET_UP, {"code": code_of(found[1])})
    assert answer.status_code == 302
    return found[1]


@pytest.mark.parametrize("path", ["/", "/complaints/", "/people/", "/procedure/", "/search?q=x"])
def test_an_administrator_without_one_is_led_to_set_it_up(door: SignInDoor, root: Person, path: str) -> None:
    door.enter("root")
    answer = door.client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)


def test_whoever_must_enter_the_password_again_is_told_why(door: SignInDoor, root: Person) -> None:
    door.enter("root")
    assert "确认是您本人" in door.page(door.client.get(SET_UP).headers["Location"]).text


def test_an_administrator_without_one_can_change_nothing(door: SignInDoor, root: Person) -> None:
    door.enter("root")
    answer = door.client.post("/people/new", {"username": "evil", "name": "x", "password": "a-long-enough-1"})
    assert (answer.status_code, Person.objects.filter(username="evil").exists()) == (302, False)


def test_set_up_with_a_right_code_everything_opens(door: SignInDoor, root: Person) -> None:
    door.enter("root")
    set_up(door)
    assert door.inside


@pytest.mark.parametrize("code", ["000000", "", "abcdef", "1234567"])
def test_a_wrong_code_sets_nothing_up(door: SignInDoor, root: Person, code: str) -> None:
    door.enter("root")
    door.client.post(door.client.get(SET_UP).headers["Location"], {"password": PASSWORD, "next": SET_UP})
    assert door.client.post(SET_UP, {"code": code}).status_code == 200
    assert not door.inside


def test_a_wrong_password_leads_to_no_secret(door: SignInDoor, root: Person) -> None:
    door.enter("root")
    door.client.post(door.client.get(SET_UP).headers["Location"], {"password": "wrong-password-1"})
    assert door.client.get(SET_UP).status_code == 302


def test_from_then_on_the_password_alone_does_not_open(door: SignInDoor, another: SignInDoor, root: Person) -> None:
    door.enter("root")
    secret = set_up(door)
    answer = another.enter("root")
    assert (answer.status_code, answer.headers["Location"].split("?")[0], another.inside) == (
        302,
        ASKED,
        False,
    )
    another.client.post(ASKED, {"code": "000000"})
    assert not another.inside
    another.client.post(ASKED, {"code": code_of(secret)})
    assert another.inside


def test_a_code_that_opened_once_opens_nothing_more(door: SignInDoor, another: SignInDoor, root: Person) -> None:
    door.enter("root")
    code = code_of(set_up(door))
    third = SignInDoor()
    for each in (another, third):
        each.enter("root")
        each.client.post(ASKED, {"code": code})
    assert (another.inside, third.inside) == (True, False)


def test_people_who_are_no_administrators_need_none(door: SignInDoor, works: Factory) -> None:
    with_password(works.mei)
    door.enter("mei")
    assert door.inside


@pytest.mark.parametrize(("wanted", "inside"), [("all", False), ("administrators", True), ("none", True)])
def test_the_company_decides_who_needs_one(
    door: SignInDoor, works: Factory, settings: Any, wanted: str, inside: bool
) -> None:
    settings.TWO_FACTOR = wanted
    with_password(works.mei)
    door.enter("mei")
    assert door.inside is inside


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/accounts/logout/", "要退出登录吗？"),
        ("/accounts/2fa/totp/deactivate/", "要停用两步验证吗？"),
        ("/accounts/2fa/recovery-codes/generate/", "换一组备用码？"),
    ],
)
def test_a_page_that_takes_something_away_asks_first(door: SignInDoor, root: Person, path: str, asked: str) -> None:
    door.enter("root")
    set_up(door)
    assert re.findall(r"<h1>([^<]*)</h1>", door.page(path).html) == [asked]
