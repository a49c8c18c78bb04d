"""Django's entry for this room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "huiyin.returns"
    label = "returns"
