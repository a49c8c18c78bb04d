"""What this room tells the house."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.records.navigation import works_with
from huiyin.returns import guards, phrases, vocabulary  # noqa: F401 - they make themselves known
from huiyin.returns.registration import register
from huiyin.ui.rooms import MenuItem, Room

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
    on_start=(register,),
)
