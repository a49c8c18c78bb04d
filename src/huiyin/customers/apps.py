"""Django's entry for this room."""

from huiyin.ui import rooms


class CustomersConfig(rooms.RoomConfig):
    name = "huiyin.customers"
    label = "customers"
