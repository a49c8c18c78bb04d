"""Photographs as customers send them, drawn: a leaking hose, a crack, rust, a burst box, a torn seal, a gauge."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from huiyin.demo.chance import random_of

WIDTH, HEIGHT = 640, 480
KINDS = ("hose", "crack", "rust", "box", "seal", "gauge")


def photographs(random: Random, name: str, count: int) -> list[ContentFile]:
    """``count`` different pictures as uploads; ``name`` has a place {k} for their numbers."""
    chosen = random.sample(KINDS, count)
    return [ContentFile(draw(kind), name=name.format(k=k)) for k, kind in enumerate(chosen, 1)]


@cache
def draw(kind: str) -> bytes:
    """One picture as PNG; the same whatever the seed."""
    random = random_of(7, kind)
    picture = Image.new("RGB", (WIDTH, HEIGHT), (196, 199, 200))
    pen = ImageDraw.Draw(picture)
    for _ in range(60):  # a worn bench top
        x, y = random.randrange(WIDTH), random.randrange(HEIGHT)
        pen.line((x, y, x + random.randrange(-40, 40), y + random.randrange(-6, 6)), fill=(182, 185, 187), width=1)
    {"hose": _hose, "crack": _crack, "rust": _rust, "box": _box, "seal": _seal, "gauge": _gauge}[kind](pen, random)
    file = BytesIO()
    picture.quantize(48).save(file, "PNG", optimize=True)
    return file.getvalue()


def _hose(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.rounded_rectangle((40, 190, 420, 270), 30, fill=(34, 34, 36))
    pen.rectangle((400, 178, 520, 282), fill=(150, 152, 156), outline=(90, 92, 95), width=4)
    pen.polygon([(520, 170), (590, 195), (590, 265), (520, 290)], fill=(170, 172, 176))
    for _ in range(22):
        x, y, r = random.randrange(380, 540), random.randrange(285, 430), random.randrange(6, 26)
        pen.ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=(122, 92, 34))


def _crack(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.rounded_rectangle((120, 120, 520, 360), 24, fill=(142, 146, 150), outline=(80, 82, 86), width=5)
    x, y = 200, 150
    while y < 350:
        step = (random.randrange(-18, 26), random.randrange(8, 22))
        pen.line((x, y, x + step[0], y + step[1]), fill=(24, 20, 20), width=5)
        x, y = x + step[0], y + step[1]


def _rust(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.ellipse((170, 90, 470, 390), fill=(156, 160, 164), outline=(92, 94, 98), width=6)
    pen.ellipse((260, 180, 380, 300), fill=(60, 62, 66))
    for _ in range(90):
        x, y, r = random.randrange(180, 460), random.randrange(100, 380), random.randrange(3, 14)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=random.choice(((150, 74, 34), (126, 60, 28), (172, 96, 46))))


def _box(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.polygon(
        [(110, 150), (470, 120), (560, 200), (540, 400), (140, 410)],
        fill=(186, 146, 98),
        outline=(120, 88, 54),
    )
    pen.polygon([(300, 240), (420, 220), (450, 330), (360, 370), (290, 320)], fill=(54, 44, 36))
    for _ in range(9):
        x, y = random.randrange(310, 420), random.randrange(240, 340)
        pen.rectangle((x, y, x + 26, y + 12), fill=(150, 152, 156))


def _seal(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.ellipse((160, 80, 480, 400), fill=(30, 30, 32))
    pen.ellipse((220, 140, 420, 340), fill=(196, 199, 200))
    start = random.randrange(20, 60)
    pen.arc((168, 88, 472, 392), start, start + 34, fill=(196, 199, 200), width=26)


def _gauge(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.ellipse((170, 70, 470, 370), fill=(246, 246, 242), outline=(40, 42, 46), width=12)
    for angle in range(150, 391, 20):
        pen.arc((190, 90, 450, 350), angle, angle + 3, fill=(30, 30, 30), width=18)
    pen.line((320, 220, 320 - random.randrange(60, 100), 150), fill=(190, 30, 30), width=8)
    pen.rectangle((296, 370, 344, 460), fill=(150, 152, 156))
