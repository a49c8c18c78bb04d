"""Pictures made ready for paper: upright, smaller, and without the data that cameras hide in them."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import OrderedDict
from io import BytesIO

from PIL import Image, ImageOps

LONGEST = 1100  # pixels: the widest place on a form is 172 mm, which makes 160 dots an inch
MOST_PIXELS = 120_000_000  # a picture that unpacks to more is refused before it is decoded
INK_MARGIN = 4  # pixels left around a signature that is cut out of its pad
CACHED_PICTURES = 64  # prepared pictures kept by a process, about 100 kB each

# Only plain pictures: some of Pillow's other readers start programs or read further files.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")

log = logging.getLogger(__name__)
Image.init()  # loads the readers, or those of rarer formats are unknown to the first call

_kept: OrderedDict[str, bytes | None] = OrderedDict()
_lock = threading.Lock()


def prepare_picture(content: bytes) -> tuple[str, bytes] | None:
    """A file name made from the content, and the JPEG to print; ``None`` if it is no readable picture."""
    digest = hashlib.sha256(content).hexdigest()
    with _lock:
        if digest in _kept:
            _kept.move_to_end(digest)
            known = _kept[digest]
            return None if known is None else (f"{digest}.jpg", known)
    made = _converted(content)
    with _lock:
        _kept[digest] = made
        while len(_kept) > CACHED_PICTURES:
            _kept.popitem(last=False)
    return None if made is None else (f"{digest}.jpg", made)


def cut_to_ink(content: bytes) -> bytes:
    """A drawing without the empty margins of the pad on which it was drawn, as PNG; as received where it is no readable
    picture, or nothing is drawn on it.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return content
            drawn = picture.convert("RGBA")
    except Exception as error:
        log.info("a drawing of %d bytes cannot be read: %r", len(content), error)
        return content
    inked = ImageOps.invert(_on_white(drawn).convert("L")).getbbox()
    if inked is None:
        return content
    left, top, right, bottom = inked
    room = INK_MARGIN
    kept = (left - room, top - room, right + room, bottom + room)  # beyond the edges a crop is transparent
    made = BytesIO()
    drawn.crop(kept).save(made, "PNG")
    return made.getvalue()


def _converted(content: bytes) -> bytes | None:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=2)
            made = BytesIO()
            _on_white(upright).save(made, "JPEG", quality=85)
            return made.getvalue()
    except Exception as error:
        # Damaged files make the readers raise whatever they stumble over; a record must print all the same.
        log.info("a picture of %d bytes cannot be read: %r", len(content), error)
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency and palette, in the colours that JPEG takes."""
    if picture.mode in ("RGB", "L"):
        return picture
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        layered = picture.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return picture.convert("RGB")
