"""Django's entry for this room."""

from huiyin.ui import rooms


class ReviewConfig(rooms.RoomConfig):
    name = "huiyin.review"
    label = "review"
