"""Django's entry for this room."""

from huiyin.ui import rooms


class PeopleConfig(rooms.RoomConfig):
    name = "huiyin.people"
    label = "people"
