"""Django's entry for this room."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "huiyin.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Declare this room's words, guards, sentences and pages to the rooms below."""
        from huiyin.complaints import vocabulary  # noqa: F401, I001  (words before the guards that implement them)
        from huiyin.complaints import guards, phrases  # noqa: F401
        from huiyin.complaints.registration import register

        register()
