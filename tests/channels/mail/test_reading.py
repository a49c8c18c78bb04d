"""What a mail says, read from bytes that mail programs really send."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from huiyin.channels.mails.reading import read
from tests.channels.mail.letters import PDF, PNG, attached, letter, long_name, mixed, part, tnef, word


def test_a_plain_mail() -> None:
    mail = read(letter())
    assert mail.subject == "关于漏油"
    assert (mail.sender_name, mail.sender) == ("李工", "li@haichuan.example")
    assert mail.text == "接头处漏油，请尽快处理。"
    assert mail.message_id == "one@haichuan.example"
    assert mail.sent_at == datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    assert (mail.files, mail.mark, mail.notes, mail.html) == ((), "", (), "")


def test_gb18030_characters_in_a_body_declared_gb2312() -> None:
    words = "经办人喆镕，㐂字，𠮷野家，€ 符号"
    mail = read(letter(words.encode("gb18030"), kind='text/plain; charset="gb2312"'))
    assert mail.text == words
    assert mail.notes == ()


@pytest.mark.parametrize(
    ("charset", "codec", "words"),
    [
        ("big5", "big5hkscs", "軸承漏油，請儘快處理，喺度"),
        ("utf-8", "gb18030", "声明错了的正文"),
        ("gbk", "utf-8", "其实是 UTF-8，轴承漏油"),
        ("us-ascii", "utf-8", "减速机"),
        ("x-unknown", "gb18030", "减速机漏油"),
        ("iso-8859-1", "gb18030", "减速机漏油"),
        ("iso-8859-1", "latin-1", "Grüße aus Köln, bitte dringend prüfen"),
        ("gb2312\x00", "gb18030", "减速机漏油"),
        ("utf-7", "utf-7", "减速机"),
        ("hz-gb-2312", "hz", "减速机"),
        ("zlib", "utf-8", "减速机"),
        ("rot13", "ascii", "Hello"),
    ],
)
def test_bodies_are_read_as_their_senders_meant_them(charset: str, codec: str, words: str) -> None:
    mail = read(letter(words.encode(codec), kind=f"text/plain; charset={charset}"))
    assert mail.text == words


def test_characters_that_cannot_be_read_are_replaced_and_told() -> None:
    mail = read(letter(b"abc \xff\xfe\xff \x80", kind="text/plain; charset=utf-8"))
    assert mail.text.startswith("abc \ufffd")
    assert [note.en for note in mail.notes] == ["Some characters could not be read (declared charset: {charset})"]


def test_a_subject_whose_words_are_split_inside_a_character() -> None:
    data = "关于减速机漏油的紧急投诉".encode()
    subject = f"{word(data[:7])}\r\n {word(data[7:20])}\r\n {word(data[20:])}"
    assert read(letter(subject=subject)).subject == "关于减速机漏油的紧急投诉"


def test_a_subject_whose_base64_is_cut_anywhere() -> None:
    text = b64encode("关于减速机漏油".encode("gbk")).decode()
    subject = f"=?gb2312?B?{text[:6]}?=\r\n =?gb2312?B?{text[6:]}?="
    assert read(letter(subject=subject)).subject == "关于减速机漏油"


def test_words_around_encoded_words_keep_their_spaces() -> None:
    assert read(letter(subject=f"Re: {word('漏油', 'GBK')} HY-40 {word('急')}")).subject == "Re: 漏油 HY-40 急"
    assert read(letter(subject="=?utf-8?q?=E6=BC=8F=E6=B2=B9_B2611?=")).subject == "漏油 B2611"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_raw_eight_bit_headers(codec: str) -> None:
    mail = read(letter(subject="接头漏油".encode(codec), sender="李工 <li@haichuan.example>".encode(codec)))
    assert (mail.subject, mail.sender_name) == ("接头漏油", "李工")


def test_a_raw_big5_subject_is_read_by_the_charset_of_the_body() -> None:
    mail = read(letter("軸承".encode("big5"), subject="軸承漏油請處理".encode("big5"), kind="text/plain; charset=big5"))
    assert mail.subject == "軸承漏油請處理"


def test_a_newline_in_a_subject_starts_no_new_field() -> None:
    mail = read(letter(subject=word("漏油\r\nBcc: victim@x.example\r\n\r\nbody")))
    assert mail.subject == "漏油 Bcc: victim@x.example body"
    assert "bcc" not in mail.headers


def test_signs_that_turn_the_reading_direction_go() -> None:
    mail = read(letter(subject=word("发票\u202efdp.exe")))
    assert mail.subject == "发票fdp.exe"


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ('"boss@factory.example" <thief@x.example>', ("boss@factory.example", "thief@x.example")),
        ("li@haichuan.example", ("", "li@haichuan.example")),
        ("li@haichuan.example (李工)", ("李工", "li@haichuan.example")),
        (f"{word('李工', 'GBK')} <li@haichuan.example>", ("李工", "li@haichuan.example")),
        ("李工 < li @haichuan.example >", ("李工", "li@haichuan.example")),
        ("nobody", ("nobody", "")),
        ("", ("", "")),
    ],
)
def test_senders(sender: str, expected: tuple[str, str]) -> None:
    mail = read(letter(sender=sender))
    assert (mail.sender_name, mail.sender) == expected


def test_alternatives_give_plain_words_to_read_and_formatted_ones_to_look_at() -> None:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "减速机漏油"),
        part("text/html; charset=utf-8", "<p>减速机<b>漏油</b></p>"),
        kind="alternative",
    )
    mail = read(letter(body, kind=kind))
    assert (mail.text, mail.html) == ("减速机漏油", "<p>减速机<b>漏油</b></p>")


def test_html_alone_gives_its_words() -> None:
    html = "<div>张经理：</div><div><br></div><div>减速机<b>漏油</b>&nbsp;两台</div><ul><li>一<li>二</ul>"
    mail = read(letter(html, kind="text/html; charset=utf-8"))
    assert mail.text == "张经理：\n\n减速机漏油 两台\n· 一\n· 二"


def test_gbk_html_with_a_picture_inside() -> None:
    html = '<html><meta charset=gb2312><body>照片：<img src="cid:p1@x"></body></html>'.encode("gbk")
    kind, body = mixed(
        part("text/html", html),
        part("image/png", PNG, base64=True, Content_ID="<p1@x>", Content_Disposition="inline; filename=a.png"),
        kind="related",
    )
    mail = read(letter(body, kind=kind))
    assert mail.text == "照片："
    assert mail.html == '照片：<img src="cid:p1@x">'
    assert [(f.name, f.type, f.inline_id, f.data) for f in mail.files] == [("a.png", "image/png", "p1@x", PNG)]


def test_a_picture_written_into_the_html() -> None:
    html = f'<p>看</p><img src="data:image/png;base64,{b64encode(PNG).decode()}">'
    mail = read(letter(html, kind="text/html; charset=utf-8"))
    assert mail.html == '<p>看</p><img src="cid:embedded-1">'
    assert [(f.name, f.inline_id, f.data) for f in mail.files] == [("image-1.png", "embedded-1", PNG)]


def test_long_and_chinese_file_names() -> None:
    pieces = (
        "attachment;\r\n filename*0*=utf-8''%E6%A3%80%E9%AA%8C;\r\n filename*1*=%E6%8A%A5%E5%91%8A;"
        '\r\n filename*2=".pdf"'
    )
    kind, body = mixed(
        part("text/plain", "见附件"),
        part("application/pdf", PDF, base64=True, Content_Disposition=pieces),
        attached("检验报告二.pdf".encode("gbk"), PDF),
        attached(word("检验报告三.pdf", "GB2312"), PDF),
        part(
            f'application/pdf; name="{word("检验报告四.pdf")}"',
            PDF,
            base64=True,
            Content_Disposition="attachment",
        ),
    )
    names = [one.name for one in read(letter(body, kind=kind)).files]
    assert names == ["检验报告.pdf", "检验报告二.pdf", "检验报告三.pdf", "检验报告四.pdf"]


def test_an_enclosed_mail_is_a_file_and_its_words_follow() -> None:
    inner = letter("轴承异响", subject="三号机", sender="zhou@haichuan.example")
    kind, body = mixed(part("text/plain; charset=utf-8", "转发给你们"), part("message/rfc822", inner))
    mail = read(letter(body, kind=kind))
    assert mail.text == (
        "转发给你们\n\n--------\nFrom: zhou@haichuan.example\nDate: Mon, 16 Nov 2026 09:00:00 +0800\n"
        "Subject: 三号机\n\n轴承异响"
    )
    assert [(f.name, f.type, f.data) for f in mail.files] == [("三号机.eml", "message/rfc822", inner)]


def test_winmail_dat_is_kept_and_unpacked() -> None:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "见附件"),
        attached("winmail.dat", tnef(("检验报告.pdf", PDF), ("a.png", PNG)), "application/ms-tnef"),
    )
    mail = read(letter(body, kind=kind))
    assert [(f.name, f.sealed) for f in mail.files] == [
        ("winmail.dat", True),
        ("检验报告.pdf", False),
        ("a.png", False),
    ]
    assert [f.data for f in mail.files[1:]] == [PDF, PNG]
    assert [note.show("en") for note in mail.notes] == [
        "Outlook packed the attachments into winmail.dat; files taken out of it: 2"
    ]


@pytest.mark.parametrize(
    "properties",
    [
        long_name("减速机检验报告.pdf\0".encode("utf-16-le"), 0x1F),
        long_name("减速机检验报告.pdf".encode("utf-16-le"), 0x1F),
        long_name("减速机检验报告.pdf\0".encode("gbk"), 0x1E),
        long_name("减速机检验报告.pdf".encode("gbk"), 0x1E),
    ],
    ids=["unicode", "unicode without an end", "eight bits", "eight bits without an end"],
)
def test_a_file_in_winmail_dat_has_its_whole_name(properties: bytes) -> None:
    packed = tnef(("JIANSU~1.PDF", PDF), properties=properties)
    kind, body = mixed(part("text/plain", "x"), attached("winmail.dat", packed, "application/ms-tnef"))
    assert [f.name for f in read(letter(body, kind=kind)).files] == ["winmail.dat", "减速机检验报告.pdf"]


def test_no_body() -> None:
    mail = read(b"From: li@haichuan.example\r\nSubject: hello\r\n")
    assert (mail.subject, mail.text) == ("hello", "")
    assert [note.en for note in mail.notes] == ["This mail has no text"]


def test_what_looks_like_no_mail_is_marked() -> None:
    mail = read(b"\x00\x01\x02 nothing of a mail")
    assert mail.mark == "unreadable"
    assert "These bytes do not look like a mail; see the original" in [note.en for note in mail.notes]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 16 Nov 2026 09:00:00 +0800", datetime(2026, 11, 16, 1, 0, tzinfo=UTC)),
        ("Mon, 16 Nov 2026 09:00:00", datetime(2026, 11, 16, 9, 0, tzinfo=UTC)),
        ("yesterday", None),
        ("Mon, 16 Nov 1026 09:00:00 +0800", None),
        ("Mon, 99 Nov 2026 99:99:99 +9999", None),
        ("", None),
    ],
)
def test_dates(date: str, expected: datetime | None) -> None:
    assert read(letter(date=date)).sent_at == expected


def test_what_it_answers() -> None:
    mail = read(letter(In_Reply_To="<b@x>", References="<a@x>\r\n <b@x> junk"))
    assert mail.answers == ("b@x", "a@x")


def test_a_missing_closing_line_and_a_missing_boundary() -> None:
    kind, body = mixed(part("text/plain; charset=utf-8", "第一段"), part("text/plain; charset=utf-8", "第二段"))
    assert read(letter(body.removesuffix(b"--=_b1--\r\n"), kind=kind)).text == "第一段\n\n第二段"
    assert read(letter("没有分界线", kind="multipart/mixed; boundary=nowhere")).text == "没有分界线"
    assert read(letter("没有分界线", kind="multipart/mixed")).text == "没有分界线"


def test_line_ends_of_every_kind() -> None:
    mail = letter("第一行\r\n第二行")
    assert read(mail.replace(b"\r\n", b"\n")).text == "第一行\n第二行"
    assert read(mail.replace(b"\r\n", b"\r")).text == "第一行\n第二行"
    assert read(b"From someone Mon Nov 16\r\n" + mail).text == "第一行\n第二行"
