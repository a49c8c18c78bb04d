"""The head of a message: fields kept as bytes, read word by word whatever the sender put into them."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from huiyin.channels.mails.charsets import decode, one_line

MOST_FIELDS = 2000
LONGEST_FIELD = 200_000
MOST_PARAMETERS = 200
LONGEST_HEAD = 2_000_000
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_LINE = re.compile(rb"[^\n]+")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_WORD = re.compile(rb"=\?([^?\s]{1,80}?)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_SPACE = re.compile(rb"[ \t\r\n]+")
_PARAMETER = re.compile(rb'\s*([!-:<-~]+?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_SECTION = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MailHeaders:
    """The fields of one head in their order, names in small letters, values as bytes without folding."""

    fields: tuple[tuple[str, bytes], ...] = ()
    hint: str | None = None

    def raw(self, name: str) -> bytes:
        """The first field of this name; empty when there is none."""
        return next((value for key, value in self.fields if key == name), b"")

    def every(self, name: str) -> list[bytes]:
        """All fields of this name."""
        return [value for key, value in self.fields if key == name]

    def text(self, name: str) -> str:
        """The field as one line of text."""
        return words(self.raw(name), self.hint)

    def has(self, name: str) -> bool:
        """Whether the field is there at all."""
        return any(key == name for key, _ in self.fields)

    def value(self, name: str) -> str:
        """A structured field's own value without parameters, in small letters."""
        return decode(self.raw(name).split(b";", 1)[0].strip()[:200]).text.strip().lower()

    def parameters(self, name: str) -> dict[str, str]:
        """The parameters of a structured field, long and charset-tagged ones put together (RFC 2231)."""
        return parameters(self.raw(name).partition(b";")[2], self.hint)


def read(raw: bytes, start: int, end: int) -> tuple[MailHeaders, int]:
    """The head that begins at ``start`` and the place where the body begins; a part without a head is all body."""
    if empty := _LINE_END.match(raw, start, end):
        return MailHeaders(), empty.end()
    blank = _BLANK_LINE.search(raw, start, end)
    head_end, body = (blank.start(), blank.end()) if blank else (end, end)
    spans: list[tuple[str, int, int]] = []
    for line in _LINE.finditer(raw, start, min(head_end, start + LONGEST_HEAD)):
        if raw[line.start() : line.start() + 1] in (b" ", b"\t") and spans:
            spans[-1] = (*spans[-1][:2], line.end())
            continue
        field = _FIELD.match(raw, line.start(), line.end())
        if field is not None and len(spans) < MOST_FIELDS:
            spans.append((field[1].decode("ascii").lower(), field.end(), line.end()))
        elif field is None and (spans or not raw.startswith((b"From ", b">From "), line.start())):
            body = line.start()  # a head ends where it stops looking like one
            break
    fields = [(name, raw[at : min(stop, at + LONGEST_FIELD)]) for name, at, stop in spans]
    return _made(fields), body


def _made(fields: list[tuple[str, bytes]]) -> MailHeaders:
    plain = tuple((name, _SPACE.sub(b" ", value).strip()) for name, value in fields)
    own = MailHeaders(plain)
    return MailHeaders(plain, own.parameters("content-type").get("charset"))


def words(value: bytes, hint: str | None = None) -> str:
    """A field as one line of text: encoded words joined before they are decoded, raw bytes taken as they come."""
    found: list[str] = []
    at, pending = 0, _Run()
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        if between.strip():
            found += [pending.take(), _plain(between, hint)]
        elif not pending:
            found.append(_plain(between, hint))
        charset = match[1].decode("ascii", "replace").lower()
        if not pending.fits(charset):
            found.append(pending.take())
        pending.add(charset, match[2] in b"bB", match[3])
        at = match.end()
    found += [pending.take(), _plain(value[at:], hint)]
    return one_line("".join(found))


def _plain(value: bytes, hint: str | None) -> str:
    """Bytes outside encoded words: UTF-8 (RFC 6532) or whatever the message's own charset is."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return decode(value, hint).text


class _Run:
    """Encoded words in a row of one charset; senders cut them in the middle of a character."""

    def __init__(self) -> None:
        self.charset, self.data, self.base64 = "", bytearray(), bytearray()
        self.any = False

    def __bool__(self) -> bool:
        return self.any

    def fits(self, charset: str) -> bool:
        """Whether a word of ``charset`` goes on with this run."""
        return not self.any or charset == self.charset

    def add(self, charset: str, is_base64: bool, text: bytes) -> None:
        """One more word."""
        self.charset, self.any = charset, True
        if not is_base64:
            self._flush()
            self.data += _quoted(text)
            return
        self.base64 += re.sub(rb"[^A-Za-z0-9+/=]", b"", text)
        if text.rstrip().endswith(b"=") or len(self.base64) % 4 == 0:
            self._flush()

    def _flush(self) -> None:
        self.data += unbase64(bytes(self.base64))
        self.base64.clear()

    def take(self) -> str:
        """The text of the run; the next word begins a new one."""
        self._flush()
        text = decode(bytes(self.data), self.charset).text if self.any else ""
        self.__init__()  # type: ignore[misc]
        return text


def unbase64(data: bytes) -> bytes:
    """Base64 as far as it goes: foreign characters are dropped, missing padding is added."""
    out = bytearray()
    for piece in re.sub(rb"[^A-Za-z0-9+/=]", b"", data).split(
        b"="
    ):  # padding in the middle: pieces put one behind another
        piece = piece[:-1] if len(piece) % 4 == 1 else piece
        try:
            out += binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))
        except binascii.Error:
            continue
    return bytes(out)


def _quoted(data: bytes) -> bytes:
    return binascii.a2b_qp(data.replace(b"_", b" "), header=False)


def parameters(rest: bytes, hint: str | None = None) -> dict[str, str]:
    """``name=value; name*0*=utf-8''…; name*1=…`` as names and texts; of a name given twice the first counts."""
    whole: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for match in _each(rest):
        written = match[1].decode("ascii", "replace").lower()
        name, number, star = _SECTION.match(written).groups()  # type: ignore[union-attr]
        value = _unquoted(match[2].strip())
        if number is None and not star:
            whole.setdefault(name, words(value, hint))
        else:
            pieces.setdefault(name, {}).setdefault(int(number or 0), (value, bool(star)))
    return whole | {name: _joined(numbered, hint) for name, numbered in pieces.items()}


def _each(rest: bytes) -> Iterator[re.Match[bytes]]:
    """Each ``name=value``; what is none is passed over."""
    at, most = 0, MOST_PARAMETERS
    while most and at < len(rest):
        match = _PARAMETER.match(rest, at)
        if match is not None:
            yield match
        at = rest.find(b";", match.end() if match else at) + 1 or len(rest)
        most -= 1


def _joined(numbered: dict[int, tuple[bytes, bool]], hint: str | None) -> str:
    charset: str | None = None
    data = bytearray()
    for place, (number, (value, tagged)) in enumerate(sorted(numbered.items())):
        if tagged and place == 0 and number == 0 and value.count(b"'") >= 2:
            name, _, value = value.split(b"'", 2)
            charset = name.decode("ascii", "replace")
        data += unquote_to_bytes(value) if tagged else value
    return one_line(decode(bytes(data), charset).text) if charset else words(bytes(data), hint)


def _unquoted(value: bytes) -> bytes:
    if value[:1] == b'"':
        return value[1:].removesuffix(b'"').replace(b'\\"', b'"').replace(b"\\\\", b"\\")
    return value
