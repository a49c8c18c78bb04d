"""Django's entry for this room."""

from huiyin.ui import rooms


class RecordsConfig(rooms.RoomConfig):
    name = "huiyin.records"
    label = "records"
