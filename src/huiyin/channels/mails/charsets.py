"""Bytes to text as senders mean it: declared charsets are hints, Chinese ones are read in their widest form."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# What senders call it, and what it must be read as: gb2312 in the wild holds GBK and GB18030 characters.
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "",
}
OTHER_NAMES = {
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "csgb2312": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "chinese": "gb18030",
    "gb_198880": "gb18030",
    "csbig5": "big5hkscs",
    "x-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}
# Families of text encodings; everything else that Python can look up (compressors, rot13, escapes, idna) is no charset.
TEXTUAL = re.compile(r"utf|gb|big5|cp\d|euc|iso|koi8|shift_jis|mac-|hz|johab|tis-620|kz1048|ascii|hp-roman8")
SEVEN_BITS = re.compile(r"hz|iso2022|utf-7|utf_7")
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
# Signs that turn the reading direction or cannot be seen: they make "gpj.exe" look like "exe.jpg".
DECEIVING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
HIGH = re.compile(rb"[\x80-\xff]+")
GUESSES = ("gb18030", "big5hkscs", "cp950")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text read from bytes; ``whole`` is false when characters had to be replaced."""

    text: str
    charset: str
    whole: bool = True


def codec_for(name: str | None) -> str:
    """The codec to read ``name`` with; empty when the name says nothing (missing, unknown, plain ASCII)."""
    name = (name or "").strip().strip("\"'").lower()[:60]
    if name in OTHER_NAMES:
        return OTHER_NAMES[name]
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return WIDER.get(codec, codec) if TEXTUAL.match(codec) else ""


def decode(data: bytes, declared: str | None = None) -> DecodedText:
    """``data`` as text in the declared charset, else in the likeliest; never raises, replaces as a last resort."""
    codec = codec_for(declared)
    if codec and SEVEN_BITS.match(codec) and not HIGH.search(data):
        return _strict(data, codec) or _replaced(data, codec)
    if not HIGH.search(data) and not codec.startswith(("utf-16", "utf-32", "cp037", "cp500")):
        return DecodedText(clean_text(data.decode("ascii")), "ascii")
    for attempt in _attempts(data, codec):
        found = _strict(data, attempt)
        if found is not None:
            return found
    return _replaced(data, codec or "utf-8")


def _attempts(data: bytes, codec: str) -> list[str]:
    """Codecs in the order in which they are believed."""
    if not codec:
        return ["utf-8", *GUESSES]
    if codec in ("gb18030", "big5hkscs"):
        return [codec, *(["cp950"] if codec == "big5hkscs" else []), "utf-8", *GUESSES]
    if codec.startswith(("cp125", "iso8859", "cp85", "mac")):  # nearly every byte is a character: no proof of anything
        pairs = all(len(run) % 2 == 0 for run in HIGH.findall(data))
        return ["utf-8", *(["gb18030"] if pairs and codec == "cp1252" else []), codec]
    return [codec, "utf-8", *GUESSES]


def _strict(data: bytes, codec: str) -> DecodedText | None:
    try:
        return DecodedText(clean_text(data.decode(codec)), codec)
    except (UnicodeError, ValueError, LookupError):
        return None


def _replaced(data: bytes, codec: str) -> DecodedText:
    """With a sign in the place of what cannot be read."""
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, ValueError, LookupError):  # codecs that know no replacement
        codec, text = "utf-8", data.decode("utf-8", "replace")
    return DecodedText(clean_text(text), codec, whole=False)


def clean_text(text: str) -> str:
    """``text`` with plain line ends and without what no database takes: control characters and half surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNWANTED.sub("", text.encode("utf-8", "ignore").decode("utf-8"))


def one_line(text: str) -> str:
    """``text`` on one line: whatever breaks a line becomes a single space, whatever hides in it goes."""
    return " ".join(DECEIVING.sub("", clean_text(text)).split())
