"""Django's entry for this room."""

from huiyin.ui import rooms


class ContactsConfig(rooms.RoomConfig):
    name = "huiyin.contacts"
    label = "contacts"
