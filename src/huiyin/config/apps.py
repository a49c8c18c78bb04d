"""Django's entry for this room."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "huiyin.config"
    label = "config"
