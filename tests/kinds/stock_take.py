"""Joint stock-takes: book, bin card and physical count."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from tests.kinds.matrix import (
    FORBIDDEN,
    IN_TIME_LINE,
    NO_FORM_ASKS,
    OVERSEE,
    KindMatrix,
    doors,
    usual_doors,
)

SEES = frozenset({"mei", "song"}) | OVERSEE


def sample(company: Any) -> dict[str, str]:
    """A stock-take nobody has counted yet."""
    asked = StockTakeFacts("室女座密封圈", "piece", "少三件", Decimal(3), "海川机电")
    take = stocktaking.open_take(asked, procedure_id=company.works.version, context=company.tale.context("qian"))
    return {"stock-take": take.number}


MATRIX = KindMatrix(
    kind="stock-take",
    room="stock-takes",
    after=("replacement",),
    sees=SEES,
    number="PD2611-01",
    sample=sample,
    marks=frozenset({"PD2611-01", "室女座"}),
    questions=(
        "/stock-takes/?count=all&totals=1",
        "/stock-takes/?q=密封圈",
        "/search?q=PD2611",
        "/search/suggest?q=密封圈",
        "/obligations/?whose=all",
    ),
    seen_by=frozenset({"owner", "opened_by"}),
    not_printed={
        **dict.fromkeys(["cancel_reason"], NO_FORM_ASKS),
    },
    facts_not_shown={
        **dict.fromkeys(["closed_at", "opened_at", "opened_by"], IN_TIME_LINE),
    },
    doors={
        **usual_doors("stock-take", "stock-takes", SEES, corrects=False),
        "sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>": doors(
            SEES, "200", FORBIDDEN, ["/sheets/stock-take/{stock-take}/stock-take.pdf"]
        ),
    },
)
