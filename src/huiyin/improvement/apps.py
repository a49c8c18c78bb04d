"""Django's entry for this room."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "huiyin.improvement"
    label = "improvement"
