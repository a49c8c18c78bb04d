"""Telephone numbers as they are looked up: digits only, without country code, trunk zero or extension."""

from __future__ import annotations

import re
import unicodedata

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*\d+\s*$", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?:\+|00)\s*86|^86(?=1[3-9]\d{9}$)")
LONGEST = 40


def normalise_number(number: str) -> str:
    """``+86 571-8888 1234``, ``(0571) 88881234 转 8`` and ``0571-88881234`` all become ``57188881234``.

    Foreign numbers keep their country code; several numbers in one text count by the first. Empty without a digit.
    """
    text = unicodedata.normalize("NFKC", number).strip()
    text = re.split(r"[;,、，；\n]|\s/\s|/", text)[0]
    text = _EXTENSION.sub("", text)
    plus = text.startswith(("+", "00"))
    kept = re.sub(r"[^\d+]", "", text)
    bare = _COUNTRY.sub("", kept)
    digits = re.sub(r"\D", "", bare)
    if plus and bare == kept:
        digits = digits.removeprefix("00")
    elif digits.startswith("0"):
        digits = digits[1:]
    return digits[:LONGEST]


def looks_like_number(text: str) -> bool:
    """Whether somebody typed a telephone number, or its last digits: three digits or more, and only signs around."""
    text = unicodedata.normalize("NFKC", text).strip()
    return (
        bool(re.fullmatch(r"[+(\d][\d\s\-()./]*(?:(?:转|ext\.?|#)\s*\d+)?", text))
        and sum(c.isdigit() for c in text) >= 3
    )
