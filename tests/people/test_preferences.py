"""Language and theme are the person's own; asking for them leads nowhere else."""

from __future__ import annotations

import pytest

from huiyin.people.models import Person
from tests.desk import Office
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks()


def choices(person: Person) -> tuple[str, str]:
    found = Person.objects.get(pk=person.pk)
    return found.language, found.theme


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"language": "en"}, ("en", "auto")),
        ({"language": "zh"}, ("zh-hans", "auto")),
        ({"theme": "dark"}, ("zh-hans", "dark")),
        ({"language": "fr"}, ("zh-hans", "auto")),
        ({"theme": "pink"}, ("zh-hans", "auto")),
        ({}, ("zh-hans", "auto")),
        ({"is_administrator": "1", "department": "1"}, ("zh-hans", "auto")),
    ],
)
def test_what_is_known_is_kept_and_nothing_else(office: Office, sent: dict[str, str], kept: tuple[str, str]) -> None:
    assert office.desk("mei").client.post("/people/preferences", sent).status_code == 302
    assert choices(office.works.mei) == kept
    assert not Person.objects.get(pk=office.works.mei.pk).is_administrator


def test_the_next_page_is_in_the_language_chosen(office: Office) -> None:
    mei = office.desk("mei")
    assert "今日" in mei.get("/").text
    mei.client.post("/people/preferences", {"language": "en"})
    page = mei.get("/")
    assert ("Today" in page.text, "今日" in page.text) == (True, False)


def test_one_comes_back_to_the_page_one_was_on(office: Office) -> None:
    answer = office.desk("mei").client.post("/people/preferences", {"theme": "dark", "next": "/complaints/?open=1"})
    assert answer.headers["Location"] == "/complaints/?open=1"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\x01//evil.example"],
)
def test_and_nowhere_else(office: Office, elsewhere: str) -> None:
    answer = office.desk("mei").client.post("/people/preferences", {"theme": "dark", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_preferences_are_set_by_post_alone(office: Office) -> None:
    assert office.desk("mei").client.get("/people/preferences?language=en").status_code == 405
    assert choices(office.works.mei) == ("zh-hans", "auto")
