"""Django's entry for this room."""

from huiyin.ui import rooms


class AssessmentConfig(rooms.RoomConfig):
    name = "huiyin.assessment"
    label = "assessment"
