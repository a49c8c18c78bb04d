"""Pages of files and comments: only for who may see the record now, and nothing stored can run in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest

from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.files import files
from huiyin.records.models import Attachment, Comment
from tests.cast import Factory
from tests.records.office import NOW, browser_of, picture, upload
from tests.stage import stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"


company = stage("feedback")


@pytest.fixture
def complaint(company: Factory) -> Complaint:
    return company.complaint()


def put(complaint: Complaint, name: str, content: bytes) -> Attachment:
    return files.attach(complaint, upload(name, content), actor=complaint.owner, at=NOW)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("name", "content", "mime", "place"),
    [
        ("照片.png", picture(), "image/png", "inline"),
        ("图纸.pdf", b"%PDF-1.7\n", "application/pdf", "inline"),
        ("说明.txt", "<b>漏油</b>".encode(), "text/plain", "attachment"),
        ("邮件.eml", b"From: a@example.com\n\n<script>1</script>", "message/rfc822", "attachment"),
    ],
)
def test_a_file_opens_sealed_off(
    company: Factory, complaint: Complaint, name: str, content: bytes, mime: str, place: str
) -> None:
    row = put(complaint, name, content)
    answer = browser_of(company.mei).get(f"/files/{row.pk}/{name}")
    assert (answer.status_code, body(answer), answer["Content-Type"]) == (200, content, mime)
    assert unquote(answer["Content-Disposition"]) == f"{place}; filename*=utf-8''{name}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["ETag"] == f'"{row.sha256}"'


def test_an_unchanged_file_is_not_sent_again_but_the_right_is_asked_again(
    company: Factory, complaint: Complaint
) -> None:
    row = put(complaint, "a.png", picture())
    Complaint.objects.filter(pk=complaint.pk).update(owner=company.peng)
    browser = browser_of(company.peng)
    assert browser.get(f"/files/{row.pk}/a.png").status_code == 200
    known = {"If-None-Match": f'"{row.sha256}"'}
    assert browser.get(f"/files/{row.pk}/a.png", headers=known).status_code == 304
    Complaint.objects.filter(pk=complaint.pk).update(owner=company.mei)
    assert browser.get(f"/files/{row.pk}/a.png", headers=known).status_code == 404
    assert browser.get(f"/files/{row.pk}/preview", headers=known).status_code == 404


def test_foreign_removed_and_unknown_files_do_not_exist(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, "a.png", picture())
    foreign = browser_of(company.ku)
    for address in (f"/files/{row.pk}/a.png", f"/files/{row.pk}/preview", "/files/999/a.png"):
        assert foreign.get(address).status_code == 404
    assert foreign.post(f"/files/{row.pk}/removal").status_code == 404
    assert (
        foreign.post(f"/files/complaint/{complaint.number}", {"files": upload("b.png", picture())}).status_code == 404
    )
    assert foreign.post(f"/comments/complaint/{complaint.number}", {"text": "x"}).status_code == 404
    assert browser_of(company.mei).post(f"/comments/nothing/{complaint.number}", {"text": "x"}).status_code == 404
    files.remove_file(complaint, row, actor=company.song, at=NOW)
    assert browser_of(company.mei).get(f"/files/{row.pk}/a.png").status_code == 404


def test_a_preview_is_small_and_webp(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, "a.png", picture(size=(2000, 1000)))
    browser = browser_of(company.mei)
    answer = browser.get(f"/files/{row.pk}/preview")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert body(answer)[8:12] == b"WEBP"
    assert answer["ETag"] == f'"{row.sha256}-small"'
    assert browser.get(f"/files/{row.pk}/preview?size=large")["ETag"] == f'"{row.sha256}-large"'
    assert browser.get(f"/files/{row.pk}/preview?size=../x").status_code == 404
    assert browser.get(f"/files/{put(complaint, 'a.txt', b'x').pk}/preview").status_code == 404


def test_f9_the_page_says_which_file_is_missing(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, "照片.png", picture())
    files.blob_path(row.sha256).unlink()
    for address in (f"/files/{row.pk}/x", f"/files/{row.pk}/preview"):
        answer = browser_of(company.mei).get(address)
        assert answer.status_code == 404
        words = answer.content.decode()
        assert f"{complaint.number} 的文件“照片.png”" in words
        assert row.sha256 in words
    assert browser_of(company.mei).get(f"/complaints/{complaint.number}").status_code == 200


def test_files_are_added_from_the_page_all_or_none(company: Factory, complaint: Complaint) -> None:
    browser = browser_of(company.mei)
    address = f"/files/complaint/{complaint.number}"
    answer = browser.post(address, {"files": [upload("a.png", picture()), upload("b.txt", b"x")]})
    assert (answer.status_code, answer["Location"]) == (302, f"/complaints/{complaint.number}#files")
    assert list(Attachment.objects.order_by("id").values_list("name", "author__username")) == [
        ("a.png", "mei"),
        ("b.txt", "mei"),
    ]
    answer = browser.post(address, {"files": [upload("c.png", picture()), upload("d.exe", b"MZ\x00")]})
    assert answer.status_code == 409
    assert "d.exe：不接受 .exe 文件" in answer.content.decode()
    assert browser.post(address).status_code == 409
    assert Attachment.objects.count() == 2


def test_a_file_is_taken_off_from_the_page(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, "a.png", picture())
    assert browser_of(company.lin).post(f"/files/{row.pk}/removal").status_code == 409
    assert browser_of(company.mei).post(f"/files/{row.pk}/removal").status_code == 302
    row.refresh_from_db()
    assert row.removed_at is not None
    assert verify().code == 0


def test_looking_changes_nothing(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, "a.png", picture())
    browser = browser_of(company.mei)
    before = Entry.objects.count()
    assert browser.get(f"/files/{row.pk}/removal").status_code == 405
    assert browser.get(f"/files/complaint/{complaint.number}").status_code == 405
    assert browser.get(f"/comments/complaint/{complaint.number}?text=x").status_code == 405
    assert browser.head(f"/files/{row.pk}/a.png").status_code == 200
    assert (Entry.objects.count(), Comment.objects.count()) == (before, 0)


# ---- comments


def test_a_comment_is_left_and_entered(company: Factory, complaint: Complaint) -> None:
    browser = browser_of(company.lin)
    answer = browser.post(f"/comments/complaint/{complaint.number}", {"text": "  请先看照片 <b> "})
    assert (answer.status_code, answer["Location"]) == (302, f"/complaints/{complaint.number}#comments")
    row = Comment.objects.get()
    assert (row.text, row.author, row.kind, row.record_id) == (
        "请先看照片 <b>",
        company.lin,
        "complaint",
        complaint.pk,
    )
    entry = Entry.objects.get(event="record.commented")
    assert (entry.particulars, entry.digests.keys()) == ({"text": "请先看照片 <b>"}, {row.part_key})
    assert verify().code == 0


def test_f11_a_comment_sent_twice_is_left_once(company: Factory, complaint: Complaint) -> None:
    browser = browser_of(company.lin)
    sent = {"text": "一次", "submission": uuid4().hex}
    answers = [browser.post(f"/comments/complaint/{complaint.number}", sent) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"/complaints/{complaint.number}#comments"] * 2
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "字" * 5001])
def test_an_empty_or_endless_comment_is_refused(company: Factory, complaint: Complaint, text: str) -> None:
    answer = browser_of(company.lin).post(f"/comments/complaint/{complaint.number}", {"text": text})
    assert answer.status_code == 409
    assert Comment.objects.count() == 0


def test_a_comment_changed_behind_the_journal_is_found(company: Factory, complaint: Complaint) -> None:
    browser_of(company.lin).post(f"/comments/complaint/{complaint.number}", {"text": "原话"})
    Comment.objects.update(text="改过")
    assert verify().code == 1
