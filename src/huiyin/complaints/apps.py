"""Django's entry for this room."""

from huiyin.ui import rooms


class ComplaintsConfig(rooms.RoomConfig):
    name = "huiyin.complaints"
    label = "complaints"
