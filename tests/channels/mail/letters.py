"""Mails for the tests, put together byte by byte as mail programs write them."""

from __future__ import annotations

import struct
from base64 import b64encode

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8"


def letter(
    body: bytes | str = "接头处漏油，请尽快处理。",
    *,
    subject: bytes | str | None = "关于漏油",
    sender: bytes | str = "李工 <li@haichuan.example>",
    message_id: str | None = "one@haichuan.example",
    date: str = "Mon, 16 Nov 2026 09:00:00 +0800",
    kind: str = "text/plain; charset=utf-8",
    **more: bytes | str,
) -> bytes:
    """A mail; fields given as bytes stand in the head as they are."""
    head: list[tuple[str, bytes | str]] = [("From", sender), ("To", "kefu@factory.example"), ("Date", date)]
    if subject is not None:
        head.append(("Subject", subject))
    if message_id is not None:
        head.append(("Message-ID", f"<{message_id}>"))
    head += [("MIME-Version", "1.0"), ("Content-Type", kind)]
    head += [(name.replace("_", "-"), value) for name, value in more.items()]
    lines = b"".join(name.encode() + b": " + _bytes(value) + b"\r\n" for name, value in head)
    return lines + b"\r\n" + _bytes(body)


def mixed(*parts: bytes, kind: str = "mixed", boundary: str = "=_b1") -> tuple[str, bytes]:
    """The content type and the body of several parts."""
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    end = b"--" + boundary.encode() + b"--\r\n"
    return f'multipart/{kind}; boundary="{boundary}"', b"This is a multipart message.\r\n" + body + end


def part(kind: str | bytes, data: bytes | str, *, base64: bool = False, **more: bytes | str) -> bytes:
    """One part with its own head."""
    head = b"Content-Type: " + _bytes(kind) + b"\r\n"
    if base64:
        head += b"Content-Transfer-Encoding: base64\r\n"
    head += b"".join(name.replace("_", "-").encode() + b": " + _bytes(v) + b"\r\n" for name, v in more.items())
    content = _bytes(data)
    return head + b"\r\n" + (_folded(b64encode(content)) if base64 else content)


def attached(name: bytes | str, data: bytes, kind: str = "application/octet-stream") -> bytes:
    """A file as an attachment under a plain name."""
    disposition = b'attachment; filename="' + _bytes(name) + b'"'
    return part(kind, data, base64=True, Content_Disposition=disposition)


def word(text: str | bytes, charset: str = "UTF-8") -> str:
    """An encoded word in base64."""
    data = text if isinstance(text, bytes) else text.encode(charset)
    return f"=?{charset}?B?{b64encode(data).decode()}?="


def tnef(*files: tuple[str, bytes], properties: bytes = b"") -> bytes:
    """A winmail.dat with files, each of which has ``properties`` beside its name."""
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for name, data in files:
        out += _attribute(0x00069002, b"\x01\x00" + bytes(12))
        out += _attribute(0x00018010, name.encode("gbk") + b"\0")
        out += _attribute(0x0006800F, data)
        out += _attribute(0x00069005, properties) if properties else b""
    return out


def long_name(name: bytes, kind: int) -> bytes:
    """The properties of a file that say its whole name, as text of a kind, and more behind it."""
    return struct.pack("<IHHII", 2, kind, 0x3707, 1, len(name)) + name + b"\x03\x00\x05\x37 more"


def _attribute(key: int, value: bytes) -> bytes:
    return b"\x02" + struct.pack("<II", key, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def _bytes(value: bytes | str) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def _folded(data: bytes) -> bytes:
    return b"\r\n".join(data[at : at + 76] for at in range(0, len(data), 76))
