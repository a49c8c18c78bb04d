"""``huiyin person``: what is refused is said in the language of the terminal."""

from __future__ import annotations

import io
from argparse import Namespace

import pytest

from huiyin.people import commands
from huiyin.people.models import Person
from tests.cast import at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["密码太短，至少要 10 个字符", "密码与姓名或用户名太相近"]),
        (
            "en",
            [
                "The password is too short; it needs 10 characters at least",
                "The password is too much like the name or the user name",
            ],
        ),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    language: str, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Person.objects.create_person("laobanqi", None, name="老板")
    monkeypatch.setattr("sys.stdin", io.StringIO("laobanqi\n"))
    assert commands.person_password(Namespace(username="laobanqi", language=language)) == 1
    said = capsys.readouterr().out.splitlines()
    assert sorted(said) == sorted(words)


def test_without_a_procedure_there_is_no_department_to_name(capsys: pytest.CaptureFixture[str]) -> None:
    asked = Namespace(
        username="mei",
        name="小梅",
        department="quality",
        head=False,
        administrator=False,
        language="zh",
        at=at("2026-11-16 09:00"),
    )
    assert commands.person_add(asked) == 2
    assert "huiyin adopt" in capsys.readouterr().out
