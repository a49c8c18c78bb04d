"""``huiyin mail ingest``: what it prints and with which code it ends."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from huiyin.channels.mail import command
from huiyin.contacts.models import Contact
from tests.cast import at
from tests.channels.mail.conftest import Post
from tests.channels.mail.letters import EXE, PDF, attached, letter, mixed, part


def run(file: Path, *, json: bool = True, language: str = "en", when: str = "2026-11-16 09:30") -> int:
    return command(Namespace(file=file, json=json, at=at(when), language=language))


@pytest.fixture
def eml(tmp_path: Path) -> Path:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "见附件"), attached("检验报告.pdf", PDF), attached("a.exe", EXE)
    )
    path = tmp_path / "one.eml"
    path.write_bytes(letter(body, kind=kind))
    return path


def test_json(post: Post, eml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(eml) == 0
    number = Contact.objects.get().number
    assert json.loads(capsys.readouterr().out) == {
        "subject": "关于漏油",
        "sender": "li@haichuan.example",
        "sender_name": "李工",
        "text": "见附件",
        "attachments": [
            {
                "name": "检验报告.pdf",
                "sha256": sha256(PDF).hexdigest(),
                "size": len(PDF),
                "type": "application/pdf",
                "inline": False,
            }
        ],
        "refused": [
            {"name": "a.exe", "size": len(EXE), "reason": "a.exe: .exe files are not taken, they can run programs"}
        ],
        "notes": [],
        "mark": "",
        "customer": None,
        "raw": {"sha256": sha256(eml.read_bytes()).hexdigest(), "size": len(eml.read_bytes())},
        "became": {"kind": "contact", "number": number, "url": f"/contacts/{number}"},
        "again": False,
    }
    assert run(eml) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["again"], again["became"]["number"], Contact.objects.count()) == (True, number, 1)


def test_text(post: Post, eml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(eml, json=False, language="zh") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "已收为来往 LX202611-0001",
        "  关于漏油",
        "  李工 <li@haichuan.example>",
        "  /contacts/LX202611-0001",
    ]
    assert lines[4].startswith("  + 检验报告.pdf  application/pdf")
    assert lines[5:] == ["  - a.exe：不接受 .exe 文件，它能在别人的电脑上运行"]
    assert run(eml, json=False) == 0
    assert capsys.readouterr().out.startswith("Taken in before: Contact LX202611-0001\n")


def test_standard_input(post: Post, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(letter())))
    assert run(Path("-")) == 0
    assert json.loads(capsys.readouterr().out)["subject"] == "关于漏油"


def test_no_such_file(post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.eml") == 2
    assert "none.eml: No such file or directory" in capsys.readouterr().err
    assert run(tmp_path) == 2


def test_an_empty_file_is_refused(post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.eml").touch()
    assert run(tmp_path / "empty.eml") == 1
    assert capsys.readouterr().err.endswith("is empty\n")
    assert Contact.objects.count() == 0


def test_without_a_procedure_nothing_is_taken(post: Post, eml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(eml, when="2026-01-04 09:30") == 1  # the day before it was adopted
    assert capsys.readouterr().err == "No procedure is in force; run huiyin adopt first\n"


def test_a_full_disk_is_told(post: Post, eml: Path, settings: object, capsys: pytest.CaptureFixture[str]) -> None:
    settings.FILES = eml  # type: ignore[attr-defined]
    assert run(eml) == 1
    assert capsys.readouterr().err.startswith("The mail could not be stored:")
    assert Contact.objects.count() == 0
