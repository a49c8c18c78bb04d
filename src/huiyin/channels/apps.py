"""Django's entry for this room."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "huiyin.channels"
    label = "channels"

    def ready(self) -> None:
        """Say which kinds of rows can be imported."""
        from huiyin.channels.imports.registration import register

        register()
