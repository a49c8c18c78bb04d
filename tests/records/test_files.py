"""Files on records: stored once under what they hold, entered in the journal, never lost while they are needed (F9)."""

from __future__ import annotations

import errno
import hashlib
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.files import files, previews
from huiyin.records.models import Attachment
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory
from tests.records.office import NOW, picture, seen, upload
from tests.stage import stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


company = stage("feedback")


@pytest.fixture
def complaint(company: Factory) -> Complaint:
    return company.complaint()


def put(complaint: Complaint, actor: Any, name: str = "照片.png", content: bytes | None = None) -> Attachment:
    return files.attach(complaint, upload(name, content or picture()), actor=actor, at=NOW)


def lying(store: Path) -> list[str]:
    return sorted(str(p.relative_to(store)) for p in store.rglob("*") if p.is_file())


def test_a_file_lies_under_its_digest_and_stands_in_the_journal(
    company: Factory, complaint: Complaint, store: Path
) -> None:
    content = picture(size=(40, 20))
    row = put(complaint, company.mei, "../现场 照片.png", content)
    digest = hashlib.sha256(content).hexdigest()
    assert (row.name, row.sha256, row.size, row.mime) == ("现场 照片.png", digest, len(content), "image/png")
    assert (row.width, row.height, row.is_image, row.author, row.at) == (40, 20, True, company.mei, NOW)
    assert lying(store) == [f"{digest[:2]}/{digest[2:4]}/{digest}"]
    assert files.open_blob(row).read() == content
    entry = Entry.objects.get(event="record.file_attached")
    assert entry.particulars == {"name": "现场 照片.png", "size": len(content), "sha256": digest}
    assert verify().code == 0


def test_the_same_bytes_are_stored_once(company: Factory, complaint: Complaint, store: Path) -> None:
    first = put(complaint, company.mei, "a.png")
    second = put(complaint, company.lin, "b.png")
    assert first.sha256 == second.sha256
    assert len(lying(store)) == 1


def test_damaged_bytes_in_the_store_are_replaced_by_the_whole_ones(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, company.mei)
    place = files.blob_path(row.sha256)
    place.chmod(0o640)
    place.write_bytes(b"half")
    put(complaint, company.mei)
    assert files.open_blob(row).read() == picture()


def test_several_files_or_none(company: Factory, complaint: Complaint) -> None:
    chosen = [upload("a.png", picture()), upload("b.pdf", b"MZ\x00\x00"), upload("c.txt", b"")]
    with pytest.raises(Refused) as refused:
        files.attach_all(complaint, chosen, actor=company.mei, at=NOW)
    assert [reason.show("zh") for reason in refused.value.reasons] == [
        "名为 b.pdf，内容却是可执行文件",
        "c.txt：文件是空的",
    ]
    assert Attachment.objects.count() == 0


def test_a_file_above_the_limit_is_refused(company: Factory, complaint: Complaint, settings: Any, store: Path) -> None:
    settings.UPLOAD_MEGABYTES = 1
    with pytest.raises(Refused) as refused:
        put(complaint, company.mei, "a.txt", b"x" * (1024 * 1024 + 1))
    assert refused.value.reasons[0].show("zh") == "a.txt：文件超过 1 MB"
    assert lying(store) == []
    assert put(complaint, company.mei, "a.txt", b"x" * 1024 * 1024).size == 1024 * 1024


def test_a_record_has_a_limit_of_files(company: Factory, complaint: Complaint, monkeypatch: Any) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 2)
    put(complaint, company.mei, "a.png")
    with pytest.raises(Refused) as refused:
        files.attach_all(complaint, [upload("b.png", picture()), upload("c.png", picture())], actor=company.mei, at=NOW)
    assert refused.value.reasons[0].show("zh") == "一条记录最多 2 个文件"
    put(complaint, company.mei, "b.png")
    assert Attachment.objects.count() == 2


def test_a_pixel_bomb_is_refused(company: Factory, complaint: Complaint, monkeypatch: Any) -> None:
    monkeypatch.setattr(previews, "MOST_PIXELS", 2_000_000)
    with pytest.raises(Refused) as refused:
        put(complaint, company.mei, "a.png", picture(size=(2001, 1000)))
    assert refused.value.reasons[0].show("zh") == "a.png：图片超过 2 百万像素"


def test_a_damaged_picture_is_refused(company: Factory, complaint: Complaint) -> None:
    with pytest.raises(Refused) as refused:
        put(complaint, company.mei, "a.png", picture()[:30])
    assert refused.value.reasons[0].show("zh") == "a.png：图片已损坏"


def test_f5_a_full_disk_is_said_and_leaves_nothing(
    company: Factory, complaint: Complaint, store: Path, monkeypatch: Any
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refused:
        put(complaint, company.mei)
    assert refused.value.reasons[0].show("zh") == "照片.png：服务器磁盘已满，文件没有保存"
    assert lying(store) == []
    assert Attachment.objects.count() == 0


def test_f9_a_rolled_back_row_leaves_bytes_that_the_report_names(company: Factory, complaint: Complaint) -> None:
    with transaction.atomic():
        put(complaint, company.mei)
        transaction.set_rollback(True)
    assert Attachment.objects.count() == 0
    report = files.check_store()
    assert [path.name for path in report.unreferenced] == [hashlib.sha256(picture()).hexdigest()]
    assert report.missing == ()
    assert report.unreferenced[0].exists()


def test_f9_missing_bytes_are_named_and_nothing_is_removed(company: Factory, complaint: Complaint, store: Path) -> None:
    kept = put(complaint, company.mei, "a.png")
    lost = put(complaint, company.mei, "b.txt", b"words")
    files.blob_path(lost.sha256).unlink()
    (store / "incoming" / "left-over").write_bytes(b"x")
    report = files.check_store()
    assert report.missing == (lost,)
    assert [path.name for path in report.unreferenced] == ["left-over"]
    with pytest.raises(files.MissingBlob) as missing:
        files.open_blob(lost)
    assert missing.value.attachment == lost
    assert files.open_blob(kept).read() == picture()


def test_f9_a_removed_file_keeps_its_bytes(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, company.mei)
    files.remove_file(complaint, row, actor=seen(company.mei), at=NOW)
    row.refresh_from_db()
    assert row.removed_at == NOW
    assert Entry.objects.get(event="record.file_removed").particulars["name"] == "照片.png"
    assert files.check_store() == files.StoreReport((), ())
    files.remove_file(complaint, row, actor=seen(company.mei), at=NOW)
    assert Entry.objects.filter(event="record.file_removed").count() == 1
    assert verify().code == 0


@pytest.mark.parametrize(("who", "may"), [("mei", True), ("song", True), ("root", True), ("lin", False)])
def test_who_may_take_a_file_off(company: Factory, complaint: Complaint, who: str, may: bool) -> None:
    row = put(complaint, company.mei)
    assert (files.reasons_to_keep(complaint, row, seen(getattr(company, who))) == []) is may


@pytest.mark.parametrize("phase", ["closed", "void"])
def test_files_of_an_ended_record_stay(company: Factory, complaint: Complaint, phase: str) -> None:
    row = put(complaint, company.mei)
    complaint.phase = phase
    with pytest.raises(Refused) as refused:
        files.remove_file(complaint, row, actor=seen(company.mei), at=NOW)
    assert refused.value.reasons[0].show("zh") == "记录已了结，文件不能再去掉"


def test_anything_with_a_name_and_chunks_is_an_upload(company: Factory, complaint: Complaint) -> None:
    row = files.attach(
        complaint, ContentFile(picture("JPEG"), name="image001"), actor=None, at=NOW, part="task:1", inline_id="<a@b>"
    )
    assert (row.name, row.author, row.part, row.inline_id) == ("image001.jpg", None, "task:1", "<a@b>")


# ---- pictures


def test_a_sideways_photograph_is_measured_and_shown_upright(company: Factory, complaint: Complaint) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    exif[0x010E] = "where it was taken"
    row = put(complaint, company.mei, "a.jpg", picture("JPEG", (800, 400), exif=exif))
    assert (row.width, row.height) == (400, 800)
    place = files.preview(row, "small")
    assert place is not None
    with Image.open(place) as small:
        assert (small.format, small.size, dict(small.getexif())) == ("WEBP", (120, 240), {})
    assert b"where it was taken" not in place.read_bytes()


def test_a_preview_is_made_once(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, company.mei, "a.png", picture(size=(3000, 10)))
    place = files.preview(row, "large")
    assert place is not None
    written = place.stat().st_mtime_ns
    assert files.preview(row, "large") == place
    assert place.stat().st_mtime_ns == written
    with Image.open(place) as large:
        assert large.size == (1600, 5)
    assert files.check_store().unreferenced == ()


def test_no_preview_of_what_is_no_picture(company: Factory, complaint: Complaint) -> None:
    assert files.preview(put(complaint, company.mei, "a.txt", b"words"), "small") is None


def test_a_preview_of_missing_bytes_says_so(company: Factory, complaint: Complaint) -> None:
    row = put(complaint, company.mei)
    files.blob_path(row.sha256).unlink()
    with pytest.raises(files.MissingBlob):
        files.preview(row, "small")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_has_a_preview(company: Factory, complaint: Complaint, mode: str) -> None:
    made = BytesIO()
    Image.new(mode, (300, 300)).save(made, "JPEG" if mode == "CMYK" else "PNG")
    row = put(complaint, company.mei, "a.jpg" if mode == "CMYK" else "a.png", made.getvalue())
    place = files.preview(row, "small")
    assert place is not None
    with Image.open(place) as small:
        assert small.size == (240, 240)
