"""Django's entry for this room."""

from huiyin.ui import rooms


class ReturnsConfig(rooms.RoomConfig):
    name = "huiyin.returns"
    label = "returns"
