"""Django's entry for this room."""

from huiyin.ui import rooms


class ObligationsConfig(rooms.RoomConfig):
    name = "huiyin.obligations"
    label = "obligations"
