"""Requests for goods: who ships, signs, pays and oversees; the responsible department (peng) its own requests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.returns.actions import money
from tests.cast import NOON
from tests.kinds.matrix import (
    BESIDE_OTHERS,
    FORBIDDEN,
    IN_TIME_LINE,
    NO_FORM_ASKS,
    OVERSEE,
    RECKONED_ANEW,
    Door,
    KindMatrix,
    doors,
    own,
    part_doors,
    usual_doors,
)
from tests.returns.goods import GoodsTale, line

SEES = frozenset({"mei", "song", "peng", "tao"}) | OVERSEE
PATTERN, RECORD = "replacements/<str:number>", "/replacements/{replacement}"


def sample(company: Any) -> dict[str, str]:
    """A request that production is responsible for, on its way, a returned lot, and compensation that was denied."""
    goods = line("exchange", model="狮子座", batch="WB6610")
    tale = GoodsTale(company.works, goods, start=NOON, customer_name="海川机电", reason="天琴座渗油")
    tale.sign()
    shipment = tale.ship("1", freight=Decimal(31))
    tale.consent("2")
    (lot,) = tale.take_back("1")
    award = money.award(tale.record, Decimal(300), "天秤座停线", context=tale.context("mei"))
    money.deny(award, "不成立", context=tale.context("song"))
    company.tale = tale
    return {
        "replacement": tale.record.number,
        "shipment": str(shipment.pk),
        "lot": str(lot.pk),
        "award": str(award.pk),
    }


def _part_doors(part: str) -> dict[str, list[Door]]:
    place = f"{part}s/<int:part_id>"
    return part_doors("replacement", part, f"{PATTERN}/{place}", f"{RECORD}/{part}s/{{{part}}}", SEES)


MATRIX = KindMatrix(
    kind="replacement",
    room="replacements",
    after=("complaint",),
    sees=SEES,
    number="BH261116-01",
    sample=sample,
    marks=frozenset({"BH261116-01", "狮子座", "天琴座", "天秤座", "WB6610"}),
    questions=(
        "/replacements/?count=all&totals=1",
        "/replacements/?q=渗油",
        "/replacements/?way=exchange&open=1",
        "/replacements/losses?totals=1",
        "/obligations/?whose=all",
        "/search?q=渗油",
        "/search?q=BH2611",
        "/search/suggest?q=渗油",
    ),
    seen_by=frozenset({"owner", "opened_by", "responsible"}),
    not_shown={
        **dict.fromkeys(["lot.serials"], BESIDE_OTHERS),
    },
    not_printed={
        **dict.fromkeys(
            [
                "withdraw_reason",
                "closing_note",
                "shipment.note",
                "shipment.receipt_note",
                "lot.serials",
                "lot.condition",
                "lot.findings",
                "disposal.note",
                "award.reason",
                "award.waits_for",
                "award.decision_note",
                "award.told_who",
                "award.payment_note",
            ],
            NO_FORM_ASKS,
        ),
    },
    facts_not_shown={
        **dict.fromkeys(["closed_at", "opened_at", "opened_by", "consent.by"], IN_TIME_LINE),
        **dict.fromkeys(["claimable", "replacement-line.not_returned", "replacement-line.not_sent"], RECKONED_ANEW),
    },
    doors={
        **usual_doors("replacement", "replacements", SEES),
        "replacements/losses": own("/replacements/losses", "200", "404"),
        **_part_doors("shipment"),
        **_part_doors("lot"),
        **_part_doors("award"),
        "sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>": doors(
            SEES, "200", FORBIDDEN, ["/sheets/replacement/{replacement}/replacement-request.pdf"]
        ),
    },
)
