"""Requests to suppliers: who buys and who oversees; the supplier by a living link, anybody else finds nothing there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from huiyin.improvement.suppliers import actions
from huiyin.records.comments import comment
from tests.cast import NOON, at
from tests.kinds.matrix import (
    A_KEY,
    EVERYBODY,
    FORBIDDEN,
    GONE,
    IN_TIME_LINE,
    NO_FORM_ASKS,
    NOBODY,
    OVERSEE,
    Door,
    KindMatrix,
    doors,
    usual_doors,
)

SEES = frozenset({"cai"}) | OVERSEE


def sample(company: Any) -> dict[str, str]:
    """A request that serves the problem case, sent out by purchasing, with a comment of our own."""
    works, today = company.works, at(NOON).date()
    facts = actions.SupplierRequestFacts(
        "天鸽座铸造", "剑鱼座砂眼", model="DK-40", answer_due=today + timedelta(days=7)
    )
    scar = actions.open_request(
        facts, procedure_id=works.version, context=works.context("cai", NOON), about=company.case
    )
    secret = actions.issue(scar, today + timedelta(days=60), context=works.context("cai", NOON))
    comment(scar, "孔雀座以后少买", actor=works.cai, at=at(NOON))
    return {"scar": scar.number, "secret": secret}


MATRIX = KindMatrix(
    kind="scar",
    room="scars",
    after=("problem",),
    sees=SEES,
    number="SCAR2611-001",
    sample=sample,
    marks=frozenset({"SCAR2611-001", "天鸽座", "剑鱼座", "孔雀座", "DK-40"}),
    questions=(
        "/scars/?count=all&totals=1",
        "/scars/?q=剑鱼座",
        "/scars/?supplier=天鸽&open=1",
        "/search?q=剑鱼座",
        "/search?q=SCAR2611",
        "/search/suggest?q=天鸽座",
        "/obligations/?whose=all",
    ),
    seen_by=frozenset({"owner", "owner.department", "opened_by"}),
    not_shown={
        **dict.fromkeys(["link_digest"], A_KEY),
    },
    not_printed={
        **dict.fromkeys(["email", "closing_note", "cancel_reason"], NO_FORM_ASKS),
        **dict.fromkeys(["link_digest"], A_KEY),
    },
    facts_not_shown={
        **dict.fromkeys(["closed_at", "issued_at", "opened_at"], IN_TIME_LINE),
    },
    doors={
        **usual_doors("scar", "scars", SEES),
        "sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>": doors(
            SEES, "200", FORBIDDEN, ["/sheets/scar/{scar}/scar.pdf"]
        ),
        "supplier/<str:secret>": [
            Door("/supplier/{secret}", EVERYBODY, "200", "409", stranger=("200", "302 /supplier/{secret}")),
            Door("/supplier/none", NOBODY, GONE, GONE, stranger=(GONE, GONE)),
        ],
    },
)
