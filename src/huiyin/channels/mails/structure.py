"""The parts of a message, found in its bytes: no copy is made, nothing is decoded, depth and number are bounded."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from huiyin.channels.mails.headers import MailHeaders, parameters, read, unbase64

MOST_PARTS = 10_000
DEEPEST = 30
PLAIN, HTML = "text/plain", "text/html"
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")


@dataclass(slots=True)
class MimePart:
    """One part of a message: its head, its type, and where its body lies in the raw bytes."""

    raw: bytes
    headers: MailHeaders
    type: str
    start: int
    end: int
    children: list[MimePart] = field(default_factory=list)

    @property
    def is_multipart(self) -> bool:
        """Whether the body was taken apart into children."""
        return bool(self.children) and self.type.startswith("multipart/")

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline`` or what the sender wrote; empty without any."""
        return self.headers.value("content-disposition")

    @property
    def file_name(self) -> str:
        """The name the sender gave the part; empty without one."""
        given = self.headers.parameters("content-disposition").get("filename")
        return given or self.headers.parameters("content-type").get("name") or ""

    @property
    def charset(self) -> str | None:
        """The charset declared for the part's text."""
        return self.headers.parameters("content-type").get("charset")

    @property
    def is_encoded(self) -> bool:
        """Whether the body is wrapped in base64 or quoted-printable."""
        return self.headers.value("content-transfer-encoding") in ("base64", "quoted-printable")

    def body(self) -> bytes:
        """The part's own bytes, its transfer encoding undone as far as it can be."""
        data = self.raw[self.start : self.end]
        match self.headers.value("content-transfer-encoding"):
            case "base64":
                return unbase64(data)
            case "quoted-printable":
                return binascii.a2b_qp(data)
        return data

    def walk(self) -> Iterator[MimePart]:
        """This part and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class MimeTree:
    """A message taken apart; ``cut`` tells that it had more parts or levels than anybody reads."""

    root: MimePart
    count: int = 0
    cut: bool = False


def parse_structure(raw: bytes) -> MimeTree:
    """The parts of a message; never raises."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    headers, start = read(raw, 0, len(raw))
    structure = MimeTree(_entity(raw, headers, start, len(raw), PLAIN))
    waiting = [(structure.root, 0)]
    while waiting:
        entity, depth = waiting.pop()
        entity.children = _children(entity, structure, depth)
        waiting += [(child, depth + 1) for child in entity.children]
    return structure


def _entity(raw: bytes, headers: MailHeaders, start: int, end: int, default: str) -> MimePart:
    declared = headers.value("content-type")
    kind = declared if _TYPE.fullmatch(declared) else default
    return MimePart(raw, headers, kind, start, end)


def _children(entity: MimePart, structure: MimeTree, depth: int) -> list[MimePart]:
    if not entity.type.startswith(("multipart/", "message/rfc822", "message/global")):
        return []
    if depth >= DEEPEST:
        structure.cut = True
        return []
    if not entity.type.startswith("multipart/"):
        return [] if entity.is_encoded else [_part(entity.raw, entity.start, entity.end, PLAIN)]
    default = "message/rfc822" if entity.type == "multipart/digest" else PLAIN
    found = []
    for start, end in _between(entity):
        if structure.count >= MOST_PARTS:
            structure.cut = True
            break
        structure.count += 1
        found.append(_part(entity.raw, start, end, default))
    if not found:  # announced, but there is no such line: what stands there is its text
        entity.type = PLAIN
    return found


def _part(raw: bytes, start: int, end: int, default: str) -> MimePart:
    headers, body = read(raw, start, end)
    return _entity(raw, headers, min(body, end), end, default)


def _between(entity: MimePart) -> Iterator[tuple[int, int]]:
    """Where each part between two boundary lines begins and ends; the last may lack its closing line."""
    boundary = _boundary(entity.headers)
    if not boundary:
        return
    line = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$")
    opened: int | None = None
    for match in line.finditer(entity.raw, entity.start, entity.end):
        if opened is not None:
            yield opened, max(opened, _without_line_end(entity.raw, match.start()))
        if match[1]:
            return
        opened = min(match.end() + 1, entity.end)
    if opened is not None and opened < entity.end:
        yield opened, entity.end


def _boundary(headers: MailHeaders) -> bytes:
    """The boundary as bytes; compared exactly, so it is not decoded like other parameters."""
    rest = headers.raw("content-type").partition(b";")[2]
    match = re.search(rb'(?i)(?:^|[;\s])boundary\s*=\s*(?:"([^"]{1,1000})"|([^\s;"]{1,1000}))', rest)
    if match is not None:
        return (match[1] or match[2]).rstrip()
    return parameters(rest).get("boundary", "").encode("utf-8", "ignore")


def _without_line_end(raw: bytes, at: int) -> int:
    """The end of the line before ``at``, its own line end left out."""
    if raw[at - 1 : at] == b"\n":
        at -= 1
    return at - 1 if raw[at - 1 : at] == b"\r" else at
