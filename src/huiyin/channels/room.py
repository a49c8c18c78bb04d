"""What this room tells the house."""

from __future__ import annotations

from huiyin.channels.imports.registration import register
from huiyin.kernel.text import t
from huiyin.records.navigation import holds_one_of
from huiyin.ui.rooms import MenuItem, Room

ROOM = Room(
    name="channels",
    urls=(("imports/", "huiyin.channels.urls"),),
    menu=(
        MenuItem(
            label=t("导入", "Import"),
            url="imports",
            icon="import",
            key="i",
            position=170,
            may_open=holds_one_of("reception", "office"),
        ),
    ),
    on_start=(register,),
)
