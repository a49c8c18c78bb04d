"""What a PDF says and holds, by the tools of poppler."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from PIL import Image

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's tools read the PDF")


def words(pdf: bytes) -> str:
    """All text in the order in which it is set, without any space: letterspacing and columns do not matter then."""
    return re.sub(r"\s+", "", told("pdftotext", pdf, "-raw", "-"))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without any space."""
    return [re.sub(r"\s+", "", page) for page in told("pdftotext", pdf, "-raw", "-").split("\f")[:-1]]


def missing(pdf: bytes, *expected: str) -> list[str]:
    """Those of the expected texts that the PDF does not say."""
    said = words(pdf)
    return [text for text in expected if re.sub(r"\s+", "", text) not in said]


def facts(pdf: bytes) -> dict[str, str]:
    """What ``pdfinfo`` says, such as ``Pages``, ``Page size``, ``Title``."""
    lines = told("pdfinfo", pdf, after=()).splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def fonts(pdf: bytes) -> dict[str, str]:
    """Embedded (``yes`` or ``no``) by name of typeface, without the mark of the subset."""
    rows = [line.split() for line in told("pdffonts", pdf, after=()).splitlines()[2:]]
    return {row[0].split("+")[-1]: row[-5] for row in rows}


def pictures(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height in pixels of every picture."""
    rows = [line.split() for line in told("pdfimages", pdf, before=("-list",), after=()).splitlines()[2:]]
    return sorted((int(row[3]), int(row[4])) for row in rows if row[2] == "image")


def printed_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height in millimetres of every picture as it is printed."""
    rows = [line.split() for line in told("pdfimages", pdf, before=("-list",), after=()).splitlines()[2:]]
    return sorted(
        (int(row[3]) / float(row[12]) * 25.4, int(row[4]) / float(row[13]) * 25.4) for row in rows if row[2] == "image"
    )


def lines(pdf: bytes) -> list[str]:
    """The lines as they stand on the paper, without any space."""
    return [re.sub(r"\s+", "", line) for line in told("pdftotext", pdf, "-layout", "-").splitlines()]


def drawn(pdf: bytes) -> Image.Image:
    """The first page as it looks, in grey, a pixel to a point."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        options = ("-r", "72", "-singlefile", "-gray", "-png")
        made = subprocess.run(["pdftoppm", *options, file.name], check=True, capture_output=True)
    return Image.open(BytesIO(made.stdout)).convert("L")


def rightmost(pdf: bytes) -> float:
    """The right edge of the outermost word, in points from the left."""
    return max(
        float(found) for found in re.findall(r'<word [^>]*xMax="([\d.]+)"', told("pdftotext", pdf, "-bbox", "-"))
    )


def told(
    tool: str, pdf: bytes, *options: str, before: tuple[str, ...] = (), after: tuple[str, ...] | None = None
) -> str:
    """The output of one tool for the file."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        *switches, target = options or ("",)
        last = [target] if after is None else list(after)
        return subprocess.run(
            [tool, *before, *switches, file.name, *last], check=True, capture_output=True, text=True
        ).stdout
