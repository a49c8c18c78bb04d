"""What this room tells the house."""

from __future__ import annotations

from huiyin.complaints import guards, phrases, vocabulary  # noqa: F401 - they make themselves known
from huiyin.complaints.registration import register
from huiyin.kernel.text import t
from huiyin.records.navigation import may_take_opening, whoever_has
from huiyin.ui.rooms import MenuItem, Room

ROOM = Room(
    name="complaints",
    urls=(("complaints/", "huiyin.complaints.urls"),),
    menu=(
        MenuItem(
            label=t("投诉", "Complaints"),
            url="complaints",
            icon="complaints",
            key="p",
            position=20,
            may_open=whoever_has("complaint"),
        ),
        MenuItem(
            label=t("看板", "Board"),
            url="complaint_board",
            icon="board",
            key="b",
            position=30,
            may_open=whoever_has("complaint"),
        ),
    ),
    creates=(
        MenuItem(
            label=t("投诉", "Complaint"),
            url="complaint_new",
            icon="complaints",
            key="c",
            position=10,
            may_open=may_take_opening("complaint.register"),
            note=t("电话、来函、到访", "Call, letter, visit"),
        ),
    ),
    on_start=(register,),
)
