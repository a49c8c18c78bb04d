"""Django's entry for this room."""

from huiyin.ui import rooms


class ImprovementConfig(rooms.RoomConfig):
    name = "huiyin.improvement"
    label = "improvement"
