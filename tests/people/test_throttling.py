"""Guessing passwords is slow: after five wrong ones an account waits, whatever host, case or browser is used."""

from __future__ import annotations

import pytest

from huiyin.people.models import Person
from tests.cast import Factory
from tests.desk import ParsedPage
from tests.people.conftest import SignInDoor, with_password
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("base")
WRONG = "wrong-password-1"


@pytest.fixture
def mei(works: Factory, db: None) -> Person:
    with_password(works.song)
    return with_password(works.mei)


def test_after_five_wrong_passwords_the_right_one_does_not_open_either(door: SignInDoor, mei: Person) -> None:
    for _ in range(5):
        door.enter("mei", WRONG)
    page = ParsedPage(door.enter("mei"))
    assert (door.inside, page.status) == (False, 200)


def test_four_wrong_ones_are_forgiven(door: SignInDoor, mei: Person) -> None:
    for _ in range(4):
        door.enter("mei", WRONG)
    door.enter("mei")
    assert door.inside


def test_another_browser_or_spelling_is_the_same_account(door: SignInDoor, another: SignInDoor, mei: Person) -> None:
    for name in ("mei", "MEI", "Mei", "mEi", "meI"):
        door.enter(name, WRONG)
    another.enter("mei")
    assert not another.inside


def test_a_name_that_does_not_exist_waits_like_one_that_does(door: SignInDoor, mei: Person) -> None:
    answers = [{len(door.enter(name, WRONG).content) for _ in range(7)} for name in ("mei", "nobody")]
    assert len(answers[0]) == len(answers[1])


def test_ten_failures_from_one_place_close_the_door_for_that_place(door: SignInDoor, mei: Person) -> None:
    for n in range(10):
        door.enter(f"guess{n}", WRONG)
    assert door.enter("song").status_code in (200, 403, 429)
    assert not door.inside
