"""Mails that were made to hurt: read in reasonable time, without an exception,
and the reader is told what was left out.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.channels.mails.bodies import LONGEST_TEXT, MOST_FILES
from huiyin.channels.mails.reading import read
from tests.channels.mail.letters import attached, letter, mixed, part

PATIENCE = 20  # seconds; all of them take less than two on a slow machine


def _nested(levels: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(levels))


HEAVY: dict[str, Callable[[], bytes]] = {
    "a line of 25 MB": lambda: b"Subject: x\r\n\r\n" + b"a" * 25_000_000,
    "25 MB of empty lines": lambda: b"Subject: x\r\n\r\n" + b"\n" * 25_000_000,
    "a folded field of 20 MB": lambda: b"Subject: x\r\n" + b" a\r\n" * 5_000_000,
    "a million fields": lambda: b"X: y\r\n" * 1_000_000 + b"\r\nhi",
    "5,000 levels": lambda: _nested(5000) + b"\r\nhi",
    "5,000 mails in one another": lambda: b"Content-Type: message/rfc822\r\n\r\n" * 5000 + b"\r\nhi",
    "100,000 encoded words": lambda: b"Subject: " + b"=?utf-8?B?5L2g?= " * 100_000 + b"\r\n\r\nhi",
    "100,000 parameters": lambda: b"Content-Type: text/plain; " + b'a="' * 100_000 + b"\r\n\r\nhi",
    "deep html": lambda: letter("<div>" * 300_000, kind="text/html"),
    "formatting that multiplies": lambda: letter("".join(f"<p><b a={i}>" for i in range(60_000)), kind="text/html"),
    "tags that never end": lambda: letter("<a" * 300_000, kind="text/html"),
    "less-than signs": lambda: letter("< " * 500_000 + ">", kind="text/html"),
    "comments that never end": lambda: letter("<!--" * 300_000, kind="text/html"),
    "silent tags that never end": lambda: letter("<head><svg>" * 100_000, kind="text/html"),
    "quotes that never end": lambda: letter('<a "' * 300_000, kind="text/html"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_mails_are_read_in_time(name: str) -> None:
    raw = HEAVY[name]()
    start = perf_counter()
    mail = read(raw)
    assert perf_counter() - start < PATIENCE
    assert len(mail.text) <= LONGEST_TEXT


def test_a_very_long_text_is_cut_and_told() -> None:
    mail = read(letter("长" * (LONGEST_TEXT + 5)))
    assert mail.text == "长" * LONGEST_TEXT
    assert [note.en for note in mail.notes] == [
        "The text is very long; only its beginning is shown, all of it is in the original"
    ]


def test_what_just_fits_is_whole_and_nothing_is_said_of_it() -> None:
    """A text as long as may be, and as many files as are kept."""
    kind, body = mixed(part("text/plain; charset=utf-8", "长" * LONGEST_TEXT), *[attached("a.png", b"x")] * MOST_FILES)
    mail = read(letter(body, kind=kind))
    assert (mail.text == "长" * LONGEST_TEXT, len(mail.files), mail.notes) == (True, MOST_FILES, ())


def test_of_what_is_one_too_many_just_that_is_left_out_and_told() -> None:
    plain = part("text/plain; charset=utf-8", "长" * (LONGEST_TEXT + 1))
    kind, body = mixed(plain, *[attached("a.png", b"x")] * (MOST_FILES + 1))
    mail = read(letter(body, kind=kind))
    assert (mail.text == "长" * LONGEST_TEXT, len(mail.files)) == (True, MOST_FILES)
    assert [note.en for note in mail.notes] == [
        "The text is very long; only its beginning is shown, all of it is in the original",
        "Attachments in the original only: {n}",
    ]
    assert [note.show("zh") for note in mail.notes][1] == "另有 1 个附件只在原文里"


def test_ten_thousand_parts_are_read_and_one_more_is_told() -> None:
    kind, body = mixed(*[part("text/plain", b"x")] * 10_000)
    mail = read(letter(body, kind=kind))
    assert (mail.text.count("x"), mail.notes) == (10_000, ())
    kind, body = mixed(*[part("text/plain", b"x")] * 10_001)
    mail = read(letter(body, kind=kind))
    assert mail.text.count("x") == 10_000
    assert [note.en for note in mail.notes] == [
        "More than {parts} parts or {levels} levels; the rest is in the original only"
    ]


def test_of_ten_thousand_files_a_hundred_are_kept() -> None:
    kind, body = mixed(*[attached("a.png", b"x")] * 9_999)
    mail = read(letter(body, kind=kind))
    assert len(mail.files) == 100
    assert [note.show("en") for note in mail.notes] == ["Attachments in the original only: 9899"]


def test_nesting_as_deep_as_people_nest_is_read_whole() -> None:
    raw = _nested(25) + b"Content-Type: text/plain\r\n\r\nhello\r\n"
    mail = read(raw)
    assert (mail.text, mail.notes) == ("hello", ())


PIECES = st.sampled_from(
    [
        b"From: a@b.cn\r\n",
        b"Subject: ",
        b"=?utf-8?B?",
        b"?=",
        b"=?gb2312?Q?=C4",
        b"Content-Type: multipart/mixed; boundary=x\r\n",
        b"Content-Type: text/html; charset=gbk\r\n",
        b"\r\n",
        b"\n",
        b"\r",
        b"\r\n--x\r\n",
        b"\r\n--x--\r\n",
        b"<p>",
        b"</p>",
        b"<img src=cid:1>",
        b"<script>",
        b"&#x110000;",
        b"&#xD800;",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: quoted-printable\r\n",
        b"Content-Disposition: attachment; filename*0*=utf-8''%",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: application/ms-tnef\r\n",
        b"\x78\x9f\x3e\x22",
        b"Date: ",
        b"Message-ID: <",
        b"\x00",
        b"\xff\xfe",
        "漏油".encode(),
        "漏油".encode("gbk"),
        b"charset=utf-7",
        b"+2AA-",
        b'"',
        b";",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=600),
        st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=60).map(b"".join),
    )
)
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    mail = read(raw)
    for text in (
        mail.subject,
        mail.sender,
        mail.sender_name,
        mail.message_id,
        *(one.name for one in mail.files),
    ):
        assert "\n" not in text
    for text in (mail.subject, mail.text, mail.html, mail.sender, *mail.headers.values()):
        assert "\x00" not in text
        text.encode()  # nothing that a database cannot hold
    assert len(mail.subject) <= 300
    assert len(mail.sender) <= 254
    assert len(mail.message_id) <= 300


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")),
    min_size=1,
    max_size=40,
)


@settings(max_examples=25, deadline=None)
@given(subject=TEXT, name=TEXT, file=TEXT, words=TEXT, charset=st.sampled_from(["utf-8", "gb18030"]))
def test_mails_of_the_standard_library_are_read_as_they_were_written(
    subject: str, name: str, file: str, words: str, charset: str
) -> None:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = subject
    message["From"] = email.headerregistry.Address(name, "li", "haichuan.example")
    message.set_content(words, charset=charset)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=file)
    mail = read(message.as_bytes())
    assert mail.text.strip() == words
    assert mail.subject == subject
    assert mail.sender == "li@haichuan.example"
    assert [one.name for one in mail.files] == [file]
