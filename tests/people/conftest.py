"""What tests of this room share: people who can sign in, and the page to do it on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from huiyin.people.models import Person
from tests.cast import PASSWORD
from tests.desk import ParsedPage

SIGN_IN = "/accounts/login/"


class SignInDoor:
    """The sign-in page in one browser."""

    def __init__(self) -> None:
        self.client = Client()

    def enter(self, name: str, password: str = PASSWORD, **more: str) -> Any:
        """What comes back from signing in."""
        return self.client.post(SIGN_IN, {"login": name, "password": password, **more})

    @property
    def inside(self) -> bool:
        """Whether the home page opens."""
        return bool(self.client.get("/").status_code == 200)

    def page(self, path: str) -> ParsedPage:
        """A page as this browser sees it."""
        return ParsedPage(self.client.get(path))


@pytest.fixture
def door() -> SignInDoor:
    return SignInDoor()


@pytest.fixture
def another() -> SignInDoor:
    return SignInDoor()


def with_password(person: Person, password: str = PASSWORD) -> Person:
    """The person, able to sign in; a copy, for the one given belongs to all tests of a file."""
    found = Person.objects.get(pk=person.pk)
    found.set_password(password)
    found.save(update_fields=["password"])
    return found
