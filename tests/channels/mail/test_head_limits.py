"""The limits of a mail's head: what just fits is read whole, of what is beyond just that is left out."""

from __future__ import annotations

from hashlib import sha256

import pytest

from huiyin.channels.mails.headers import read
from huiyin.channels.mails.reading import message_id_of


def head(raw: bytes) -> tuple[list[tuple[str, bytes]], bytes]:
    """The fields of a mail's head, and its body."""
    found, body = read(raw, 0, len(raw))
    return list(found.fields), raw[body:]


@pytest.mark.parametrize(("written", "kept"), [(1999, 1999), (2000, 2000), (2001, 2000)])
def test_two_thousand_fields_are_kept(written: int, kept: int) -> None:
    fields = b"".join(b"X-%d: %d\r\n" % (n, n) for n in range(written))
    assert head(fields + b"\r\nhi") == ([(f"x-{n}", b"%d" % n) for n in range(kept)], b"hi")


@pytest.mark.parametrize(("written", "kept"), [(199_999, 199_999), (200_000, 200_000), (200_001, 200_000)])
def test_two_hundred_thousand_bytes_of_a_field_are_kept(written: int, kept: int) -> None:
    field = b"X:" + b"a" * written + b"\r\nY: after\r\n\r\nhi"
    assert head(field) == ([("x", b"a" * kept), ("y", b"after")], b"hi")


@pytest.mark.parametrize(("written", "kept"), [(199, 199), (200, 200), (201, 200)])
def test_two_hundred_parameters_of_a_field_are_read(written: int, kept: int) -> None:
    given = b"".join(b"; p%d=%d" % (n, n) for n in range(written))
    raw = b"Content-Type: text/plain" + given + b"\r\n\r\nhi"
    found, _ = read(raw, 0, len(raw))
    assert found.parameters("content-type") == {f"p{n}": str(n) for n in range(kept)}


@pytest.mark.parametrize(("before", "kept"), [(1_999_998, b"ab"), (1_999_999, b"a"), (2_000_000, b"")])
def test_two_million_bytes_of_a_head_are_read(before: int, kept: bytes) -> None:
    """The last field is read as far as it lies within them; the body is found where it begins."""
    filled = before - len(b"Y:")
    lengths = [100_000] * (filled // 100_000) + [filled % 100_000]
    filling = b"".join(b"X:" + b"a" * (length - len(b"X:\n")) + b"\n" for length in lengths)
    fields, body = head(filling + b"Y:ab\n\nhi")
    assert (fields[-1], body) == (("y", kept), b"hi")


@pytest.mark.parametrize(("length", "whole"), [(249, True), (250, True), (251, False)])
def test_an_id_of_two_hundred_and_fifty_signs_is_kept_as_it_is(length: int, whole: bool) -> None:
    written = "a" * (length - len("@b.example")) + "@b.example"
    raw = f"Message-ID: <{written}>\r\n\r\nhi".encode()
    found, _ = read(raw, 0, len(raw))
    assert message_id_of(found) == (written if whole else f"sha256:{sha256(written.encode()).hexdigest()}")
