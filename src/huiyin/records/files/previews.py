"""Pictures measured before they are taken, and small copies of them: upright, without the data cameras hide in them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.kernel.text import t
from huiyin.records.files.sniff import FileRejected, FileType

SIZES = {"small": 240, "large": 1600}
"""The longest side of a preview in pixels."""
MOST_PIXELS = 64_000_000
"""A picture of more pixels is not taken: unpacked it would fill the server's memory."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
SIDEWAYS = frozenset({5, 6, 7, 8})
ORIENTATION = 0x0112

Image.init()  # loads the readers once, or those of rarer formats are unknown to the first call


def picture_size(file: Any, kind: FileType, name: str) -> tuple[int, int] | None:
    """Width and height of a picture as it is seen upright; None for other files; raises Unfit for what is none."""
    if not kind.picture:
        return None
    file.seek(0)
    try:
        with Image.open(file, formats=[kind.picture]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _too_large(name)
            picture.verify()
        file.seek(0)
        with Image.open(file, formats=[kind.picture]) as picture:  # once verified it cannot be read any more
            # Other formats would have to be unpacked for it, and no camera writes them.
            asked = kind.picture in ("JPEG", "WEBP")
            sideways = asked and picture.getexif().get(ORIENTATION) in SIDEWAYS
    except FileRejected:
        raise
    except Image.DecompressionBombError:
        raise _too_large(name) from None
    except Exception as error:  # damaged pictures make the readers raise whatever they stumble over
        raise FileRejected(t("{name}：图片已损坏", "{name}: the picture is damaged", name=name)) from error
    return (height, width) if sideways else (width, height)


def _too_large(name: str) -> FileRejected:
    return FileRejected(
        t(
            "{name}：图片超过 {n} 百万像素",
            "{name}: the picture has more than {n} million pixels",
            name=name,
            n=MOST_PIXELS // 1_000_000,
        )
    )


def preview(source: Path, sha256: str, size: str) -> Path | None:
    """The small copy of the stored picture ``source``, made when it is first asked for; None if it cannot be read."""
    longest = SIZES[size]
    place = Path(settings.FILES) / "previews" / sha256[:2] / f"{sha256}-{longest}.webp"
    if place.exists():
        return place
    try:
        with Image.open(source, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    _write(plain, place)
    return place


def _write(picture: Image.Image, place: Path) -> None:
    """Write beside and rename, so that nobody reads half a picture; nothing of the original's data goes along."""
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            picture.save(file, "WEBP", quality=80, method=4, exif=b"", icc_profile=b"")
        Path(name).rename(place)
    finally:
        Path(name).unlink(missing_ok=True)
