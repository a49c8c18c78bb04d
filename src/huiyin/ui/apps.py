"""Django's entry for this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "huiyin.ui"
    label = "ui"

    def ready(self) -> None:
        """Joins style sheets and scripts again when a part changed, so that a checkout runs as it is."""
        from huiyin.ui import bundle

        if bundle.stale():
            bundle.write()
