"""``huiyin prepare``: what ``bin/up`` needs done, once and no more."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from huiyin.config import prepare
from huiyin.people.models import Person

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def asked(**more: Any) -> Namespace:
    """The arguments of ``prepare --demo --json``."""
    given = {
        "demo": True,
        "json": True,
        "complaints": 2,
        "seed": 1,
        "pack": None,
        "language": "en",
        "at": NOON,
    }
    return Namespace(**{**given, **more})


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    settings.DATA, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    return tmp_path


def last_line(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What ``--json`` printed."""
    said: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return said


@pytest.mark.django_db
def test_an_empty_database_gets_its_demonstration_and_the_sign_ins_as_long_as_nobody_changed_them(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prepare.command(asked()) == 0
    sign_ins = last_line(capsys)["sign_ins"]
    assert {"reception", "quality", "management", "auditor"} <= {s["username"] for s in sign_ins}
    assert {tuple(s) for s in sign_ins} == {("username", "password", "name", "functions")}
    assert (data / "demonstration.json").stat().st_mode & 0o077 == 0
    person = Person.objects.get(username="reception")
    assert person.check_password(next(s["password"] for s in sign_ins if s["username"] == "reception"))
    before = {s["username"] for s in sign_ins}
    person = Person.objects.get(username="quality")
    person.set_password("my own long phrase")
    person.save()
    prepare.command(asked())
    after = {s["username"] for s in last_line(capsys)["sign_ins"]}
    assert before - after == {"quality"}


@pytest.mark.django_db
def test_a_database_with_people_gets_no_demonstration(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Person.objects.create_person("first", None, name="一号")
    assert prepare.command(asked()) == 0
    assert last_line(capsys) == {"sign_ins": []}
    assert [p.username for p in Person.objects.all()] == ["first"]


@pytest.mark.django_db
def test_static_files_are_collected_when_they_changed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepare.collect_static() is True
    assert (data / "static" / "ui" / "app.css").exists()
    assert prepare.collect_static() is False
    monkeypatch.setattr(prepare, "_digest_of_sources", lambda: "another")
    assert prepare.collect_static() is True
