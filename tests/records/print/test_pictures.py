"""Pictures on paper: upright, small, without hidden data; unreadable files become a note."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from huiyin.records.print import pictures
from huiyin.records.print.engine import render
from huiyin.records.print.sheets import Photo, Photos, PrintSheet, SignaturePlace, Signatures
from tests.records.print import pdf
from tests.records.print.examples import liaison, photograph


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def opened(content: bytes) -> Image.Image:
    made = pictures.prepare_picture(content)
    assert made is not None
    return Image.open(BytesIO(made[1]))


def with_photos(*photos: Photo) -> PrintSheet:
    return replace(liaison(), blocks=(Photos(photos, "照片"),))


def test_large_pictures_are_made_smaller_and_small_ones_stay() -> None:
    assert opened(photograph(4000, 3000)).size == (1100, 825)
    assert opened(photograph(320, 200)).size == (320, 200)


def test_a_picture_is_turned_upright_and_loses_what_the_camera_hid() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera on its side
    exif[0x010F] = "Phone"
    content = saved(Image.new("RGB", (60, 40), "red"), "JPEG", exif=exif)
    shown = opened(content)
    assert shown.size == (40, 60)
    assert dict(shown.getexif()) == {}


def test_transparency_becomes_white() -> None:
    shown = opened(saved(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG"))
    assert shown.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_colour_can_be_printed(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    assert opened(saved(Image.new(mode, (20, 10)), kind)).size == (20, 10)


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_every_common_kind_of_file_can_be_printed(kind: str) -> None:
    assert opened(saved(Image.new("RGB", (20, 10), "navy"), kind)).size == (20, 10)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        photograph()[:2000],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["empty", "text", "cut short", "postscript", "svg"],
)
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    assert pictures.prepare_picture(content) is None


def test_a_small_file_that_unpacks_to_a_giant_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    assert pictures.prepare_picture(saved(Image.new("L", (101, 10)), "PNG")) is None


def test_few_prepared_pictures_are_kept() -> None:
    for n in range(pictures.CACHED_PICTURES + 5):
        pictures.prepare_picture(saved(Image.new("L", (n + 1, 1)), "PNG"))
    assert len(pictures._kept) == pictures.CACHED_PICTURES


@pdf.needs_poppler
def test_photos_stand_with_their_captions() -> None:
    printed = render("liaison-sheet", with_photos(Photo(photograph(), "渗漏处"), Photo(photograph(600, 900), "铭牌")))
    assert pdf.pictures(printed) == [(600, 900), (1100, 825)]
    assert pdf.missing(printed, "照片", "渗漏处", "铭牌") == []


@pdf.needs_poppler
def test_an_unreadable_photo_leaves_a_note_and_its_caption() -> None:
    printed = render("liaison-sheet", with_photos(Photo(b"broken", "IMG_0001.HEIC"), Photo(None, "视频")))
    assert pdf.pictures(printed) == []
    assert pdf.words(printed).count("图片无法显示") == 2
    assert pdf.missing(printed, "IMG_0001.HEIC", "视频") == []


@pdf.needs_poppler
def test_a_drawn_signature_stands_beside_the_name() -> None:
    drawing = saved(Image.new("RGB", (300, 80), "white"), "PNG")
    places = Signatures((SignaturePlace("审核", "李建国", "2026-11-21", drawing=drawing), SignaturePlace("批准")))
    printed = render("liaison-sheet", replace(liaison(), blocks=(places,)))
    assert pdf.pictures(printed) == [(300, 80)]
    assert pdf.missing(printed, "审核", "李建国", "2026-11-21", "批准") == []
