"""winmail.dat: the files Outlook packs into one when it sends rich text (MS-OXTNEF); only names and bytes are taken."""

from __future__ import annotations

import struct

from huiyin.channels.mails.charsets import decode, one_line

SIGNATURE = b"\x78\x9f\x3e\x22"
TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
MOST = 100
_BEGIN, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME = (
    b"\x1f\x00\x07\x37",
    b"\x1e\x00\x07\x37",
)  # PR_ATTACH_LONG_FILENAME as Unicode and as 8-bit text


def is_tnef(kind: str, name: str) -> bool:
    """Whether a part is Outlook's container, by its type or name."""
    return kind in TYPES or name.lower() == "winmail.dat"


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """The files inside, as name and bytes; as many as can be read, none of something else."""
    if not data.startswith(SIGNATURE):
        return []
    found: list[tuple[str, bytes]] = []
    name, content, at = "", b"", 6
    while at + 9 <= len(data) and len(found) < MOST:
        attribute, length = struct.unpack_from("<xII", data, at)
        value = data[at + 9 : at + 9 + length]
        at += 9 + length + 2  # a checksum of two bytes follows
        if attribute == _BEGIN:
            found += _file(name, content)
            name, content = "", b""
        elif attribute == _TITLE:
            name = name or decode(value.rstrip(b"\0")).text
        elif attribute == _DATA:
            content = value
        elif attribute == _PROPERTIES:
            name = _long_name(value) or name
    return found + _file(name, content)


def _file(name: str, content: bytes) -> list[tuple[str, bytes]]:
    return [(one_line(name), content)] if content else []


def _long_name(properties: bytes) -> str:
    """The full name of a file among its properties; titles are sometimes cut to eight letters and three."""
    for mark in _LONG_NAME:
        at = properties.find(mark)
        if at < 0 or at + 12 > len(properties):
            continue
        (length,) = struct.unpack_from("<I", properties, at + 8)
        value = properties[at + 12 : at + 12 + min(length, 1000)]
        text = value.decode("utf-16-le", "replace") if mark == _LONG_NAME[0] else decode(value).text
        return one_line(text.split("\0", 1)[0])
    return ""
