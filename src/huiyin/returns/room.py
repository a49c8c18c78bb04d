"""What this room tells the house: requests for goods and stock-takes as kinds of records, their places in the menu."""

from __future__ import annotations

from huiyin.customers.card import CustomerTie
from huiyin.kernel.text import t
from huiyin.records.kinds import PartKind, RecordKind
from huiyin.records.navigation import works_with
from huiyin.records.print.costs import CostSheet
from huiyin.records.print.printed_sheets import PrintedSheet
from huiyin.records.relations.related_actions import RelatedAction
from huiyin.returns import guards, models, vocabulary  # noqa: F401 - they make themselves known
from huiyin.returns.access import REPLACEMENT_SIGHT, STOCK_TAKE_SIGHT
from huiyin.returns.lists import LOSSES, REPLACEMENTS, STOCK_TAKES
from huiyin.returns.part_steps import AWARD_STEPS, LOT_STEPS, SHIPMENT_STEPS
from huiyin.returns.printing import sheets
from huiyin.returns.steps import STEPS
from huiyin.returns.stock_take_steps import STOCK_TAKE_STEPS
from huiyin.ui.rooms import MenuItem, Room

REPLACEMENT = RecordKind(
    model=models.Replacement,
    name=t("补换退货", "Replacement"),
    path="/replacements/",
    sight=REPLACEMENT_SIGHT,
    steps=STEPS,
    parts=(
        PartKind(model=models.Line),
        PartKind(model=models.Shipment, name=t("发货", "Shipment"), steps=SHIPMENT_STEPS),
        PartKind(model=models.ShippedRow),
        PartKind(model=models.Consent),
        PartKind(model=models.Lot, name=t("退回品", "Returned lot"), steps=LOT_STEPS),
        PartKind(model=models.Disposal),
        PartKind(model=models.Award, name=t("赔偿", "Compensation"), steps=AWARD_STEPS),
        PartKind(model=models.Loss),
    ),
    lists=(REPLACEMENTS, LOSSES),
    sheets=(
        PrintedSheet(
            key="replacement-request",
            label=t("补/换/退货申请单", "Replacement request"),
            build=sheets.replacement_request,
            table_size=8.5,
        ),
    ),
    opened_from={"complaint": RelatedAction("/replacements/new", "replacement.request", "returns")},
    relations={"replacement-for": (t("为此而办", "Made for"), t("补换退货", "Replacement"))},
    aspects=(CostSheet(sheets.costs_of), CustomerTie(takes_part=None, section=None)),
    has_own_fields=True,
)
STOCK_TAKE = RecordKind(
    model=models.StockTake,
    name=t("三方盘点", "Joint stock-take"),
    path="/stock-takes/",
    sight=STOCK_TAKE_SIGHT,
    steps=STOCK_TAKE_STEPS,
    parts=(),
    lists=(STOCK_TAKES,),
    sheets=(
        PrintedSheet(
            key="stock-take",
            label=t("盘点表", "Stock-take sheet"),
            build=sheets.stock_take,
            size=10,
            label_width=27,
        ),
    ),
    opened_from={"complaint": RelatedAction("/stock-takes/new", "stock-take.open", "check")},
    relations={"stock-take-for": (t("为此而盘", "Made for"), t("三方盘点", "Joint stock-take"))},
    aspects=(CustomerTie(takes_part=None, section=None),),
    has_own_fields=True,
)
ROOM = Room(
    name="returns",
    urls=(("", "huiyin.returns.urls"),),
    menu=(
        MenuItem(
            label=t("补换退货", "Replacements"),
            url="replacements",
            icon="returns",
            key="x",
            position=60,
            may_open=works_with("replacement"),
        ),
        MenuItem(
            label=t("三方盘点", "Stock-takes"),
            url="stock_takes",
            icon="check",
            position=70,
            may_open=works_with("stock-take"),
        ),
        MenuItem(
            label=t("费用与损失", "Costs and losses"),
            url="losses",
            icon="truck",
            position=80,
            may_open=works_with("replacement"),
        ),
    ),
    kinds=(REPLACEMENT, STOCK_TAKE),
)
