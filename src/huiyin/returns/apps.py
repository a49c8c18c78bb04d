"""Django's entry for this room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "huiyin.returns"
    label = "returns"

    def ready(self) -> None:
        """Declare this room's words, guards, sentences and pages to the rooms below."""
        from huiyin.returns import vocabulary  # noqa: F401, I001  (words before the guards that implement them)
        from huiyin.returns import guards, phrases  # noqa: F401
        from huiyin.returns.registration import register

        register()
