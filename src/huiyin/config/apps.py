"""Django's entry for this room, the last to start: by then every room must have declared what it has."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class ConfigConfig(AppConfig):
    name = "huiyin.config"
    label = "config"

    def ready(self) -> None:
        """Take the rooms into the house; refuse to start with something half declared, and say all of it."""
        from huiyin.records.kinds import omissions
        from huiyin.ui.rooms import register_all

        register_all()

        if found := omissions():
            raise ImproperlyConfigured("\n".join(found))
