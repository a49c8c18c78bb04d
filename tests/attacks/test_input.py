"""Bad input is refused in words: invisible characters, bodies too large, fields nobody asked for, active files."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from huiyin.complaints.models import Complaint
from huiyin.people.models import Department, Person
from huiyin.procedure.models import ProcedureVersion
from huiyin.records.models import Attachment, Comment
from tests.attacks.siege import Town, ask
from tests.records.office import picture, upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    "path",
    ["/search?q=%00", "/search/suggest?q=a%00", "/complaints/?q=%00&batch=%00", "/customers/lookup?q=%00a"],
)
def test_nul_in_a_question_is_refused(town: Town, path: str) -> None:
    assert town.browser("song").get(path).status_code == 400


def test_nul_in_an_address_is_nowhere(town: Town) -> None:
    assert town.browser("song").get("/complaints/%00").status_code == 404


def test_nul_in_a_form_is_refused_before_anything_is_written(town: Town) -> None:
    before = Comment.objects.count()
    answer = town.browser("mei").post(f"/comments/complaint/{town.story.complaint.number}", {"text": "a\0b"})
    assert (answer.status_code, Comment.objects.count()) == (400, before)


def test_strangers_cannot_send_large_bodies() -> None:
    client = Client()
    client.get("/accounts/login/")
    sent = {"login": "x" * 70_000, "password": "x"}
    assert client.post("/accounts/login/", sent).status_code == 413


@pytest.mark.parametrize("length", ["99999999999", "-1", "x"])
def test_a_body_beyond_every_limit_is_not_read(town: Town, length: str) -> None:
    answer = town.browser("mei").post("/people/preferences", {"theme": "dark"}, CONTENT_LENGTH=length)
    assert answer.status_code in (400, 413)


def test_too_many_fields_and_files_are_refused(town: Town) -> None:
    browser = town.browser("mei")
    where = f"/files/complaint/{town.story.complaint.number}"
    many = {"files": [upload(f"{n}.png", picture()) for n in range(40)]}
    assert browser.post(where, many).status_code == 400
    assert browser.post("/people/preferences", {f"f{n}": "x" for n in range(3500)}).status_code == 400


def test_fields_that_a_form_does_not_ask_for_change_nothing(town: Town) -> None:
    browser = town.browser("mei")
    extra = {
        "is_administrator": "on",
        "is_head": "on",
        "extra_functions": "management",
        "username": "boss",
        "department": "1",
    }
    browser.post("/people/preferences", {"theme": "dark", **extra})
    browser.post("/people/me", extra)
    mei = Person.objects.get(username="mei")
    assert (mei.is_administrator, mei.is_head, mei.extra_functions, mei.theme) == (False, False, [], "dark")


def test_a_record_takes_no_state_owner_or_number_from_a_form(town: Town) -> None:
    number = town.story.complaint.number
    sheet = {
        "state": "closed",
        "phase": "closed",
        "number": "X-1",
        "owner": "1",
        "opened_by": "1",
        "journal_head": "x",
    }
    town.browser("song").post(f"/complaints/{number}/question", {"question": "请发照片", **sheet})
    row = Complaint.objects.get(pk=town.story.complaint.pk)
    assert (row.number, row.state, row.owner_id) == (number, "asking", town.works.mei.pk)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", SVG),
        ("x.txt", SVG),
        ("drawing", SVG),
        ("x.png", SVG),
        ("x.html", HTML),
        ("x.txt", HTML),
        ("x.png", HTML),
        ("x.exe", b"MZ\0\0"),
        ("\u202egnp.exe", b"MZ\0\0"),
        ("x.xlsm", b"PK\3\4"),
        ("x.png", b"\x89PNG\r\n\x1a\n broken"),
        ("x.pdf.js", b"alert(1)"),
    ],
)
def test_active_files_are_not_taken(town: Town, name: str, content: bytes) -> None:
    before = Attachment.objects.count()
    answer = town.browser("mei").post(
        f"/files/complaint/{town.story.complaint.number}", {"files": upload(name, content)}
    )
    assert (answer.status_code, Attachment.objects.count()) == (409, before)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.png", "..\\..\\x.png", "a\r\nX-Evil: 1.png", 'a";filename="b.png', "\u202egnp.png"],
)
def test_a_file_name_is_only_a_name(town: Town, name: str) -> None:
    browser = town.browser("mei")
    browser.post(f"/files/complaint/{town.story.complaint.number}", {"files": upload(name, picture(colour=(1, 2, 3)))})
    row = Attachment.objects.order_by("-id")[0]
    assert [sign for sign in '/\\\r\n"\u202e' if sign in row.name] == []
    answer = browser.get(f"/files/{row.pk}/{quote(row.name)}")
    assert b"".join(answer.streaming_content) == picture(colour=(1, 2, 3))
    assert (answer.status_code, "X-Evil" in answer.headers) == (200, False)
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_file_is_gone_for_whom_the_record_is_gone(town: Town) -> None:
    peng = Person.objects.get(username="peng")
    browser, row = town.browser("peng"), town.picture
    paths = [
        f"/files/{row.pk}/{quote(row.name)}",
        f"/files/{row.pk}/preview",
        f"/complaints/{town.story.complaint.number}",
    ]
    seen = []
    for _ in range(2):
        unchanged = {"if-none-match": f'"{row.sha256}"'}
        answers = [ask(browser, "get", path, headers=unchanged) for path in paths]
        seen.append([answer.status_code for answer in answers])
        peng.department = _warehouse()
        peng.save()
    assert seen == [[304, 200, 200], [404, 404, 404]]


def _warehouse() -> Department:
    return next(d for d in Department.objects.all() if "warehouse" in d.functions)


def test_a_bomb_in_a_workbook_is_refused(town: Town) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for n in range(5):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", b"\0" * 90_000_000)
    answer = town.browser("song").post("/imports/", {"kind": "customers", "file": upload("x.xlsx", packed.getvalue())})
    assert (answer.status_code, "解开后太大" in answer.content.decode()) == (422, True)


def test_entities_in_a_workbook_reach_no_file(town: Town) -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", evil + "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            evil + "<workbook><sheets><sheet name='&e;' sheetId='1' r:id='r1'/></sheets></workbook>",
        )
    answer = town.browser("song").post("/imports/", {"kind": "customers", "file": upload("x.xlsx", packed.getvalue())})
    assert (answer.status_code, "root:" in answer.content.decode()) == (422, False)


def test_a_line_break_in_an_address_makes_no_line_in_the_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="django.request"):
        town.browser("mei").get("/nowhere%0d%0a2026-11-21 CRITICAL forged")
    lines: list[Any] = [record.getMessage() for record in caplog.records]
    assert lines
    assert [line for line in lines if "\n" in line or "\r" in line] == []


def test_a_slip_in_the_day_brings_no_version_into_force(town: Town) -> None:
    version = ProcedureVersion.objects.get(pk=town.works.version)
    version.pk, version.state, version.version = None, "reviewed", "9.9"
    version.save()
    answer = town.browser("zong").post(f"/procedure/versions/{version.pk}/approval", {"effective_on": "31.02.2027"})
    assert (answer.status_code, ProcedureVersion.objects.get(pk=version.pk).state) == (409, "reviewed")


def test_a_token_of_foreign_letters_makes_no_cookie(town: Town) -> None:
    answer = town.browser("mei").post("/people/preferences", {"theme": "dark", "submission": "令牌"})
    assert (answer.status_code, "huiyin_saved" in answer.cookies) == (302, False)
