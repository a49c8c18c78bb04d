"""Calls, letters, mails and visits."""

from __future__ import annotations

from typing import Any

from huiyin.channels.mails.ingest import ingest
from huiyin.obligations.models import Obligation
from huiyin.records.models import Attachment
from tests.cast import at
from tests.channels.mail.letters import PNG, attached, letter, mixed, part
from tests.kinds.matrix import (
    A_KEY,
    BESIDE_OTHERS,
    FORBIDDEN,
    IN_TIME_LINE,
    NO_MAIL,
    OVERSEE,
    KindMatrix,
    doors,
    usual_doors,
)

SEES = frozenset({"mei", "song"}) | OVERSEE


def sample(company: Any) -> dict[str, str]:
    """A mail with a picture, from somebody unknown."""
    kind, body = mixed(part("text/plain; charset=utf-8", "仙后座什么时候到货"), attached("a.png", PNG))
    arrived = ingest(
        letter(body, kind=kind, subject="飞马座", sender="欧阳 <ou@elsewhere.example>"),
        procedure_id=company.works.version,
        at=at("2026-11-16 10:30"),
    )
    assert arrived.contact is not None
    record = {"kind": "contact", "record_id": arrived.contact.pk}
    return {
        "contact": arrived.contact.number,
        "contact_file": str(Attachment.objects.get(**record).pk),
        "owed_on_contact": str(Obligation.objects.filter(**record).order_by("id")[0].pk),
    }


MATRIX = KindMatrix(
    kind="contact",
    room="contacts",
    sees=SEES,
    number="LX202611-0001",
    sample=sample,
    marks=frozenset({"LX202611-0001", "仙后座", "飞马座", "欧阳"}),
    questions=(
        "/contacts/?count=all&totals=1",
        "/contacts/?q=到货",
        "/contacts/?party=ou@elsewhere",
        "/contacts/?state=registered",
        "/obligations/?whose=all",
        "/search?q=到货",
        "/search?q=LX2026",
        "/search/suggest?q=到货",
    ),
    seen_by=frozenset({"owner", "opened_by"}),
    not_shown={
        **dict.fromkeys(["party_name", "promise_text"], BESIDE_OTHERS),
        **dict.fromkeys(["became"], A_KEY),
        **dict.fromkeys(
            [
                "message.message_id",
                "message.raw_sha256",
                "message.substance",
                "message.sender",
                "message.sender_name",
                "message.in_reply_to",
                "message.html",
            ],
            NO_MAIL,
        ),
    },
    facts_not_shown={
        **dict.fromkeys(["closed_at"], IN_TIME_LINE),
    },
    doors={
        **usual_doors("contact", "contacts", SEES),
        "contacts/<str:number>/original": doors(SEES, "200", FORBIDDEN, ["/contacts/{contact}/original"]),
        "obligations/<int:pk>": doors(SEES, "200", FORBIDDEN, ["/obligations/{owed_on_contact}"]),
        "files/<int:pk>/preview": doors(SEES, "200", FORBIDDEN, ["/files/{contact_file}/preview"]),
        "files/<int:pk>/<str:name>": doors(SEES, "200", FORBIDDEN, ["/files/{contact_file}/x.png"]),
    },
)
