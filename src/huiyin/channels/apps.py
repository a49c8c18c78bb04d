"""Django's entry for this room."""

from huiyin.ui import rooms


class ChannelsConfig(rooms.RoomConfig):
    name = "huiyin.channels"
    label = "channels"
