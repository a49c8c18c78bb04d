"""Django's entry for this room."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "huiyin.obligations"
    label = "obligations"

    def ready(self) -> None:
        from huiyin.obligations import phrases  # noqa: F401
