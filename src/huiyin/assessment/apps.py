"""Django's entry for this room."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "huiyin.assessment"
    label = "assessment"

    def ready(self) -> None:
        """Declare this room's words, guards, sentences and pages to the rooms below."""
        from huiyin.assessment import vocabulary  # noqa: F401, I001  (words before the guards that implement them)
        from huiyin.assessment import guards, phrases  # noqa: F401
        from huiyin.assessment.registration import register

        register()
