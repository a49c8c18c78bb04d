"""Which characters the packaged typeface can print, and what is printed for the others."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"
STAND_IN = "〓"

# Characters without a shape of their own: joiners, marks of direction, variation selectors, soft hyphen. They
# are left out: on paper they say nothing, and marks of direction could make a record read otherwise than it
# is stored.
_SHAPELESS = re.compile("[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def missing_glyphs(text: str) -> set[str]:
    """The characters of ``text`` that the typeface cannot print; line ends and shapeless ones never count."""
    return set(_uncovered().findall(_tidied(text)))


def printable(text: str) -> tuple[str, list[str]]:
    """``text`` as it is printed, with ``〓`` for what the typeface lacks, and those characters in order."""
    tidied = _tidied(text)
    lacking = _uncovered().findall(tidied)
    return (_uncovered().sub(STAND_IN, tidied), lacking) if lacking else (tidied, lacking)


def _tidied(text: str) -> str:
    """One kind of line end, spaces for tabs, no controls or shapeless characters, letters composed."""
    if text.isascii() and text.isprintable():
        return text
    plain = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text).replace("\t", "    "))
    plain = _SHAPELESS.sub("", plain)
    # Only when something lacks: composing also exchanges characters that names may hold on purpose.
    return unicodedata.normalize("NFC", plain) if _uncovered().search(plain) else plain


@cache
def _uncovered() -> re.Pattern[str]:
    """Matches one character outside the ranges that the font build found in Regular and Bold."""
    ranges = (line.split("-") for line in (FONTS / "coverage.txt").read_text(encoding="ascii").splitlines())
    covered = "".join(f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}" for first, last in ranges)
    return re.compile(f"[^\\n{covered}]")
