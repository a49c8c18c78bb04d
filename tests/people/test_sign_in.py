"""Signing in and out, wrong passwords, people who have left, and where one lands."""

from __future__ import annotations

import re
from typing import Any

import pytest

from huiyin.people.models import Person
from tests.cast import PASSWORD, Factory
from tests.desk import ParsedPage
from tests.people.conftest import SIGN_IN, SignInDoor, with_password
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("base")
WRONG = "wrong-password-1"


@pytest.fixture
def mei(works: Factory, db: None) -> Person:
    return with_password(works.mei)


def test_a_stranger_sees_nothing_but_the_door(door: SignInDoor, mei: Person) -> None:
    answer = door.client.get("/complaints/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{SIGN_IN}?next=/complaints/")


def test_who_signs_in_lands_on_today(door: SignInDoor, mei: Person) -> None:
    answer = door.enter("mei")
    assert (answer.status_code, answer.headers["Location"], door.inside) == (302, "/", True)


@pytest.mark.parametrize("typed", ["MEI", "Mei"])
def test_the_name_is_the_same_in_any_case(door: SignInDoor, mei: Person, typed: str) -> None:
    door.enter(typed)
    assert door.inside


def test_one_lands_where_one_wanted_to_go(door: SignInDoor, mei: Person) -> None:
    assert door.enter("mei", next="/complaints/board").headers["Location"] == "/complaints/board"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example"],
)
def test_nobody_is_led_elsewhere_by_a_link_to_the_door(door: SignInDoor, mei: Person, elsewhere: str) -> None:
    assert door.enter("mei", next=elsewhere).headers["Location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("mei", WRONG), ("nobody", PASSWORD), ("", PASSWORD), ("mei", "")])
def test_a_wrong_name_and_a_wrong_password_read_alike(door: SignInDoor, mei: Person, name: str, password: str) -> None:
    page = ParsedPage(door.enter(name, password))
    assert (page.status, door.inside) == (200, False)
    if name and password:
        assert "用户名和/或密码不正确" in page.text or "帐号或密码" in page.text or "不正确" in page.text


def test_who_has_no_password_cannot_sign_in(door: SignInDoor, works: Factory) -> None:
    door.enter("song", "")
    assert not door.inside


def test_who_has_left_cannot_sign_in(door: SignInDoor, mei: Person) -> None:
    Person.objects.filter(pk=mei.pk).update(is_active=False)
    door.enter("mei")
    assert not door.inside


def test_who_leaves_is_out_at_once(door: SignInDoor, mei: Person) -> None:
    door.enter("mei")
    assert door.inside
    Person.objects.filter(pk=mei.pk).update(is_active=False)
    assert door.client.get("/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(door: SignInDoor, another: SignInDoor, mei: Person) -> None:
    door.enter("mei")
    another.enter("mei")
    changed = {"oldpassword": PASSWORD, "password1": "a-new-gate-8819", "password2": "a-new-gate-8819"}
    assert door.client.post("/accounts/password/change/", changed).status_code == 302
    assert (door.inside, another.inside) == (True, False)


def test_rights_taken_away_end_at_once(door: SignInDoor, mei: Person, works: Factory) -> None:
    complaint = works.complaint("song")
    door.enter("mei")
    assert door.page(f"/complaints/{complaint.number}").status == 200
    Person.objects.filter(pk=mei.pk).update(department=works.fang.department)
    assert door.page(f"/complaints/{complaint.number}").status == 404


def test_signing_out_needs_a_post(door: SignInDoor, mei: Person) -> None:
    door.enter("mei")
    door.client.get("/accounts/logout/")
    assert door.inside
    door.client.post("/accounts/logout/")
    assert not door.inside


def test_who_does_not_want_to_sign_out_goes_back(door: SignInDoor, mei: Person) -> None:
    door.enter("mei")
    page = ParsedPage(door.client.get("/accounts/logout/"))
    assert re.search(r'<a [^>]*href="/"[^>]*><span>返回</span></a>', page.html)


def test_signing_in_changes_the_session_key(door: SignInDoor, mei: Person, settings: Any) -> None:
    door.client.get(SIGN_IN)
    before = door.client.session.session_key
    door.enter("mei")
    assert door.client.session.session_key != before


def test_the_door_speaks_the_browsers_language(door: SignInDoor, mei: Person) -> None:
    assert "登录" in door.page(SIGN_IN).text
    english = ParsedPage(door.client.get(SIGN_IN, headers={"Accept-Language": "en-GB,en;q=0.9"}))
    assert ("Sign in" in english.text, "登录" in english.text) == (True, False)
