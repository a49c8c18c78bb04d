"""Which mails no person wrote."""

from __future__ import annotations

import pytest

from huiyin.channels.mails.automatic import MOST_HOPS
from huiyin.channels.mails.reading import read
from tests.channels.mail.letters import letter, mixed, part


@pytest.mark.parametrize(
    ("more", "mark"),
    [
        ({}, ""),
        ({"Auto_Submitted": "no"}, ""),
        ({"Auto_Submitted": "auto-replied"}, "auto-reply"),
        ({"Auto_Submitted": "auto-replied; owner-email=x"}, "auto-reply"),
        ({"Auto_Submitted": "auto-generated"}, "auto-generated"),
        ({"Precedence": "bulk"}, "bulk"),
        ({"Precedence": "list"}, "bulk"),
        ({"Precedence": "auto_reply"}, "auto-reply"),
        ({"X_Autoreply": "yes"}, "auto-reply"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"Return_Path": "<>", "Auto_Submitted": "auto-replied"}, "auto-reply"),
        ({"Return_Path": "<li@haichuan.example>"}, ""),
        ({"sender": "MAILER-DAEMON@mail.example"}, "bounce"),
        ({"subject": "自动回复：我在出差"}, "auto-reply"),
        ({"subject": "Automatic reply: away"}, "auto-reply"),
        ({"subject": "请不要自动回复我"}, ""),
    ],
)
def test_marks(more: dict[str, str], mark: str) -> None:
    assert read(letter(**more)).mark == mark  # type: ignore[arg-type]


def test_a_delivery_report_is_a_bounce_and_does_not_repeat_our_words() -> None:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "投递失败"),
        part("message/delivery-status", "Action: failed"),
        part("message/rfc822", letter("我们自己的话")),
    )
    mail = read(letter(body, kind=kind.replace("multipart/mixed", "multipart/report; report-type=delivery-status")))
    assert (mail.mark, mail.text) == ("bounce", "投递失败")


def test_a_mail_that_went_round_and_round_is_a_loop() -> None:
    hops = b"Received: from a by b; Mon, 16 Nov 2026 09:00:00 +0800\r\n"
    assert read(hops * (MOST_HOPS + 1) + letter()).mark == "loop"
    assert read(hops * MOST_HOPS + letter()).mark == ""
